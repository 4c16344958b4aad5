"""Cells and tables as read: in a published story, and on paper."""

from __future__ import annotations

from html import escape

import pandas as pd

from views.texts import Formats, read_words

# As many rows as a few pages of paper hold; the files of the page hold every one.
MOST_ON_PAPER = 120


def cell_words(cell: object, lang: str) -> str:
    """A cell as read: numbers with as many digits as they have, missing as a dash."""
    if cell is None or (isinstance(cell, float) and pd.isna(cell)) or cell is pd.NA:
        return "–"
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return str(cell)
    digits = f"{float(cell):.6f}".rstrip("0").partition(".")[2]
    return Formats(lang).number(float(cell), len(digits))


def paper_table(table: pd.DataFrame, lang: str, most: int = MOST_ON_PAPER) -> str:
    """A table as markup for paper; beyond ``most`` rows, how many more there are and where."""
    shown = table.head(most)
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell_words(cell, lang))}</td>" for cell in row) + "</tr>"
        for row in shown.itertuples(index=False, name=None)
    )
    left = len(table) - len(shown)
    more = read_words(lang)("common.paper_more", n=left) if left else ""
    note = f"<p>{escape(more)}</p>" if more else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{note}"
