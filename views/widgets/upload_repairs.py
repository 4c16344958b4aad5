"""Repairs a person may tick: what stands in the file, what would be read instead."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders.intake import Examination, Ticked
from views.session import Visit
from views.texts import plain
from views.widgets.upload_file import decided_about

SINGLE: Final = 20
TABLED: Final = 2_000


def show(visit: Visit, file: UploadedFile, examination: Examination) -> None:
    """All repairs by kind, each kind and up to ``SINGLE`` single cells to tick."""
    repairs = examination.repairs
    if repairs.empty:
        return
    words, decided = visit.words, decided_about(file)
    st.header(words("upload.repairs", n=len(repairs)), anchor="repairs")
    st.markdown(words("upload.repairs_about"))
    token = examination.sha256[:8]
    with st.form("repairs"):
        kinds, cells = set(), set()
        for kind, rows in repairs.groupby("kind", sort=False):
            if _all_of(visit, str(kind), rows, decided.ticked, token):
                kinds.add(str(kind))
            cells |= _single(visit, str(kind), rows, decided.ticked, token)
        if st.form_submit_button(words("upload.repairs_apply"), type="primary"):
            decided.ticked = Ticked(frozenset(kinds), frozenset(cells))
            st.rerun()
    _twin(visit, repairs)


def _all_of(visit: Visit, kind: str, rows: pd.DataFrame, ticked: Ticked, token: str) -> bool:
    words = visit.words
    first = rows.iloc[0]
    return st.checkbox(
        words(
            "upload.repair_all",
            kind=words(f"upload.repair.{kind}"),
            n=len(rows),
            row=int(first["row"]),
            value=plain(str(first["value"])),
            proposal=plain(str(first["proposal"])),
        ),
        value=kind in ticked.kinds,
        key=f"repair_{kind}_{token}",
    )


def _single(
    visit: Visit, kind: str, rows: pd.DataFrame, ticked: Ticked, token: str
) -> set[tuple[int, str]]:
    """Cells ticked one by one; where there are many, only whole kinds can be ticked."""
    if len(rows) == 1 or len(rows) > SINGLE or rows["sheet"].nunique() > 1:
        return set()
    cells = set()
    with st.expander(visit.words("upload.repair_single")):
        for row, column, value, proposal in rows[["row", "column", "value", "proposal"]].itertuples(
            index=False
        ):
            cell = (int(row), str(column))
            label = visit.words(
                "upload.repair_cell",
                row=row,
                column=plain(str(column)),
                value=plain(str(value)),
                proposal=plain(str(proposal)),
            )
            key = f"repair_{kind}_{row}_{column}_{token}"
            if st.checkbox(label, value=cell in ticked.cells, key=key):
                cells.add(cell)
    return cells


def _twin(visit: Visit, repairs: pd.DataFrame) -> None:
    words = visit.words
    with st.expander(words("common.as_table"), icon=":material/table:"):
        st.dataframe(repair_table(visit, repairs.head(TABLED)), hide_index=True,
                     key="repairs_table", alt=words("upload.repairs_about"))  # fmt: skip


def repair_table(visit: Visit, repairs: pd.DataFrame) -> pd.DataFrame:
    """One row per repair with readable headings."""
    words = visit.words
    table = pd.DataFrame(
        {
            "kind": [words(f"upload.repair.{kind}") for kind in repairs["kind"]],
            "row": list(repairs["row"]),
            "column": list(repairs["column"]),
            "value": list(repairs["value"]),
            "proposal": list(repairs["proposal"]),
            "ticked": [words("upload.yes" if one else "upload.no") for one in repairs["ticked"]],
        }
    )
    names = {name: words(f"upload.repair_column.{name}") for name in table}
    return table.rename(columns=names)
