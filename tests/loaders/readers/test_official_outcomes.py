"""Every official original: rows seen, rows placed, signs for missing values, findings."""

from collections import Counter

import pytest

from loaders.readers.reading import Choices
from loaders.readers.registry import read_original

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
def test_indicator_files(shared_data, name, period, format_name, seen, refused, missing) -> None:
    content = (shared_data / "indicators" / name).read_bytes()
    reading = read_original(content, "unnamed", Choices(period=period))
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
def test_reference_files(shared_data, name, seen, municipalities) -> None:
    reading = read_original((shared_data / "reference" / name).read_bytes(), name)
    assert reading.rows_seen == seen
    towns = reading.observations[reading.observations["level"] == "municipality"]
    assert towns["ags"].nunique() == municipalities


@pytest.mark.shared
def test_incomes_have_a_label_per_sheet(shared_data) -> None:
    name = "vgrdl_r2b3_bs2024_einkommen_kreise_1995-2023.xlsx"
    reading = read_original((shared_data / "indicators" / name).read_bytes(), name)
    rows = reading.observations
    assert rows.groupby("source")["indicator"].nunique().to_dict() == dict.fromkeys(
        ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3"], 1
    )
    assert not rows.duplicated(["ags", "indicator", "period"]).any()
    assert set(rows[rows["source"] == "3"]["indicator"]) == {"Einwohnerinnen und Einwohner"}


@pytest.mark.shared
def test_the_atlas_keeps_its_classes_and_misses_in_sight(shared_data) -> None:
    name = "deutschlandatlas_daten_2026-04-22.xlsx"
    reading = read_original((shared_data / "indicators" / name).read_bytes(), name)
    rows = reading.observations
    classes = rows[rows["flag"].str.startswith("class: ")].groupby("indicator").size()
    assert classes.tolist() == [400, 400]
    districts = rows[(rows["source"] == "KRS1222") & (rows["level"] == "district")]
    assert districts["ags"].nunique() == 400
    assert not rows.duplicated(["ags", "indicator", "period"]).any()
