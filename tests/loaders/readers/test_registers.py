"""Census, register of municipalities as CSV, charging stations, territorial changes."""

from datetime import datetime

import pytest

from loaders.readers.points import districts_of, read_point
from loaders.readers.reading import Choices
from loaders.readers.registry import read_original


def cells(reading) -> dict:
    rows = reading.observations.astype(object).where(reading.observations.notna(), None)
    return {(r.ags, r.indicator, r.period): r.value or r.missing for r in rows.itertuples()}


CENSUS = [
    ["Berichtszeitpunkt", "_RS", "Name", "Regionalebene", "EWZ", "EWZ_BFS_20220630"],
    ["20220515", "00", "Deutschland", "Bund (mit Deutschen im Ausland)", 90, "–"],
    ["20220515", "00", "Deutschland", "Deutsche im Ausland", 8, "–"],
    ["20220515", "00", "Deutschland", "Bund (ohne Deutsche im Ausland)", 82, 84],
    ["20220515", "02", "Hamburg", "Land", 18, 19],
    ["20220515", "053", "Köln", "Regierungsbezirk", 4, 5],
    ["20220515", "07312", "Kaiserslautern", "Kreis", 10, 10],
    ["20220515", "160775052", "Schmölln", "Gemeindeverband", 5, 5],
    ["20220515", "160775052043", "Schmölln", "Gemeinde", 3, 3],
    ["gestern", "07312", "Kaiserslautern", "Kreis", 1, 1],
]


def test_the_census_tells_levels_apart_and_the_nation_that_compares(workbook) -> None:
    reading = read_original(workbook(Titel=[["x"]], CSV=CENSUS), "x")
    assert (reading.format, reading.table, reading.rows_seen) == ("census_2022", "zensus2022", 9)
    assert reading.rows_refused == {"association": 1, "period_unreadable": 1}
    found = cells(reading)
    assert found[("DG", "EWZ", "2022-05-15")] == 82.0
    assert found[("DG", "EWZ | Deutsche im Ausland", "2022-05-15")] == 8.0
    label = "EWZ_BFS_20220630 | Deutsche im Ausland"
    assert found[("DG", label, "2022-06-30")] == "not_applicable"
    assert found[("16077043", "EWZ", "2022-05-15")] == 3.0
    assert found[("053", "EWZ_BFS_20220630", "2022-06-30")] == 5.0
    assert not reading.observations.duplicated(["ags", "indicator", "period"]).any()


REGISTER = """\
satzart,textkennzeichen,land,rb,kreis,vb,gemeinde,gemeindename,flaeche,bevoelkerung,laengengrad
10,,07,,,,,Rheinland-Pfalz,,,
40,41,07,3,12,,,"Kaiserslautern, Stadt",,,
60,61,7,3,12,0000,0,"Kaiserslautern, Stadt", 139.70, 99 845,"7,768"
60,61,02,0,00,0000,000,Hamburg, 755.09, 1 847 253,"9,99697"
60,65,07,0,00,0000,999,Kondominium, 6.2,,
"""


def test_the_register_as_csv_has_a_style_per_column_and_a_key_in_parts() -> None:
    content = REGISTER.encode("utf-8-sig")
    asked = read_original(content, "x")
    assert (asked.refusal, asked.rows_seen) == ("period_missing", 5)
    reading = read_original(content, "x", Choices(period="2019-12-31"))
    assert reading.rows_refused == {"record_type": 2, "special_territory": 1}
    assert cells(reading) == {
        ("07312000", "flaeche", "2019-12-31"): 139.7,
        ("07312000", "bevoelkerung", "2019-12-31"): 99845.0,
        ("07312000", "laengengrad", "2019-12-31"): 7.768,
        ("02000000", "flaeche", "2019-12-31"): 755.09,
        ("02000000", "bevoelkerung", "2019-12-31"): 1847253.0,
        ("02000000", "laengengrad", "2019-12-31"): 9.99697,
    }


HEAD_2021 = ["Betreiber", "Bundesland", "Kreis/kreisfreie Stadt", "Inbetriebnahmedatum",
             "Art der Ladeeinrichung", "Anzahl Ladepunkte"]  # fmt: skip
STATIONS_2021 = [
    ["Ladesäulenregister"], [], ["Stand: 01.11.2021"], [], ["Allgemeines", None, None, None],
    HEAD_2021,
    ["A", "Bayern", "Kreisfreie Stadt München", datetime(2019, 1, 1), "Normalladeeinrichtung", 2],
    ["A", "Bayern", "Kreisfreie Stadt München", datetime(2019, 1, 1), "Normalladeeinrichtung", 2],
    ["B", "Bayern", "Landkreis München", datetime(2019, 5, 1), "Schnellladeeinrichtung", 4],
    ["C", "Thüringen", "Kreisfreie Stadt Eisenach", datetime(2020, 5, 1), "x", 1],
    ["D", "Bayern", "München", datetime(2020, 5, 1), "x", 1],
    ["E", "Bayern", "Landkreis München", datetime(2020, 5, 1), "x", "zwei"],
    ["F", "Bayern", "Landkreis München", "bald", "x", 1],
]  # fmt: skip


def test_stations_with_names_are_counted_per_district_and_year(workbook) -> None:
    reading = read_original(workbook(Register=STATIONS_2021), "x")
    assert (reading.format, reading.edition) == ("charging_register", "2021-11-01")
    assert reading.rows_seen == 7
    assert reading.rows_refused == {
        "name_ambiguous": 1, "not_a_number": 1, "period_unreadable": 1,
    }  # fmt: skip
    found = cells(reading)
    assert found[("09162", "Ladepunkte", "2019")] == 4.0
    assert found[("09162", "Ladeeinrichtungen", "2019")] == 2.0
    assert found[("09184", "Ladepunkte | Schnellladeeinrichtung", "2019")] == 4.0
    assert found[("09162", "Ladepunkte | Bestand", "2021-11-01")] == 4.0
    assert found[("16056", "Ladepunkte", "2020")] == 1.0
    noted = {(f.code, f.row, f.details.get("count")) for f in reading.findings}
    assert {("rows_repeat", 8, "1"), ("names_need_kind", None, "3")} <= noted
    assert ("key_dissolved", 10, "1") in noted


def test_stations_with_coordinates_are_placed_by_point_in_polygon(workbook) -> None:
    rows = [
        ["Ladesäulenliste"], [datetime(2018, 12, 6)], [],
        ["Betreiber", "Bundesland", "Längengrad [DG]", "Breitengrad [DG]", "Inbetriebnahmedatum",
         "Art der Ladeeinrichtung", "Anzahl Ladepunkte"],
        ["A", "Sachsen", 13.75427, 51.04368, datetime(2016, 10, 1), "x", 2],
        ["B", "Sachsen", "51,0437", "13,7543", datetime(2016, 11, 1), "x", 3],
        ["C", "Bayern", 13.7542, 51.0437, datetime(2017, 11, 1), "x", 1],
        ["D", "Bayern", 9.0, 47.0, datetime(2017, 11, 1), "x", 1],
        ["E", "Bayern", 48442398, 9, datetime(2017, 11, 1), "x", 1],
    ]  # fmt: skip
    reading = read_original(workbook(Liste=rows), "x")
    assert (reading.edition, reading.rows_refused) == ("2018-12-06", {"point_outside": 2})
    found = cells(reading)
    assert found[("14612", "Ladepunkte", "2016")] == 5.0
    assert found[("14612", "Ladepunkte | Bestand", "2018-12-06")] == 6.0
    assert {(f.code, f.row) for f in reading.findings} == {
        ("point_in_other_state", 7), ("point_outside", 8), ("point_outside", 9),
    }  # fmt: skip


def test_points_just_outside_an_outline_count_to_the_nearest_district() -> None:
    assert districts_of([(9.99, 53.55), (12.0, 40.0)]) == ["02000", ""]
    assert read_point("x", "51") is None
    assert read_point("51,5", 7.1) == (7.1, 51.5)


def test_lists_of_territorial_changes_are_no_figures(workbook) -> None:
    rows = [
        ["Gebietsänderungen vom 01.01. - 31.12.2023"],
        ["Kennziffer", "Regionaleinheit", "Abgebende / Aufgelöste Gemeinde"],
        ["06/2023/0002-R", "Gemeinde", "066350005005", 35221465],
    ]
    reading = read_original(workbook(Gebietsaenderungen=rows), "x")
    assert (reading.refusal, reading.rows_seen) == ("territorial_changes", 1)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("day", "seen", "points", "outside"),
    [("2017-12-18", 3945, 7955, 4), ("2018-12-06", 6956, 13855, 8), ("2019-07-19", 9690, 19029, 9)],
)
def test_registers_with_coordinates(shared_data, day, seen, points, outside) -> None:
    name = f"bnetza_Ladesaeulenkarte_{day}.xlsx"
    reading = read_original((shared_data / "indicators" / name).read_bytes(), name)
    assert (reading.rows_seen, reading.edition) == (seen, day)
    assert reading.rows_refused == {"point_outside": outside}
    stock = reading.observations[reading.observations["indicator"] == "Ladepunkte | Bestand"]
    assert points - 18 <= stock["value"].sum() <= points - outside


@pytest.mark.shared
def test_register_of_2021(shared_data) -> None:
    name = "bnetza_Ladesaeulenregister_2021-11-01.xlsx"
    reading = read_original((shared_data / "indicators" / name).read_bytes(), name)
    assert (reading.rows_seen, reading.rows_refused) == (23396, {})
    hamburg = reading.observations[reading.observations["ags"] == "02000"]
    totals = hamburg.groupby("indicator")["value"].sum()
    assert (totals["Ladeeinrichtungen"], totals["Ladepunkte"]) == (666, 1307)
    counts = {f.code: f.details.get("count") for f in reading.findings}
    assert (counts["rows_repeat"], counts["names_need_kind"]) == ("2086", "44")
    assert [f.value for f in reading.findings if f.code == "key_dissolved"] == ["16056"]
    matched = [f for f in reading.findings if f.code in ("name_matched", "name_spelling")]
    assert len(matched) == 401


@pytest.mark.shared
def test_census_2022(shared_data) -> None:
    name = "zensus2022_Regionaltabelle_Bevoelkerung.xlsx"
    reading = read_original((shared_data / "indicators" / name).read_bytes(), name)
    rows = reading.observations
    assert reading.rows_seen == 12441
    placed = rows[rows["indicator"] == "EWZ"]
    assert placed.groupby("level").size().to_dict()["municipality"] == 10786
    assert placed.groupby("level").size().to_dict()["district"] == 400
    assert (rows["missing"] == "not_applicable").sum() == 2
    assert (rows["ags"] == "DG").sum() == 6
    values = dict(zip(placed["ags"], placed["value"], strict=True))
    assert {key: values[key] for key in ("14713000", "02000000", "08421000")} == {
        "14713000": 598899, "02000000": 1808846, "08421000": 127116,
    }  # fmt: skip
    assert (values["16053000"], values["07312000"]) == (110369, 99689)


@pytest.mark.shared
@pytest.mark.parametrize(("year", "changes"), [(2023, 58), (2024, 82)])
def test_official_lists_of_changes(shared_data, year, changes) -> None:
    name = f"destatis_gebietsaenderungen_{year}.xlsx"
    reading = read_original((shared_data / "reference" / name).read_bytes(), name)
    assert (reading.refusal, reading.rows_seen) == ("territorial_changes", changes)


@pytest.mark.shared
def test_register_saved_again_by_somebody(shared_data) -> None:
    name = "d10_gemeindeverzeichnis_gv4q_excel_reexport.csv"
    content = (shared_data / "dirty" / name).read_bytes()
    assert read_original(content, name).rows_seen == 16068
    reading = read_original(content, name, Choices(period="2019-12-31"))
    assert (reading.rows_seen, reading.rows_refused["record_type"]) == (16068, 16068 - 11004)
    assert reading.rows_refused["special_territory"] == 3
    found = cells(reading)
    assert found[("02000000", "bevoelkerung", "2019-12-31")] == 1847253
    assert found[("02000000", "flaeche", "2019-12-31")] == 755.09
    assert found[("02000000", "laengengrad", "2019-12-31")] == 9.99697
