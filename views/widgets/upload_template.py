"""The upload template and its field guide."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from loaders.intake.table_templates import table_template, what_belongs
from loaders.intake.templates import template
from loaders.schemas import Field, TableSchema
from views import results, session
from views.exports.csv import csv_of_view
from views.session import Visit
from views.texts import plain
from views.widgets import upload_tables

OBSERVATIONS = "observations"
CSV = "text/csv"


def show(visit: Visit) -> str:
    """Choose a kind of table, take the template with its field guide and two real rows.

    Gives the kind; a link may name it (``/upload?kind=lessons``).
    """
    words = visit.words
    st.subheader(words("upload.template_title"), anchor="template")
    st.markdown(words("upload.template_about"))
    kinds, asked = upload_tables.kinds(), session.asked("kind")
    kind: str = st.selectbox(
        words("upload.template_kind"),
        kinds,
        index=kinds.index(asked) if asked in kinds else 0,
        format_func=lambda one: upload_tables.kind_title(visit, one, explained=True),
        key="template_kind",
    )
    if kind != OBSERVATIONS:
        _load(visit, kind, partial(table_template, session.store(), kind, visit.lang))
        return kind
    indicators = indicators_held(visit)
    if not indicators:
        st.markdown(words("data.lead_empty"))
        return kind
    indicator = st.selectbox(
        words("upload.template_indicator"),
        indicators,
        format_func=lambda one: visit.names("indicator", one),
        key="template_indicator",
    )
    _load(visit, indicator, partial(template, session.store(), indicator, visit.lang))
    st.download_button(
        words("upload.guide_load"),
        data=csv_of_view(field_guide(visit), visit.lang),
        file_name=f"{words('upload.guide_file')}.csv",
        mime=CSV,
        key="guide_load",
        icon=":material/download:",
        on_click="ignore",
    )
    return kind


def _load(visit: Visit, name: str, content: Callable[[], bytes]) -> None:
    st.download_button(
        visit.words("upload.template_load"),
        data=content,
        file_name=f"{name}.csv",
        mime=CSV,
        key="template_load",
        icon=":material/download:",
        on_click="ignore",
    )


def indicators_held(visit: Visit) -> list[str]:
    """Ids of the indicators with values, by name."""
    held = results.holdings()
    ids = held.loc[held["values"] > 0, "indicator"].unique()
    return sorted(ids, key=lambda one: visit.names("indicator", one).casefold())


def field_guide(visit: Visit) -> pd.DataFrame:
    """What belongs into which column of the template, one row per column, plain text."""
    words, schema = visit.words, session.store().schema(OBSERVATIONS)
    rows = [
        {
            "name": field.name,
            "title": _title(visit, field),
            "required": words("upload.yes" if schema.is_needed(field.name) else "upload.no"),
            "content": words(f"upload.field.{field.name}"),
        }
        for field in schema.fields
    ]
    table = pd.DataFrame(rows)
    return table.rename(columns={name: words(f"upload.column.{name}") for name in table})


def _title(visit: Visit, field: Field) -> str:
    return field.title_de if visit.lang == "de" else field.title_en


def _guide_entry(visit: Visit, schema: TableSchema, field: Field) -> str:
    needed = "required" if schema.is_needed(field.name) else "optional"
    facts = f"`{field.name}` · **{_title(visit, field)}** · {visit.words(f'upload.{needed}')}"
    return f"- {facts}  \n  {visit.words(f'upload.field.{field.name}')}"


def _table_entry(visit: Visit, schema: TableSchema, field: Field) -> str:
    title = upload_tables.field_title(visit, schema, field.name)
    rule = plain(what_belongs(session.store(), schema, field, visit.lang, titled=False))
    codes = [
        f"`{code}` {plain(visit.names(field.vocabulary, code))}"
        for code in (field.enum if field.vocabulary else ())
    ]
    listed = f"  \n  {' · '.join(codes)}" if codes else ""
    return f"- `{field.name}` · **{plain(title)}**  \n  {rule}{listed}"


def show_guide(visit: Visit, kind: str) -> None:
    """The field guide on the page, with the lists it refers to."""
    words = visit.words
    title = upload_tables.kind_title(visit, kind)
    st.header(words("upload.guide", title=title), anchor="guide")
    schema = session.store().schema(kind)
    if kind != OBSERVATIONS:
        entries = (_table_entry(visit, schema, field) for field in schema.fields)
        st.markdown("\n".join(entries))
        return
    st.markdown("\n".join(_guide_entry(visit, schema, field) for field in schema.fields))
    with st.expander(words("upload.guide_indicators"), icon=":material/list:"):
        st.dataframe(_indicator_list(visit), hide_index=True, key="guide_indicators",
                     alt=words("upload.guide_indicators"))  # fmt: skip
    with st.expander(words("upload.guide_sources"), icon=":material/list:"):
        st.dataframe(_source_list(visit), hide_index=True, key="guide_sources",
                     alt=words("upload.guide_sources"))  # fmt: skip
    with st.expander(words("upload.guide_missing"), icon=":material/list:"):
        st.table(_missing_list(visit), hide_index=True, border="horizontal")


def _indicator_list(visit: Visit) -> pd.DataFrame:
    words, names = visit.words, visit.names
    catalogue = session.table("indicators")
    table = pd.DataFrame(
        {
            words("upload.column.indicator"): [
                names("indicator", one) for one in catalogue["indicator_id"]
            ],
            words("upload.column.id"): list(catalogue["indicator_id"]),
            words("upload.column.unit"): list(catalogue["unit"]),
            words("upload.column.title"): [names("unit", one) for one in catalogue["unit"]],
        }
    )
    return table.sort_values(words("upload.column.indicator"), ignore_index=True)


def _source_list(visit: Visit) -> pd.DataFrame:
    sources = session.table("sources")
    titles = sources["publisher"] + ": " + sources["title"]
    id_heading, heading = (visit.words(f"upload.column.{name}") for name in ("id", "source"))
    return pd.DataFrame({id_heading: sources["source_id"], heading: titles})


def _missing_list(visit: Visit) -> pd.DataFrame:
    words, names = visit.words, visit.names
    kinds = session.store().schema(OBSERVATIONS).field("missing").enum
    return pd.DataFrame(
        {
            words("upload.column.id"): [f"`{kind}`" for kind in kinds],
            words("upload.column.kind"): [plain(names("missing", kind)) for kind in kinds],
            words("upload.column.title"): [plain(names.explain("missing", kind)) for kind in kinds],
        }
    )
