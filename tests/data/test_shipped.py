"""The shipped tables are without errors and agree with each other."""

from pathlib import Path

import pandas as pd
import pytest

from loaders.findings import count_errors
from loaders.tables import DataFolder, read_data_folder


@pytest.fixture(scope="module")
def shipped(data_folder: Path) -> DataFolder:
    return read_data_folder(data_folder)


def test_shipped_tables_have_no_finding(shipped: DataFolder) -> None:
    assert [finding.sentence("en") for finding in shipped.findings] == []
    assert count_errors(shipped.findings) == 0


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("model_projects", 73),
        ("participations", 143),
        ("municipalities", 10775),
        ("districts", 400),
        ("states", 16),
        ("cohorts", 3),
        ("solutions", 174),
        ("adoptions", 126),
        ("lessons", 113),
        ("evidence", 452),
        ("anchors", 85),
        ("milestones", 94),
        ("phases", 191),
        ("gates", 16),
        ("prerequisites", 82),
        ("programme_questions", 166),
        ("progress", 102),
        ("intended_effects", 8),
        ("contacts", 38),
        ("external_scores", 21),
    ],
)
def test_nothing_was_lost(shipped: DataFolder, kind: str, rows: int) -> None:
    """Rows may be added without touching this test; a lower count means that some went missing."""
    assert len(shipped.tables[kind]) >= rows


def test_both_languages_have_the_same_words(shipped: DataFolder) -> None:
    keys = [
        set(zip(table["vocabulary"], table["word_id"], strict=True))
        for table in (shipped.tables["names_de"], shipped.tables["names_en"])
    ]
    assert keys[0] ^ keys[1] == set()


@pytest.mark.parametrize(
    ("kind", "key", "name"),
    [
        ("adoptions", "adopter_ags", "adopter_municipality"),
        ("phases", "ags", "municipality"),
        ("milestones", "ags", "municipality"),
        ("participations", "ags", "name_de"),
        ("external_scores", "ags", "municipality"),
    ],
)
def test_names_of_towns_are_those_of_the_register(
    shipped: DataFolder, kind: str, key: str, name: str
) -> None:
    register = shipped.tables["municipalities"].set_index("ags")["name"]
    table = shipped.tables[kind]
    towns = table[table[key].str.len() == 8]
    named = register.reindex(towns[key]).reset_index(drop=True)
    assert named.tolist() == towns[name].tolist()


def test_every_adopter_has_a_deployment_in_the_matching_phase(shipped: DataFolder) -> None:
    phase_of = {"announced": "P1", "pilot": "P3", "operation": "P4", "ended": "stopped"}
    adoptions = shipped.tables["adoptions"]
    deployments = shipped.tables["phases"].set_index(["solution_id", "municipality"])["phase"]
    found = deployments.reindex(
        pd.MultiIndex.from_frame(adoptions[["solution_id", "adopter_municipality"]])
    )
    assert found.tolist() == adoptions["status"].map(phase_of).tolist()


def test_a_solution_runs_elsewhere_exactly_where_its_origin_is_p5(shipped: DataFolder) -> None:
    solutions, phases = shipped.tables["solutions"], shipped.tables["phases"]
    scaled = set(solutions.loc[solutions["status"] == "scaled", "solution_id"])
    assert scaled == set(phases.loc[phases["phase"] == "P5", "solution_id"])
    adoptions = shipped.tables["adoptions"]
    running = set(adoptions.loc[adoptions["status"] == "operation", "solution_id"])
    assert scaled <= running


def test_grades_are_those_before_the_age_rule(shipped: DataFolder) -> None:
    evidence = shipped.tables["evidence"]
    assert set(evidence["grade"]) <= {"A", "B", "C", "D"}
    assert not evidence["note"].str.contains("Altersregel").any()
    assert (evidence["measure_id"].str[:2] == evidence["criterion"]).all()


def test_keys_of_origins_are_in_the_registers(shipped: DataFolder) -> None:
    keys = shipped.tables["solutions"]["origin_ags"].str.split("; ").explode()
    known = {"", *shipped.tables["municipalities"]["ags"], *shipped.tables["districts"]["ags"]}
    assert sorted(set(keys) - known) == []
    assert int((keys == "").sum()) == 1


def test_states_and_districts_add_up_to_the_register(shipped: DataFolder) -> None:
    towns = shipped.tables["municipalities"].groupby("district_ags")["population"].sum()
    districts = shipped.tables["districts"].set_index("ags")
    assert (districts["population"] == towns.reindex(districts.index)).all()
    states = shipped.tables["states"].set_index("ags")["population"]
    assert (districts.groupby("state")["population"].sum() == states).all()
    assert states.sum() == 84_669_326


def test_only_scores_of_single_towns_are_quoted(shipped: DataFolder) -> None:
    scores = shipped.tables["external_scores"]
    assert scores["score"].between(40, 100).all()
    assert not scores["note"].str.contains("Platz|rank").any()
