"""Every official original: rows seen, rows placed, signs for missing values, findings."""

from collections import Counter

import pandas as pd
import pytest

REGIONAL = "regionalstatistik_"
# file, period to state, format, rows seen, rows refused, missing values of placed rows
OUTCOMES = [
    ("destatis_12411-0015_bevoelkerung_kreise_1995-2018.csv", "", "genesis_table", 476, {},
     {"not_applicable": 1272}),
    # 2,226 dashes and 525 x; 4,871 dots of which 864 stand in rows of boroughs
    ("regionalatlas_AI002-1_bevoelkerung_kreise_2008-2019.csv", "", "genesis_table", 6456,
     {"borough": 144}, {"not_applicable": 2226 + 525, "suppressed": 4871 - 864}),
    # 3,965 dashes of which 480, and all 60 dots, stand in rows of boroughs
    (f"{REGIONAL}46251-01-02-4_kfz_kreise_2012-2020.csv", "", "genesis_table", 4842,
     {"borough": 108}, {"not_applicable": 3965 - 480}),
    (f"{REGIONAL}13211-02-05-4_arbeitslose_kreise_2015-2020.csv", "", "genesis_table", 3228,
     {"borough": 72}, None),
    (f"{REGIONAL}13211-02-05-4_arbeitslose_kreise_2023.csv", "", "genesis_table", 539, None, None),
    (f"{REGIONAL}13211-02-05-4_arbeitslose_kreise_2025.csv", "", "genesis_table", 538, None, None),
    ("inkar2025_kreise_bayern_2010-2025_auszug.csv", "", "inkar_long", 43864, {}, {}),
    ("inkar_kreise_2017.xls", "", "inkar_wide", 401, {}, {"not_reported": 2}),
    ("breitbandatlas_kreise_privat_2018_2.csv", "2018-12", "breitbandatlas_csv", 402, {}, {}),
    ("breitbandatlas_kreise_privat_2019_1.csv", "2019-06", "breitbandatlas_csv", 402, {}, None),
    ("breitbandatlas_kreise_privat_2019_2.csv", "2019-12", "breitbandatlas_csv", 402, {},
     {"not_reported": 4422}),
    ("breitbandatlas_kreise_privat_2020_1.csv", "2020-06", "breitbandatlas_csv", 402, {}, None),
    ("breitbandatlas_kreise_privat_2020_2.csv", "2020-12", "breitbandatlas_csv", 402, {}, None),
    ("breitbandatlas_kreise_privat_2021_1.csv", "2021-06", "breitbandatlas_csv", 402, {}, None),
    ("breitbandatlas_verf_privat_alle_2010_2018.xls", "", "breitbandatlas_workbook",
     16 + 401 + 11127, {}, None),
    ("mastr_localzero_gemeinden_datei-2018.csv", "2020", "marktstammdatenregister", 10798, {}, {}),
    ("mastr_localzero_gemeinden_datei-2021.csv", "2021", "marktstammdatenregister", 11323, {}, {}),
    ("mastr_localzero_gemeinden_datei-2024.csv", "2023", "marktstammdatenregister", 11098, {}, {}),
    ("destatis_31122017_Auszug_GV.xlsx", "", "municipal_register", 11137,
     {"special_territory": 2}, {}),
    ("destatis_31122021_Auszug_GV.xlsx", "", "municipal_register", 10997,
     {"special_territory": 3}, {}),
]  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "period", "format_name", "seen", "refused", "missing"),
    OUTCOMES,
    ids=[case[0] for case in OUTCOMES],
)
def test_indicator_files(official, name, period, format_name, seen, refused, missing) -> None:
    reading = official(f"indicators/{name}", period)
    assert (reading.format, reading.rows_seen) == (format_name, seen)
    if refused is not None:
        assert reading.rows_refused == refused
    if missing is not None:
        counted = Counter(reading.observations["missing"])
        assert {kind: n for kind, n in counted.items() if kind} == missing
    assert reading.outcome in ("accepted", "partly_usable")
    for finding in reading.findings:
        words = finding.sentence("de") + finding.advice("en")
        assert "{" not in words


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "seen", "municipalities"),
    [
        ("destatis_31122023_Auszug_GV.xlsx", 10981, 10978),
        ("destatis_04-kreise_2023-12-31.xlsx", 400, 0),
    ],
)
def test_reference_files(official, name, seen, municipalities) -> None:
    reading = official(f"reference/{name}")
    assert reading.rows_seen == seen
    towns = reading.observations[reading.observations["level"] == "municipality"]
    assert towns["ags"].nunique() == municipalities


@pytest.mark.shared
def test_incomes_have_a_label_per_sheet(official) -> None:
    name = "vgrdl_r2b3_bs2024_einkommen_kreise_1995-2023.xlsx"
    reading = official(f"indicators/{name}")
    rows = reading.observations
    assert rows.groupby("source")["indicator"].nunique().to_dict() == dict.fromkeys(
        ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3"], 1
    )
    assert not rows.duplicated(["ags", "indicator", "period"]).any()
    assert set(rows[rows["source"] == "3"]["indicator"]) == {"Einwohnerinnen und Einwohner"}


@pytest.mark.shared
def test_the_atlas_keeps_its_classes_and_misses_in_sight(official) -> None:
    name = "deutschlandatlas_daten_2026-04-22.xlsx"
    reading = official(f"indicators/{name}")
    rows = reading.observations
    classes = rows[rows["flag"].str.startswith("class: ")].groupby("indicator").size()
    assert classes.tolist() == [400, 400]
    districts = rows[(rows["source"] == "KRS1222") & (rows["level"] == "district")]
    assert districts["ags"].nunique() == 400
    assert not rows.duplicated(["ags", "indicator", "period"]).any()


INCOME = (
    "Verfügbares Einkommen der privaten Haushalte einschl. der privaten Organisationen ohne "
    "Erwerbszweck je Einwohnerin bzw. Einwohner"
)
RATE = "Arbeitslosenquote bez. auf alle zivile Erwerbsp."
WIRED = "verf_100_1000"
# file, period to state, label, period of the values, value by key
VALUES = [
    (f"indicators/{REGIONAL}13211-02-05-4_arbeitslose_kreise_2015-2020.csv", "", RATE, "2015",
     {"02": 7.4, "14713": 9.6, "08222": 6.0, "16053": 6.9}),
    (f"indicators/{REGIONAL}13211-02-05-4_arbeitslose_kreise_2015-2020.csv", "", RATE, "2020",
     {"02": 7.6, "14713": 7.5, "08222": 7.2, "16053": 5.8}),
    (f"indicators/{REGIONAL}13211-02-05-4_arbeitslose_kreise_2023.csv", "", RATE, "2023",
     {"02": 7.4, "14713": 7.1, "08222": 7.2, "16053": 5.6}),
    (f"indicators/{REGIONAL}13211-02-05-4_arbeitslose_kreise_2025.csv", "", RATE, "2025",
     {"02": 8.3, "14713": 8.5, "08222": 7.9, "16053": 6.1}),
    ("indicators/vgrdl_r2b3_bs2024_einkommen_kreise_1995-2023.xlsx", "", INCOME, "2023",
     {"08222": 26852.8, "14713": 23682.8, "01001": 23714.5, "02": 29620.4}),
    ("indicators/breitbandatlas_kreise_privat_2018_2.csv", "2018-12", WIRED, "2018-12",
     {"02000": 87.00, "14713": 74.00, "08222": 89.00, "16053": 1.00, "01059": 26.62}),
    ("indicators/breitbandatlas_kreise_privat_2021_1.csv", "2021-06", WIRED, "2021-06",
     {"02000": 96.51, "14713": 81.74, "08222": 97.34, "16053": 18.22, "01059": 46.07}),
    # three years of the same publication, named wrongly by its file names
    ("indicators/mastr_localzero_gemeinden_datei-2018.csv", "2020", "pv", "2020",
     {"08222000": 52241, "02000000": 55795, "14713000": 78479, "08335043": 17394, "DG": 52.2e6}),
    ("indicators/mastr_localzero_gemeinden_datei-2021.csv", "2021", "pv", "2021",
     {"08222000": 68948, "02000000": 64979, "14713000": 120209, "08335043": 19138, "DG": 60.1e6}),
    ("indicators/mastr_localzero_gemeinden_datei-2024.csv", "2023", "pv", "2023",
     {"08222000": 84931, "02000000": 127025, "14713000": 185178, "08335043": 26676, "DG": 81.9e6}),
    ("indicators/destatis_31122021_Auszug_GV.xlsx", "", "population", "2021-12-31",
     {"08335043": 84736, "14713000": 601866}),
    ("indicators/deutschlandatlas_daten_2026-04-22.xlsx", "", "auto", "2024",
     {"02000": 425.7, "08222": 498, "05515": 470.4, "01059": 650, "10046": 725.6}),
    ("indicators/deutschlandatlas_daten_2026-04-22.xlsx", "", "eauto", "2025",
     {"02000": 4.39, "08222": 3.63, "09162": 5.28}),
    ("indicators/destatis_12411-0015_bevoelkerung_kreise_1995-2018.csv", "",
     "Bevölkerungsstand", "2008-12-31", {"14713": 515469}),
    ("indicators/regionalatlas_AI002-1_bevoelkerung_kreise_2008-2019.csv", "",
     "Bevölkerungsdichte (EW je qkm)", "2019", {"02": 2446.4, "14713": 1991.8}),
    (f"indicators/{REGIONAL}46251-01-02-4_kfz_kreise_2012-2020.csv", "",
     "Kraftfahrzeugarten | Insgesamt", "2012-01-01", {"02": 841862, "14713": 226527}),
    (f"indicators/{REGIONAL}46251-01-02-4_kfz_kreise_2012-2020.csv", "",
     "Kraftfahrzeugarten | Pkw", "2012-01-01", {"02": 731283, "14713": 200054}),
    ("indicators/destatis_31122017_Auszug_GV.xlsx", "", "population", "2017-12-31",
     {"08335043": 84441, "14713000": 581980}),
    ("indicators/inkar2025_kreise_bayern_2010-2025_auszug.csv", "", "q_ladepunkte", "2021",
     {"09162": 101.87}),
    ("indicators/deutschlandatlas_daten_2026-04-22.xlsx", "", "elade", "2024",
     {"02000": 148.63, "08222": 141.34, "09162": 195.13}),
    ("dirty/d08_regionalstatistik_12111-31-01-4_haushalte_2011.csv", "",
     "Private Haushalte | Haushalte mit ... Personen | Insgesamt", "2011-05-09",
     {"14713": 283622, "01002": 127889}),
]  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "stated", "label", "period", "values"),
    VALUES,
    ids=[f"{case[0].split('/')[1]}-{case[3]}" for case in VALUES],
)
def test_hand_checked_values(official, path, stated, label, period, values) -> None:
    reading = official(path, stated)
    rows = reading.observations
    rows = rows[(rows["indicator"] == label) & (rows["period"] == period)]
    found = dict(zip(rows["ags"], rows["value"], strict=True))
    for ags, value in values.items():
        # totals of the nation are stated in GW with one decimal, counts as whole numbers
        tolerance = 5e4 if value > 1e7 else 0.51 if value > 10_000 else 0.006
        assert found[ags] == pytest.approx(value, abs=tolerance), ags


RATES = f"{REGIONAL}13211-02-05-4_arbeitslose_kreise_"
# file, period to state, label, period of the values, districts of today with a value
COVERAGE = [
    (f"{RATES}2015-2020.csv", "", RATE, "2015", 397),
    (f"{RATES}2015-2020.csv", "", RATE, "2020", 398),
    (f"{RATES}2025.csv", "", RATE, "2025", 398),
    ("breitbandatlas_kreise_privat_2021_1.csv", "2021-06", WIRED, "2021-06", 399),
    ("mastr_localzero_gemeinden_datei-2021.csv", "2021", "pv", "2021", 400),
    ("mastr_localzero_gemeinden_datei-2024.csv", "2023", "pv", "2023", 400),
    ("mastr_localzero_gemeinden_datei-2018.csv", "2020", "pv", "2020", 106),
    ("vgrdl_r2b3_bs2024_einkommen_kreise_1995-2023.xlsx", "", INCOME, "2023", 398),
]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "stated", "label", "period", "districts"),
    COVERAGE,
    ids=[f"{case[0]}-{case[3]}" for case in COVERAGE],
)
def test_districts_of_today_with_a_value(
    official, data_folder, name, stated, label, period, districts
) -> None:
    reading = official(f"indicators/{name}", stated)
    rows = reading.observations
    rows = rows[(rows["indicator"] == label) & (rows["period"] == period) & rows["value"].notna()]
    today = pd.read_csv(data_folder / "catalogue" / "districts.csv", dtype=str)["ags"]
    # Hamburg and Berlin stand in tables of the Regionaldatenbank as states only
    # and the register of power plants names district-free cities by their municipality
    assert (today.isin(rows["ags"]) | (today + "000").isin(rows["ags"])).sum() == districts


@pytest.mark.shared
def test_signs_that_mean_no_value_are_never_zero(official) -> None:
    speeds = official("indicators/breitbandatlas_verf_privat_alle_2010_2018.xls").observations
    leipzig = speeds[(speeds["ags"] == "14713") & (speeds["indicator"] == "verf_300_2")]
    early = leipzig[leipzig["period"] <= "2014"]
    assert set(early["missing"]) == {"not_reported"}
    assert leipzig[leipzig["period"] == "2018"]["value"].notna().all()
    beds = official("indicators/inkar_kreise_2017.xls").observations
    missing = beds[beds["missing"] != ""]
    assert set(missing["ags"]) == {"09573", "16068"}
    dots = official("indicators/vgrdl_r2b3_bs2024_einkommen_kreise_1995-2023.xlsx").observations
    per_head = dots[(dots["source"] == "2.4") & (dots["level"] == "district")]
    assert (per_head["missing"] == "not_reported").sum() == 340


@pytest.mark.shared
def test_levels_of_the_excerpt_of_inkar(official) -> None:
    name = "inkar2025_kreise_bayern_2010-2025_auszug.csv"
    rows = official(f"indicators/{name}").observations
    levels = rows.groupby("level", observed=True)["ags"].nunique().to_dict()
    assert {name: n for name, n in levels.items() if n} == {"district": 96, "region": 7, "state": 1}
    assert rows["indicator"].nunique() == 41


@pytest.mark.shared
def test_destroyed_umlauts_are_counted(official) -> None:
    name = "d08_regionalstatistik_12111-31-01-4_haushalte_2011.csv"
    reading = official(f"dirty/{name}")
    damage = [f.details["count"] for f in reading.findings if f.code == "text_destroyed"]
    assert damage == ["106"]
