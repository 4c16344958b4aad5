"""What publishing the file would change, before anybody else sees it."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.consequence import consequence
from loaders import intake
from loaders.intake import Examination, Preview
from loaders.store.ledger import Mode, Scope
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import (
    frame,
    upload_check,
    upload_file,
    upload_moved,
    upload_table_way,
    upload_tables,
)

WAYS: Final = ("add", "replace_periods", "replace_all")
OBSERVATIONS: Final = "observations"
# Views that have a page of their own; the others are named without a link.
PAGES: Final = {
    "map": "map",
    "compare": "compare",
    "solutions": "solutions",
    "adoption": "adoption",
    "lessons": "lessons",
    "diffusion": "transfer",
    "progress": "progress",
    "projects": "projects",
}
SHOWN_INDICATORS: Final = 12


def choose_way(visit: Visit, examination: Examination) -> tuple[Mode, Scope | None]:
    """Add or replace, and what a replacement covers, stated in words."""
    words = visit.words
    if examination.kind != OBSERVATIONS:
        return upload_table_way.choose(visit, examination)
    way = st.radio(
        words("upload.way"),
        WAYS,
        format_func=lambda one: words(f"upload.way_{one}"),
        key="upload_way",
    )
    scope = scope_of(examination, way)
    if scope is None:
        return "add", None
    names = {
        "source": [upload_check.source_label(one) for one in scope["source"]],
        "indicator": [visit.names("indicator", one) for one in scope["indicator"]],
        "period": list(scope.get("period", ())),
    }
    listed = {name: plain(visit.formats.listing(parts)) for name, parts in names.items()}
    key = "upload.scope_periods" if "period" in scope else "upload.scope_all"
    st.markdown(f":material/warning: {words(key, **listed)}")
    return "replace", scope


def scope_of(examination: Examination, way: str) -> Scope | None:
    """What a replacement covers: its sources and indicators, with its periods or all."""
    if way == "add":
        return None
    columns = ["source", "indicator", "period"] if way == "replace_periods" else [
        "source", "indicator"]  # fmt: skip
    return {name: sorted(map(str, examination.accepted[name].unique())) for name in columns}


def preview_of(
    file: UploadedFile, examination: Examination, mode: Mode, scope: Scope | None
) -> Preview:
    """The preview, reckoned once per examination and way."""
    stamp = (*upload_file.stamp(file), mode, str(scope))
    return session.draft(
        "upload_preview",
        stamp,
        lambda: intake.preview(
            examination, session.store(), mode=mode, scope=scope, consequence=consequence
        ),
    )


def show(visit: Visit, preview: Preview, kind: str) -> None:
    """Counts, indicators, views and the single changes."""
    words, number = visit.words, visit.formats.number
    counts = {name: getattr(preview, name) for name in ("new", "changed", "removed", "unchanged")}
    with st.grid(len(counts), min_column_width=140):
        for name, count in counts.items():
            st.metric(words(f"upload.preview_{name}"), number(count), border=True)
    if not preview.is_change:
        st.markdown(f":material/check_circle: {words('upload.preview_nothing')}")
        return
    if preview.indicators:
        parts = [
            f"{plain(visit.names('indicator', one))} ({number(count)})"
            for one, count in list(preview.indicators.items())[:SHOWN_INDICATORS]
        ]
        st.markdown(
            words("upload.preview_indicators", n=preview.places, indicators=" · ".join(parts))
        )
    _views(visit, preview)
    _pointing(visit, preview)
    _changes(visit, preview, kind)
    upload_moved.show(visit, preview.moved)


def _pointing(visit: Visit, preview: Preview) -> None:
    """Rows of other tables that point to what would be removed: these must go first."""
    parts = [
        f"{plain(upload_tables.kind_title(visit, kind))} ({visit.formats.number(count)})"
        for kind, count in preview.pointing.items()
    ]
    if parts:
        tables = " · ".join(parts)
        st.markdown(f":material/block: {visit.words('upload.still_pointed_to', tables=tables)}")


def _views(visit: Visit, preview: Preview) -> None:
    words = visit.words
    indicator = next(iter(preview.indicators), "")
    named = [_view_words(visit, view) for view in preview.views]
    st.markdown(words("upload.preview_views", views=visit.formats.listing(named)))
    with st.container(horizontal=True, key="affected_views"):
        for view in preview.views:
            if view in PAGES:
                ids = {"indicator": indicator} if indicator else {}
                label = words("upload.view_now", view=words(f"frame.page.{PAGES[view]}"))
                frame.page_link(visit, PAGES[view], label, **ids)


def _view_words(visit: Visit, view: str) -> str:
    """A view by the name its page has in the menu; parts of a page have a name of their own."""
    page = PAGES.get(view, view)
    is_part = visit.words.has(f"upload.view.{view}")
    return visit.words(f"upload.view.{view}" if is_part else f"frame.page.{page}")


def _changes(visit: Visit, preview: Preview, kind: str) -> None:
    title = visit.words("upload.preview_changes")
    with st.expander(title, icon=":material/table:", expanded=len(preview.changes) <= 20):
        table = change_table(visit, preview.changes, kind)
        st.dataframe(table, hide_index=True, key="changes_table", alt=title)


def change_table(visit: Visit, changes: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One row per cell that is new, changed or removed, before and after."""
    words = visit.words
    table = changes.copy()
    if kind != OBSERVATIONS:
        return _row_changes(visit, table, kind)
    if "ags" in table:
        names = session.result(upload_check.names_of_places)
        table.insert(0, "place", [names.get(ags, "") for ags in table["ags"]])
    if "indicator" in table:
        table["indicator"] = [visit.names("indicator", one) for one in table["indicator"]]
    table["change"] = [words(f"upload.change.{one}") for one in table["change"]]
    if "indicator" in table:
        for side in ("before", "after"):
            table[side] = [_content(visit, text) for text in table[side]]
    headings = {
        name: words(f"upload.column.{name}") for name in table
        if words.has(f"upload.column.{name}")
    }  # fmt: skip
    return table.rename(columns=headings)


def _row_changes(visit: Visit, table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Rows of a table of our own, each column under its title."""
    schema = session.store().schema(kind)
    titles = {name: upload_tables.field_title(visit, schema, name) for name in schema.columns}
    starts = re.compile(rf"(^| · )({'|'.join(map(re.escape, titles))}): ")
    for side in ("before", "after"):
        table[side] = [starts.sub(lambda hit: f"{hit[1]}{titles[hit[2]]}: ", text)
                       for text in table[side]]  # fmt: skip
    table["change"] = [visit.words(f"upload.change.{one}") for one in table["change"]]
    words = {name: visit.words(f"upload.column.{name}") for name in ("change", "before", "after")}
    return table.rename(columns=titles | words)


def _content(visit: Visit, text: str) -> str:
    """A value as the language writes it, or the name of the reason for its absence."""
    try:
        return upload_check.written(visit, float(text))
    except ValueError:
        return visit.names("missing", text) if text else ""
