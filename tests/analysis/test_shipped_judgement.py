"""The judgement on the shipped evidence: the published coverage table, and what rules add."""

from datetime import date
from math import floor

import pandas as pd
import pytest

from analysis.adoption import ranges_by_solution
from analysis.errors import UnknownSolution
from analysis.evidence import examined_solutions, measure_table
from analysis.gates import all_gate_states
from analysis.judgement import Judgement, find_judgement, judge_all

# Coverage, L and U in whole points, verdict and stability, for evidence rows alone.
PUBLISHED = """
smart-village-app 0.89 51 81 moderate_to_strong stable
leezenflow 0.76 30 82 open stable
dipas 0.76 33 87 open stable
eichenzell-starkregen 0.72 14 80 open stable
hal-plan 0.70 25 81 open stable
urban-stack 0.69 43 83 moderate_to_strong depends
masterportal 0.69 50 93 moderate_to_strong stable
bakim 0.67 20 80 open stable
hof-pegelsensoren 0.65 13 84 open stable
partheland-buergermessstationen 0.63 34 85 open stable
konstanz-klimadatenplattform 0.63 36 79 open stable
hochwasserinfosystem-lemgo 0.59 18 82 open stable
wuppertal-starkregenkarte 0.57 21 84 open stable
wasserkarte-bad-belzig 0.57 30 77 open stable
open-smartcity-app 0.57 25 84 open stable
kl-lautrer-wissen 0.57 32 84 open stable
civitas-core 0.57 33 89 open stable
tiny-rathaus 0.54 16 82 open stable
suedwestfalen-lorawan-konzept 0.54 16 85 open stable
stadtlabor2go 0.54 20 85 open stable
klimamessnetz-mannheim 0.54 14 86 open stable
grevesmuehlen-erleben 0.54 9 79 open stable
digital-zwilling-wuppertal 0.54 17 84 open stable
datenraum-freiburg 0.54 19 84 open stable
mg-urban-data-hub 0.52 15 81 open stable
hannover-hitze-wasser-management 0.50 11 84 open stable
dorfshuttle-suederbrarup 0.50 16 85 open stable
"""


def judged(shipped, assessments: pd.DataFrame) -> tuple[Judgement, ...]:
    gates = all_gate_states(shipped("solutions"), shipped("gates"), shipped("prerequisites"))
    examined = examined_solutions(shipped("evidence"))
    return judge_all(ranges_by_solution(assessments), gates, examined=examined)


@pytest.fixture(scope="module")
def observed(shipped, data_date: date) -> tuple[Judgement, ...]:
    table = measure_table(shipped("solutions"), shipped("evidence"), data_date)
    return judged(shipped, table)


@pytest.fixture(scope="module")
def with_rules(shipped, assessments: pd.DataFrame) -> tuple[Judgement, ...]:
    return judged(shipped, assessments)


def points(share: float) -> int:
    return floor(100 * share + 0.5 + 1e-9)


@pytest.mark.parametrize("line", PUBLISHED.split("\n")[1:-1])
def test_evidence_rows_alone_give_the_published_table(
    observed: tuple[Judgement, ...], line: str
) -> None:
    solution_id, coverage, low, high, verdict, weights = line.split()
    found = find_judgement(observed, solution_id)
    expected = (coverage, int(low), int(high), verdict, weights == "stable")
    score = found.readiness
    assert (
        f"{score.coverage:.2f}",
        points(score.low),
        points(score.high),
        found.readiness_verdict.code,
        found.readiness_verdict.stable,
    ) == expected


def test_evidence_rows_alone_make_27_of_61_assessable(observed: tuple[Judgement, ...]) -> None:
    verdicts = pd.Series([j.verdict.code for j in observed if j.examined]).value_counts()
    assert verdicts.to_dict() == {"not_assessable": 34, "open": 24, "moderate_to_strong": 3}


def test_rules_add_three_assessable_solutions_and_change_no_other_verdict(
    observed: tuple[Judgement, ...], with_rules: tuple[Judgement, ...]
) -> None:
    before = {j.solution_id: j.verdict.code for j in observed if j.examined}
    after = {j.solution_id: j.verdict.code for j in with_rules if j.examined}
    changed = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    lifted = ("not_assessable", "open")
    assert changed == dict.fromkeys(("dortmund-open-data", "erzmobil", "koeln-unbox"), lifted)


def test_solutions_without_evidence_rows_stay_not_assessable(
    with_rules: tuple[Judgement, ...],
) -> None:
    assert {j.verdict.code for j in with_rules if not j.examined} == {"not_assessable"}


def test_no_verdict_is_free_of_the_legal_basis(with_rules: tuple[Judgement, ...]) -> None:
    assert all("legal_basis" in j.verdict.subject_to for j in with_rules)


def test_personal_data_carry_the_data_protection_condition(
    shipped, with_rules: tuple[Judgement, ...]
) -> None:
    kinds = shipped("solutions").set_index("solution_id")["data_sensitivity"]
    marked = {j.solution_id for j in with_rules if "data_protection" in j.verdict.subject_to}
    assert marked == set(kinds.index[kinds != "none"])


def test_every_judgement_names_what_would_narrow_it_most(
    with_rules: tuple[Judgement, ...],
) -> None:
    for judgement in with_rules:
        width = judgement.score.high - judgement.score.low
        values = [item.value for item in judgement.missing]
        assert sum(values) == pytest.approx(width, abs=1e-9)
        assert values == sorted(values, reverse=True)


def test_an_unknown_solution_is_said(with_rules: tuple[Judgement, ...]) -> None:
    with pytest.raises(UnknownSolution) as error:
        find_judgement(with_rules, "nobody")
    assert "nobody" in error.value.sentence("de")
