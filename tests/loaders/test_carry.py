"""Carrying official figures: rules on small files, and hand-checked values of what ships."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from loaders.carry import Places, PlanMismatch, carry, plain_number
from loaders.carry_derived import derive

FILES = Path(__file__).parent / "readers" / "files"


@pytest.fixture
def folders(tmp_path: Path, data_folder: Path) -> tuple[Path, Path]:
    """A folder of small originals and a data folder with the shipped catalogue."""
    originals, data = tmp_path / "originals", tmp_path / "data"
    (originals / "indicators").mkdir(parents=True)
    (data / "catalogue").mkdir(parents=True)
    for name in ("genesis_dates_in_header", "genesis_date_first", "inkar_long"):
        path = FILES / f"{name}.csv"
        (originals / "indicators" / path.name).write_bytes(path.read_bytes())
    (originals / "indicators" / "readme.txt").write_text("Hallo Welt\n")
    for name in ("indicators", "sources", "districts", "municipalities", "participations"):
        path = data_folder / "catalogue" / f"{name}.csv"
        (data / "catalogue" / path.name).write_bytes(path.read_bytes())
    return originals, data / "observations"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_only_places_of_today_are_carried_and_the_rest_is_counted(folders) -> None:
    report = carry(*folders)
    carried = rows(folders[1] / "destatis_12411_0015.csv")
    assert {row["ags"] for row in carried} == {"07312", "14713"}
    assert [row["period"] for row in carried if row["ags"] == "14713"] == [
        "2008-12-31", "2009-12-31",
    ]  # fmt: skip
    # three cells of the dissolved 14365, and 16056 among the cars
    assert report.left_out["no place of today"] == 4
    assert report.left_out["district did not exist then"] == 1


def test_a_file_nobody_can_read_is_named(folders) -> None:
    assert carry(*folders).unknown == {"readme.txt": "format_unknown"}


def test_hamburg_as_a_state_also_stands_as_a_district(folders) -> None:
    carry(*folders)
    cars = rows(folders[1] / "regionalstatistik_46251_01_02_4.csv")
    hamburg = {row["ags"]: (row["value"], row["flag"]) for row in cars if row["ags"][:2] == "02"}
    assert hamburg == {"02": ("789000", ""), "02000": ("789000", "from_state")}


def test_two_runs_give_equal_bytes(folders) -> None:
    carry(*folders)
    first = {path.name: path.read_bytes() for path in folders[1].glob("*.csv")}
    carry(*folders)
    assert {path.name: path.read_bytes() for path in folders[1].glob("*.csv")} == first
    assert "inkar_2025_bavaria.csv" in first


def test_a_plan_without_its_source_is_our_fault_and_raises(folders) -> None:
    sources = folders[1].parent / "catalogue" / "sources.csv"
    lines = sources.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("vgrdl_r2b3_2024,")]
    sources.write_text("".join(kept), encoding="utf-8")
    with pytest.raises(PlanMismatch, match="vgrdl_r2b3_2024"):
        carry(*folders)


def test_a_missing_folder_raises(tmp_path: Path, folders) -> None:
    with pytest.raises(FileNotFoundError):
        carry(tmp_path / "nowhere", folders[1])


def observation(ags: str, indicator: str, period: str, value: float, flag: str = "") -> dict:
    return {
        "ags": ags, "indicator": indicator, "period": period, "value": value,
        "missing": "", "flag": flag, "unit": "", "source": "s",
    }  # fmt: skip


def test_rates_are_computed_by_hand_checked_rules() -> None:
    table = pd.DataFrame(
        [
            observation("01059", "cars", "2019-01-01", 126_000),
            observation("01059", "population", "2018-12-31", 200_000),
            observation("01059", "population", "2023-12-31", 210_000),
            observation("01059", "area_km2", "2023-12-31", 2_000),
            observation("16063", "population", "2018-12-31", 120_000, "old_territory"),
            observation("16063", "population", "2023-12-31", 158_000),
            observation("02", "cars", "2019-01-01", 5),
        ]
    )
    units = {"cars_per_1000": "per_1000_persons", "population_density": "persons_per_km2",
             "population_development_5y": "percent_per_year"}  # fmt: skip
    result = derive(table, units).iloc[len(table) :]
    found = {(r.ags, r.indicator, r.period): (r.value, r.flag, r.unit) for r in result.itertuples()}
    assert found == {
        ("01059", "cars_per_1000", "2019-01-01"): (630.0, "derived", "per_1000_persons"),
        ("01059", "population_density", "2023-12-31"): (105.0, "derived", "persons_per_km2"),
        # fifth root of 1.05 is 1.00981
        ("01059", "population_development_5y", "2023-12-31"): (0.98, "derived", "percent_per_year"),
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (28452.123456789, "28452.123457")],
)
def test_numbers_are_written_plainly(value: float, text: str) -> None:
    assert plain_number(value) == text


def test_a_missing_value_is_written_empty() -> None:
    assert plain_number(float("nan")) == ""


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    folder = Path(__file__).resolve().parents[2] / "data" / "observations"
    parts = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in folder.glob("*.csv")]
    return pd.concat(parts, ignore_index=True)


def catalogue(data_folder: Path, name: str) -> list[dict[str, str]]:
    return rows(data_folder / "catalogue" / f"{name}.csv")


@pytest.mark.parametrize(
    ("ags", "indicator", "period", "value"),
    [
        ("14713", "population", "2009-12-31", "518862"),
        ("14713000", "population", "2021-12-31", "601866"),
        ("02", "population_density", "2019", "2446.4"),
        ("02000", "population_density", "2019", "2446.4"),
        ("02000", "cars", "2012-01-01", "731283"),
        ("01059", "cars_per_1000", "2019-01-01", "628.6"),
        ("01059", "cars_per_1000", "2024", "650"),
        ("16053", "unemployment_rate", "2025", "6.1"),
        ("09162", "charging_points_per_100000", "2024", "195.13"),
        ("09162", "charging_points_per_100000", "2021", "101.87"),
        ("08222", "pv_installed_kw", "2023", "84931"),
        ("08222", "household_income_per_inhabitant", "2023", "26852.8"),
        ("02000", "households_50_mbit_until_2018", "2010", "75"),
        ("01059", "households_1000_mbit_wired_until_2021", "2021-06", "46.07"),
        ("01001000", "tax_capacity_per_inhabitant", "2023", "1520"),
        ("14713000", "population_census_2022", "2022-05-15", "598899"),
        ("02", "population_census_2022", "2022-05-15", "1808846"),
        ("02000", "charging_points", "2021-11-01", "1307"),
        ("05515000", "bicycles_counted", "2019", "18804365"),
        ("08335043", "share_green_mobility", "2023", "77"),
        ("08335043", "pv_added_kw", "2025", "5252"),
    ],
)
def test_shipped_values_equal_the_hand_checked_ones(shipped, ags, indicator, period, value) -> None:
    hit = shipped[
        (shipped["ags"] == ags)
        & (shipped["indicator"] == indicator)
        & (shipped["period"] == period)
    ]
    assert hit["value"].astype(float).round(1 if "income" in indicator else 2).tolist() == [
        pytest.approx(float(value), abs=0.5 if indicator == "pv_installed_kw" else 1e-9)
    ]


def test_points_commissioned_add_up_to_the_stock_of_the_register(shipped) -> None:
    stock = shipped[
        (shipped["indicator"] == "charging_points") & (shipped["period"] == "2021-11-01")
    ]
    by_year = shipped[shipped["indicator"] == "charging_points_commissioned"]
    sums = by_year["value"].astype(float).groupby(by_year["ags"]).sum()
    assert sums.to_dict() == dict(zip(stock["ags"], stock["value"].astype(float), strict=True))
    assert sums.sum() == 45456
    assert "16056" not in sums.index


def test_leipzig_without_a_survey_is_missing_and_not_zero(shipped) -> None:
    leipzig = shipped[
        (shipped["ags"] == "14713") & (shipped["indicator"] == "households_50_mbit_until_2018")
    ].sort_values("period")
    early = leipzig[leipzig["period"] <= "2014"]
    assert early["period"].tolist() == ["2010", "2011", "2012", "2013", "2014"]
    assert set(early["value"]) == {""}
    assert set(early["missing"]) == {"not_reported"}
    assert set(early["flag"]) == {"zero_means_no_data"}


def test_a_dash_after_values_is_a_gap_and_not_a_place_that_did_not_exist(shipped) -> None:
    goettingen = shipped[(shipped["ags"] == "03159") & (shipped["indicator"] == "population")]
    states = dict(zip(goettingen["period"], goettingen["missing"], strict=True))
    assert states["2018-12-31"] == "not_reported"
    assert "2015-12-31" not in states


def test_a_value_or_a_reason_never_both_never_neither(shipped) -> None:
    has_value, has_reason = shipped["value"] != "", shipped["missing"] != ""
    assert (has_value ^ has_reason).all()


def test_keys_are_unique_and_places_are_of_today(shipped, data_folder) -> None:
    assert not shipped.duplicated(["ags", "indicator", "period"]).any()
    places = Places.of_catalogue(data_folder / "catalogue")
    assert [ags for ags in shipped["ags"].unique() if not places.knows(ags)] == []


def test_unit_and_source_are_those_of_the_catalogue(shipped, data_folder) -> None:
    units = {row["indicator_id"]: row["unit"] for row in catalogue(data_folder, "indicators")}
    assert (shipped["indicator"].map(units) == shipped["unit"]).all()
    sources = {row["source_id"] for row in catalogue(data_folder, "sources")}
    assert set(shipped["source"]) == sources


def test_there_are_enough_indicators_and_series(shipped, data_folder) -> None:
    known = {row["indicator_id"] for row in catalogue(data_folder, "indicators")}
    assert set(shipped["indicator"]) == known
    assert len(known) >= 60
    periods = shipped.groupby(["indicator", "ags"])["period"].nunique()
    is_series = periods.groupby("indicator").median() >= 2
    assert int(is_series.sum()) >= 20


def test_similarity_variables_hold_a_value_for_nearly_every_place(shipped, data_folder) -> None:
    by_variable = {
        row["similarity"]: row["indicator_id"]
        for row in catalogue(data_folder, "indicators")
        if row["similarity"]
    }
    values = shipped[shipped["value"] != ""]
    held = {
        (variable, length): values[
            (values["indicator"] == indicator) & (values["ags"].str.len() == length)
        ]["ags"].nunique()
        for variable, indicator in by_variable.items()
        for length in (5, 8)
    }
    for variable in ("population", "population_density", "share_65_plus", "unemployment_rate"):
        assert held[(variable, 5)] == 400
    # Wartburgkreis grew in 2021, Göttingen has no population at the end of 2018 in the source
    assert held[("population_development", 5)] == 398
    for variable in ("population", "population_density", "population_development",
                     "tax_capacity", "employment_rate"):  # fmt: skip
        assert held[(variable, 8)] > 10_700


def test_structural_indicators_alone_feed_similarity(data_folder) -> None:
    kinds = {row["kind"] for row in catalogue(data_folder, "indicators") if row["similarity"]}
    assert kinds == {"structural"}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_indicator_and_unit_has_a_name_and_indicators_a_sentence(data_folder, lang) -> None:
    words = {
        (row["vocabulary"], row["word_id"]): row for row in rows(data_folder / f"names/{lang}.csv")
    }
    for row in catalogue(data_folder, "indicators"):
        assert words[("indicator", row["indicator_id"])]["explanation"].endswith(".")
        assert words[("unit", row["unit"])]["word"]
        assert words[("theme", row["theme"])]["word"]
