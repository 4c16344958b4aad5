"""What the commands say of a file: sentences for people, one record for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from loaders.findings import Finding
from loaders.intake import Examination
from loaders.missing import NIL_FLAG

READ_COLUMNS = (
    "ags", "level", "indicator", "period", "value", "missing", "flag", "unit", "row", "column",
)  # fmt: skip

NOTES_ALIKE = 5


def say(findings: Iterable[Finding], lang: str) -> None:
    """Prints each finding with its sentence and advice."""
    for finding in findings:
        print(f"{finding.severity}: {finding.sentence(lang)} {finding.advice(lang)}")


def say_with_places(findings: Iterable[Finding], lang: str) -> None:
    """Prints each finding with its file, sheet, row and column in front.

    Of notes of one rule the first few and how many more there are; errors and warnings all.
    """
    alike: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        rule = (finding.file, finding.code)
        alike[rule] += finding.severity == "note"
        if alike[rule] > NOTES_ALIKE:
            continue
        place = [finding.file, finding.sheet, "" if finding.row is None else str(finding.row)]
        where = ":".join(part for part in [*place, finding.column] if part)
        print(f"{finding.severity}: {where}: {finding.sentence(lang)} {finding.advice(lang)}")
    more = {rule: count - NOTES_ALIKE for rule, count in alike.items() if count > NOTES_ALIKE}
    for (file, code), count in more.items():
        details = {"count": str(count), "rule": code}
        say([Finding("notes_alike", file, details=details)], lang)


def summary(examination: Examination) -> str:
    """One line: outcome, format, rows."""
    reading = examination.reading
    parts = [examination.name, examination.outcome, reading.format or "-"]
    parts += [part for part in (reading.encoding, _delimiter_word(reading.delimiter)) if part]
    parts.append(f"{reading.rows_seen} rows seen, {reading.rows_placed} placed")
    parts += [f"{count} refused: {reason}" for reason, count in reading.rows_refused.items()]
    parts.append(f"{len(examination.findings)} findings, {examination.errors} errors")
    if examination.waiting:
        parts.append(f"{examination.waiting} values wait for a repair")
    return "; ".join(parts)


def _delimiter_word(delimiter: str) -> str:
    return {"\t": "tab"}.get(delimiter, delimiter)


def record(examination: Examination, lang: str) -> dict[str, Any]:
    """Everything about an examined file as plain values for JSON."""
    reading = examination.reading
    return {
        "file": examination.name,
        "sha256": examination.sha256,
        "kind": examination.kind,
        "outcome": examination.outcome,
        "reason": reading.refusal,
        "format": reading.format,
        "table": reading.table,
        "edition": reading.edition,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "number_styles": dict(reading.number_styles),
        "rows_seen": reading.rows_seen,
        "rows_placed": reading.rows_placed,
        "rows_refused": dict(reading.rows_refused),
        "values_by_state": states(reading.observations),
        "values_by_level": _counts(reading.observations["level"]),
        "errors": examination.errors,
        "findings": [_finding(one, lang) for one in examination.findings],
        "repairs": examination.repairs.to_dict("records"),
        "waiting": examination.waiting,
        "publishable": len(examination.accepted),
        "choices": reading.proposed.as_record(),
    }


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    words = {"sentence": finding.sentence(lang), "advice": finding.advice(lang)}
    return {**finding.as_record(), "rule": finding.code, **words}


def states(observations: pd.DataFrame) -> dict[str, int]:
    """How many values are there, how many are a counted zero, how many are missing and why."""
    if observations.empty:
        return {}
    kind = observations["missing"].astype(object).where(observations["value"].isna(), "value")
    return _counts(kind.mask((observations["flag"] == NIL_FLAG) & (kind == "value"), NIL_FLAG))


def _counts(column: pd.Series) -> dict[str, int]:
    counted = column.astype(object).value_counts()
    return {str(word): int(count) for word, count in counted.items() if count}


def read_table(examination: Examination) -> pd.DataFrame:
    """The canonical long table of a file: the columns ``READ_COLUMNS``, values as text."""
    rows = examination.placed
    table = rows.reindex(columns=list(READ_COLUMNS)).astype(object)
    table["value"] = [_number(value) for value in rows["value"]]
    table["row"] = [str(row) for row in rows["row"]]
    return table.fillna("")


def _number(value: float) -> str:
    return "" if pd.isna(value) else np.format_float_positional(value, trim="-")
