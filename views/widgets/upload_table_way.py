"""Add to a table of our own, or replace rows of it, with what a replacement covers in words."""

from __future__ import annotations

from typing import Final

import streamlit as st

from loaders.intake import Examination
from loaders.store import queries
from loaders.store.ledger import Mode, Scope
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import upload_tables

ADD, SAME, ALL = "add", "replace_same", "replace_table"
# By which column rows belong together: those of one solution, else those of one project.
TOGETHER: Final = ("solution_id", "project_id")


def choose(visit: Visit, examination: Examination) -> tuple[Mode, Scope | None]:
    """Add or replace; a replacement removes what the file does not name."""
    words, kind = visit.words, examination.kind
    column = column_of(kind)
    title = plain(upload_tables.kind_title(visit, kind))
    names_any = bool(column) and bool(_named(examination, column))
    ways = [ADD, SAME, ALL] if names_any else [ADD, ALL]
    way = st.radio(
        words("upload.way"),
        ways,
        format_func=lambda one: words(f"upload.table_way.{_word(one, column)}", title=title),
        key="upload_table_way",
    )
    scope = scope_of(examination, way, column)
    if scope is None:
        return "add", None
    named = visit.formats.listing([plain(one) for one in next(iter(scope.values()))])
    sentence = words(f"upload.table_scope.{_word(way, column)}", title=title, named=named)
    st.markdown(f":material/warning: {sentence}")
    return "replace", scope


def column_of(kind: str) -> str:
    """The column that says which rows of a kind belong together; empty without one."""
    columns, key = (session.store().schema(kind).columns, session.store().schema(kind).primary_key)
    return next((one for one in TOGETHER if one in columns and key != (one,)), "")


def scope_of(examination: Examination, way: str, column: str) -> Scope | None:
    """What a replacement covers: the solutions or projects of the file, or the whole table."""
    if way == ADD:
        return None
    if way == SAME:
        return {column: _named(examination, column)}
    live = queries.table(session.store(), examination.kind)
    first = session.store().schema(examination.kind).primary_key[0]
    return {first: sorted(set(live[first].astype(str)))}


def _named(examination: Examination, column: str) -> list[str]:
    return sorted(set(examination.accepted[column].astype(str)) - {""})


def _word(way: str, column: str) -> str:
    return f"{way}_{column}" if way == SAME else way
