"""One lesson as a CSV row with header, ready to be mailed or uploaded."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

COLUMNS = (
    "lesson_id",
    "ref_type",
    "solution_id",
    "project_id",
    "kind",
    "lesson_de",
    "lesson_en",
    "source_url",
    "source_date",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lesson_row(values: Mapping[str, str]) -> bytes:
    """Header and one row in UTF-8 with byte order mark, so that office programs open it.

    Cells that a spreadsheet would read as a formula start with an apostrophe.

    Args:
        values: text per column of the table ``lessons``; what is absent stays empty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerow([_harmless(values.get(name, "")) for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    text = " ".join(text.split())
    return f"'{text}" if text.startswith(_FORMULA) else text
