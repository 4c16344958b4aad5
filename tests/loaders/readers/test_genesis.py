"""Table CSV of GENESIS and the Regionaldatenbank, both layouts."""

from pathlib import Path

import pytest

from loaders.readers.reading import Choices
from loaders.readers.registry import read_original

FILES = Path(__file__).parent / "files"


def read(name: str):
    return read_original((FILES / name).read_bytes(), name)


def value(reading, ags: str, period: str, indicator: str):
    rows = reading.observations
    hit = rows[(rows["ags"] == ags) & (rows["period"] == period) & (rows["indicator"] == indicator)]
    assert len(hit) == 1
    return hit.iloc[0]


def test_dates_in_the_header() -> None:
    reading = read("genesis_dates_in_header.csv")
    assert (reading.format, reading.table) == ("genesis_table", "12411-0015")
    assert (reading.encoding, reading.delimiter, reading.edition) == ("cp1252", ";", "2020-02-24")
    assert (reading.rows_seen, reading.rows_placed, len(reading.observations)) == (3, 3, 9)
    row = value(reading, "14713", "2009-12-31", "Bevölkerungsstand")
    assert (row["value"], row["unit"], row["row"]) == (518862.0, "Anzahl", 8)


def test_a_place_that_did_not_exist_has_no_inhabitants_to_count() -> None:
    row = value(read("genesis_dates_in_header.csv"), "14713", "2007-12-31", "Bevölkerungsstand")
    assert row["missing"] == "not_applicable"
    assert row["value"] != row["value"]


def test_a_dissolved_district_is_named_with_its_reform() -> None:
    findings = read("genesis_dates_in_header.csv").findings
    assert [(f.code, f.value, f.row) for f in findings] == [("key_divided", "14365", 7)]
    assert "Kreisgebietsreform Sachsen" in findings[0].sentence("de")
    assert "Leipzig (14713), Leipzig (14729), Nordsachsen (14730)" in findings[0].sentence("de")
    assert "1 August 2008" in findings[0].sentence("en")


def test_date_in_the_first_column_and_mixed_levels() -> None:
    reading = read("genesis_date_first.csv")
    levels = reading.observations.groupby("ags")["level"].first().to_dict()
    assert levels == {
        "DG": "nation",
        "02": "state",
        "073": "region",
        "07312": "district",
        "16056": "district",
        "05334002": "municipality",
    }
    assert reading.rows_seen == 8
    assert reading.rows_refused == {"borough": 1, "no_key": 1}
    assert reading.outcome == "partly_usable"
    pkw = value(reading, "07312", "2019-01-01", "Kraftfahrzeugarten | Pkw")
    assert (pkw["value"], pkw["row"], pkw["column"]) == (53000.0, 8, "Kraftfahrzeugarten | Pkw")


def test_a_dash_is_zero_only_where_the_place_existed() -> None:
    reading = read("genesis_date_first.csv")
    existing = value(reading, "073", "2019-01-01", "Kraftfahrzeugarten | Pkw")
    assert (existing["value"], existing["flag"], existing["missing"]) == (0.0, "nil", "")
    gone = value(reading, "16056", "2019-01-01", "Kraftfahrzeugarten | Pkw")
    assert (gone["missing"], gone["flag"]) == ("not_applicable", "")


def test_refused_rows_are_named_with_row_and_reason() -> None:
    codes = {(f.code, f.row, f.value) for f in read("genesis_date_first.csv").findings}
    assert ("key_borough", 10, "11001001") in codes
    assert ("key_no_key", 13, "Summe") in codes


def test_units_stand_in_their_own_row_and_signs_keep_their_meaning() -> None:
    reading = read("genesis_units_row.csv")
    count, rate = "Arbeitslose | Ausländer", "Arbeitslosenquote | Frauen"
    assert value(reading, "DG", "2019", count)["value"] == 1234.0
    assert value(reading, "DG", "2019", rate)["unit"] == "Prozent"
    assert value(reading, "01", "2019", rate)["missing"] == "not_applicable"
    uncertain = value(reading, "01001", "2019", count)
    assert (uncertain["value"], uncertain["flag"]) == (7.0, "uncertain")
    assert value(reading, "01001", "2019", rate)["missing"] == "unreliable"
    assert value(reading, "01002", "2019", count)["missing"] == "not_applicable"
    assert value(reading, "01002", "2019", rate)["missing"] == "not_yet_available"


def test_destroyed_umlauts_are_reported_and_keys_still_read() -> None:
    reading = read("genesis_umlauts_destroyed.csv")
    damage = [f for f in reading.findings if f.code == "text_destroyed"]
    assert [(f.row, f.details["count"]) for f in damage] == [(2, "2")]
    row = value(reading, "01003", "2011-05-09", "Private Haushalte | Insgesamt")
    assert row["value"] == 110000.0


def test_a_table_without_keys_is_refused_as_a_whole() -> None:
    text = "Tabelle: 1\nName;Wert\nKöln;5\n"
    reading = read_original(text.encode("cp1252"), "x.csv")
    assert (reading.outcome, reading.refusal) == ("refused", "table_without_keys")


def test_a_table_about_one_place_asks_for_the_key_and_takes_no_number_for_one() -> None:
    content = (FILES / "genesis_one_place.csv").read_bytes()
    asked = read_original(content, "x.csv")
    assert (asked.outcome, asked.refusal) == ("refused", "place_missing")
    reading = read_original(content, "x.csv", Choices(place="05315"))
    total = value(reading, "05315", "2012-12-31", "Flächennutzungsarten | Insgesamt")
    assert (total["value"], total["unit"], total["row"]) == (4051641.0, "ar", 6)
    assert reading.rows_seen == 2


@pytest.mark.shared
def test_land_use_of_cologne(shared_data) -> None:
    name = "d09_itnrw_33111-02ir_flaechennutzung_koeln.csv"
    content = (shared_data / "dirty" / name).read_bytes()
    assert read_original(content, name).refusal == "place_missing"
    reading = read_original(content, name, Choices(place="05315"))
    rows = reading.observations
    assert 4051641.0 in set(rows[rows["period"] == "2012-12-31"]["value"])
    assert set(rows["ags"]) == {"05315"}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "seen", "ags", "period", "label", "expected"),
    [
        ("destatis_12411-0015_bevoelkerung_kreise_1995-2018.csv", 476, "14713", "2009-12-31",
         "Bevölkerungsstand", 518862),
        ("regionalstatistik_46251-01-02-4_kfz_kreise_2012-2020.csv", 4842, "02", "2012-01-01",
         "Kraftfahrzeugarten | Insgesamt", 841862),
        ("regionalstatistik_46251-01-02-4_kfz_kreise_2012-2020.csv", 4842, "14713", "2012-01-01",
         "Kraftfahrzeugarten | Pkw", 200054),
        ("regionalatlas_AI002-1_bevoelkerung_kreise_2008-2019.csv", 6456, "02", "2019",
         "Bevölkerungsdichte (EW je qkm)", 2446.4),
        ("regionalstatistik_13211-02-05-4_arbeitslose_kreise_2015-2020.csv", 3228, "14713", "2020",
         "Arbeitslosenquote bez. auf alle zivile Erwerbsp.", 7.5),
        ("regionalstatistik_13211-02-05-4_arbeitslose_kreise_2023.csv", 539, "08222", "2023",
         "Arbeitslosenquote bez. auf alle zivile Erwerbsp.", 7.2),
        ("regionalstatistik_13211-02-05-4_arbeitslose_kreise_2025.csv", 538, "02", "2025",
         "Arbeitslosenquote bez. auf alle zivile Erwerbsp.", 8.3),
    ],
)  # fmt: skip
def test_official_tables(shared_data, name, seen, ags, period, label, expected) -> None:
    reading = read_original((shared_data / "indicators" / name).read_bytes(), name)
    assert reading.rows_seen == seen
    assert value(reading, ags, period, label)["value"] == expected


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "period", "label", "hamburg", "leipzig", "not_applicable"),
    [
        ("d01_regionalstatistik_11111-01-01-4_flaeche_2018.csv", "2018-12-31", "Gebietsfläche",
         755.09, 297.80, 78),
        ("d02_regionalstatistik_12411-01-01-4_bevoelkerung_2021.csv", "2021-12-31", "Insgesamt",
         1853935, 601866, 237),
        ("d08_regionalstatistik_12111-31-01-4_haushalte_2011.csv", "2011-05-09",
         "Private Haushalte | Haushalte mit ... Personen | Insgesamt", None, 283622, None),
    ],
)  # fmt: skip
def test_dirty_tables(shared_data, name, period, label, hamburg, leipzig, not_applicable) -> None:
    reading = read_original((shared_data / "dirty" / name).read_bytes(), name)
    assert reading.rows_seen == 538
    assert value(reading, "14713", period, label)["value"] == leipzig
    if hamburg is not None:
        assert value(reading, "02", period, label)["value"] == hamburg
        missing = reading.observations["missing"]
        assert (missing == "not_applicable").sum() == not_applicable


@pytest.mark.shared
def test_dashes_of_the_population_table(shared_data) -> None:
    name = "destatis_12411-0015_bevoelkerung_kreise_1995-2018.csv"
    reading = read_original((shared_data / "indicators" / name).read_bytes(), name)
    assert (reading.observations["missing"] == "not_applicable").sum() == 1272
    ended = [f for f in reading.findings if f.code in ("key_dissolved", "key_divided")]
    assert len(ended) == 76
    assert not [f for f in ended if not f.details["successors"]]
