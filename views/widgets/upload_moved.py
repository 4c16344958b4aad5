"""Which verdicts and ranges a publication would move, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from views.session import Visit
from views.texts import plain
from views.texts.formats import MISSING
from views.widgets import upload_check, verdict_words

SINGLE: Final = 12
SIDES: Final = ("before", "after")


def show(visit: Visit, moved: pd.DataFrame) -> None:
    """Verdicts as sentences, ranges of indicators as a table; says when nothing moves."""
    words = visit.words
    st.markdown(f"**{words('upload.preview_moved')}**")
    if moved.empty:
        st.markdown(words("upload.moved_nothing"))
        return
    verdicts, spreads = (moved[moved["what"] == what] for what in ("verdict", "indicator"))
    if len(verdicts):
        st.markdown(words("upload.moved_verdicts", n=len(verdicts)))
        lines = [f"- {_sentence(visit, row)}" for row in verdicts.head(SINGLE).to_dict("records")]
        st.markdown("\n".join(lines))
    if len(verdicts) > SINGLE:
        with st.expander(words("upload.moved_all"), icon=":material/table:"):
            st.dataframe(verdict_table(visit, verdicts), hide_index=True, key="moved_verdicts",
                         alt=words("upload.moved_verdicts", n=len(verdicts)))  # fmt: skip
    if len(spreads):
        st.markdown(words("upload.moved_spreads", n=spreads["id"].nunique()))
        st.dataframe(spread_table(visit, spreads), hide_index=True, key="moved_spreads",
                     alt=words("upload.moved_spreads", n=len(spreads)))  # fmt: skip


def _sentence(visit: Visit, row: Mapping[Any, Any]) -> str:
    words, name = visit.words, plain(_name(str(row["id"])))
    ranges = {side: _range(visit, row, side) for side in SIDES}
    verdicts = {f"verdict_{side}": _verdict(visit, row, side) for side in SIDES}
    if not row["word_before"] or not row["word_after"]:
        side = "after" if row["word_after"] else "before"
        return words(f"upload.moved_only_{side}", name=name, range=ranges[side],
                     verdict=verdicts[f"verdict_{side}"])  # fmt: skip
    return words("evidence.change", name=name, **ranges, **verdicts)


def verdict_table(visit: Visit, verdicts: pd.DataFrame) -> pd.DataFrame:
    """One row per solution: range and verdict before and after."""
    words = visit.words
    table = pd.DataFrame({words("upload.column.solution"): [_name(one) for one in verdicts["id"]]})
    rows = verdicts.to_dict("records")
    for side in SIDES:
        heading = words(f"upload.column.{side}")
        table[f"{words('upload.column.range')}, {heading}"] = [
            _range(visit, row, side) for row in rows
        ]
        table[f"{words('upload.column.verdict')}, {heading}"] = [
            _verdict(visit, row, side) for row in rows
        ]
    return table


def spread_table(visit: Visit, spreads: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator and level: newest time, least, median, greatest before and after."""
    words, names = visit.words, visit.names
    table = pd.DataFrame(
        {
            words("upload.column.indicator"): [names("indicator", one) for one in spreads["id"]],
            words("upload.column.level"): [names("level", one) for one in spreads["level"]],
            words("upload.column.period"): [visit.formats.date(one) for one in spreads["period"]],
        }
    )
    for name in ("low", "middle", "high"):
        for side in SIDES:
            heading = f"{words(f'upload.column.{name}')}, {words(f'upload.column.{side}')}"
            values = spreads[f"{name}_{side}"]
            table[heading] = [MISSING if pd.isna(one) else upload_check.written(visit, one)
                              for one in values]  # fmt: skip
    return table


def _name(solution: str) -> str:
    return verdict_words.names_of_solutions().get(solution, solution)


def _range(visit: Visit, row: Mapping[Any, Any], side: str) -> str:
    low, high = row[f"low_{side}"], row[f"high_{side}"]
    return "" if pd.isna(low) else visit.formats.hundredths(low, high)


def _verdict(visit: Visit, row: Mapping[Any, Any], side: str) -> str:
    code, gates = str(row[f"word_{side}"]), str(row[f"gates_{side}"])
    return verdict_words.verdict_of(visit, code, gates.split(",") if gates else []) if code else ""
