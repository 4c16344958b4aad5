"""One lesson as a CSV row with header, ready to be mailed or uploaded."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
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


def filled(
    texts: Mapping[str, str], solution: str, project: str, kind: str, source: str, day: dt.date
) -> dict[str, str]:
    """A visitor's lesson in the columns of the table.

    Args:
        texts: what was learnt, by language (``de``, ``en``); the table needs both.
        solution: key of the solution; "" when the lesson is about the programme.
        project: key of the solution's project.
        kind: kind of lesson.
        source: public page; "" when there is none yet.
        day: day the row was written, kept as date of the source.
    """
    written = {f"lesson_{lang}": text.strip() for lang, text in texts.items()}
    # two lessons of one day must not take each other's place
    mark = hashlib.sha256("\n".join(written.values()).encode()).hexdigest()[:6]
    return {
        "lesson_id": f"{solution or 'programme'}-{day:%Y%m%d}-{mark}",
        "ref_type": "solution" if solution else "programme",
        "solution_id": solution,
        "project_id": project,
        "kind": kind,
        **written,
        "source_url": source.strip(),
        "source_date": day.isoformat(),
    }


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
