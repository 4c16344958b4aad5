"""Two states of the tables: which verdicts and ranges differ, and nothing else."""

import pandas as pd
import pytest

from analysis.consequence import COLUMNS, JUDGED, consequence
from loaders.tables import read_data_folder


@pytest.fixture(scope="module")
def tables(data_folder):
    shipped = read_data_folder(data_folder).tables
    return {kind: shipped[kind] for kind in (*JUDGED, "prerequisites", "observations")}


def test_nothing_moves_without_a_change(tables):
    moved = consequence(tables, {**tables, "evidence": tables["evidence"].copy()})
    assert moved.empty
    assert list(moved.columns) == COLUMNS


def test_better_evidence_moves_the_range_of_its_solution_alone(tables):
    evidence = tables["evidence"]
    at = evidence.index[(evidence["value"] < 1) & (evidence["value"].notna())][0]
    changed = evidence.assign(value=evidence["value"].where(evidence.index != at, 1.0))
    moved = consequence(tables, {**tables, "evidence": changed})
    assert moved["id"].tolist() == [evidence.at[at, "solution_id"]]
    assert moved["what"].tolist() == ["verdict"]
    row = moved.iloc[0]
    assert row["low_after"] > row["low_before"]
    assert row["word_before"] != ""


def test_a_solution_taken_away_has_nothing_after(tables):
    gone = tables["solutions"]["solution_id"].iloc[0]
    left = tables["solutions"][tables["solutions"]["solution_id"] != gone]
    moved = consequence(tables, {**tables, "solutions": left}).set_index("id")
    assert moved.at[gone, "word_after"] == ""
    assert pd.isna(moved.at[gone, "high_after"])


def test_new_values_move_the_spread_of_their_indicator_and_level(tables):
    old = tables["observations"]
    newest = old[(old["indicator"] == "population") & (old["ags"].str.len() == 5)]["period"].max()
    row = old[(old["indicator"] == "population") & (old["ags"] == "07312")
              & (old["period"] == newest)]  # fmt: skip
    changed = old.copy()
    changed.loc[row.index, "value"] = 9e7
    moved = consequence(tables, {**tables, "observations": changed})
    assert moved[["what", "id", "level", "period"]].to_numpy().tolist() == [
        ["indicator", "population", "district", newest]
    ]
    assert moved["high_after"].tolist() == [9e7]
    assert moved["low_after"].tolist() == moved["low_before"].tolist()
