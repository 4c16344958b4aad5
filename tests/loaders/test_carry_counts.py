"""Counts added up before they are carried, worked by hand."""

import pandas as pd

from loaders.carry_counts import joined, yearly_sums

COLUMNS = ["ags", "indicator", "period", "value", "unit"]


def months(counter: str, year: int, value: float, first: int = 1) -> list[tuple]:
    return [
        ("05515000", f"bikes | {counter}", f"{year}-{month:02d}", value, "")
        for month in range(first, 13)
    ]


def test_only_counters_with_all_months_of_all_years_are_added() -> None:
    rows = [
        *months("a", 2019, 10), *months("a", 2020, 20),
        *months("b", 2019, 1), *months("b", 2020, 1),
        *months("late", 2019, 100, first=7), *months("late", 2020, 100),
        ("05515000", "bikes | a", "2021-01", 7.0, ""),
        ("05515000", "minutes | a", "2019-01", 7.0, ""),
    ]  # fmt: skip
    sums = yearly_sums(pd.DataFrame(rows, columns=COLUMNS), "bikes | ", "bikes")
    assert sums[["ags", "indicator", "period", "value"]].values.tolist() == [
        ["05515000", "bikes", "2019", 132.0],
        ["05515000", "bikes", "2020", 252.0],
    ]


def test_a_month_without_a_value_takes_the_counter_out() -> None:
    rows = [*months("a", 2019, 10), *months("b", 2019, 1)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table.loc[13, "value"] = None
    assert yearly_sums(table, "bikes | ", "bikes")["value"].tolist() == [120.0]


def test_counts_of_an_ended_district_go_to_its_heir() -> None:
    rows = pd.DataFrame(
        [
            ("16056", "points", "2020", 5.0, ""), ("16063", "points", "2020", 7.0, ""),
            ("16056", "points", "2021", 1.0, ""), ("16062", "points", "2020", 3.0, ""),
        ],
        columns=COLUMNS,
    )  # fmt: skip
    result = joined(rows, {"16056": "16063"}).sort_values(["ags", "period"])
    assert result[["ags", "period", "value"]].values.tolist() == [
        ["16062", "2020", 3.0], ["16063", "2020", 12.0], ["16063", "2021", 1.0],
    ]  # fmt: skip
    assert joined(rows, {}) is rows
