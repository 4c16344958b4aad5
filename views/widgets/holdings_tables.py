"""The tables of facts with their licences, and everything as one archive."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from loaders.findings import Finding
from loaders.schemas import BrokenPackage, Licence, Resource, Source, read_package
from views import results, session
from views.exports import package
from views.session import Visit
from views.texts import plain
from views.widgets import findings, holdings, open_addresses

OBSERVATIONS = "observations"
# Sentences of the data folder that have words in both languages.
ORIGINS = {
    "Public pages named row by row in the table": "public_pages",
    "Named row by row in the column source; terms in catalogue/sources.csv": "source_column",
    "Bitkom Smart City Index, single scores as quoted by the press page named in each row": "press",
}


def fact_rows() -> int:
    """Live rows of all shipped tables but the observations."""
    return sum(count for kind, count in _row_counts().items() if kind != OBSERVATIONS)


def _row_counts() -> dict[str, int]:
    return session.result(_count_rows)


def _count_rows() -> dict[str, int]:
    """Rows of the state shown by kind: an upload may stand for rows that are there already.

    Observations are counted by the holdings, which have read them; a kind without any
    published table is left out.
    """
    versions = session.store().versions()
    published = versions.loc[versions["number"] <= session.shown_version(), "kind"]
    held = results.holdings()
    counts = {str(kind): len(session.table(kind)) for kind in set(published) - {OBSERVATIONS}}
    if OBSERVATIONS in set(published):
        counts[OBSERVATIONS] = int(held["values"].sum() + held["missing"].sum())
    return counts


def resources(visit: Visit) -> list[Resource]:
    """The tables of the data folder; a broken description is said and gives none."""
    try:
        return list(read_package(session.data_folder()).values())
    except BrokenPackage as fault:
        st.warning(
            visit.words("data.tables_broken", fault=plain(fault)), icon=findings.ICONS["warning"]
        )
        return []


def table_section(visit: Visit) -> None:
    """Every table: rows, origin and licence."""
    words = visit.words
    st.header(words("data.tables"), anchor="tables")
    st.markdown(words("data.tables_about"))
    listed = resource_table(visit, resources(visit))
    rows = words("data.column.rows")
    st.dataframe(
        listed.style.format(holdings.count_format(visit), subset=[rows]),
        hide_index=True,
        key="tables_table",
        height="content",
        alt=words("data.tables"),
        column_config={words("data.column.table"): st.column_config.TextColumn(width=240)},
    )


def resource_table(visit: Visit, described: list[Resource]) -> pd.DataFrame:
    """One row per table with readable headings; a table that was not read has no row count."""
    counts = _row_counts()
    rows = [
        {
            "table": one.title_de if visit.lang == "de" else one.title_en,
            "rows": counts.get(one.kind),
            "source": "; ".join(origin_name(visit, source) for source in one.sources),
            "licence": "; ".join(licence_name(visit, licence) for licence in one.licences),
            "file": ", ".join(one.paths),
        }
        for one in described
    ]
    table = pd.DataFrame(rows, columns=["table", "rows", "source", "licence", "file"])
    return table.rename(columns={name: visit.words(f"data.column.{name}") for name in table})


def licence_name(visit: Visit, licence: Licence) -> str:
    """A licence in the reader's language; one without words as the data folder names it."""
    key = f"data.licence.{licence.name}"
    return visit.words(key) if visit.words.has(key) else licence.title


def origin_name(visit: Visit, source: Source) -> str:
    """Where a table comes from; notices of publishers stay word for word."""
    name = ORIGINS.get(source.title)
    return visit.words(f"data.origin.{name}") if name else source.title


def finding_section(visit: Visit, found: list[Finding]) -> None:
    """What was found in the shipped tables, in full."""
    words = visit.words
    st.header(words("data.findings"), anchor="findings")
    if not found:
        st.markdown(f":material/check_circle: {words('data.findings_none')}")
        return
    st.markdown(words("data.findings_about"))
    findings.show(visit, found, "shipped_findings")


def take_section(visit: Visit) -> None:
    """Everything as one archive, built only when somebody asks for it."""
    words = visit.words
    st.header(words("data.take"), anchor="take")
    st.markdown(words("data.take_about"))
    st.download_button(
        words("data.take_all", version=visit.version),
        data=partial(package.build_package, session.store(), visit.version),
        file_name=package.file_name(visit.version),
        mime=package.MIME,
        key="take_all",
        icon=":material/folder_zip:",
        on_click="ignore",
    )
    with st.container(key="fine_take"):
        st.markdown(words("data.take_wait"))
    open_addresses.archive_address(visit)
    open_addresses.record_address(visit)
