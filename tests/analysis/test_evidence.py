"""Evidence: grades and their age, rules for what no row judges, errors."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.derived import OPEN_STANDARDS, derived_measures
from analysis.errors import DuplicateKeys, NotAnAnchor, UnknownGrade, UnknownMeasure
from analysis.evidence import FIRST_CHECK, examined_solutions, measure_table, newest_check
from analysis.grades import as_grade, bounds, grade_at, middle_day, one_lower

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("value", "grade", "expected"),
    [
        (0.75, "A", (0.75, 0.75)),
        (0.75, "B", (0.65, 0.85)),
        (0.75, "C", (0.55, 0.95)),
        (0.75, "D", (0.45, 1.0)),
        (0.0, "C", (0.0, 0.2)),
        (float("nan"), "U", (0.0, 1.0)),
    ],
)
def test_half_widths_by_grade(value: float, grade: str, expected: tuple[float, float]) -> None:
    assert bounds(value, as_grade(grade)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("day", "time_bound", "grade"),
    [
        ("2024-11-22", False, "B"),
        ("2024-11-21", False, "C"),
        ("2024-11", False, "C"),
        ("2024-12", False, "B"),
        ("2025", False, "B"),
        ("2024", False, "C"),
        ("", False, "B"),
        ("", True, "C"),
    ],
)
def test_age_lowers_a_grade_once(day: str, time_bound: bool, grade: str) -> None:
    assert grade_at("B", day, TODAY, time_bound=time_bound) == grade


@pytest.mark.parametrize(
    ("today", "fresh", "old"),
    [
        (date(2026, 11, 30), "2024-11-30", "2024-11-29"),
        (date(2026, 12, 31), "2024-12-31", "2024-12-30"),
        (date(2026, 2, 28), "2024-02-28", "2024-02-27"),
    ],
)
def test_twenty_four_months_end_on_the_same_day_of_the_month(
    today: date, fresh: str, old: str
) -> None:
    assert grade_at("B", fresh, today, time_bound=False) == "B"
    assert grade_at("B", old, today, time_bound=False) == "C"


def test_the_lowest_grade_stays() -> None:
    assert [one_lower(as_grade(g)) for g in "ABCDU"] == ["B", "C", "D", "D", "U"]


def test_inexact_dates_count_as_their_middle() -> None:
    assert middle_day("2023") == date(2023, 7, 1)
    assert middle_day("2023-06") == date(2023, 6, 15)
    assert middle_day("2023-06-29") == date(2023, 6, 29)
    with pytest.raises(ValueError, match="summer 2023"):
        middle_day("summer 2023")


SOLUTION = {
    "solution_id": "s",
    "open_source": "unknown",
    "licence_spdx": "",
    "repository_url": "",
    "interfaces_standards": "",
    "data_sensitivity": "personal",
    "source_url": "https://example.org/s",
    "source_date": "2026-01",
}
EVIDENCE = {
    "solution_id": "s",
    "criterion": "C1",
    "measure_id": "C1.2",
    "value": 0.5,
    "grade": "B",
    "statement_de": "gesehen",
    "statement_en": "seen",
    "evidence_url": "https://example.org/e",
    "evidence_date": "",
    "checked_on": "2026-11-22",
    "note": "",
}
LESSON = {
    "solution_id": "s",
    "ref_type": "solution",
    "kind": "worked",
    "source_url": "https://example.org/l",
    "source_date": "2026-02",
}
ADOPTION = {
    "solution_id": "s",
    "adopter_municipality": "A",
    "adopter_ags": "00000001",
    "year": np.nan,
    "status": "operation",
    "adoption_type": "reuse",
    "evidence_url": "https://example.org/a",
}
FIGURE = {
    "solution_id": "s",
    "scope": "solution",
    "value_type": "actual",
    "unit": "downloads",
    "source_url": "https://example.org/p",
    "date": "2026",
}
PHASE_COLUMNS = ["solution_id", "municipality", "ags", "phase", "evidence_url"]


def frame(template: dict, *changes: dict) -> pd.DataFrame:
    return pd.DataFrame([{**template, **change} for change in changes], columns=list(template))


def told(solution: dict, **tables: pd.DataFrame) -> dict[str, tuple[float | None, str | None]]:
    parts = {
        "lessons": frame(LESSON),
        "adoptions": frame(ADOPTION),
        "phases": pd.DataFrame(columns=PHASE_COLUMNS),
        "progress": frame(FIGURE),
        **tables,
    }
    rows = derived_measures({**SOLUTION, **solution}, **parts)
    return {row.measure_id: (row.value, row.grade) for row in rows}


@pytest.mark.parametrize(
    ("solution", "expected"),
    [
        ({}, None),
        ({"open_source": "yes", "licence_spdx": "MIT", "repository_url": "https://x"}, (1.0, "A")),
        ({"open_source": "yes"}, (0.75, "C")),
        ({"open_source": "yes", "licence_spdx": "MIT"}, (0.75, "C")),
        ({"open_source": "no"}, (None, None)),
        ({"open_source": "no", "own_software": "no"}, (None, None)),
        ({"open_source": "no", "own_software": "yes"}, (0.0, "B")),
        ({"open_source": "no", "own_software": ""}, None),
        ({"open_source": "unknown", "own_software": "no"}, (None, None)),
    ],
)
def test_openness_is_told_from_the_catalogue(solution: dict, expected: object) -> None:
    assert told(solution).get("C2.1") == expected


@pytest.mark.parametrize(
    ("interfaces", "expected"),
    [
        ("", None),
        ("LoRaWAN", None),
        ("CSV", None),
        ("FIWARE / NGSI", (0.75, "B")),
        ("OGC WMS", (0.75, "B")),
    ],
)
def test_only_a_named_open_standard_counts(interfaces: str, expected: object) -> None:
    assert told({"interfaces_standards": interfaces}).get("C2.2") == expected
    assert "NGSI" in OPEN_STANDARDS


@pytest.mark.parametrize(
    ("sensitivity", "expected"),
    [("none", (0.75, "C")), ("aggregated", None), ("personal", None), ("", None)],
)
def test_only_data_that_are_not_personal_need_no_assessment(
    sensitivity: str, expected: object
) -> None:
    assert told({"data_sensitivity": sensitivity}).get("C4.1") == expected


@pytest.mark.parametrize(
    ("lessons", "expected"),
    [
        ([], None),
        ([{}], (0.5, "B")),
        ([{"kind": "cost"}], (0.5, "B")),
        ([{"kind": "did_not_work"}], (0.75, "B")),
        ([{}, {"kind": "did_not_work"}], (1.0, "B")),
        ([{"source_url": ""}, {"kind": "did_not_work"}], (0.75, "B")),
    ],
)
def test_lessons_on_the_solution_count(lessons: list[dict], expected: object) -> None:
    assert told({}, lessons=frame(LESSON, *lessons)).get("C5.1") == expected


@pytest.mark.parametrize(
    ("adoptions", "expected"),
    [
        ([], None),
        ([{}], (0.5, "C")),
        ([{}, {"adopter_ags": "00000002"}], (0.75, "C")),
        ([{"adopter_ags": f"0000000{n}"} for n in range(4)], (1.0, "C")),
        (
            [{"adopter_ags": str(n), "adoption_type": "joint_rollout"} for n in range(13)],
            (0.5, "C"),
        ),
        ([{"status": "announced"}, {"status": "ended"}, {"status": "pilot"}], None),
        (
            [{"adoption_type": kind} for kind in ("trial", "joint_project", "community_member")],
            None,
        ),
    ],
)
def test_transfers_count_decisions_in_operation(adoptions: list[dict], expected: object) -> None:
    assert told({}, adoptions=frame(ADOPTION, *adoptions)).get("C7.1") == expected


def test_a_member_counts_with_evidence_of_its_own_operation() -> None:
    member = frame(ADOPTION, {"adoption_type": "community_member"})
    own = pd.DataFrame(
        [("s", "A", "00000001", "P4", "https://example.org/own")], columns=PHASE_COLUMNS
    )
    same = own.assign(evidence_url=ADOPTION["evidence_url"])
    pilot = own.assign(phase="P3")
    assert told({}, adoptions=member, phases=own)["C7.1"] == (0.5, "C")
    assert "C7.1" not in told({}, adoptions=member, phases=same)
    assert "C7.1" not in told({}, adoptions=member, phases=pilot)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ({}, (0.25, "C")),
        ({"value_type": "planned"}, None),
        ({"value_type": "budget"}, None),
        ({"scope": "project"}, None),
        ({"unit": "sensors"}, None),
        ({"unit": "municipalities"}, None),
        ({"unit": "passengers per month"}, (0.25, "C")),
    ],
)
def test_only_counts_of_use_count_and_never_above_one_half(figure: dict, expected: object) -> None:
    assert told({}, progress=frame(FIGURE, figure)).get("C1.2") == expected


def test_an_evidence_row_wins_over_a_rule() -> None:
    solutions = pd.DataFrame([SOLUTION])
    rows = frame(EVIDENCE, {"measure_id": "C5.1", "value": 0.25})
    table = measure_table(
        solutions,
        rows,
        TODAY,
        lessons=frame(LESSON, {}),
        adoptions=frame(ADOPTION, {}),
        phases=pd.DataFrame(columns=PHASE_COLUMNS),
        progress=frame(FIGURE, {}),
    ).set_index("measure_id")
    assert table.loc["C5.1", ["value", "origin"]].tolist() == [0.25, "observed"]
    assert table.loc["C7.1", ["value", "origin", "rule"]].tolist() == [
        0.5,
        "derived",
        "adoptions_elsewhere",
    ]
    assert table.loc["C3.1", ["low", "high", "origin"]].tolist() == [0.0, 1.0, "unknown"]
    assert len(table) == 17


def test_without_link_a_row_is_at_most_an_estimate() -> None:
    table = measure_table(pd.DataFrame([SOLUTION]), frame(EVIDENCE, {"evidence_url": ""}), TODAY)
    row = table[table.measure_id == "C1.2"].iloc[0]
    assert (row["grade_before"], row["grade"]) == ("D", "D")


def test_undated_evidence_drops_where_the_measure_changes_with_time() -> None:
    rows = frame(EVIDENCE, {}, {"measure_id": "C1.3"})
    table = measure_table(pd.DataFrame([SOLUTION]), rows, TODAY).set_index("measure_id")
    assert table.loc[["C1.2", "C1.3"], "grade"].tolist() == ["C", "B"]
    assert table.loc[["C1.2", "C1.3"], "grade_before"].tolist() == ["B", "B"]


@pytest.mark.parametrize(
    ("change", "error", "key"),
    [
        ({"value": 0.6}, NotAnAnchor, "0.6"),
        ({"measure_id": "C9.9"}, UnknownMeasure, "C9.9"),
        ({"grade": "E"}, UnknownGrade, "E"),
    ],
)
def test_faulty_evidence_is_named(change: dict, error: type, key: str) -> None:
    with pytest.raises(error) as raised:
        measure_table(pd.DataFrame([SOLUTION]), frame(EVIDENCE, change), TODAY)
    assert key in raised.value.sentence("de")
    assert key in raised.value.sentence("en")


def test_two_rows_for_one_measure_are_refused() -> None:
    with pytest.raises(DuplicateKeys) as error:
        measure_table(pd.DataFrame([SOLUTION]), frame(EVIDENCE, {}, {}), TODAY)
    assert error.value.keys == ("s C1.2",)


def test_examined_means_at_least_one_row() -> None:
    assert examined_solutions(frame(EVIDENCE, {}, {"measure_id": "C1.3"})) == {"s"}


def test_the_data_date_is_the_newest_whole_day_of_a_check() -> None:
    days = ["2026-11-22", "2026-12", "2027", "2026-11-26"]
    assert newest_check(pd.DataFrame({"checked_on": days})) == date(2026, 11, 26)
    assert newest_check(pd.DataFrame({"checked_on": ["2027"]})) == FIRST_CHECK
