"""What is known of every solution and measure: value, grade, range, source.

One row per solution and measure of C1 to C7. An evidence row wins; the rules of
``docs/methods/adoption`` fill what is left; the rest is unknown, with the whole range from 0 to 1.
Grades in the input are grades *before* the age rule; this module applies it once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal

import pandas as pd

from analysis.derived import Derived, derived_measures
from analysis.errors import DuplicateKeys, NotAnAnchor, UnknownMeasure
from analysis.grades import Grade, as_grade, bounds, grade_at
from analysis.measures import ANCHORS, CRITERION_OF, READINESS_MEASURES, TIME_BOUND

Origin = Literal["observed", "derived", "unknown", "not_applicable"]
FIRST_CHECK = date(2026, 11, 22)


@dataclass(frozen=True)
class Assessment:
    """What is known of one measure of one solution.

    Attributes:
        solution_id: the solution.
        criterion: C1 to C7.
        measure_id: the measure.
        value: anchored value 0, .25, .5, .75 or 1; NaN when unknown or not applicable.
        grade_before: grade before the age rule; ``U`` unknown, "" not applicable.
        grade: grade after it.
        low: lower end of the range; NaN when not applicable.
        high: upper end.
        origin: observed (evidence row), derived (rule), unknown or not_applicable.
        rule: code of the rule where derived or not applicable, else "".
        statement_de: what was seen, German; "" unless observed.
        statement_en: the same in English.
        url: page of the evidence; "" if none.
        date: date of its content, as exact as the source; "" if undated.
        checked_on: day of checking; "" unless observed.
        note: limits named by the scorer.
    """

    solution_id: str
    criterion: str
    measure_id: str
    value: float = float("nan")
    grade_before: str = "U"
    grade: str = "U"
    low: float = 0.0
    high: float = 1.0
    origin: Origin = "unknown"
    rule: str = ""
    statement_de: str = ""
    statement_en: str = ""
    url: str = ""
    date: str = ""
    checked_on: str = ""
    note: str = ""


COLUMNS = [field.name for field in fields(Assessment)]


def measure_table(
    solutions: pd.DataFrame,
    evidence: pd.DataFrame,
    data_date: date,
    *,
    lessons: pd.DataFrame | None = None,
    adoptions: pd.DataFrame | None = None,
    phases: pd.DataFrame | None = None,
    progress: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row per solution and measure, see ``Assessment`` for the columns.

    Args:
        solutions: the catalogue of solutions.
        evidence: columns as in the schema of ``evidence``; grades before the age rule.
        data_date: day to which the data are stated; ages count back from it.
        lessons: together with the next three the tables the rules read;
            without all four only evidence rows count.
        adoptions: documented adoptions.
        phases: deployments with their phase.
        progress: published figures.

    Raises:
        DuplicateKeys: two evidence rows for one solution and measure.
        UnknownMeasure: an evidence row for a measure the method does not have.
        UnknownGrade: a grade other than A, B, C, D, U.
        NotAnAnchor: a value off the anchored scale.
    """
    seen = _observed(evidence, data_date)
    catalogue = _Catalogue.of(lessons, adoptions, phases, progress)
    rows: list[Assessment] = []
    for record in solutions.to_dict("records"):
        solution = {str(name): value for name, value in record.items()}
        solution_id = str(solution["solution_id"])
        told = {d.measure_id: d for d in catalogue.derived(solution)} if catalogue else {}
        for measure in READINESS_MEASURES:
            row = seen.get((solution_id, measure))
            if row is None and measure in told:
                row = _from_rule(solution_id, told[measure], data_date)
            rows.append(row or Assessment(solution_id, CRITERION_OF[measure], measure))
    return pd.DataFrame([asdict(row) for row in rows], columns=COLUMNS)


def newest_check(evidence: pd.DataFrame) -> date:
    """The data date: the newest day on which anybody checked a row.

    A check known by month or year only names no day and moves nothing; without any day the
    evidence is stated to the day of the first check.
    """
    days = [day for day in evidence["checked_on"] if len(day) == len("2026-11-22")]
    return max(map(date.fromisoformat, days), default=FIRST_CHECK)


def examined_solutions(evidence: pd.DataFrame) -> frozenset[str]:
    """Solutions with at least one evidence row."""
    return frozenset(evidence["solution_id"])


def _observed(evidence: pd.DataFrame, data_date: date) -> dict[tuple[str, str], Assessment]:
    _check(evidence)
    rows = (_from_evidence(record, data_date) for record in evidence.to_dict("records"))
    return {(row.solution_id, row.measure_id): row for row in rows}


def _check(evidence: pd.DataFrame) -> None:
    keys = evidence["solution_id"] + " " + evidence["measure_id"]
    if keys.duplicated().any():
        raise DuplicateKeys(keys[keys.duplicated()])
    unknown = ~evidence["measure_id"].isin(READINESS_MEASURES)
    if unknown.any():
        raise UnknownMeasure(keys[unknown])
    off = ~evidence["value"].isin(ANCHORS)
    if off.any():
        raise NotAnAnchor(keys[off] + " " + evidence["value"][off].astype(str))


def _from_evidence(record: Mapping[Any, Any], data_date: date) -> Assessment:
    measure, url = str(record["measure_id"]), str(record["evidence_url"])
    before = as_grade(record["grade"]) if url else "D"
    when = str(record["evidence_date"])
    return _graded(
        Assessment(
            solution_id=str(record["solution_id"]),
            criterion=CRITERION_OF[measure],
            measure_id=measure,
            value=float(record["value"]),
            origin="observed",
            statement_de=str(record["statement_de"]),
            statement_en=str(record["statement_en"]),
            url=url,
            date=when,
            checked_on=str(record["checked_on"]),
            note=str(record["note"]),
        ),
        before,
        data_date,
    )


def _from_rule(solution_id: str, told: Derived, data_date: date) -> Assessment:
    criterion = CRITERION_OF[told.measure_id]
    if told.value is None or told.grade is None:
        nothing = float("nan")
        return Assessment(
            solution_id,
            criterion,
            told.measure_id,
            grade_before="",
            grade="",
            low=nothing,
            high=nothing,
            origin="not_applicable",
            rule=told.rule,
        )
    row = Assessment(
        solution_id,
        criterion,
        told.measure_id,
        value=told.value,
        origin="derived",
        rule=told.rule,
        url=told.url,
        date=told.date,
    )
    return _graded(row, told.grade, data_date)


def _graded(row: Assessment, before: Grade, data_date: date) -> Assessment:
    grade = grade_at(before, row.date, data_date, time_bound=row.measure_id in TIME_BOUND)
    low, high = bounds(row.value, grade)
    known = {"grade_before": before, "grade": grade, "low": low, "high": high}
    return Assessment(**{**asdict(row), **known})


@dataclass(frozen=True)
class _Catalogue:
    """The tables the rules read, split by solution once."""

    lessons: Mapping[str, pd.DataFrame]
    adoptions: Mapping[str, pd.DataFrame]
    phases: Mapping[str, pd.DataFrame]
    progress: Mapping[str, pd.DataFrame]
    empty: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]

    @classmethod
    def of(
        cls,
        lessons: pd.DataFrame | None,
        adoptions: pd.DataFrame | None,
        phases: pd.DataFrame | None,
        progress: pd.DataFrame | None,
    ) -> _Catalogue | None:
        if lessons is None or adoptions is None or phases is None or progress is None:
            return None
        own = lessons[lessons["ref_type"] == "solution"]
        return cls(
            _by_solution(own, "solution_id"),
            _by_solution(adoptions, "solution_id"),
            _by_solution(phases, "solution_id"),
            _by_solution(progress, "solution_id"),
            (own.head(0), adoptions.head(0), phases.head(0), progress.head(0)),
        )

    def derived(self, solution: Mapping[str, str]) -> Iterator[Derived]:
        key = solution["solution_id"]
        tables = (self.lessons, self.adoptions, self.phases, self.progress)
        parts = (t.get(key, empty) for t, empty in zip(tables, self.empty, strict=True))
        yield from derived_measures(solution, *parts)


def _by_solution(table: pd.DataFrame, column: str) -> dict[str, pd.DataFrame]:
    return {str(key): rows for key, rows in table.groupby(column)}
