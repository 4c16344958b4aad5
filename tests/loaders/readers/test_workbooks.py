"""Deutschlandatlas, INKAR, Breitbandatlas, regional accounts and registers."""

from pathlib import Path

import pytest

from loaders.readers.reading import Choices
from loaders.readers.registry import read_original

FILES = Path(__file__).parent / "files"
INCOME = (
    "Verfügbares Einkommen der privaten Haushalte einschl. der privaten Organisationen ohne "
    "Erwerbszweck je Einwohnerin bzw. Einwohner"
)


def value(reading, ags: str, indicator: str, period: str):
    rows = reading.observations
    hit = rows[(rows["ags"] == ags) & (rows["indicator"] == indicator) & (rows["period"] == period)]
    assert len(hit) == 1
    return hit.iloc[0]


def atlas_sheet(key: str, *columns: str, rows: list[list[object]]) -> list[list[object]]:
    head = [key, "Name", *(f"Indikatorkürzel: {text}" for text in columns)]
    return [["Titel"], ["zur Inhaltsübersicht"], ["Gebietsstand"], head, *rows]


@pytest.fixture
def atlas(workbook):
    # Longer than others: four sheets, each with an oddity of its own, are one workbook.
    districts = atlas_sheet(
        "KRS12224",
        "alq\n\nArbeitslosenquote im Jahr 2023 in %",
        "preis\n\nMieten im Jahr 2023 in € je m²",
        rows=[
            [1001000, "Flensburg", 7.9, "8,50 bis unter 10,00"],
            [7312000, "Kaiserslautern", -9999, "und mehr als 20"],
            [None, None, None, None],
            ["Ende der Tabelle.", None, None, None],
            [7999000, "nach dem Ende", 1, 1],
        ],
    )
    towns = atlas_sheet(
        "GKZ1223",
        "st\n\nSteuereinnahmekraft je Einwohner/-in im Jahr 2023 in €",
        "entw\n\nEntwicklung zwischen 2019 und 2024 pro Jahr in %",
        "netz\n\nHaushalte im Dezember 2023 in %",
        rows=[
            [1001000, "Flensburg", 1520, 0.75, "98,5"],
            [16077052, "Windischleuba", -99999, 1, 2],
        ],
    )
    unions = atlas_sheet(
        "VBG1223",
        "pendel\n\nDistanz im Jahr 2023 in km",
        rows=[[10010000, "Flensburg", 11.0], [10515163, "KLG Heider Umland", 15.0],
              [160775052, "Schmölln", 18.0]],
    )  # fmt: skip
    short = atlas_sheet(
        "VBG1219",
        "oenv\n\nAnteil im Jahr 2020 in %",
        rows=[["01001000", "Flensburg", 99.5], [14521940, "Zwönitz", 87.4]],
    )
    content = workbook(
        Titel=[["Datentabellen"]],
        Deutschlandatlas_KRS1222=districts,
        Deutschlandatlas_GEM1223=towns,
        Deutschlandatlas_VBGEM1223=unions,
        Deutschlandatlas_VBGEM1219=short,
    )
    return read_original(content, "renamed.bin")


def test_the_atlas_is_recognised_by_content_and_keeps_its_sheets_apart(atlas) -> None:
    assert atlas.format == "deutschlandatlas"
    assert sorted(atlas.observations["source"].unique()) == [
        "GEM1223", "KRS1222", "VBGEM1219", "VBGEM1223",
    ]  # fmt: skip


def test_atlas_districts_get_their_zero_back_and_lose_the_three_zeros(atlas) -> None:
    row = value(atlas, "01001", "alq", "2023")
    assert (row["value"], row["level"], row["row"]) == (7.9, "district", 5)
    assert row["sheet"] == "Deutschlandatlas_KRS1222"
    repaired = [f for f in atlas.findings if f.code == "key_lost_zero" and "KRS" in f.sheet]
    assert [(f.row, f.column, f.details["count"]) for f in repaired] == [(5, "KRS12224", "2")]


def test_atlas_codes_for_missing_and_classes_are_no_numbers(atlas) -> None:
    assert value(atlas, "07312", "alq", "2023")["missing"] == "not_reported"
    rent = value(atlas, "01001", "preis", "2023")
    assert (rent["missing"], rent["flag"]) == ("not_applicable", "class: 8,50 bis unter 10,00")
    assert value(atlas, "16077052", "st", "2023")["missing"] == "not_reported"
    misspelt = [f for f in atlas.findings if f.code == "missing_misspelt"]
    assert [(f.column, f.value, f.details["count"]) for f in misspelt] == [("st", "-99999", "1")]


def test_atlas_periods_stand_in_the_header_sentence(atlas) -> None:
    assert value(atlas, "01001000", "entw", "2024")["value"] == 0.75
    assert value(atlas, "01001000", "netz", "2023-12")["value"] == 98.5
    spans = [f.column for f in atlas.findings if f.code == "period_is_end_of_span"]
    assert spans == ["entw"]


def test_atlas_rows_after_the_end_are_not_read(atlas) -> None:
    assert "07999" not in set(atlas.observations["ags"])


def test_associations_are_refused_and_single_municipalities_kept(atlas) -> None:
    assert value(atlas, "01001000", "pendel", "2023")["value"] == 11.0
    assert value(atlas, "01001000", "oenv", "2020")["value"] == 99.5
    assert atlas.rows_refused == {"association": 3}
    refused = {f.value for f in atlas.findings if f.code == "key_association"}
    assert refused == {"010515163", "160775052", "14521940"}


def test_inkar_long_tells_its_levels_apart() -> None:
    reading = read_original((FILES / "inkar_long.csv").read_bytes(), "x.csv")
    assert value(reading, "09162", "q_ladepunkte", "2021")["value"] == 101.87
    assert value(reading, "09", "q_ladepunkte", "2021")["level"] == "state"
    assert value(reading, "091", "q_ladepunkte", "2021")["level"] == "region"
    assert reading.rows_seen == 6
    assert reading.rows_refused == {"no_key": 1, "period_unreadable": 1}
    assert {(f.code, f.row) for f in reading.findings} == {
        ("key_no_key", 6), ("period_unreadable", 7),
    }  # fmt: skip


def test_inkar_wide_takes_the_year_from_the_second_row(workbook) -> None:
    rows = [
        ["Kennziffer", "Raumeinheit", "Aggregat", "Arbeitslosenquote", "Krankenhausbetten"],
        [None, None, None, "2017", "2016"],
        ["02000", "Hamburg", "krsfr. Stadt", 6.8, 7.1],
        ["16056", "Eisenach", "krsfr. Stadt", 5.0, None],
    ]
    reading = read_original(workbook(Daten=rows), "x")
    assert value(reading, "02000", "Arbeitslosenquote", "2017")["value"] == 6.8
    assert value(reading, "16056", "Krankenhausbetten", "2016")["missing"] == "not_reported"
    dissolved = [f for f in reading.findings if f.code == "key_dissolved"]
    assert [(f.value, f.details["successors"]) for f in dissolved] == [
        ("16056", "Wartburgkreis (16063)")
    ]


def test_a_broadband_file_without_a_date_asks_for_it() -> None:
    content = (FILES / "breitband.csv").read_bytes()
    assert read_original(content, "2018.csv").refusal == "period_missing"
    reading = read_original(content, "x", Choices(period="2018-12"))
    assert value(reading, "01001", "verf_100_1000", "2018-12")["value"] == 92.25
    assert value(reading, "14713", "verf_100_1000", "2018-12")["missing"] == "not_reported"
    assert [f.value for f in reading.findings if f.code == "key_dissolved"] == ["03152"]


def test_zero_at_the_lowest_speed_means_not_surveyed(workbook) -> None:
    head = ["ags", "verf_300_2_2010", "verf_300_50_2010", "verf_300_2_2018", "verf_300_50_2018"]
    rows = [head, [14713.0, 0.0, 0.0, 100.0, 95.1], [1001.0, 100.0, 0.0, 100.0, 98.0]]
    reading = read_original(workbook(verf_landkreis=rows), "x")
    leipzig = value(reading, "14713", "verf_300_50", "2010")
    assert (leipzig["missing"], leipzig["flag"]) == ("not_reported", "zero_means_no_data")
    assert value(reading, "01001", "verf_300_50", "2010")["value"] == 0.0
    assert value(reading, "14713", "verf_300_50", "2018")["value"] == 95.1
    assert [(f.code, f.row) for f in reading.findings if f.severity == "warning"] == [
        ("zero_means_no_data", 2)
    ]


def test_the_market_register_tells_states_districts_and_cities_apart() -> None:
    content = (FILES / "market_register.csv").read_bytes()
    assert read_original(content, "datei-2018.csv").refusal == "period_missing"
    reading = read_original(content, "x", Choices(period="2021"))
    levels = reading.observations.groupby("ags")["level"].first().to_dict()
    assert levels == {
        "DG": "nation", "01": "state", "01001000": "municipality",
        "01051": "district", "01051011": "municipality", "02000000": "municipality",
    }  # fmt: skip
    assert value(reading, "01001000", "biomass", "2021")["value"] == 0.0


def test_regional_accounts_know_the_nation_and_their_dots(workbook) -> None:
    rows = [
        ["2 Einkommen"], [f"2.4 {INCOME}"], ["in EUR"], [None],
        ["Lfd. Nr.", "Regional-\nschlüssel", "Gebietseinheit", 1995, 2023],
        [None], [1, "08222", "Mannheim", ".", 26852.8123], [2, 16063, "Wartburgkreis", 1, 2],
        [3, "17", "Deutschland", 14474, 28452],
    ]  # fmt: skip
    reading = read_original(workbook(**{"2.4": rows}), "x")
    assert value(reading, "08222", INCOME, "1995")["missing"] == "not_reported"
    assert value(reading, "08222", INCOME, "2023")["value"] == 26852.8123
    assert value(reading, "DG", INCOME, "2023")["level"] == "nation"


def test_the_register_joins_its_key_from_five_columns(workbook) -> None:
    rows = [
        ["Gemeinden am 31.12.2021"], [None], ["Satz-art", "Text", "ARS"],
        ["10", None, "07", None, None, None, None, "Rheinland-Pfalz", None, None],
        ["60", "61", "07", "3", "12", "0000", "000", "Kaiserslautern", 139.7, 99684],
        ["60", "65", "07", "0", "00", "0000", "999", "Kondominium", 6.2, None],
    ]  # fmt: skip
    reading = read_original(workbook(Onlineprodukt_Gemeinden=rows), "x")
    assert value(reading, "07312000", "population", "2021-12-31")["value"] == 99684.0
    assert (reading.rows_seen, reading.rows_refused) == (2, {"special_territory": 1})


OFFICIAL = [
    ("indicators/deutschlandatlas_daten_2026-04-22.xlsx", "", [
        ("02000", "auto", "2024", 425.7), ("08222", "elade", "2024", 141.34),
        ("09162", "eauto", "2025", 5.28), ("01059", "auto", "2024", 650)]),
    ("indicators/inkar2025_kreise_bayern_2010-2025_auszug.csv", "", [
        ("09162", "q_ladepunkte", "2024", 195.13), ("09162", "a_elektro", "2024", 4.5),
        ("09461", "a_bb_1000Mbits", "2023", 95.32)]),
    ("indicators/inkar_kreise_2017.xls", "", [
        ("02000", "Arbeitslosenquote", "2017", 6.8), ("14713", "Arbeitslosenquote", "2017", 7.7)]),
    ("indicators/vgrdl_r2b3_bs2024_einkommen_kreise_1995-2023.xlsx", "", [
        ("08222", INCOME, "2023", 26852.8), ("02", INCOME, "2023", 29620.4),
        ("14713", INCOME, "2023", 23682.8)]),
    ("indicators/breitbandatlas_verf_privat_alle_2010_2018.xls", "", [
        ("02000", "verf_300_50", "2010", 75.0), ("02000", "verf_300_50", "2018", 97.3)]),
    ("indicators/breitbandatlas_kreise_privat_2021_1.csv", "2021-06", [
        ("02000", "verf_100_1000", "2021-06", 96.51),
        ("16053", "verf_100_1000", "2021-06", 18.22)]),
    ("indicators/mastr_localzero_gemeinden_datei-2024.csv", "2023", [
        ("08335043", "pv", "2023", 26676), ("14713000", "pv", "2023", 185178)]),
    ("indicators/destatis_31122017_Auszug_GV.xlsx", "", [
        ("08335043", "population", "2017-12-31", 84441),
        ("14713000", "population", "2017-12-31", 581980)]),
]  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(("path", "period", "expected"), OFFICIAL)
def test_official_files(official, path, period, expected) -> None:
    reading = official(path, period)
    for ags, indicator, time, number in expected:
        rounding = 0.51 if number > 1000 else 0.006
        found = value(reading, ags, indicator, time)["value"]
        assert found == pytest.approx(number, abs=rounding)
