"""A view as CSV for a spreadsheet: nothing in it is run as a formula, umlauts survive."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from loaders.languages import language

BOM: Final = "\ufeff"
_FORMULA_START = re.compile(r"[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_HARMLESS = re.compile(r"[+\-]?\d+([.,]\d+)*|-+")


def neutral(cell: object) -> object:
    """The cell, with an apostrophe before text that a spreadsheet would run as a formula.

    Numbers stay numbers, also as text (``-3,5``); a lone dash stays a dash.
    """
    if not isinstance(cell, str) or not _FORMULA_START.match(cell):
        return cell
    return cell if _HARMLESS.fullmatch(cell) else f"'{cell}"


def csv_of_view(view: pd.DataFrame, lang: str) -> bytes:
    """A table as CSV the way a spreadsheet of that language opens it with a double click.

    Args:
        view: the table as shown, with readable headings; NaN becomes an empty cell.
        lang: ``de`` writes ``;`` and decimal commas, ``en`` writes ``,`` and points.

    Returns:
        UTF-8 with byte order mark, lines end with CR LF, formulas neutralised.
    """
    return _encoded(view, language(lang).delimiter, language(lang).decimal)


def canonical_csv(table: pd.DataFrame) -> bytes:
    """A table in the form in which the product reads tables: comma and decimal point.

    UTF-8 with byte order mark, so that a spreadsheet shows umlauts; formulas neutralised.
    """
    return _encoded(table, ",", ".")


def csv_of_rows(rows: Iterable[Sequence[str]], delimiter: str) -> bytes:
    """Rows of text as CSV with byte order mark; formulas neutralised, nothing else changed."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode()


def _encoded(table: pd.DataFrame, delimiter: str, decimal: str) -> bytes:
    safe = table.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].map(neutral, na_action="ignore")
    safe.columns = pd.Index([neutral(str(name)) for name in safe.columns])
    text: str = safe.to_csv(index=False, sep=delimiter, decimal=decimal, lineterminator="\r\n")
    return (BOM + text).encode()
