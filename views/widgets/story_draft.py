"""The visitor's own story: views added on any page, edited, taken along as a file, started."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from loaders.stories import (
    LONGEST,
    MOST_STEPS,
    NO_VIEW,
    Step,
    Story,
    address_of,
    published_address,
    write_story,
)
from views import session, sitemap
from views.session import Visit
from views.texts import LANGUAGES, plain, read_words
from views.widgets import findings, story_shelf

HELD = "story"
NONE: dict[str, str] = {"de": "", "en": ""}


def current() -> Story | None:
    """The draft of this visit."""
    draft: Story | None = session.held(HELD)
    return draft


def _keep(story: Story | None) -> None:
    session.hold(HELD, story if story is not None and story.steps else None)


def offer(visit: Visit, page: str) -> None:
    """On every page: add the view as it stands in the address; the way to the draft."""
    entry = sitemap.BY_PATH[page]
    if entry.url_path in NO_VIEW:
        return
    draft = current()
    steps = len(draft.steps) if draft else 0
    st.button(
        visit.words("stories.add"),
        key="add_to_story",
        type="tertiary",
        icon=":material/add_to_queue:",
        on_click=_add,
        args=(entry.url_path,),
        disabled=steps >= MOST_STEPS,
    )
    if steps:
        st.page_link(
            sitemap.BY_NAME["stories"].script,
            label=visit.words("stories.own_link", n=steps),
            query_params=session.link(),
        )


def _add(page: str) -> None:
    step = Step(address_of(page, session.view_here()), NONE, NONE)
    title = {one: read_words(one)("stories.title_own") for one in LANGUAGES}
    draft = current() or Story("own-story", title, False, None, ())
    _keep(replace(draft, steps=(*draft.steps, step)))


def edit(visit: Visit) -> Story | None:
    """The draft with title, order, headlines and notes; gives it when it has steps."""
    draft = current()
    if draft is None:
        st.markdown(visit.words("stories.own_none"))
        return None
    lang = visit.lang
    st.text_input(
        visit.words("stories.own_title"),
        value=draft.title.get(lang, ""),
        max_chars=LONGEST["title"],
        key="own_title",
        on_change=_take_title,
        args=(lang,),
    )
    st.checkbox(
        visit.words("stories.own_town"),
        value=draft.town_parameter,
        key="own_town",
        on_change=_take_town,
        help=visit.words("stories.own_town_help"),
    )
    _frozen(visit, draft)
    for number in range(len(draft.steps)):
        _step(visit, draft, number)
    _take_along(visit, draft)
    return draft


def _frozen(visit: Visit, draft: Story) -> None:
    """State of the data and address of the published story; both may stay open."""
    fold = st.expander(visit.words("stories.own_more"), key="own_more")
    with fold:
        st.checkbox(
            visit.words("stories.own_freeze", version=draft.data_version or visit.version),
            value=draft.data_version is not None,
            key="own_freeze",
            on_change=_take_version,
            args=(visit.version,),
            help=visit.words("stories.own_freeze_help"),
        )
        st.text_input(
            visit.words("stories.own_published"),
            value=draft.published_at,
            max_chars=LONGEST["published_at"],
            key="own_published",
            on_change=_take_published,
            placeholder="https://",
            help=visit.words("stories.own_published_help"),
        )
        typed = str(st.session_state.get("own_published") or "").strip()
        if typed and not published_address(typed):
            st.warning(visit.words("stories.own_published_bad"), icon=":material/link_off:")


def _step(visit: Visit, draft: Story, number: int) -> None:
    step, last = draft.steps[number], len(draft.steps) - 1
    name = visit.words(f"frame.page.{sitemap.BY_PATH[step.page].name}")
    with st.container(border=True, key=f"card_own_step_{number}"):
        st.markdown(f"**{number + 1}. {name}**")
        if query := step.address.partition("?")[2]:
            st.caption(plain(query))
        with st.container(horizontal=True, vertical_alignment="center"):
            _move(visit, "up", number, disabled=number == 0)
            _move(visit, "down", number, disabled=number == last)
            _move(visit, "remove", number, disabled=False)
        stamp = f"{number}_{hashlib.sha256(step.address.encode()).hexdigest()[:8]}_{visit.lang}"
        _text(visit, st.text_input, "headline", number, stamp)
        _text(visit, st.text_area, "notes", number, stamp)


def _text(visit: Visit, field: Callable[..., Any], part: str, number: int, stamp: str) -> None:
    draft = current()
    texts = getattr(draft.steps[number], part) if draft else NONE
    key = f"own_{part}_{stamp}"
    field(
        visit.words(f"stories.own_{part}"),
        value=texts.get(visit.lang, ""),
        max_chars=LONGEST[part],
        key=key,
        placeholder=visit.words(f"stories.own_{part}_empty"),
        on_change=_take_text,
        args=(number, part, visit.lang, key),
    )


def _move(visit: Visit, what: str, number: int, disabled: bool) -> None:
    icons = {"up": "arrow_upward", "down": "arrow_downward", "remove": "delete"}
    st.button(
        visit.words(f"stories.{what}"),
        key=f"own_{what}_{number}",
        type="tertiary",
        icon=f":material/{icons[what]}:",
        on_click=_change_order,
        args=(what, number),
        disabled=disabled,
    )


def _change_order(what: str, number: int) -> None:
    draft = current()
    if draft is None:
        return
    steps = list(draft.steps)
    step = steps.pop(number)
    if what != "remove":
        steps.insert(number - 1 if what == "up" else number + 1, step)
    _keep(replace(draft, steps=tuple(steps)))


def _take_title(lang: str) -> None:
    if draft := current():
        _keep(replace(draft, title={**draft.title, lang: st.session_state["own_title"]}))


def _take_version(version: int) -> None:
    if draft := current():
        frozen = bool(st.session_state["own_freeze"])
        _keep(replace(draft, data_version=version if frozen else None))


def _take_published() -> None:
    if draft := current():
        _keep(replace(draft, published_at=published_address(st.session_state["own_published"])))


def _take_town() -> None:
    """A story for any town names no town in its steps."""
    draft = current()
    if draft is None:
        return
    wanted = bool(st.session_state["own_town"])
    steps = tuple(_without_town(step) for step in draft.steps) if wanted else draft.steps
    _keep(replace(draft, town_parameter=wanted, steps=steps))


def _without_town(step: Step) -> Step:
    ids = {name: value for name, value in step.parameters.items() if name != session.TOWN}
    return replace(step, address=address_of(step.page, ids))


def _take_text(number: int, part: str, lang: str, key: str) -> None:
    draft = current()
    if draft is None or number >= len(draft.steps):
        return
    steps = list(draft.steps)
    texts = {**getattr(steps[number], part), lang: st.session_state[key].strip()}
    steps[number] = replace(steps[number], **{part: texts})
    _keep(replace(draft, steps=tuple(steps)))


def _take_along(visit: Visit, draft: Story) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            visit.words("stories.download"),
            data=write_story(draft),
            file_name=f"{draft.story_id}.yaml",
            mime="application/yaml",
            key="own_download",
            icon=":material/download:",
            on_click="ignore",
        )
        st.button(visit.words("stories.forget"), key="own_forget", on_click=_keep, args=(None,))


def upload(visit: Visit) -> None:
    """A story file from elsewhere becomes the draft; every fault is named, good steps stay."""
    file = st.file_uploader(
        visit.words("stories.upload"),
        type=["yaml", "yml"],
        key="upload_file_story",
        help=visit.words("stories.upload_help"),
    )
    if file is None:
        return
    content = file.getvalue()
    reading = session.draft(
        "story_file", (file.name, content), lambda: story_shelf.read(content, file.name)
    )
    if reading.findings:
        findings.show(visit, reading.findings, key="story_findings")
    if reading.story is None:
        st.error(visit.words("stories.upload_nothing"), icon=":material/error:")
        return
    st.button(
        visit.words("stories.upload_take", n=len(reading.story.steps)),
        key="own_take",
        type="primary",
        on_click=_keep,
        args=(reading.story,),
    )
