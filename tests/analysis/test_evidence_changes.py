"""What new evidence changed, and evidence joined by its key."""

import pandas as pd

from analysis.evidence_changes import evidence_changes, with_rows


def rows(*records: tuple) -> pd.DataFrame:
    return pd.DataFrame(records, columns=["solution_id", "measure_id", "value", "grade"])


BEFORE = rows(("a", "C1.1", 0.5, "C"), ("a", "C1.2", 0.5, "B"), ("b", "C2.1", 1.0, "A"))


def test_each_kind_of_change_is_named() -> None:
    after = rows(("a", "C1.1", 0.5, "A"), ("a", "C1.2", 0.75, "B"), ("a", "C3.1", 0.0, "D"))
    found = evidence_changes(BEFORE, after).set_index(["solution_id", "measure_id"])["change"]
    assert found.to_dict() == {
        ("a", "C1.1"): "raised",
        ("a", "C1.2"): "value",
        ("a", "C3.1"): "new",
        ("b", "C2.1"): "gone",
    }


def test_equal_evidence_changes_nothing_and_a_lower_grade_is_said() -> None:
    assert evidence_changes(BEFORE, BEFORE).empty
    lower = BEFORE.assign(grade=["D", "B", "A"])
    assert evidence_changes(BEFORE, lower)["change"].tolist() == ["lowered"]


def test_new_rows_replace_by_solution_and_measure() -> None:
    joined = with_rows(BEFORE, rows(("a", "C1.2", 1.0, "A"), ("c", "C1.1", 0.0, "B")))
    values = joined.set_index(["solution_id", "measure_id"])["value"].to_dict()
    assert values == {("a", "C1.1"): 0.5, ("b", "C2.1"): 1.0, ("a", "C1.2"): 1.0, ("c", "C1.1"): 0}
