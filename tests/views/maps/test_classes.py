import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.maps.choropleth import breaks_of, coloured, readings, value_legend
from views.maps.classes import (
    METHODS,
    breaks_around,
    class_limits,
    class_of,
    equal_breaks,
    natural_breaks,
    own_breaks,
    quantile_breaks,
)
from views.maps.description import MISSING_CODES

NUMBERS = st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), max_size=60).map(np.array)


def test_quantiles_put_as_many_places_in_each_class():
    values = np.arange(100, dtype=float)
    breaks = quantile_breaks(values, 4)
    assert breaks.tolist() == [24.75, 49.5, 74.25]
    assert np.bincount(class_of(values, breaks)).tolist() == [25, 25, 25, 25]


def test_equal_classes_span_as_much():
    breaks = equal_breaks(np.array([0.0, 1.0, 2.0, 80.0, np.nan]), 4)
    assert breaks.tolist() == [20.0, 40.0, 60.0]


def test_natural_breaks_part_where_the_gaps_are():
    values = np.array([1, 2, 3, 11, 12, 13, 51, 52, np.nan], dtype=float)
    assert natural_breaks(values, 3).tolist() == [11.0, 51.0]
    assert np.bincount(class_of(values[:-1], natural_breaks(values, 3))).tolist() == [3, 3, 2]


def test_natural_breaks_have_the_least_squares_within_classes():
    values = np.random.default_rng(4).lognormal(3, 1, 40).round(1)
    within = spread_within(values, natural_breaks(values, 3))
    ordered = np.unique(values)
    every = (
        spread_within(values, [ordered[i], ordered[j]])
        for i in range(1, len(ordered))
        for j in range(i + 1, len(ordered))
    )
    assert within == pytest.approx(min(every))


def spread_within(values, breaks):
    classes = class_of(values, breaks)
    return sum(
        np.sum((part - part.mean()) ** 2) for k in set(classes) if len(part := values[classes == k])
    )


def test_own_breaks_outside_of_the_values_fall_away():
    values = np.array([1.0, 5.0, 9.0])
    assert own_breaks([0, 4, 9, 20], values).tolist() == [4.0, 9.0]
    assert own_breaks([4], np.array([np.nan])).size == 0


def test_breaks_around_a_reference_hold_it_and_part_both_sides():
    values = np.array([-4, -3, -2, -1, 1, 2, 3, 40], dtype=float)
    assert breaks_around(0, values, "quantiles", 4, 1).tolist() == [-2.5, 0.0, 2.5]


@pytest.mark.parametrize("method", sorted(METHODS))
def test_breaks_around_without_values_on_one_side_are_those_of_the_other(method):
    breaks = breaks_around(0, np.array([1.0, 2.0, 3.0, 8.0]), method, 4, 1)
    assert 0 not in breaks.tolist()
    assert breaks.min() > 1


def test_many_equal_values_give_fewer_classes():
    values = np.array([0.0] * 90 + list(range(1, 11)))
    breaks = quantile_breaks(values, 5)
    assert set(class_of(values, breaks)) == set(range(len(breaks) + 1))
    assert quantile_breaks(np.array([3.0, 3.0]), 5).tolist() == []


def test_break_belongs_to_the_class_above():
    assert class_of(np.array([1.9, 2.0, np.nan]), [2.0]).tolist() == [0, 1, -1]


def test_nothing_known_gives_no_class():
    empty = np.array([np.nan, np.nan])
    assert quantile_breaks(empty, 5).size == 0
    assert class_limits(empty, np.array([])) == []


@given(values=NUMBERS, count=st.integers(1, 7), method=st.sampled_from(sorted(METHODS)))
def test_every_value_lies_within_the_limits_of_its_class(values, count, method):
    breaks = METHODS[method](values, count, 1)
    limits = class_limits(values, breaks)
    assert len(limits) <= count
    for value, number in zip(values, class_of(values, breaks), strict=True):
        if np.isfinite(value):
            low, high = limits[number]
            assert low <= value <= high
        else:
            assert number == -1


KEYS = ("01001", "01002", "01003", "01004", "01051")


def table(**changes):
    data = {
        "ags": ["01002", "01001", "01003", "01004", "99999"],
        "value": [20.04, 10.0, np.nan, 30.0, 5.0],
        "missing": ["", "", "suppressed", "", ""],
    }
    return pd.DataFrame({**data, **changes})


def test_values_follow_the_order_of_the_outlines():
    values = coloured(readings(KEYS, table(), 1), np.array([15.0, 25.0]))
    suppressed, no_row = MISSING_CODES["suppressed"], MISSING_CODES["no_row"]
    assert values.codes.tolist() == [0, 1, suppressed, 2, no_row]
    assert values.numbers.tolist()[:2] == [10.0, 20.0]
    assert np.isnan(values.numbers).tolist() == [False, False, True, False, True]


def test_place_without_outline_is_told_not_dropped():
    assert readings(KEYS, table(), 1).without_outline == ("99999",)


def test_missing_without_a_kind_is_not_reported_never_zero():
    values = coloured(readings(KEYS, table(missing=[""] * 5), 1), np.array([15.0]))
    assert values.codes[2] == MISSING_CODES["not_reported"]


def test_class_follows_the_number_as_it_is_read():
    # 14.96 is read as 15.0, so it must stand in the class that begins at 15.0.
    rows = pd.DataFrame({"ags": ["01001"], "value": [14.96], "missing": [""]})
    values = coloured(readings(("01001",), rows, 1), np.array([15.0]))
    assert values.codes.tolist() == [1]


def test_place_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="01002"):
        readings(KEYS, pd.concat([table(), table()]), 1)


def test_legend_names_every_class_and_only_the_missing_that_occur():
    frame = table()
    breaks = breaks_of(frame["value"], "quantiles", 2, 1)
    values = coloured(readings(KEYS, frame, 1), breaks)
    words = {kind: f"no value: {kind}" for kind in MISSING_CODES}
    rows = value_legend(values, breaks, lambda low, high, last: f"{low}-{high}-{last}", words)
    assert [(row.kind, row.label) for row in rows] == [
        ("class", "10.0-15.0-False"),
        ("class", "15.0-30.0-True"),
        ("missing", "no value: suppressed"),
        ("missing", "no value: no_row"),
    ]
