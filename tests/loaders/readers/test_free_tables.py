"""Tables of unknown make: the proposed layout, and what a person may change about it."""

from datetime import datetime
from pathlib import Path

import pytest

from loaders.numbers import ENGLISH, GERMAN
from loaders.readers.reading import Choices
from loaders.readers.registry import read_original

FILES = Path(__file__).parent / "files"


def read(text: str, **choices):
    return read_original(text.encode(), "x", Choices(**choices))


def cells(reading) -> dict:
    rows = reading.observations.astype(object).where(reading.observations.notna(), None)
    return {(r.ags, r.indicator, r.period): r.value or r.missing for r in rows.itertuples()}


def codes(reading) -> set[str]:
    return {finding.code for finding in reading.findings}


# -- wide tables ---------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_column_per_indicator_with_the_year_beside_the_key(delimiter: str) -> None:
    text = "ags;jahr;cars;share\n07312;2020;53000;4.5\n01001;2020;41000;3.25\n"
    reading = read(text.replace(";", delimiter))
    assert (reading.format, reading.delimiter, reading.outcome) == (
        "free_table", delimiter, "accepted",
    )  # fmt: skip
    assert cells(reading) == {
        ("07312", "cars", "2020"): 53000.0, ("07312", "share", "2020"): 4.5,
        ("01001", "cars", "2020"): 41000.0, ("01001", "share", "2020"): 3.25,
    }  # fmt: skip
    assert (reading.proposed.key_column, reading.proposed.header_rows) == ("ags", (1,))


def test_a_column_per_year_asks_what_is_measured_and_takes_the_answer() -> None:
    text = "Kreisschlüssel;2019;2020\n7312;1.000,5;-\n1001;2.000,5;x\n"
    reading = read(text)
    assert codes(reading) == {"indicator_unnamed", "key_lost_zero"}
    assert cells(reading)[("07312", "value", "2019")] == 1000.5
    assert cells(reading)[("07312", "value", "2020")] == "not_applicable"
    named = read(text, indicator="cars")
    assert "indicator_unnamed" not in codes(named)
    assert cells(named)[("01001", "cars", "2019")] == 2000.5


def test_years_inside_column_names_become_the_period() -> None:
    reading = read("ags,cars_2019,cars_2020,Bevölkerung am 31.12.2020\n07312,1,2,3\n01001,4,5,6\n")
    assert cells(reading)[("07312", "cars", "2020")] == 2.0
    assert cells(reading)[("01001", "Bevölkerung", "2020-12-31")] == 6.0
    assert reading.observations["column"].unique().tolist() == [
        "cars_2019", "cars_2020", "Bevölkerung am 31.12.2020",
    ]  # fmt: skip


def test_without_any_period_the_table_asks_for_it() -> None:
    text = "ags;cars\n07312;1\n01001;2\n"
    asked = read(text)
    assert (asked.refusal, asked.rows_seen, asked.proposed.key_column) == (
        "period_missing", 2, "ags",
    )  # fmt: skip
    assert cells(read(text, period="2020")) == {
        ("07312", "cars", "2020"): 1.0, ("01001", "cars", "2020"): 2.0,
    }  # fmt: skip


def test_labels_that_repeat_get_the_letter_of_their_column() -> None:
    reading = read("ags;jahr;Wert;Wert\n07312;2020;1;2\n01001;2020;3;4\n")
    assert set(reading.observations["indicator"]) == {"Wert | C", "Wert | D"}


# -- long tables ---------------------------------------------------------------------------


def test_words_that_tell_rows_apart_join_the_label_of_those_places_only() -> None:
    text = (
        "ags,zaehler_id,zaehler,monat,raeder\n"
        "05515000,17,Neutor,2020-01,10\n05515000,18,Hafen,2020-01,20\n"
        "07312000,19,Brücke,2020-01,30\n"
    )
    assert cells(read(text)) == {
        ("05515000", "raeder | Neutor", "2020-01"): 10.0,
        ("05515000", "raeder | Hafen", "2020-01"): 20.0,
        ("07312000", "raeder", "2020-01"): 30.0,
    }


def test_an_indicator_column_names_the_value() -> None:
    text = "Schlüssel;Jahr;Indikator;Wert\n07312;2020;Pkw;10\n07312;2020;Lkw;20\n01001;2020;Pkw;3\n"
    assert cells(read(text)) == {
        ("07312", "Pkw", "2020"): 10.0, ("07312", "Lkw", "2020"): 20.0,
        ("01001", "Pkw", "2020"): 3.0,
    }  # fmt: skip


def test_labels_of_the_file_become_our_indicators_when_a_person_says_so() -> None:
    reading = read("ags;jahr;Pkw\n07312;2020;5\n01001;2020;6\n", indicators={"Pkw": "cars"})
    assert set(reading.observations["indicator"]) == {"cars"}


# -- keys ----------------------------------------------------------------------------------


def test_a_key_split_over_columns_is_joined() -> None:
    text = "ULAND;UREGBEZ;UKREIS;UGEMEINDE;UJAHR;unfaelle\n7;3;12;0;2020;5\n08;2;22;000;2020;7\n"
    reading = read(text, period="2020")
    assert reading.proposed.key_column == "ULAND + UREGBEZ + UKREIS + UGEMEINDE"
    assert cells(reading)[("07312000", "unfaelle", "2020")] == 5.0
    assert cells(reading)[("08222000", "unfaelle", "2020")] == 7.0


def test_districts_with_eight_digits_are_told_from_towns() -> None:
    reading = read("Kennziffer;2020\n01051000;5\n01001000;6\n", indicator="cars")
    assert set(reading.observations["level"]) == {"district"}
    assert set(reading.observations["ags"]) == {"01051", "01001"}


def test_every_row_that_is_no_place_is_refused_with_its_reason() -> None:
    text = (
        "AGS;Name;2020\nDG;Deutschland;1\n02;Hamburg;2\n073;Region;3\n07312;Kaiserslautern;4\n"
        "11001001;Mitte;5\n07000999;Kondominium;6\nXXX;unbekannt;7\n;Summe;8\n"
        "16056;Eisenach;9\n16076094;Berga-Wünschendorf;10\n"
    )
    reading = read(text, indicator="cars")
    assert reading.rows_refused == {"borough": 1, "special_territory": 1, "no_key": 2}
    assert (reading.rows_seen, reading.rows_placed) == (10, 6)
    assert set(reading.observations["level"]) == {
        "nation", "state", "region", "district", "municipality",
    }  # fmt: skip
    found = {(f.code, f.row) for f in reading.findings}
    assert {("key_dissolved", 10), ("key_future", 11), ("key_no_key", 8)} <= found


def test_the_key_column_may_be_chosen_by_name_or_letter() -> None:
    text = "alt;neu;2020\n07312;01001;5\n01002;01003;6\n"
    assert ("07312", "cars", "2020") in cells(read(text, indicator="cars", key_column="alt"))
    assert ("01001", "cars", "2020") in cells(read(text, indicator="cars", key_column="B"))


# -- names ---------------------------------------------------------------------------------


def test_names_with_kind_and_state_are_placed_with_a_note_and_all_others_are_findings() -> None:
    text = (
        "Kreis;Bundesland;2020\nKreisfreie Stadt Karlsruhe;Baden-Württemberg;1\n"
        "Landkreis Karlsruhe;Baden-Württemberg;2\nKarlsruhe;Baden-Württemberg;3\n"
        "Landkreis Nirgends;Bayern;4\n"
    )
    reading = read(text, indicator="cars")
    assert cells(reading) == {("08212", "cars", "2020"): 1.0, ("08215", "cars", "2020"): 2.0}
    assert reading.rows_refused == {"name_ambiguous": 1, "name_unknown": 1}
    assert {(f.code, f.row) for f in reading.findings} == {
        ("name_matched", 2), ("name_matched", 3), ("name_ambiguous", 4), ("name_unknown", 5),
    }  # fmt: skip
    chosen = read(text, indicator="cars", places={"Karlsruhe": "08212000"})
    assert ("08212000", "cars", "2020") in cells(chosen)


def test_a_name_alone_is_never_enough() -> None:
    text = "Stadt;2020\nHanau;1\nFulda;2\n"
    reading = read(text, indicator="cars")
    assert (reading.outcome, reading.rows_refused) == (
        "refused",
        {"name_unqualified": 1, "name_ambiguous": 1},
    )


def test_quarters_of_a_town_are_not_taken_for_municipalities() -> None:
    text = "Stadtteil;2020;2021\nHamm;1;2\nAltona;3;4\nHamburg;5;6\n"
    reading = read(text)
    assert (reading.refusal, reading.rows_seen) == ("below_city_level", 3)
    assert read(text, place="02000000").refusal == "below_city_level"


def test_constituencies_are_refused_with_that_reason() -> None:
    text = "Land;Wahlkreis-Nr.;Wahlkreis-Name;Fläche\nBayern;212;X;1,5\nBayern;999;Summe;2,5\n"
    reading = read(text)
    assert (reading.refusal, reading.rows_refused) == ("constituencies", {"constituencies": 2})
    assert reading.findings[0].row == 2


# -- numbers -------------------------------------------------------------------------------


def test_every_column_has_its_own_number_style() -> None:
    text = (
        "ags;jahr;a;b;c;d\n07312;2020;1.234,5;1 841 179;755.09;9,99697\n"
        "01001;2020;2903,8;20;1.5;8,5\n"
    )
    reading = read(text)
    first = reading.observations[reading.observations["ags"] == "07312"]["value"].tolist()
    assert first == [1234.5, 1841179.0, 755.09, 9.99697]
    assert reading.number_styles["a"] == "1.234,5"
    assert reading.number_styles["c"] == "1,234.5"


def test_a_column_that_stays_open_is_asked_about_and_the_answer_counts() -> None:
    text = "ags;jahr;a\n07312;2020;8,380\n01001;2020;9,120\n"
    asked = read(text)
    assert [(f.code, f.column) for f in asked.findings] == [("number_style_open", "a")]
    said = read(text.replace("8,380", "12.755")).findings[0].sentence("en")
    assert "whether “12.755” is to be read as 12755 or as 12 with three decimals (2 such" in said
    english = read(text, number_styles={"a": ENGLISH})
    assert english.observations["value"].tolist() == [8380.0, 9120.0]
    german = read(text, number_styles={"a": GERMAN})
    assert german.observations["value"].tolist() == [8.38, 9.12]
    assert codes(english) == codes(german) == set()


def test_missing_signs_and_flags_keep_their_state() -> None:
    text = (
        "ags;jahr;Anzahl (Anzahl)\n01001;2020;-\n01002;2020;.\n01003;2020;...\n01004;2020;x\n"
        "01051;2020;/\n01053;2020;(5)\n01054;2020;*\n01055;2020;:\n01056;2020;7 p\n01057;2020;0\n"
    )
    rows = read(text).observations
    states = dict(zip(rows["ags"], zip(rows["missing"], rows["flag"], strict=True), strict=True))
    assert states == {
        "01001": ("not_applicable", ""), "01002": ("suppressed", ""),
        "01003": ("not_yet_available", ""), "01004": ("not_applicable", ""),
        "01051": ("unreliable", ""), "01053": ("", "uncertain"), "01054": ("suppressed", ""),
        "01055": ("not_reported", ""), "01056": ("", "p"), "01057": ("", ""),
    }  # fmt: skip


# -- workbooks -----------------------------------------------------------------------------

COVER = [["Statistisches Amt"], ["Bericht 2021"], ["© Amt"]]
TABLE = [
    ["Tabelle 3: Bestand an Fahrzeugen am 01.01.2021"],
    [],
    ["Schlüssel", "Name", "Pkw", None, "Lkw"],
    [None, None, "insgesamt", "elektrisch", "insgesamt"],
    ["07312", "Kaiserslautern", 53000, 900, 3000],
    ["07313", "Landau", 25000, "-", 1500],
    ["14713", "Leipzig", 200000, 5000, None],
    [],
    ["1) ohne Anhänger"],
]


def test_cover_sheet_title_merged_header_and_footnotes(workbook) -> None:
    reading = read_original(workbook(Titel=COVER, Tabelle3=TABLE), "x")
    assert reading.proposed == Choices(
        sheet="Tabelle3", header_rows=(3, 4), key_column="Schlüssel", period="2021-01-01"
    )
    assert reading.rows_seen == 3
    assert cells(reading)[("07312", "Pkw | elektrisch", "2021-01-01")] == 900.0
    assert cells(reading)[("14713", "Lkw | insgesamt", "2021-01-01")] == "not_reported"
    assert [(f.code, f.row) for f in reading.findings] == [("rows_beside_table", 9)]
    first = reading.observations.iloc[0]
    assert (first["sheet"], first["row"], first["column"]) == ("Tabelle3", 5, "Pkw | insgesamt")


def test_sheet_header_rows_and_key_column_may_be_chosen(workbook) -> None:
    other = [["ags", "wert"], ["01001", 1], ["01002", 2], ["01003", 3], ["01004", 4]]
    content = workbook(Alt=other, Tabelle3=TABLE)
    assert read_original(content, "x").proposed.sheet == "Alt"
    chosen = Choices(sheet="Tabelle3", header_rows=(4,), key_column="A", period="2020")
    reading = read_original(content, "x", chosen)
    assert set(reading.observations["indicator"]) == {
        "insgesamt | C", "elektrisch", "insgesamt | E",
    }  # fmt: skip
    assert set(reading.observations["period"]) == {"2020"}
    assert read_original(content, "x", Choices(sheet="Neu")).refusal == "sheet_unknown"


def test_what_was_proposed_leads_to_the_same_reading(workbook) -> None:
    content = workbook(Titel=COVER, Tabelle3=TABLE)
    first = read_original(content, "x")
    again = read_original(content, "x", Choices.from_json(first.proposed.as_json()))
    assert again.observations.equals(first.observations)
    assert again.proposed == first.proposed


def test_other_sheets_with_keys_are_named(workbook) -> None:
    reading = read_original(workbook(A=TABLE, B=TABLE), "x")
    assert [f.details["sheets"] for f in reading.findings if f.code == "other_sheets"] == ["B"]


def test_real_dates_in_a_workbook_are_periods(workbook) -> None:
    rows = [["ags", "Stichtag", "Pkw"], ["07312", datetime(2020, 12, 31), 5],
            ["01001", datetime(2020, 12, 31), 6]]  # fmt: skip
    reading = read_original(workbook(A=rows), "x")
    assert cells(reading)[("07312", "Pkw", "2020-12-31")] == 5.0


# -- damage --------------------------------------------------------------------------------


def test_garbled_umlauts_are_reported() -> None:
    reading = read("ags;Name;2020\n01003;LÃ¼beck;1\n01001;Flensburg;2\n", indicator="cars")
    assert [(f.code, f.row) for f in reading.findings] == [("text_garbled", 2)]


def test_signs_outside_windows_1252_are_reported() -> None:
    content = "ags;Name;2020\n01003;L\x81beck;1\n01001;x;2\n".encode("iso-8859-1")
    reading = read_original(content, "x", Choices(indicator="cars"))
    assert reading.encoding == "iso-8859-1"
    assert [(f.code, f.row) for f in reading.findings] == [("encoding_undefined", 2)]


def test_windows_1252_keeps_euro_dashes_and_quotes() -> None:
    content = "ags;„Kosten“ – in €;jahr\n07312;1,5;2020\n01001;2,5;2020\n".encode("cp1252")
    reading = read_original(content, "x")
    assert reading.encoding == "cp1252"
    assert set(reading.observations["indicator"]) == {"„Kosten“ – in €"}
    assert set(reading.observations["unit"]) == {"€"}
