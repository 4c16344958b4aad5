"""The list of versions: who published what, with which note and hash; open an older state."""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from loaders.store.history import events as all_events
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import evidence_changes, open_addresses, version_turn
from views.widgets.version_turn import PERSON

SHOWN: Final = 25
SHORT_HASH: Final = 12
_GERMANY: Final = ZoneInfo("Europe/Berlin")
_MARKS: Final = {"live": ":material/check_circle:", "undone": ":material/undo:"}


def history() -> pd.DataFrame:
    """The published tables, newest first; columns of ``Store.versions`` and ``acts``.

    ``acts`` is a list of the undo and redo events of the table, oldest first.
    """
    store = session.store()
    events = all_events(store)
    turns = events[events["action"] != "publish"]
    acts = {entry: rows.to_dict("records") for entry, rows in turns.groupby("entry")}
    versions = store.versions().iloc[::-1].reset_index(drop=True)
    acts_of = [acts.get(number, []) for number in versions["number"]]
    return versions.assign(acts=pd.Series(acts_of, dtype=object))


def headline(visit: Visit, versions: pd.DataFrame) -> str:
    """How many uploads are live, as the answer of the page."""
    uploads = versions[versions["layer"] == "upload"]
    live = int((uploads["state"] == "live").sum())
    if uploads.empty:
        return visit.words("versions.headline_none", version=visit.newest)
    name = "versions.headline" if live else "versions.headline_all_undone"
    return visit.words(name, n=live, version=visit.newest)


def ask_person(visit: Visit) -> None:
    """The name under which versions are taken back, or why that is not possible here."""
    with st.container(key="fine_versions_rule"):
        st.markdown(f":material/key: {visit.words(f'upload.rule.{session.publish_rule()}')}")
    if not session.may_publish():
        return
    name = st.text_input(
        visit.words("versions.person"),
        value=session.remembered(PERSON),
        key="versions_person",
        max_chars=120,
        width=420,
    )
    session.remember(PERSON, name.strip())


def uploads(visit: Visit, versions: pd.DataFrame) -> None:
    """The newest uploads as cards: facts, what can be done."""
    words = visit.words
    st.header(words("versions.uploads"), anchor="uploads")
    found = versions[versions["layer"] == "upload"]
    if found.empty:
        st.markdown(words("versions.none"))
        return
    for entry in found.head(SHOWN).to_dict("records"):
        with st.container(border=True, key=f"card_version_{entry['number']}"):
            _card(visit, entry)
    if len(found) > SHOWN:
        st.markdown(words("versions.more", n=len(found) - SHOWN))


def _card(visit: Visit, entry: dict[str, object]) -> None:
    words, number = visit.words, int(str(entry["number"]))
    state = str(entry["state"])
    title = words("versions.card", number=number, name=plain(str(entry["name"])))
    st.subheader(title, anchor=f"version-{number}")
    facts = words(
        "versions.facts",
        person=plain(str(entry["person"])),
        time=when(visit, str(entry["time"])),
        rows=words("versions.count", n=visit.formats.number(float(str(entry["rows"])))),
        kind=words(f"versions.kind.{entry['kind']}") if words.has(
            f"versions.kind.{entry['kind']}") else plain(str(entry["kind"])),
        mode=words(f"versions.mode.{entry['mode']}"),
    )  # fmt: skip
    lines = [f"{_MARKS[state]} **{words(f'versions.state.{state}')}** · {facts}"]
    if entry["note"]:
        lines.append(words("versions.note", note=plain(str(entry["note"]))))
    for act in entry["acts"]:  # type: ignore[attr-defined]
        person = plain(act["person"]) or words("versions.nobody")
        lines.append(words(f"versions.act.{act['action']}", number=act["number"], person=person,
                           time=when(visit, act["time"])))  # fmt: skip
    st.markdown("  \n".join(lines))
    if entry["kind"] == "evidence":
        evidence_changes.grades(visit, number)
    with st.container(key=f"fine_hash_{number}"):
        st.markdown(_hashes(visit, entry))
    with st.container(horizontal=True, vertical_alignment="center", key=f"do_{number}"):
        if session.may_publish():
            version_turn.button(visit, number, state)
        _open_button(visit, number, "versions.open", f"open_{number}")
        _open_button(visit, number - 1, "versions.open_before", f"before_{number}")


def _hashes(visit: Visit, entry: dict[str, object]) -> str:
    """The hash of the file that was brought, whole, to compare with one's own; then of the rows."""
    original, rows = str(entry["original"]), str(entry["sha256"])[:SHORT_HASH]
    parts = [visit.words("versions.hash_original", hash=original)] if original else []
    return " · ".join([*parts, visit.words("versions.hash", hash=rows)])


def _open_button(visit: Visit, number: int, key: str, name: str) -> None:
    st.button(
        visit.words(key, number=number),
        key=name,
        type="tertiary",
        icon=":material/history:",
        on_click=session.show_version,
        args=(number,),
        disabled=visit.version == number,
    )


def open_by_number(visit: Visit) -> None:
    """Any version by its number; all pages then show that state."""
    words = visit.words
    st.header(words("versions.by_number"), anchor="open")
    first = session.first_version()
    if first == visit.newest:
        st.markdown(words("versions.only_one", number=first))
    else:
        st.markdown(words("versions.by_number_about", first=first, newest=visit.newest))
        _number_form(visit, first)
    address = session.full_address("overview", version=str(visit.version))
    if address:
        st.markdown(words("versions.address"))
        st.code(address, language=None, wrap_lines=True)
    open_addresses.archive_address(visit)


def _number_form(visit: Visit, first: int) -> None:
    with (
        st.form("open_version", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        number = st.number_input(
            visit.words("versions.number"),
            min_value=first,
            max_value=visit.newest,
            value=visit.version,
            step=1,
            key="version_number",
            width=200,
        )
        if st.form_submit_button(visit.words("versions.open_this")):
            session.show_version(int(number))
            st.rerun()


def everything(visit: Visit, versions: pd.DataFrame) -> None:
    """All published tables, the shipped ones too, with full hashes."""
    title = visit.words("versions.all")
    with st.expander(title, icon=":material/table:"):
        st.dataframe(version_table(visit, versions), hide_index=True, key="versions_table",
                     alt=title)  # fmt: skip


def version_table(visit: Visit, versions: pd.DataFrame) -> pd.DataFrame:
    """One row per published table with readable headings."""
    words = visit.words
    shown = [
        "number",
        "state",
        "kind",
        "name",
        "person",
        "time",
        "note",
        "rows",
        "original",
        "sha256",
    ]
    table = versions[shown].copy()
    table["state"] = [words(f"versions.state.{state}") for state in table["state"]]
    table["time"] = [when(visit, time) for time in table["time"]]
    return table.rename(columns={name: words(f"versions.column.{name}") for name in shown})


def when(visit: Visit, time: str) -> str:
    """Day and minute in German time of an ISO time in UTC."""
    moment = dt.datetime.fromisoformat(time).astimezone(_GERMANY)
    return f"{visit.formats.date(moment.date().isoformat())}, {moment:%H:%M}"
