"""Findings as a person reads them: all of them, with their place and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from loaders.findings import Finding
from views.exports.csv import csv_of_view
from views.session import Visit
from views.texts import plain

ORDER: Final = ("error", "warning", "note")
ICONS: Final = {
    "error": ":material/error:",
    "warning": ":material/warning:",
    "note": ":material/info:",
}
SIGNS: Final = {"error": "✖", "warning": "▲", "note": "●"}
# Findings of one rule up to this number stand one by one, more of them as one entry.
SINGLE: Final = 3
TABLED: Final = 2_000


def show(visit: Visit, findings: Sequence[Finding], key: str) -> None:
    """Counts by severity, the findings in full sentences or by rule, and all as a table.

    Args:
        visit: this run.
        findings: all findings of one file or of the shipped tables.
        key: part of the widget keys, unique on the page.
    """
    if not findings:
        st.markdown(f":material/check_circle: {visit.words('findings.none')}")
        return
    ordered = sorted(findings, key=_by_severity)
    st.markdown(f"**{count_sentence(visit, findings)}**")
    with st.container(key=f"fine_{key}_legend"):
        st.markdown(visit.words("findings.legend"))
    entries: list[str] = []
    is_one = len({finding.file for finding in findings}) == 1
    for number, group in enumerate(by_rule(ordered)):
        if len(group) <= SINGLE:
            entries += [_entry(visit, finding, is_one) for finding in group]
            continue
        st.markdown("\n".join([*entries, _group_entry(visit, group)]))
        _group_table(visit, group, f"{key}_{number}")
        entries = []
    if entries:
        st.markdown("\n".join(entries))
    _twin(visit, ordered, key)


def say_one(visit: Visit, finding: Finding) -> None:
    """One finding as the answer to a press: what happened and what to do."""
    sentence, advice = finding.sentence(visit.lang), finding.advice(visit.lang)
    st.error(f"{plain(sentence)} {plain(advice)}", icon=ICONS[finding.severity])


def by_rule(ordered: Sequence[Finding]) -> list[list[Finding]]:
    """The findings by severity and rule, each group where its first finding stands."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in ordered:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    return list(groups.values())


def count_sentence(visit: Visit, findings: Sequence[Finding]) -> str:
    """How many findings of each severity, in one sentence."""
    counts = Counter(finding.severity for finding in findings)
    parts = {
        f"{one}s": visit.words(f"findings.{one}s", n=visit.formats.number(counts[one]))
        for one in ORDER
    }
    return visit.words("findings.summary", **parts)


def as_table(visit: Visit, findings: Sequence[Finding]) -> pd.DataFrame:
    """One row per finding with readable headings; the row number is NaN for the whole file."""
    words = visit.words
    records = [
        {
            "severity": f"{SIGNS[one.severity]} {words(f'findings.severity.{one.severity}')}",
            "file": one.file,
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "value": one.value,
            "sentence": one.sentence(visit.lang),
            "advice": one.advice(visit.lang),
            "code": one.code,
        }
        for one in findings
    ]
    table = pd.DataFrame(records)
    if not table["sheet"].any():
        table = table.drop(columns="sheet")
    table["row"] = table["row"].astype("Int64")
    return table.rename(columns={name: words(f"findings.column.{name}") for name in table})


def _by_severity(finding: Finding) -> tuple[int, bool, str, str, int]:
    """Errors first; among them what concerns a whole file, then by file and row."""
    has_row = finding.row is not None
    rank = ORDER.index(finding.severity)
    return rank, has_row, finding.file, finding.sheet, finding.row or 0


def _entry(visit: Visit, finding: Finding, is_one: bool) -> str:
    """One list entry: severity and place, sentence, advice; one file needs no name."""
    words = visit.words
    severity = words(f"findings.severity.{finding.severity}")
    return (
        f"- {ICONS[finding.severity]} **{severity}** · {_place(visit, finding, is_one)}  \n"
        f"  {plain(finding.sentence(visit.lang))}  \n"
        f"  **{words('findings.do')}** {plain(finding.advice(visit.lang))}"
    )


def _group_entry(visit: Visit, group: Sequence[Finding]) -> str:
    """One list entry for many findings of one rule: count, first places, first case, advice."""
    words, first = visit.words, group[0]
    count = words(f"findings.{first.severity}s", n=visit.formats.number(len(group)))
    is_one = len({finding.file for finding in group}) == 1
    places = "; ".join(_cell(visit, finding, is_one) for finding in group[:SINGLE])
    rest = words("findings.further", n=visit.formats.number(len(group) - SINGLE))
    return (
        f"- {ICONS[first.severity]} **{words('findings.alike', count=count)}** · "
        f"{places}; {rest}  \n"
        f"  {words('findings.first_case')} {plain(first.sentence(visit.lang))}  \n"
        f"  **{words('findings.do')}** {plain(first.advice(visit.lang))}"
    )


def _group_table(visit: Visit, group: Sequence[Finding], key: str) -> None:
    title = visit.words("findings.all_alike", n=visit.formats.number(len(group)))
    with st.expander(title, icon=":material/table:"):
        if len(group) > TABLED:
            shown = visit.formats.number(TABLED)
            st.markdown(visit.words("findings.table_some", shown=shown))
        alike = [visit.words(f"findings.column.{one}") for one in ("severity", "code")]
        table = as_table(visit, group[:TABLED]).drop(columns=alike)
        st.dataframe(table, hide_index=True, key=f"{key}_table", alt=title)


def _cell(visit: Visit, finding: Finding, is_one: bool) -> str:
    """Where a finding stands, as short as its file allows: one file needs no name."""
    words, row = visit.words, finding.row
    said = plain(finding.value or finding.column)
    parts = [words("findings.in_sheet", sheet=plain(finding.sheet))] if finding.sheet else []
    if row is not None:
        parts.append(words("findings.in_row", row=row))
    elif not (is_one and said):
        parts.append(plain(finding.file))
    if not parts:
        return said
    return " ".join([*parts, f"({plain(finding.value)})" if finding.value else ""]).strip()


def _place(visit: Visit, finding: Finding, is_one: bool) -> str:
    words = visit.words
    parts = [] if is_one else [plain(finding.file)]
    if finding.sheet:
        parts.append(words("findings.in_sheet", sheet=plain(finding.sheet)))
    row = finding.row
    in_row = words("findings.whole_file") if row is None else words("findings.in_row", row=row)
    parts.append(in_row)
    if finding.column:
        parts.append(words("findings.in_column", column=plain(finding.column)))
    if finding.value:
        parts.append(words("findings.cell", value=plain(finding.value)))
    return " · ".join(parts)


def _twin(visit: Visit, findings: Sequence[Finding], key: str) -> None:
    title, words = visit.words("findings.table"), visit.words
    with st.expander(title, icon=":material/table:"):
        if len(findings) > TABLED:
            st.markdown(words("findings.table_some", shown=visit.formats.number(TABLED)))
        table = as_table(visit, findings[:TABLED])
        st.dataframe(table, hide_index=True, key=f"{key}_table", alt=title)
        st.download_button(
            words("findings.download"),
            # Built on the click: a file can have hundreds of thousands of findings.
            data=lambda: csv_of_view(as_table(visit, findings), visit.lang),
            file_name=f"{key}.csv",
            mime="text/csv",
            key=f"{key}_download",
            icon=":material/download:",
            on_click="ignore",
        )
