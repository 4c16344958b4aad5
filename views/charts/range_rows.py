"""Several ranges below one another on the same line from 0 to 100, as a small SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from views.charts.range_bar import hatch
from views.theme import Palette

WIDTH, ROW, BAR = 360, 40, 12
_LEFT, _RIGHT, _LONGEST = 6, 354, 46


@dataclass(frozen=True)
class RangeRow:
    """One named range.

    Attributes:
        name: words above the bar.
        low: lower end, 0 to 1.
        high: upper end.
        known: a range without any known measure is drawn hatched.
    """

    name: str
    low: float
    high: float
    known: bool


def range_rows(rows: Sequence[RangeRow], colours: Palette, thresholds: Sequence[float] = ()) -> str:
    """An SVG with one bar per row, its name and its ends as whole numbers.

    Args:
        rows: from top to bottom.
        colours: palette of the scheme.
        thresholds: where dashed lines stand, 0 to 1.
    """
    height = ROW * len(rows) + 4
    lines = "".join(
        f'<line x1="{_at(t):.1f}" x2="{_at(t):.1f}" y1="{top + 16}" y2="{top + 34}" '
        f'stroke="{colours.muted}" stroke-width="1" stroke-dasharray="2 2"/>'
        for top in range(0, ROW * len(rows), ROW)
        for t in thresholds
    )
    bars = "".join(_row(row, n, colours) for n, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="IBM Plex Sans, Segoe UI, sans-serif">'
        f"{hatch(colours)}{bars}{lines}</svg>"
    )


def _row(row: RangeRow, position: int, colours: Palette) -> str:
    top = position * ROW
    fill = colours.primary if row.known else "url(#hatch)"
    width = max(_at(row.high) - _at(row.low), 3)
    left = min(_at(row.low), _RIGHT - width)
    name = row.name if len(row.name) <= _LONGEST else f"{row.name[: _LONGEST - 1]}…"
    ends = f"{round(row.low * 100)}–{round(row.high * 100)}"
    return (
        f'<text x="{_LEFT}" y="{top + 14}" font-size="12.5" fill="{colours.ink}">{escape(name)}'
        f'</text><text x="{_RIGHT}" y="{top + 14}" text-anchor="end" font-size="12.5" '
        f'fill="{colours.ink}">{ends}</text>'
        f'<rect x="{_LEFT}" y="{top + 19}" width="{_RIGHT - _LEFT}" height="{BAR}" rx="3" '
        f'fill="{colours.grid}"/>'
        f'<rect x="{left:.1f}" y="{top + 19}" width="{width:.1f}" height="{BAR}" rx="3" '
        f'fill="{fill}" stroke="{colours.ink}" stroke-width="1"/>'
    )


def _at(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)
