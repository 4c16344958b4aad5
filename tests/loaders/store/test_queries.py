"""The eight queries, against plain pandas on random observations."""

import threading

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.keys import level_of
from loaders.store import open_store, publish, queries

from .conftest import LEVELS, OBSERVATION_COLUMNS, write_data

KEY = ["ags", "indicator", "period"]
PLACES = ["DG", "07", "073", "07312", "09162", "07312000", "09162000"]
INDICATORS = ["cars", "trees", 'o\'hare "x"']
PERIODS = ["2021", "2022", "2022-12", "2023-06-30"]


@st.composite
def observations(draw):
    """A table of observations with unique keys, some of them without a value."""
    key = st.tuples(*(st.sampled_from(names) for names in (PLACES, INDICATORS, PERIODS)))
    rows = []
    for place, indicator, period in draw(st.lists(key, unique=True, max_size=25)):
        value = draw(st.none() | st.integers(-40, 40).map(lambda quarter: quarter / 4))
        missing = draw(st.sampled_from(["suppressed", "not_reported"])) if value is None else ""
        marks = ("nil" if value == 0 else "", "percent", draw(st.sampled_from(["kba", "city"])))
        rows.append((place, indicator, period, value, missing, *marks))
    return pd.DataFrame(rows, columns=OBSERVATION_COLUMNS).astype({"value": "float64"})


def live_rows(layers: list[pd.DataFrame]) -> pd.DataFrame:
    """What a reader of all layers holds true, by a plain dictionary."""
    known = {}
    for layer in layers:
        for row in layer.to_dict("records"):
            known[tuple(row[name] for name in KEY)] = row
    rows = pd.DataFrame(list(known.values()), columns=OBSERVATION_COLUMNS)
    rows = rows.astype({"value": "float64"})
    return rows.assign(level=[level_of(ags) for ags in rows["ags"]])


def same(found: pd.DataFrame, expected: pd.DataFrame, columns: list[str], by: list[str]) -> None:
    ordered = expected.sort_values(by)[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, ordered, check_dtype=False, rtol=1e-12)


@pytest.fixture(scope="module")
def empty_data(tmp_path_factory):
    header = ",".join(OBSERVATION_COLUMNS) + "\n"
    return write_data(tmp_path_factory.mktemp("empty") / "data", observations=header)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(base=observations(), uploads=st.lists(observations(), max_size=2))
def test_equal_plain_pandas(tmp_path_factory, empty_data, base, uploads):
    folder = tmp_path_factory.mktemp("store")
    header = ",".join(OBSERVATION_COLUMNS) + "\n"
    text = base.to_csv(index=False) if len(base) else header
    store = open_store(folder / "store", write_data(folder / "data", observations=text))
    filled = [upload for upload in uploads if len(upload)]
    for number, upload in enumerate(filled):
        named = {"name": "n", "person": "p", "note": "", "upload_id": str(number)}
        publish(store, "observations", upload, **named)
    expected = live_rows([base, *filled])
    check_slices(store, expected)
    check_series(store, expected)
    check_latest_and_profile(store, expected)
    check_holdings(store, expected)
    same(
        queries.table(store, "observations").sort_values(KEY, ignore_index=True),
        *(expected, OBSERVATION_COLUMNS, KEY),
    )
    store.close()


def check_slices(store, expected):
    for level, indicator in [("district", "cars"), ("municipality", INDICATORS[2])]:
        held = expected[(expected["level"] == level) & (expected["indicator"] == indicator)]
        with_value = held[held["value"].notna()]
        assert queries.periods(store, indicator, level) == sorted(set(with_value["period"]))
        for period in PERIODS[:2]:
            rows = held[held["period"] == period]
            columns = ["ags", "value", "missing", "flag", "unit", "source"]
            same(queries.values(store, indicator, period, level), rows, columns, ["ags"])
            check_statistics(queries.statistics(store, indicator, period, level), rows["value"])


def check_statistics(found, values):
    known = values.dropna().to_numpy(dtype=float)
    assert found.n == len(known)
    shares = (0, 0.25, 0.5, 0.75, 1)
    expected = np.quantile(known, shares) if len(known) else np.full(5, np.nan)
    spread = [found.min, found.q1, found.median, found.q3, found.max]
    np.testing.assert_allclose(spread, expected, rtol=1e-12)


def check_series(store, expected):
    asked = (["cars", INDICATORS[2]], ["07312", "07312000", "DG"])
    wanted = expected["indicator"].isin(asked[0]) & expected["ags"].isin(asked[1])
    columns = [*KEY, "value", "missing", "flag", "unit", "source"]
    same(queries.series(store, *asked), expected[wanted], columns, KEY)


def check_latest_and_profile(store, expected):
    newest_first = expected.sort_values("period", ascending=False)
    known = newest_first[newest_first["value"].notna() & (newest_first["level"] == "district")]
    columns = [*KEY, "value", "unit", "source"]
    newest = known.drop_duplicates(["ags", "indicator"])
    same(queries.latest(store, INDICATORS, "district"), newest, columns, ["ags", "indicator"])
    of_place = newest_first[newest_first["ags"] == "07312"].drop_duplicates("indicator")
    columns = ["indicator", "period", "value", "missing", "flag", "unit", "source"]
    same(queries.profile(store, "07312"), of_place, columns, ["indicator"])


def check_holdings(store, expected):
    found = queries.holdings(store)
    rows = []
    for (indicator, level), held in expected.groupby(["indicator", "level"]):
        known = held[held["value"].notna()]
        rows.append(
            {
                "indicator": indicator,
                "level": level,
                "first_period": known["period"].min() if len(known) else "",
                "last_period": known["period"].max() if len(known) else "",
                "periods": known["period"].nunique(),
                "places": known["ags"].nunique(),
                "values": len(known),
                "missing": len(held) - len(known),
                "sources": ", ".join(sorted(set(held["source"]))),
            }
        )
    columns = list(found.columns)
    same(found, pd.DataFrame(rows, columns=columns), columns, ["indicator", "level"])
    counts = ["periods", "places", "values", "missing"]
    assert (found[counts].dtypes == "int64").all()


def test_levels_are_those_of_the_keys(store):
    places = {level: queries.latest(store, ["cars", "trees"], level)["ags"] for level in LEVELS}
    assert {level: list(found) for level, found in places.items()} == {
        "nation": ["DG"],
        "state": [],
        "region": [],
        "district": ["07312"],
        "municipality": ["07312000"],
    }


def test_asking_for_the_unknown_gives_empty_tables_with_columns(store):
    assert list(queries.values(store, "ships", "2023", "district").columns) == [
        *("ags", "value", "missing", "flag", "unit", "source")
    ]
    assert queries.series(store, [], []).empty
    assert queries.profile(store, "99999").empty
    assert queries.periods(store, "ships", "district") == []
    assert queries.statistics(store, "ships", "2023", "district").n == 0


def test_words_of_a_query_stay_words(store):
    asked = "cars' OR '1'='1"
    assert queries.values(store, asked, "2023", "district").empty
    assert queries.periods(store, "$level", "district") == []
    assert queries.profile(store, "07312'; DROP VIEW x; --").empty
    assert len(queries.profile(store, "07312")) == 1


def test_queries_read_the_version_asked_for(store):
    before = store.version()
    row = {"ags": "07312", "indicator": "cars", "period": "2024", "value": 20.0}
    rest = {"missing": "", "flag": "", "unit": "percent", "source": "kba"}
    named = {"name": "n", "person": "p", "note": "", "upload_id": "1"}
    publish(store, "observations", pd.DataFrame([row | rest]), **named)
    for version, period, count in [(None, "2024", 3), (before, "2023", 2)]:
        held = queries.holdings(store, version).set_index(["indicator", "level"])
        assert held.loc[("cars", "district"), "values"] == count
        assert queries.periods(store, "cars", "district", version)[-1] == period
        assert queries.profile(store, "07312", version)["period"].tolist() == [period]
        assert queries.latest(store, ["cars"], "district", version)["period"].tolist() == [period]
        assert len(queries.series(store, ["cars"], ["07312"], version)) == count
        assert len(queries.values(store, "cars", "2024", "district", version)) == count - 2
        assert queries.statistics(store, "cars", "2024", "district", version).n == count - 2
        assert len(queries.table(store, "observations", version)) == count + 3


def test_many_threads_may_ask_one_store_while_one_publishes(store):
    faults, expected = [], queries.profile(store, "07312")

    def ask():
        try:
            for _ in range(10):
                assert queries.profile(store, "07312").equals(expected)
                assert len(queries.values(store, "cars", "2023", "district")) == 2
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for turn in range(5):
        row = {"ags": "09162", "indicator": "ships", "period": str(2000 + turn), "value": 1.0}
        named = {"name": "n", "person": "p", "note": "", "upload_id": str(turn)}
        publish(store, "observations", pd.DataFrame([row]), **named)
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(queries.periods(store, "ships", "district")) == 5
