"""The joined catalogue: phases, decisions, marks, filters and their order."""

from itertools import product

import pandas as pd
import pytest

from analysis.catalogue import (
    MARKS,
    CatalogueTables,
    Choice,
    choose,
    entries,
    pages,
    related,
    search_texts,
    size_of,
)
from analysis.text_search import TextIndex

SOLUTION = {
    "solution_id": "",
    "name": "",
    "project_id": "p",
    "origin_municipalities": "",
    "origin_ags": "",
    "action_field": "mobility",
    "summary_de": "",
    "summary_en": "",
    "status": "",
    "status_as_of": "",
    "open_source": "unknown",
    "licence_spdx": "",
    "interfaces_standards": "",
    "source_date": "",
}
ADOPTION = {"adopter_ags": "", "status": "operation", "adoption_type": "reuse", "evidence_url": "a"}


def table(base: dict[str, str], rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame([{**base, **row} for row in rows])


def phase(solution: str, place: str, value: str, url: str = "p", as_of: str = "") -> dict[str, str]:
    return {
        "solution_id": solution,
        "municipality": place,
        "ags": "",
        "phase": value,
        "as_of": as_of,
        "evidence_url": url,
    }


def adoption(solution: str, place: str, **other: str) -> dict[str, str]:
    return {"solution_id": solution, "adopter_municipality": place, **other}


def lesson(solution: str, kind: str, ref_type: str = "solution") -> dict[str, str]:
    return {"solution_id": solution, "kind": kind, "ref_type": ref_type, "source_date": ""}


SOLUTIONS = [
    {"solution_id": "bus", "name": "Öffi-Bus", "status": "pilot", "origin_ags": "07312000"},
    {
        "solution_id": "app",
        "name": "Zebra-App",
        "status": "scaled",
        "open_source": "yes",
        "origin_ags": "01002000; 07312",
        "summary_de": "Ein Bus-Melder",
        "source_date": "2024",
    },
    {
        "solution_id": "rain",
        "name": "Regen",
        "status": "operation",
        "action_field": "water_disaster",
        "interfaces_standards": "OGC WMS",
    },
    {
        "solution_id": "test",
        "name": "Alter Test",
        "status": "discontinued",
        "status_as_of": "2023-05",
    },
    {"solution_id": "blank", "name": "Ohne Stand"},
]


@pytest.fixture(scope="module")
def tables() -> CatalogueTables:
    adoptions = [
        adoption("app", "A"),
        adoption("app", "B"),
        adoption("app", "C", status="announced"),
        adoption("app", "D", adoption_type="trial", status="ended"),
        adoption("app", "E", adoption_type="community_member", evidence_url="club"),
        adoption("app", "F", adoption_type="community_member", evidence_url="club"),
        *[adoption("rain", place, adoption_type="joint_rollout") for place in "VWXYZ"],
    ]
    phases = [
        phase("app", "Kiel", "P5", as_of="2025-03-01"),
        phase("app", "Mainz", "P3"),
        phase("app", "E", "P4", "own page"),
        phase("app", "F", "P4", "club"),
        phase("rain", "V", "P4"),
    ]
    lessons = [
        lesson("app", "worked"),
        lesson("app", "did_not_work"),
        lesson("", "did_not_work", "project"),
    ]
    empty = pd.DataFrame(columns=["solution_id", "date", "evidence_date"])
    return CatalogueTables(
        solutions=table(SOLUTION, SOLUTIONS),
        adoptions=table(ADOPTION, adoptions),
        phases=pd.DataFrame(phases),
        milestones=empty,
        evidence=empty,
        lessons=pd.DataFrame(lessons),
        municipalities=pd.DataFrame(
            {"ags": ["07312000", "01002000"], "population": [101_486.0, 4_999.0]}
        ),
    )


@pytest.fixture(scope="module")
def rows(tables: CatalogueTables) -> pd.DataFrame:
    return entries(tables)


@pytest.fixture(scope="module")
def index(rows: pd.DataFrame) -> TextIndex:
    return TextIndex(search_texts(rows, "de", [("mobility", "Verkehr")]), "de")


def ids(rows: pd.DataFrame) -> list[str]:
    return list(rows["solution_id"])


def test_one_row_per_solution_by_name(rows: pd.DataFrame) -> None:
    assert list(rows["name"]) == ["Alter Test", "Öffi-Bus", "Ohne Stand", "Regen", "Zebra-App"]


@pytest.mark.parametrize(
    ("solution", "expected"),
    [
        ("app", ("P5", "deployment", "2025-03-01")),
        ("bus", ("P3", "status", "")),
        ("rain", ("P4", "status", "")),
        ("test", ("stopped", "status", "2023-05")),
        ("blank", ("", "", "")),
    ],
)
def test_phase_at_the_origin_before_status(rows, solution, expected) -> None:
    row = rows.set_index("solution_id").loc[solution]
    assert (row["phase"], row["phase_basis"], row["phase_as_of"]) == expected


def test_stopped_needs_every_deployment_at_the_origin(tables: CatalogueTables) -> None:
    both = [phase("app", "Kiel", "stopped"), phase("app", "Mainz", "P3")]
    for phases, expected in ((both, "P3"), (both[:1], "stopped")):
        changed = CatalogueTables(**{**vars(tables), "phases": pd.DataFrame(phases)})
        row = entries(changed).set_index("solution_id").loc["app"]
        assert row["phase"] == expected


def test_decisions_count_a_joint_roll_out_once(rows: pd.DataFrame) -> None:
    by_id = rows.set_index("solution_id")
    # A and B decided themselves, E is a member with a page of its own; F has only the club's.
    assert by_id["decisions"].to_dict() == {"app": 3, "rain": 1, "bus": 0, "test": 0, "blank": 0}
    assert by_id.loc["app", "places"] == 6
    assert by_id.loc["rain", "places"] == 5


def test_lessons_of_projects_do_not_count_for_solutions(rows: pd.DataFrame) -> None:
    by_id = rows.set_index("solution_id")
    assert (by_id.loc["app", "lesson_count"], by_id.loc["app", "failure_count"]) == (2, 1)
    assert by_id.drop("app")["lesson_count"].sum() == 0


def test_origins_give_states_and_sizes(rows: pd.DataFrame) -> None:
    by_id = rows.set_index("solution_id")
    assert by_id.loc["app", "states"] == "|01|07|"
    assert by_id.loc["app", "sizes"] == "|district|rural|"
    assert by_id.loc["bus", "sizes"] == "|large_town|"
    assert by_id.loc["blank", "states"] == ""


@pytest.mark.parametrize(
    ("population", "size"),
    [
        (4_999, "rural"),
        (5_000, "small_town"),
        (20_000, "medium_town"),
        (100_000, "large_town"),
        (float("nan"), ""),
    ],
)
def test_size_steps(population: float, size: str) -> None:
    assert size_of(population) == size


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), ["test", "bus", "blank", "rain", "app"]),
        (Choice(order="newest"), ["app", "test", "bus", "blank", "rain"]),
        (Choice(field="water_disaster"), ["rain"]),
        (Choice(phase="unknown"), ["blank"]),
        (Choice(phase="stopped"), ["test"]),
        (Choice(state="07"), ["bus", "app"]),
        (Choice(size="rural"), ["app"]),
        (Choice(marks=("open",)), ["app"]),
        (Choice(marks=("adopted",)), ["rain", "app"]),
        (Choice(marks=("adopted", "interfaces")), ["rain"]),
        (Choice(marks=("failures",)), ["app"]),
        (Choice(text="bus"), ["bus", "app"]),
        (Choice(text="verkehr", state="07"), ["bus", "app"]),
        (Choice(text="zug"), []),
    ],
)
def test_choice(rows, index, choice: Choice, expected: list[str]) -> None:
    assert ids(choose(rows, index, choice).rows) == expected


def test_names_that_hold_the_text_come_first(rows, index) -> None:
    assert ids(choose(rows, index, Choice(text="bus", order="newest")).rows) == ["bus", "app"]


def test_more_conditions_never_find_more(rows, index) -> None:
    for first, second in product(MARKS, MARKS):
        alone = set(ids(choose(rows, index, Choice(marks=(first,))).rows))
        both = set(ids(choose(rows, index, Choice(marks=(first, second))).rows))
        assert both <= alone


@pytest.mark.parametrize(("count", "expected"), [(0, 1), (1, 1), (12, 1), (13, 2), (174, 15)])
def test_pages(count: int, expected: int) -> None:
    assert pages(count) == expected


def test_related_are_of_the_same_field_adopted_first(rows: pd.DataFrame) -> None:
    assert ids(related(rows, "bus")) == ["app", "test", "blank"]
    assert ids(related(rows, "rain")) == []
