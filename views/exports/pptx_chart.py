"""Charts of slides as native charts: they keep their numbers and can be edited."""

from __future__ import annotations

from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE, MSO_THEME_COLOR
from pptx.util import Pt

from views.exports.chart_scale import domain, round_steps
from views.exports.csv import neutral
from views.exports.slide import ChartPicture
from views.maps.escape import plain

_ACCENTS: Final = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.ACCENT_2,
    MSO_THEME_COLOR.ACCENT_3,
    MSO_THEME_COLOR.ACCENT_4,
    MSO_THEME_COLOR.ACCENT_5,
    MSO_THEME_COLOR.ACCENT_6,
)
_DASHES: Final = (
    MSO_LINE_DASH_STYLE.SOLID,
    MSO_LINE_DASH_STYLE.DASH,
    MSO_LINE_DASH_STYLE.ROUND_DOT,
    MSO_LINE_DASH_STYLE.DASH_DOT,
    MSO_LINE_DASH_STYLE.LONG_DASH,
    MSO_LINE_DASH_STYLE.LONG_DASH_DOT,
)
_MARKS: Final = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
)
_PATTERNS: Final = (
    MSO_PATTERN_TYPE.DARK_UPWARD_DIAGONAL,
    MSO_PATTERN_TYPE.NARROW_HORIZONTAL,
    MSO_PATTERN_TYPE.NARROW_VERTICAL,
)
LONGEST: Final = 80
_LEAST_LABELLED: Final = 0.05
_chart_data: Any = CategoryChartData


def add_chart(shapes: Any, picture: ChartPicture, box: tuple[int, int, int, int]) -> Any:
    """Adds the chart; gives its frame.

    Args:
        shapes: shapes of a slide.
        picture: the numbers, with at least one category.
        box: left, top, width, height in EMU.
    """
    vertical = picture.kind == "lines" or _has_negative_range(picture)
    kind = XL_CHART_TYPE.LINE_MARKERS if vertical else XL_CHART_TYPE.BAR_CLUSTERED
    frame = shapes.add_chart(kind, *box, _data(picture))
    chart = frame.chart
    chart.font.size = Pt(_type_size(picture))
    chart.has_title = False
    _legend(chart, picture)
    if picture.kind == "lines":
        _draw_lines(chart, picture)
    elif vertical:
        _draw_spans(chart, picture)
    else:
        _draw_bars(chart, picture)
    return frame


def _data(picture: ChartPicture) -> Any:
    """The numbers as they are; of ranges the high end first, so that low is drawn over it."""
    data: Any = _chart_data(number_format=_digits(picture))
    data.categories = [_cell(name) for name in picture.categories]
    series = reversed(picture.series) if picture.kind == "ranges" else picture.series
    for one in series:
        data.add_series(_cell(one.name), one.values)
    return data


def _cell(words: str) -> str:
    """Words as they may stand in the workbook behind the chart: never run as a formula."""
    return str(neutral(plain(words, LONGEST)))


def number_format(picture: ChartPicture) -> str:
    """Digits and unit as a format of the office programs."""
    unit = plain(picture.unit, 40).replace('"', "")
    return f'{_digits(picture)}" {unit}"' if unit else _digits(picture)


def _digits(picture: ChartPicture) -> str:
    return "#,##0" + ("." + "0" * picture.decimals if picture.decimals > 0 else "")


def _type_size(picture: ChartPicture) -> int:
    """Type that leaves room for all rows."""
    rows = len(picture.categories) * (1 if picture.kind == "ranges" else len(picture.series))
    return 16 if rows <= 8 else 14 if rows <= 14 else 12


def _has_negative_range(picture: ChartPicture) -> bool:
    return picture.kind == "ranges" and domain(picture)[0] < 0


def _legend(chart: Any, picture: ChartPicture) -> None:
    chart.has_legend = picture.kind != "ranges" and len(picture.series) > 1
    if chart.has_legend:
        top = picture.kind == "bars"
        chart.legend.position = XL_LEGEND_POSITION.TOP if top else XL_LEGEND_POSITION.RIGHT
        chart.legend.include_in_layout = False


def _draw_bars(chart: Any, picture: ChartPicture) -> None:
    plot = chart.plots[0]
    is_range = picture.kind == "ranges"
    plot.gap_width, plot.overlap = 60, 100 if is_range else 0
    plot.vary_by_categories = False
    low, high = domain(picture)
    _quiet(chart.value_axis)
    chart.value_axis.visible = is_range
    chart.value_axis.maximum_scale = high * 1.12 if high > 0 else 0
    chart.value_axis.minimum_scale = low * 1.12 if low < 0 else 0
    axis = chart.category_axis
    axis.reverse_order = True
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.NONE
    if is_range:
        axis.format.line.fill.background()
        chart.value_axis.major_unit = high / 4
        chart.value_axis.tick_labels.number_format = _digits(picture)
        chart.value_axis.tick_labels.number_format_is_linked = False
        chart.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    for number, one in enumerate(plot.series):
        one.invert_if_negative = False
        _labels(one, picture)
        if is_range:
            _range_end(one, number, picture, high)
        else:
            _fill(one, number)


def _labels(one: Any, picture: ChartPicture) -> None:
    labels = one.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format(picture), False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _range_end(one: Any, number: int, picture: ChartPicture, top: float) -> None:
    """The high end in colour; the low end as ground over it, its number inside.

    A low end so near to zero that its number has no room goes without it.
    """
    one.format.fill.solid()
    one.format.fill.fore_color.theme_color = (
        MSO_THEME_COLOR.ACCENT_1 if number == 0 else MSO_THEME_COLOR.BACKGROUND_1
    )
    if number:
        one.data_labels.position = XL_LABEL_POSITION.INSIDE_END
        one.data_labels.number_format = _digits(picture)
        for place, low in enumerate(picture.series[0].values):
            if low is not None and low < _LEAST_LABELLED * top:
                one.points[place].data_label.has_text_frame = False
                _show_value(one.points[place].data_label, False)


def _fill(one: Any, number: int) -> None:
    """Plain for the first series, with lines on it for the others."""
    fill, accent = one.format.fill, _ACCENTS[number % len(_ACCENTS)]
    if number == 0:
        fill.solid()
        fill.fore_color.theme_color = accent
        return
    fill.patterned()
    fill.pattern = _PATTERNS[(number - 1) % len(_PATTERNS)]
    fill.fore_color.theme_color = accent
    fill.back_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def _draw_lines(chart: Any, picture: ChartPicture) -> None:
    steps = round_steps(*domain(picture))
    axis = chart.value_axis
    _quiet(axis)
    axis.minimum_scale, axis.maximum_scale = steps[0], steps[-1]
    axis.major_unit = steps[1] - steps[0]
    axis.tick_labels.number_format = _digits(picture)
    axis.tick_labels.number_format_is_linked = False
    if picture.unit:
        axis.has_title = True
        axis.axis_title.text_frame.text = plain(picture.unit, 40)
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    axis.major_gridlines.format.line.color.brightness = -0.15
    for number, one in enumerate(chart.plots[0].series):
        pen = _ACCENTS[number % len(_ACCENTS)]
        one.smooth = False
        one.format.line.width = Pt(2.75)
        one.format.line.color.theme_color = pen
        one.format.line.dash_style = _DASHES[number % len(_DASHES)]
        one.marker.style, one.marker.size = _MARKS[number % len(_MARKS)], 9
        one.marker.format.fill.solid()
        one.marker.format.fill.fore_color.theme_color = pen
        _label_last(one, picture, number)


def _label_last(one: Any, picture: ChartPicture, number: int) -> None:
    """The last number of a line stands at its end."""
    known = [
        place for place, value in enumerate(picture.series[number].values) if value is not None
    ]
    if known:
        label = one.points[known[-1]].data_label
        label.position = XL_LABEL_POSITION.RIGHT
        label.font.bold = True
        _show_value(label)


def _show_value(label: Any, shown: bool = True) -> None:
    """A label of one point that shows the number of the data or nothing."""
    from pptx.oxml.ns import qn

    element = label._get_or_add_dLbl()
    for name in ("c:showLegendKey", "c:showVal", "c:showCatName", "c:showSerName", "c:showPercent"):
        for found in element.findall(qn(name)):
            found.set("val", "1" if shown and name == "c:showVal" else "0")


def _draw_spans(chart: Any, picture: ChartPicture) -> None:
    """Ranges below zero: two rows of marks with a line between them."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    plot = chart.plots[0]
    _quiet(chart.value_axis)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for number, one in enumerate(plot.series):
        one.format.line.fill.background()
        one.marker.style, one.marker.size = _MARKS[number], 9
        one.marker.format.fill.solid()
        one.marker.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        _labels(one, picture)
        one.data_labels.position = XL_LABEL_POSITION.BELOW if number else XL_LABEL_POSITION.ABOVE
    span = (
        f'<c:hiLowLines {nsdecls("c", "a")}><c:spPr><a:ln w="76200"><a:solidFill>'
        '<a:schemeClr val="accent1"/></a:solidFill></a:ln></c:spPr></c:hiLowLines>'
    )
    element = plot._element
    element.insert(list(element).index(element.ser_lst[-1]) + 1, parse_xml(span))


def _quiet(axis: Any) -> None:
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
