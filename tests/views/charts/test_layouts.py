"""Where marks stand: boards, timelines and networks lose nothing and lie apart."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from views.charts.board import PER_ROW, BoardLane, BoardMark, board_figure
from views.charts.incidence import StepLine, steps_figure
from views.charts.marks import MarkStyle
from views.charts.matrix import MatrixCell, matrix_figure
from views.charts.network import Hub, Taker, layout_of, network_figure
from views.charts.ranges import RangeRow, counted_figure, spans_figure
from views.charts.timeline import TimeAxis, TimeEvent, TimeRow, timeline_figure
from views.theme import palette

COLOURS = palette("light")
STYLES = {"a": MarkStyle("A", "#112233", "circle"), "b": MarkStyle("A", "#112233", "circle", False)}


def hub(key: str, groups: list[int]) -> Hub:
    return Hub(
        key,
        key,
        "origin",
        [
            [Taker(f"{key}-{number}-{place}", "a", "words") for place in range(size)]
            for number, size in enumerate(groups)
        ],
    )


@given(
    st.lists(
        st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=12),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=40, deadline=None)
def test_every_taker_has_a_place_and_hubs_lie_apart(groups: list[list[int]]) -> None:
    hubs = [hub(f"h{number}", sizes) for number, sizes in enumerate(groups)]
    found = layout_of(hubs)
    assert len(found.places) == sum(sum(sizes) for sizes in groups)
    assert len(found.knots) == sum(size > 1 for sizes in groups for size in sizes)
    centres = list(found.hubs.values())
    gaps = [dist(one, two) for n, one in enumerate(centres) for two in centres[n + 1 :]]
    assert min(gaps, default=9.0) >= 3.9
    width, height = found.size
    assert all(0 <= x <= width and -height <= y <= 0 for _, _, (x, y), _ in found.places)


def test_names_of_neighbours_do_not_run_into_each_other_on_a_phone() -> None:
    names = ["DIPAS – Digitales Partizipationssystem", "Urbane Datenplattform", "BaKIM"]
    found = layout_of([Hub(name, name, "", [[Taker(name, "a", "")]]) for name in names])
    unit = 350 / (found.size[0] + 0.6)
    spans = sorted(
        (found.labels[name][0] - half, found.labels[name][0] + half, found.labels[name][1])
        for name, letters in zip(names, (20, 14, 5), strict=True)
        for half in [letters * 6.5 / unit / 2]
    )
    for (_, end, upper), (start, _, other) in pairwise(spans):
        assert end <= start or upper != other


def test_equal_hubs_give_an_equal_layout_in_any_order() -> None:
    hubs = [hub("b", [1, 1]), hub("a", [1, 1]), hub("c", [4])]
    assert layout_of(hubs).hubs == layout_of(hubs[::-1]).hubs


def test_members_of_a_joint_decision_hang_on_one_knot() -> None:
    found = layout_of([hub("rain", [3, 1])])
    starts = {start for _, taker, _, start in found.places if "-0-" in taker.place}
    assert starts == {found.knots[0][1]}


def test_the_same_place_at_two_hubs_is_joined_once() -> None:
    taker = Taker("Paderborn", "a", "words")
    hubs = [Hub(key, key, "", [[taker]]) for key in "abc"]
    words = {"hub": "hub", "knot": "knot", "same": "same place"}
    figure = network_figure(hubs, STYLES, words, COLOURS, "de")
    (joined,) = [trace for trace in figure.data if trace.name == "same place"]
    assert list(joined.x).count(None) == 2


def test_a_board_keeps_every_mark_and_empty_lanes_keep_their_heading() -> None:
    marks = [BoardMark("a", f"mark {n}", str(n)) for n in range(PER_ROW + 1)]
    lanes = [BoardLane("full", marks), BoardLane("empty", []), BoardLane("b", [marks[0]])]
    figure = board_figure(lanes, STYLES, COLOURS, "de")
    (trace,) = figure.data
    assert len(trace.x) == PER_ROW + 2
    assert len(set(zip(trace.x, trace.y, strict=True))) == PER_ROW + 2
    assert [note.text for note in figure.layout.annotations] == ["full", "empty", "b"]


def test_styles_of_one_name_share_a_row_of_the_legend() -> None:
    lanes = [BoardLane("x", [BoardMark("a", "", ""), BoardMark("b", "", "")])]
    figure = board_figure(lanes, STYLES, COLOURS, "de")
    assert [trace.showlegend for trace in figure.data] == [True, False]
    alone = board_figure([BoardLane("x", [BoardMark("b", "", "")])], STYLES, COLOURS, "de")
    assert [trace.showlegend for trace in alone.data] == [True]


AXIS = TimeAxis("months", [(0.0, "selection")], "began", is_calendar=False)


def event(at: float, name: str, spread: float = 0.0) -> TimeEvent:
    return TimeEvent(at - spread, at + spread, at, name, name)


def test_events_too_near_share_their_words() -> None:
    row = TimeRow("bus", "a", [event(0, "M1"), event(1, "M2"), event(60, "M4")])
    figure = timeline_figure([row], STYLES, AXIS, COLOURS, "de")
    (marks,) = [trace for trace in figure.data if trace.mode == "markers+text"]
    assert list(marks.customdata) == ["M1 M2", "", "M4"]


def test_inexact_events_are_drawn_as_spans_and_exact_ones_are_not() -> None:
    rows = [TimeRow("x", "a", [event(10, "M1", 6)]), TimeRow("y", "a", [event(20, "M2")])]
    figure = timeline_figure(rows, STYLES, AXIS, COLOURS, "de")
    (spans,) = [trace for trace in figure.data if trace.mode == "lines"]
    assert list(spans.x) == [4, 16, None]


def test_calendar_and_clock_take_their_own_units() -> None:
    axis = TimeAxis("year", [("2020-09-08", "selection")], "began", is_calendar=True)
    dated = TimeEvent("2021-01-01", "2021-12-31", "2021-07-02", "M1", "M1")
    row = TimeRow("x", "a", [dated], ("2020-01-01", "2020-12-31"))
    figure = timeline_figure([row], STYLES, axis, COLOURS, "de")
    assert figure.layout.xaxis.type == "date"
    assert next(trace.name for trace in figure.data if trace.mode == "lines") == "began"


def test_ranges_say_their_ends_in_words_and_names_are_harmless() -> None:
    rows = [RangeRow("<b>X</b>", 2, 8, "2 bis 8 von 8")]
    figure = counted_figure(rows, 8, ("reached", "may be"), "of eight", COLOURS, "de")
    assert [list(trace.x) for trace in figure.data] == [[2], [6]]
    assert figure.layout.annotations[0].text == "&lt;b&gt;X&lt;/b&gt;: <b>2 bis 8 von 8</b>"


def test_spans_stand_over_the_band_of_all_places() -> None:
    rows = [RangeRow("A", 1, 1, "1")]
    figure = spans_figure(rows, (0.5, 2.0, "middle half"), "unit", COLOURS, "en")
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (0.5, 2.0)
    assert [trace.name for trace in figure.data] == ["middle half", None]


def test_steps_end_with_the_data() -> None:
    line = StepLine("all", [2018, 2022], [5, 9], [4, 8], [6, 10])
    figure = steps_figure([line], ("year", "n"), COLOURS, "de", whole=True, until=2026.9)
    assert {max(trace.x) for trace in figure.data} == {2026.9}
    assert list(figure.data[-1].y) == [5, 9, 9]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_matrix_shortens_long_names_and_keeps_all_cells(lang: str) -> None:
    cells = [MatrixCell(0, 0, "a", "x"), MatrixCell(1, 0, "b", "y")]
    figure = matrix_figure(["A" * 40, "B"], ["<i>"], cells, STYLES, COLOURS, lang)
    assert sum(len(trace.x) for trace in figure.data) == 2
    assert list(figure.layout.yaxis.ticktext) == ["A" * 25 + "…", "B"]
    assert list(figure.layout.xaxis.ticktext) == ["&lt;i&gt;"]
