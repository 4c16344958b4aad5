"""A calculation as shown, to take along: its tables and how each number came about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from views.exports.csv import csv_of_view

MIME: Final = "application/zip"
# A fixed time stamp: the same calculation gives the same bytes.
_STAMP: Final = (2026, 1, 1, 0, 0, 0)


def calculation_zip(
    tables: Mapping[str, pd.DataFrame], notes: Sequence[tuple[str, str]], lang: str
) -> bytes:
    """The tables of a view as CSV and a README with formula, inputs, weights and limits.

    Args:
        tables: file name without ending, and the table as shown.
        notes: heading and text in order; an export never goes without them.
        lang: decides delimiter and decimal sign.

    Raises:
        ValueError: no notes.
    """
    if not notes:
        raise ValueError("an export needs its notes")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            _add(archive, f"{name}.csv", csv_of_view(table, lang))
        text = "\n\n".join(f"## {heading}\n\n{body}" for heading, body in notes)
        _add(archive, "README.md", f"{text}\n".encode())
    return target.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
