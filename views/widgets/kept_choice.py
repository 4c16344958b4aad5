"""Choices that stand in the address as ids: a search, one of a list, one view of a few, marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from views import session
from views.session import Visit
from views.texts import plain

PAGE = "page"
SELECT_WIDTH = 168


def search_box(
    visit: Visit,
    name: str,
    label: str,
    page: str = "",
    example: str = "solutions.search_example",
    width: int = 320,
) -> str:
    """A search field that answers while typing; the words stand in the address.

    Args:
        visit: language and words.
        name: parameter of the address.
        label: what is searched.
        page: parameter with the page of the results, which other words turn back to the first.
        example: key of the words that stand in the empty field.
        width: in pixels.
    """
    turn_back: dict[str, Any] = {"on_change": session.keep, "args": (page, "")} if page else {}
    text = st.text_input(
        label,
        value=session.kept(name),
        key=f"choice_{name}",
        type="search",
        live=True,
        icon=":material/search:",
        placeholder=visit.words(example),
        width=width,
        **turn_back,
    )
    session.keep(name, (text or "").strip())
    return (text or "").strip()


def pick(
    visit: Visit,
    name: str,
    label: str,
    options: Mapping[str, object],
    words: Callable[[str], str],
    page: str = PAGE,
) -> str:
    """One id out of several, or all; an unknown id of the address is said and left out.

    Args:
        visit: this run.
        name: parameter of the address.
        label: visible label.
        options: ids that can be chosen, in order.
        words: name of an id in the page's language.
        page: parameter that holds the page number, forgotten when the choice changes.
    """
    ids = ["", *options]
    kept = known(visit, name, session.kept(name), ids)
    chosen = st.selectbox(
        label,
        ids,
        index=ids.index(kept),
        format_func=lambda one: words(one) if one else visit.words("solutions.all"),
        key=f"choice_{name}",
        width=SELECT_WIDTH,
        on_change=session.keep,
        args=(page, ""),
    )
    session.keep(name, chosen or "")
    return chosen or ""


def one_view(
    visit: Visit,
    name: str,
    ids: Sequence[str],
    *,
    label: str,
    words: str,
    key: str,
    bare: bool = False,
) -> str:
    """One of a few ways to look at a page; the first is the usual one and leaves the address short.

    Args:
        visit: this run.
        name: of the choice in the address.
        ids: the views.
        label: what is chosen.
        words: key of the views' names up to their id, such as ``progress.axis_``.
        key: key of the control.
        bare: the label is only heard, not seen.
    """
    kept = known(visit, name, session.kept(name, ids[0]), ids) or ids[0]
    chosen = st.segmented_control(
        label,
        ids,
        default=kept,
        required=True,
        format_func=lambda one: visit.words(f"{words}{one}"),
        key=key,
        label_visibility="collapsed" if bare else "visible",
    )
    session.keep(name, "" if chosen == ids[0] else str(chosen))
    return str(chosen)


def several(
    visit: Visit,
    name: str,
    label: str,
    ids: Sequence[str],
    shown: Callable[[str], str],
    *,
    key: str,
    page: str = "",
) -> tuple[str, ...]:
    """Any of a few marks, in the order of ``ids``.

    Args:
        visit: this run.
        name: of the choice in the address, where the ids stand joined by ``-``.
        label: what is chosen.
        ids: the marks.
        shown: the words of a mark.
        key: key of the control.
        page: of a list, the choice that says which page is open: a change opens the first; then
            the label is only heard.
    """
    asked = [one for one in session.kept(name).split("-") if one]
    chosen = st.pills(
        label,
        ids,
        selection_mode="multi",
        default=[one for one in asked if known(visit, name, one, ids)],
        format_func=shown,
        key=key,
        label_visibility="collapsed" if page else "visible",
        on_change=session.keep if page else None,
        args=(page, "") if page else None,
    )
    marks = tuple(mark for mark in ids if mark in chosen)
    session.keep(name, "-".join(marks))
    return marks


def known(visit: Visit, name: str, value: str, ids: Sequence[str]) -> str:
    """The id when it is one of ``ids``; else a sentence on the page, and none."""
    if value in ids:
        return value
    session.keep(name, "")
    say_unknown(visit, name, value)
    return ""


def say_unknown(visit: Visit, name: str, value: str) -> None:
    """That an id of the address is not known, and what is shown instead where that is clear."""
    key = f"frame.unknown_{name}"
    key = key if visit.words.has(key) else "frame.unknown_other"
    # Whoever made the link wrote the value: it must not become a link or an image here.
    places = {"value": plain(value)}
    if key == "frame.unknown_other":
        places["name"] = plain(name)
    st.warning(visit.words(key, **places), icon=":material/link_off:")
