"""Eurostat: table CSV with names, TSV and SDMX-CSV with flags."""

import pytest

from loaders.readers.reading import Choices
from loaders.readers.registry import read_original

TABLE = """\
Population on 1 January - cities [urb_cpop1],,
,,
Last update,21.06.18,
INDIC_UR,"Population, total",
,,
CITIES/TIME,2016,2017
Belgium,"11,307,192",:
Gent,"257,226",:
Germany,"82,175,684",:
Leipzig,"560,472",:
Münster,"310,039",:
Neustadt,"1,000","2,000"
Estonia,"1,315,944",:
Tartu,"93,124",:
,,
Special value:,,
:,not available,
"""
TSV = (
    "freq,unit,geo\\TIME_PERIOD\t2019 \t2020-Q1 \t2021 \n"
    "A,NR,DE\t100 \t1\t: c\n"
    "A,NR,DEF\t50 p\t1\t60 bp\n"
    "A,NR,DEF0\t50 p\t1\t60 bp\n"
    "A,NR,DED51\t: \t1\t7.5 e\n"
    "A,NR,DE999\t1\t1\t1\n"
    "A,NR,FR1\t1\t1\t1\n"
)
SDMX = """\
DATAFLOW,LAST UPDATE,freq,indic,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:DEMO_R(1.0),01/02/25 23:00:00,A,POP,NR,DED51,2020,597493,b,
ESTAT:DEMO_R(1.0),01/02/25 23:00:00,A,POP,NR,DED51,2020-M05,597.5,,
ESTAT:DEMO_R(1.0),01/02/25 23:00:00,A,POP,NR,DED51,2021,,,C
ESTAT:DEMO_R(1.0),01/02/25 23:00:00,A,POP,NR,DED51,2022,:,u,
ESTAT:DEMO_R(1.0),01/02/25 23:00:00,A,POP,NR,AT1,2020,1,,
"""


def read(text: str, choices: Choices | None = None):
    return read_original(text.encode(), "x", choices)


def cells(reading) -> dict:
    rows = reading.observations.astype(object).where(reading.observations.notna(), None)
    return {(r.ags, r.period): (r.value, r.missing, r.flag) for r in rows.itertuples()}


def test_only_towns_below_germany_are_read_and_matched_by_name_and_kind() -> None:
    reading = read(TABLE)
    assert (reading.format, reading.table, reading.edition) == (
        "eurostat_table", "urb_cpop1", "2018-06-21",
    )  # fmt: skip
    assert (reading.rows_seen, reading.rows_refused) == (3, {"name_unknown": 1})
    assert cells(reading) == {
        ("14713000", "2016"): (560472.0, "", ""),
        ("14713000", "2017"): (None, "not_reported", ""),
        ("05515000", "2016"): (310039.0, "", ""),
        ("05515000", "2017"): (None, "not_reported", ""),
    }
    assert set(reading.observations["indicator"]) == {"Population, total"}
    found = {f.code: (f.row, f.details.get("count")) for f in reading.findings}
    assert found["other_countries"] == (7, "5")
    assert found["name_unknown"] == (12, "1")


def test_a_person_may_say_which_place_a_name_means() -> None:
    reading = read(TABLE, Choices(places={"Neustadt": "07316000", "Leipzig": ""}))
    assert cells(reading)[("07316000", "2017")] == (2000.0, "", "")
    assert reading.rows_refused == {"name_left_out": 1}


def test_tsv_keeps_flags_and_takes_a_state_only_once() -> None:
    reading = read(TSV)
    assert reading.format == "eurostat_tsv"
    assert cells(reading) == {
        ("DG", "2019"): (100.0, "", ""),
        ("DG", "2021"): (None, "suppressed", "c"),
        ("01", "2019"): (50.0, "", "p"),
        ("01", "2021"): (60.0, "", "bp"),
        ("14713", "2019"): (None, "not_reported", ""),
        ("14713", "2021"): (7.5, "", "e"),
    }
    assert reading.rows_refused == {"nuts_repeats_state": 1, "geo_unknown": 1}
    assert [(f.code, f.column) for f in reading.findings if f.row == 1] == [
        ("period_unreadable", "2020-Q1")
    ]


def test_sdmx_csv_says_why_a_value_is_missing() -> None:
    reading = read(SDMX)
    assert (reading.format, reading.table) == ("eurostat_sdmx_csv", "demo_r")
    assert cells(reading) == {
        ("14713", "2020"): (597493.0, "", "b"),
        ("14713", "2020-05"): (597.5, "", ""),
        ("14713", "2021"): (None, "suppressed", "c"),
        ("14713", "2022"): (None, "unreliable", "u"),
    }
    assert set(reading.observations["indicator"]) == {"POP"}
    assert set(reading.observations["unit"]) == {"NR"}
    assert [f.code for f in reading.findings] == ["other_countries"]


@pytest.mark.shared
def test_cities_of_the_urban_audit(shared_data) -> None:
    name = "d04_eurostat_urb_cpop1_2018-07.csv"
    reading = read_original((shared_data / "dirty" / name).read_bytes(), name)
    assert (reading.rows_seen, reading.rows_refused) == (127, {})
    assert len(reading.observations) == 1270
    assert (reading.observations["missing"] == "not_reported").sum() == 143
    assert cells(reading)[("02000000", "2016")][0] == 1787408
    assert cells(reading)[("14713000", "2016")][0] == 560472
    matched = [f for f in reading.findings if f.code in ("name_matched", "name_spelling")]
    assert len(matched) == 127
