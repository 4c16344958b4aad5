"""Deployments, peers and fit of real towns on the shipped tables."""

import numpy as np
import pandas as pd
import pytest

from analysis.adoption import ranges_by_solution
from analysis.deployments import (
    deployments,
    nearest_running,
    running_places,
    solutions_in,
    solutions_near,
)
from analysis.errors import UnknownPlace
from analysis.fit import fits
from analysis.gates import all_gate_states, gate_states
from analysis.judgement import find_judgement, judge_all
from analysis.peers import nearest
from analysis.places import PlaceIndex, place_index
from analysis.pool_survey import survey_pool
from analysis.standardise import Standardised
from analysis.structure import (
    pool_of,
    set_for,
    similarity_indicators,
    structural_variables,
)

KAISERSLAUTERN, SUEDERBRARUP, HAMELN_PYRMONT = "07312000", "01059083", "03252"


@pytest.fixture(scope="module")
def index(shipped) -> PlaceIndex:
    return place_index(shipped("municipalities"), shipped("districts"))


@pytest.fixture(scope="module")
def table(shipped) -> pd.DataFrame:
    kinds = ("solutions", "phases", "adoptions", "participations")
    return deployments(*(shipped(kind) for kind in kinds))


def variables(shipped, level: str) -> pd.DataFrame:
    observations = shipped("observations").dropna(subset=["value"])
    latest = observations.sort_values("period").drop_duplicates(["ags", "indicator"], keep="last")
    indicator_of = similarity_indicators(shipped("indicators"))
    return structural_variables(level, shipped("municipalities"), latest, indicator_of)


@pytest.fixture(scope="module")
def towns(shipped) -> pd.DataFrame:
    return variables(shipped, "municipality")


@pytest.fixture(scope="module")
def town_pool(towns: pd.DataFrame) -> Standardised:
    return pool_of(towns, "municipality")


@pytest.mark.parametrize("ags", [KAISERSLAUTERN, SUEDERBRARUP, "09679170"])
def test_towns_are_compared_by_the_municipal_set(towns: pd.DataFrame, ags: str) -> None:
    assert set_for(towns, ags) == "municipality"


def test_a_town_with_register_values_only_is_compared_roughly(towns: pd.DataFrame) -> None:
    bare = towns.copy()
    bare.loc[SUEDERBRARUP, ["population_development", "tax_capacity", "employment_rate"]] = np.nan
    assert set_for(bare, SUEDERBRARUP) == "rough"
    assert (
        set_for(towns[["ln_population", "ln_density", "urbanisation"]], KAISERSLAUTERN) == "rough"
    )
    with pytest.raises(UnknownPlace):
        set_for(towns, "00000000")


def test_the_municipal_set_holds_every_variable_of_the_method(town_pool: Standardised) -> None:
    assert town_pool.dropped == ()
    assert dict(zip(town_pool.variables, town_pool.weights, strict=True)) == pytest.approx(
        {
            "ln_population": 0.30,
            "ln_density": 0.20,
            "population_development": 0.15,
            "tax_capacity": 0.15,
            "employment_rate": 0.10,
            "urbanisation": 0.10,
        }
    )


def test_kaiserslautern_is_like_towns_of_its_size(
    town_pool: Standardised, index: PlaceIndex
) -> None:
    found = nearest(town_pool, KAISERSLAUTERN)
    population = [index.place(key).population for key in found.keys]
    assert len(population) == 7
    assert min(population) > 40_000 and max(population) < 260_000


def test_districts_are_compared_with_districts(shipped) -> None:
    table = variables(shipped, "district")
    found = nearest(pool_of(table, "district"), HAMELN_PYRMONT)
    assert len(table) == 400
    assert found.variable_set == "district"
    assert {len(key) for key in found.keys} == {5}


def test_a_district_sums_its_municipalities(shipped) -> None:
    table = variables(shipped, "district")
    inside = shipped("municipalities").query("district_ags == @HAMELN_PYRMONT")
    assert np.exp(table.loc[HAMELN_PYRMONT, "ln_population"]) == pytest.approx(
        inside.population.sum()
    )


def test_every_deployment_is_one_row_with_one_phase(table: pd.DataFrame) -> None:
    place = table["ags"].where(table["ags"] != "", table["municipality"])
    assert not (table["solution_id"] + "/" + place).duplicated().any()
    assert set(table["phase"]) <= {"P1", "P2", "P3", "P4", "P5", "stopped", ""}
    assert set(table["source"]) <= {"phase", "adoption", "status"}


def test_every_solution_has_an_origin_and_every_adoption_a_row(
    shipped, table: pd.DataFrame
) -> None:
    origins = set(table.loc[table["role"] == "origin", "solution_id"])
    assert set(shipped("solutions")["solution_id"]) - origins == set()
    adoptions = shipped("adoptions")
    place = adoptions["adopter_ags"].where(
        adoptions["adopter_ags"] != "", adoptions["adopter_municipality"]
    )
    held = table["ags"].where(table["ags"] != "", table["municipality"])
    assert set(adoptions["solution_id"] + "/" + place) <= set(table["solution_id"] + "/" + held)


def test_one_roll_out_is_one_decision_with_many_towns(table: pd.DataFrame) -> None:
    flood = table[(table["solution_id"] == "eichenzell-starkregen") & (table["role"] == "adopter")]
    assert (len(flood), flood["decision"].nunique()) == (22, 1)


def test_an_association_stands_for_its_member_places(table: pd.DataFrame) -> None:
    shuttle = table[table["solution_id"] == "dorfshuttle-suederbrarup"]
    assert SUEDERBRARUP in set(shuttle["ags"])
    assert shuttle["decision"].nunique() == 1


def test_what_runs_in_towns_like_mine_is_ordered_by_likeness(
    town_pool: Standardised, table: pd.DataFrame
) -> None:
    running = running_places(table)
    twins = nearest(town_pool, KAISERSLAUTERN, 7, among=running)
    near = solutions_near(KAISERSLAUTERN, twins, table)
    assert set(near["ags"]) == set(twins.keys)
    assert near["distance"].is_monotonic_increasing
    assert KAISERSLAUTERN not in set(near["ags"])


def test_a_place_has_what_it_made_and_what_it_took_over(table: pd.DataFrame) -> None:
    assert "smart-village-app" in solutions_in(table, "12069020")
    assert "smart-village-app" in solutions_in(table, "12073008")
    assert solutions_in(table, "no place") == frozenset()


def test_the_nearest_running_town_is_a_real_deployment(
    town_pool: Standardised, table: pd.DataFrame
) -> None:
    found = nearest_running(town_pool, KAISERSLAUTERN, table, ["masterportal"])
    assert set(found["ags"]) <= running_places(table, "masterportal")
    assert found["distance"].is_monotonic_increasing


def test_fit_with_a_town_and_its_checklist(
    shipped, assessments: pd.DataFrame, town_pool: Standardised, table: pd.DataFrame
) -> None:
    ranges = ranges_by_solution(assessments)
    prerequisites = shipped("prerequisites")
    own = prerequisites[prerequisites["solution_id"] == "dorfshuttle-suederbrarup"]
    mandatory = own.loc[own["mandatory"] == "yes", "prerequisite_id"].iloc[0]
    quantile = survey_pool(pool_of_some(town_pool)).pair_quantile

    def judged(checklist: dict):
        fit = fits(
            KAISERSLAUTERN,
            list(ranges),
            table,
            prerequisites,
            pool=town_pool,
            pair_quantile=quantile,
            checklist=checklist,
        )
        gates = all_gate_states(shipped("solutions"), shipped("gates"), prerequisites, checklist)
        found = judge_all(ranges, gates, fits=fit)
        return find_judgement(found, "dorfshuttle-suederbrarup")

    blank = judged({})
    assert (blank.fit.prerequisites.low, blank.fit.prerequisites.high) == (0.0, 1.0)
    assert "mandatory_prerequisite" in blank.verdict.subject_to
    refused = judged({mandatory: "not_met"})
    assert refused.verdict.code == "blocked"
    assert refused.verdict.blocked_by == ("mandatory_prerequisite",)
    met = judged(dict.fromkeys(own["prerequisite_id"], "met"))
    assert met.fit.prerequisites.low == 1.0
    assert "mandatory_prerequisite" not in met.verdict.subject_to
    assert blank.score.low <= met.score.low and met.score.high <= blank.score.high + 1e-12
    assert 0 <= blank.fit.similarity.value <= 1
    assert blank.fit.similarity_grade == "A"


def pool_of_some(pool: Standardised) -> Standardised:
    """A tenth of the pool: enough for a quantile, quick to survey."""
    rows = np.arange(0, len(pool.keys), 10)
    return Standardised(
        pool.name,
        tuple(pool.keys[row] for row in rows),
        pool.variables,
        pool.weights,
        pool.numbers[rows],
        tuple(type(c)(c.types[rows], c.groups[rows]) for c in pool.categories),
        pool.scalings,
        pool.dropped,
    )


def test_a_town_that_cannot_be_compared_has_an_unknown_similarity(
    shipped, table: pd.DataFrame
) -> None:
    found = fits(KAISERSLAUTERN, ["masterportal"], table, shipped("prerequisites"), pool=None)
    similarity = found["masterportal"].similarity
    assert (similarity.low, similarity.high, similarity.known) == (0.0, 1.0, False)


def test_the_rough_set_carries_grade_c(shipped, towns: pd.DataFrame, table: pd.DataFrame) -> None:
    pool = pool_of(towns, "rough")
    found = fits(
        KAISERSLAUTERN,
        ["masterportal"],
        table,
        shipped("prerequisites"),
        pool=pool,
        pair_quantile=2.5,
    )["masterportal"]
    assert found.similarity_grade == "C"
    assert found.similarity.high - found.similarity.low <= 0.4 + 1e-12
    assert found.nearest in running_places(table, "masterportal")


@pytest.mark.parametrize(
    ("mandatory", "checklist", "state"),
    [
        ([], {}, "not_needed"),
        (["a"], {}, "unknown"),
        (["a", "b"], {"a": "met"}, "unknown"),
        (["a", "b"], {"a": "met", "b": "met"}, "met"),
        (["a", "b"], {"b": "not_met"}, "not_met"),
    ],
)
def test_mandatory_prerequisites_follow_the_checklist(
    mandatory: list[str], checklist: dict, state: str
) -> None:
    solution = {"data_sensitivity": "none", "open_source": "no"}
    states = gate_states(solution, {"licence_reuse": "not_met"}, mandatory, checklist)
    assert states == {
        "legal_basis": "unknown",
        "data_protection": "not_needed",
        "licence_reuse": "not_met",
        "mandatory_prerequisite": state,
    }
