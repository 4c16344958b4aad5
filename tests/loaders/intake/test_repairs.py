"""Repairs are shown, ticked and only then applied."""

import pandas as pd
import pytest

from loaders.findings import Finding
from loaders.intake import Ticked
from loaders.intake.repairs import reader_repairs, repair_table, waiting_rows
from loaders.readers.choices import Choices
from loaders.readers.reading import Reading, Restored

from .conftest import HEADER, SOURCE, places

INCOME = "household_income_per_inhabitant"


def line(ags="07312", indicator=INCOME, period="2019", value="20000"):
    return f"{ags};{indicator};{period};{value};;;eur;{SOURCE}\n"


CASES = {
    "lost_zero": (line("7312"), "ags", "7312", "07312"),
    "regional_key": (line("073120000000"), "ags", "073120000000", "07312000"),
    "known_name": (line("Kaiserslautern, kreisfreie Stadt"), "ags",
                   "Kaiserslautern, kreisfreie Stadt", "07312"),
    "blanks": (line(" 07312"), "ags", " 07312", "07312"),
    "known_spelling": (line(indicator=INCOME.upper()), "indicator", INCOME.upper(), INCOME),
}  # fmt: skip
MANY = "".join(line(period=str(year), value=f"{20000 + year},5") for year in range(1995, 2018))


def faults(examination):
    """All findings but those on unlikely values, which these made-up figures are."""
    return {one for one in places(examination) if one[0] != "value_jump"}


@pytest.mark.parametrize("kind", CASES)
def test_repaired_row_waits_until_its_repair_is_ticked(examined, kind):
    rows, column, value, proposal = CASES[kind]
    examination = examined(HEADER + rows)
    shown = examination.repairs[["kind", "row", "column", "value", "proposal", "ticked"]]
    assert shown.to_numpy().tolist() == [[kind, 2, column, value, proposal, False]]
    assert (examination.waiting, len(examination.accepted)) == (1, 0)
    assert (examination.outcome, examination.errors) == ("accepted", 0)
    ticked = examined(HEADER + rows, ticked=Ticked(frozenset({kind})))
    assert (ticked.waiting, len(ticked.accepted)) == (0, 1)
    assert ticked.accepted[["ags", "indicator"]].iloc[0].tolist() == [
        proposal if column == "ags" else "07312",
        INCOME,
    ]


def test_number_of_another_style_is_an_error_until_it_is_ticked(examined):
    content = HEADER + MANY + line(value="22500.5")
    assert faults(examined(content)) == {("number_other_style", 25, "value")}
    ticked = examined(content, ticked=Ticked(cells=frozenset({(25, "value")})))
    assert faults(ticked) == {("word_mended", 25, "value")}
    assert ticked.accepted["value"].tolist()[-1] == 22500.5
    assert ticked.repairs["ticked"].tolist() == [True]


def test_ticking_one_cell_leaves_the_others(examined):
    content = HEADER + MANY + line(value="22500.5") + line(period="2018", value="22.400")
    ticked = examined(content, ticked=Ticked(cells=frozenset({(26, "value")})))
    assert ("number_other_style", 25, "value") in places(ticked)
    assert ticked.accepted["value"].tolist()[-1] == 22.4
    assert ticked.repairs["ticked"].tolist() == [False, True]


def test_ambiguous_name_is_no_repair_and_says_which_places_it_may_mean(examined):
    examination = examined(HEADER + line("Neustadt"))
    assert examination.repairs.empty
    assert places(examination) == {("key_no_key", 2, "ags")}


def test_person_may_say_which_place_a_name_means(examined):
    examination = examined(HEADER + line("Lautern"), choices=Choices(places={"Lautern": "07312"}))
    assert examination.accepted["ags"].tolist() == ["07312"]
    assert examination.repairs.empty


def noted(code, row, sheet="", value="", **details):
    return Finding(code, "book.xlsx", sheet, row, "key", value, details)


def test_what_a_reader_restored_holds_the_rows_of_that_place_and_sheet_alone():
    rows = pd.DataFrame(
        {
            "ags": ["01001", "11000", "01001", "07"],
            "sheet": ["A", "A", "B", "B"],
            "row": [5, 6, 5, 6],
        }
    )
    findings = (noted("key_lost_zero", 5, "A"), noted("name_matched", 6, "B", "Pfalz", ags="07"))
    restored = (Restored("lost_zero", "A", 5, "key", "1001", "01001"),)
    reading = Reading("workbook", rows, findings, restored=restored)
    repairs = repair_table(reader_repairs(reading), Ticked())
    assert repairs[["kind", "row", "sheet", "value", "proposal"]].to_numpy().tolist() == [
        ["lost_zero", 5, "A", "1001", "01001"],
        ["known_name", 6, "B", "Pfalz", "07"],
    ]
    assert waiting_rows(repairs, rows).tolist() == [True, False, False, True]
    ticked = repair_table(reader_repairs(reading), Ticked(frozenset({"lost_zero"})))
    assert waiting_rows(ticked, rows).tolist() == [False, False, False, True]
