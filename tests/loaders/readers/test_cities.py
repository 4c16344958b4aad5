"""Tables of one city: the place is given by a person, meaning and unit by the description."""

from pathlib import Path

import pytest

from loaders.readers.companions import read_companion
from loaders.readers.reading import Choices
from loaders.readers.registry import companion_of, read_original

TOWN = Choices(place="08335043")
SOLAR = b"jahr,neu,bestand\n2018,930.0,15452.0\n2019,,16353.0\nbald,1,2\n"
MEANING = """\
---
title: Solarenergie
source: Bundesnetzagentur
order: 7
columns:
- name: jahr
  description: Jahr
- name: neu
  type: float
  description: 'Neu installierte Leistung'
  unit: kW
- name: bestand
  description: "Bestand: brutto"
  unit: kW
---
Anmerkungen: keine
"""
RATES = b"jahr,konstanz,baden_wuerttemberg,deutschland\n2024,3.9,4.2,6.0\n2025,4.3,4.6,6.3\n"
RATE_MEANING = """\
---
title: Arbeitslosenquote
columns:
- name: konstanz
  description: Stadt Konstanz
  unit: '%'
- name: baden_wuerttemberg
  description: Land Baden-Württemberg
- name: deutschland
  description: Bundesrepublik Deutschland
---
"""
BUDGET = b"Wert;Ergebnis 2010;Plan 2011\n01 - Steuern;1.596.852.249;-5\n02 = Summe;0;1.000"


def cells(reading) -> dict:
    rows = reading.observations.astype(object).where(reading.observations.notna(), None)
    return {(r.ags, r.indicator, r.period): (r.value, r.missing, r.unit) for r in rows.itertuples()}


def test_without_a_place_the_table_asks_for_it() -> None:
    reading = read_original(SOLAR, "umwelt_solar.csv")
    assert (reading.refusal, reading.rows_seen) == ("place_missing", 3)


def test_the_description_gives_meaning_and_unit() -> None:
    reading = read_original(SOLAR, "x", TOWN, MEANING)
    assert cells(reading) == {
        ("08335043", "neu", "2018"): (930.0, "", "kW"),
        ("08335043", "bestand", "2018"): (15452.0, "", "kW"),
        ("08335043", "neu", "2019"): (None, "not_reported", "kW"),
        ("08335043", "bestand", "2019"): (16353.0, "", "kW"),
    }
    assert reading.meanings == {"neu": "Neu installierte Leistung", "bestand": "Bestand: brutto"}
    assert reading.rows_refused == {"period_unreadable": 1}
    chosen = Choices(place="08335043", description=MEANING)
    assert cells(read_original(SOLAR, "x", chosen)) == cells(reading)
    without = read_original(SOLAR, "x", TOWN)
    assert set(without.observations["unit"]) == {""}
    assert without.observations["value"].dropna().tolist() == [930.0, 15452.0, 16353.0]


def test_columns_about_the_state_and_the_nation_go_there() -> None:
    found = cells(read_original(RATES, "x", TOWN, RATE_MEANING))
    assert found[("08335043", "Arbeitslosenquote", "2025")] == (4.3, "", "%")
    assert found[("08", "Arbeitslosenquote", "2025")][0] == 4.6
    assert found[("DG", "Arbeitslosenquote", "2025")][0] == 6.3


def test_figures_named_in_rows_with_years_and_kinds_in_the_header() -> None:
    assert read_original(BUDGET, "x").refusal == "place_missing"
    reading = read_original(BUDGET, "x", Choices(place="05315000"))
    assert cells(reading) == {
        ("05315000", "01 - Steuern | Ergebnis", "2010"): (1596852249.0, "", ""),
        ("05315000", "01 - Steuern | Plan", "2011"): (-5.0, "", ""),
        ("05315000", "02 = Summe | Ergebnis", "2010"): (0.0, "", ""),
        ("05315000", "02 = Summe | Plan", "2011"): (1000.0, "", ""),
    }


@pytest.mark.parametrize("text", ["", "# Titel\n---\na: b\n---\n", "---\ntitle: x\n"])
def test_a_text_without_such_a_head_describes_nothing(text: str) -> None:
    assert read_companion(text).columns == {}


def test_a_description_is_found_beside_its_table(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    assert companion_of(table) == ""
    (tmp_path / "a.md").write_text("---\n", encoding="utf-8")
    assert companion_of(table) == "---\n"
    assert companion_of(tmp_path / "a.md") == ""


KONSTANZ = {
    "arbeitsmarkt_al_quote": 21, "bevoelkerung_wohnbevoelkerung": 26, "umwelt_abfall_ew": 25,
    "umwelt_luftwerte": 25, "umwelt_solar": 8, "umwelt_stromeinspeisung": 23,
    "umwelt_trinkwasser": 26, "umwelt_verkauf": 24, "verkehr_bus": 26, "verkehr_fahrzeuge": 26,
    "verkehr_konrad": 8, "verkehr_modalsplit": 4, "verkehr_parken": 12, "wirtschaft_tourismus": 22,
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(("name", "seen"), KONSTANZ.items())
def test_tables_of_konstanz(shared_data, name, seen) -> None:
    path = shared_data / "indicators" / "konstanz" / f"{name}.csv"
    content = path.read_bytes()
    assert read_original(content, path.name).refusal == "place_missing"
    reading = read_original(content, path.name, TOWN, companion_of(path))
    assert (reading.rows_seen, reading.outcome, reading.findings) == (seen, "accepted", ())
    assert "08335043" in set(reading.observations["ags"])
    assert reading.meanings


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "label", "period", "value", "unit"),
    [
        ("umwelt_solar", "bestand", "2025", 37760, "kW"),
        ("umwelt_solar", "bestand", "2021", 19000, "kW"),
        ("verkehr_modalsplit", "umwelt", "2007", 59, "%"),
        ("verkehr_modalsplit", "umwelt", "2018", 69, "%"),
        ("verkehr_modalsplit", "umwelt", "2023", 77, "%"),
    ],
)
def test_figures_of_konstanz(shared_data, name, label, period, value, unit) -> None:
    path = shared_data / "indicators" / "konstanz" / f"{name}.csv"
    reading = read_original(path.read_bytes(), path.name, TOWN, companion_of(path))
    assert cells(reading)[("08335043", label, period)] == (value, "", unit)


@pytest.mark.shared
def test_bicycle_counters_of_muenster(shared_data) -> None:
    name = "muenster_radzaehlstellen_monat_2019-01_2026-08.csv"
    reading = read_original((shared_data / "indicators" / name).read_bytes(), name)
    assert (reading.rows_seen, reading.outcome) == (1269, "accepted")
    rows = reading.observations[reading.observations["indicator"].str.startswith("fahrraeder | ")]
    assert rows["indicator"].nunique() == 23
    sums = rows.groupby(["indicator", rows["period"].str[:4]])["value"].sum()
    for counter, year, bicycles in (
        ("Promenade (nördl. Salzstraße)", "2019", 5103270),
        ("Promenade (nördl. Salzstraße)", "2022", 5003094),
        ("Promenade (nördl. Salzstraße)", "2025", 5333836),
        ("Hammer Straße", "2019", 2723934),
        ("Hammer Straße", "2022", 2425392),
        ("Hammer Straße", "2025", 2599754),
        ("Neutor", "2021", 1819444),
        ("Neutor", "2022", 3586503),
    ):
        assert sums[(f"fahrraeder | {counter}", year)] == bicycles


@pytest.mark.shared
def test_budget_of_cologne(shared_data) -> None:
    name = "d05_koeln_gesamtergebnisplan.csv"
    content = (shared_data / "dirty" / name).read_bytes()
    asked = read_original(content, name)
    assert (asked.refusal, asked.rows_seen) == ("place_missing", 26)
    reading = read_original(content, name, Choices(place="05315000"))
    assert (reading.rows_seen, len(reading.observations)) == (26, 26 * 6)
    taxes = "01 - Steuern und ähnliche Abgaben | Ergebnis"
    assert cells(reading)[("05315000", taxes, "2010")][0] == 1596852249


@pytest.mark.shared
def test_quarters_of_hamburg_and_constituencies_are_refused(shared_data) -> None:
    quarters = "d06_hamburg_stadtteilprofile_2014.xlsx"
    reading = read_original((shared_data / "dirty" / quarters).read_bytes(), quarters)
    assert (reading.outcome, reading.refusal) == ("refused", "below_city_level")
    ballots = "d03_bundeswahlleiter_btw2021_strukturdaten.csv"
    reading = read_original((shared_data / "dirty" / ballots).read_bytes(), ballots)
    assert (reading.refusal, reading.rows_seen) == ("constituencies", 316)
    assert "Wahlkreise" in reading.findings[0].sentence("de")
