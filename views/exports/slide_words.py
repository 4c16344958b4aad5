"""What every file says of a slide besides its picture: sources, state, link, alternative text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from views.exports.caption import Caption, state_line
from views.exports.sheet import Sheet
from views.exports.slide import (
    ChartPicture,
    Deck,
    FiguresPicture,
    MapPicture,
    Picture,
    Slide,
    TablePicture,
)
from views.maps.escape import plain
from views.texts import Formats, read_words
from views.texts.formats import MISSING

MOST_TOLD: Final = 24
LONGEST_LINE: Final = 400
LONGEST_HEADLINE: Final = 160
LONGEST_SENTENCE: Final = 480


def headline(slide: Slide) -> str:
    """The one message, on one line."""
    return plain(slide.headline, LONGEST_HEADLINE)


def sentence(slide: Slide, lang: str) -> str:
    """The reading of the picture, with the places that have no value."""
    said, note = plain(slide.sentence, LONGEST_SENTENCE), missing_note(slide.picture, lang)
    # The reading of a page may already end with the same years.
    return " ".join(part for part in (said, "" if note.rstrip(".") in said else note) if part)


def missing_note(picture: Picture, lang: str) -> str:
    """Which categories or lines of a chart lack values; empty when none does."""
    if not isinstance(picture, ChartPicture):
        return ""
    if picture.kind == "lines":
        return _gap_note(picture, lang)
    without = [plain(name, 60) for name in _empty(picture)]
    if not without:
        return ""
    named = Formats(lang).listing(without[:MOST_TOLD])
    return read_words(lang)("story_files.without_value", n=len(without), names=named)


def _empty(picture: ChartPicture) -> Iterator[str]:
    """Categories that lack a value."""
    for place, name in enumerate(picture.categories):
        if any(one.values[place] is None for one in picture.series):
            yield name


def _gap_note(picture: ChartPicture, lang: str) -> str:
    """Times without a value: said once for all lines, else with the names of the lines."""
    words, formats = read_words(lang), Formats(lang)
    lines: dict[tuple[int, ...], list[str]] = {}
    for one in picture.series:
        gaps = tuple(place for place, value in enumerate(one.values) if value is None)
        lines.setdefault(gaps, []).append(plain(one.name, 60))
    lines.pop((), None)
    if not lines:
        return ""
    ((gaps, names), *others) = lines.items()
    if not others and len(names) == len(picture.series):
        times = formats.spans(picture.categories, gaps)
        return words("story_files.gap_all", n=len(gaps), times=times)
    every = len(picture.categories)
    told = [
        formats.listing(named[:MOST_TOLD])
        + ("" if len(gaps) == every else f" ({formats.spans(picture.categories, gaps)})")
        for gaps, named in lines.items()
    ]
    return words("story_files.gap_some", lines="; ".join(told))


def source_line(slide: Slide, lang: str) -> str:
    """Who published the numbers; the notice of the outlines every map bears itself."""
    named = plain("; ".join(parted_sources(slide)[0]), LONGEST_LINE)
    if not named:
        return ""
    return read_words(lang)("picture.sources", sources=named)


def parted_sources(slide: Slide) -> tuple[tuple[str, ...], str]:
    """The publishers of the numbers, and the notice of a map's outlines ("" without a map)."""
    if not isinstance(slide.picture, MapPicture):
        return slide.sources, ""
    notice = slide.picture.description.words.attribution
    return tuple(one for one in slide.sources if one != notice), notice


def state_of(slide: Slide, lang: str) -> str:
    """Day and version of the data, version of the method."""
    return state_line(caption(slide, ""), lang)


def caption(slide: Slide, base: str) -> Caption:
    """The slide's words as they are burnt into a picture that stands alone."""
    return Caption(
        headline(slide),
        plain(slide.sentence, LONGEST_SENTENCE),
        slide.sources,
        slide.data_date,
        slide.data_version,
        slide.method_version,
        link(slide, base),
    )


def link(slide: Slide, base: str) -> str:
    """The whole address of the slide's view.

    Args:
        slide: with an address below the root of the server.
        base: address of the dashboard, ``https://host/path/``; empty when it is not known.
    """
    return urljoin(base if base.endswith("/") else f"{base}/", slide.address) if base else ""


def code_address(slide: Slide, base: str) -> str:
    """What the slide's code opens: its step of the published story, else the view itself."""
    return slide.published or link(slide, base)


def kicker(deck: Deck, slide: Slide) -> str:
    """Title of the story and place of the step in it."""
    words = read_words(deck.lang)
    step = words("story_files.step", number=slide.number, total=len(deck.slides))
    return f"{plain(deck.title, 120)} · {step}"


def alternative(slide: Slide, lang: str) -> str:
    """What the picture shows, for readers who do not see it: its kind, reading and numbers."""
    words = read_words(lang)
    parts = (words(f"story_files.alt.{_kind(slide.picture)}"), plain(slide.sentence, 600))
    return " ".join(part for part in (*parts, _numbers(slide.picture, lang)) if part)


def _kind(picture: Picture) -> str:
    if isinstance(picture, ChartPicture):
        return picture.kind
    names = {MapPicture: "map", FiguresPicture: "figures", TablePicture: "table"}
    return names[type(picture)]


def _numbers(picture: Picture, lang: str) -> str:
    """The numbers of a chart that is small enough to be told."""
    if not isinstance(picture, ChartPicture):
        return ""
    if len(picture.categories) * len(picture.series) > MOST_TOLD:
        return read_words(lang)("story_files.alt.in_table")
    rows = (_row(picture, place, lang) for place in range(len(picture.categories)))
    return "; ".join(rows) + "."


def _row(picture: ChartPicture, place: int, lang: str) -> str:
    name = plain(picture.categories[place], 80)
    values = [value_text(picture, one.values[place], lang) for one in picture.series]
    if picture.kind == "ranges":
        return f"{name}: {range_text(picture, place, lang)}"
    if len(values) == 1:
        return f"{name}: {values[0]}"
    named = (
        f"{plain(one.name, 60)} {value}" for one, value in zip(picture.series, values, strict=True)
    )
    return f"{name}: {', '.join(named)}"


def value_text(picture: ChartPicture, value: float | None, lang: str) -> str:
    """A number as read, or that there is none."""
    shown = Formats(lang).value(value, plain(picture.unit, 40), picture.decimals)
    return read_words(lang)("story_files.no_value") if shown == MISSING else shown


def range_text(picture: ChartPicture, place: int, lang: str) -> str:
    """Low and high of a range as read."""
    low, high = (one.values[place] for one in picture.series)
    if low is None or high is None:
        return read_words(lang)("story_files.no_value")
    formats = Formats(lang)
    first = formats.number(low, picture.decimals)
    last = formats.value(high, plain(picture.unit, 40), picture.decimals)
    return read_words(lang)("story_files.range", low=first, high=last)


def shown_rows(table: TablePicture, most: int) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The first rows, and how many are left out."""
    rows = tuple(tuple(plain(cell, 160) for cell in row) for row in table.rows[:most])
    return rows, max(len(table.rows) - most, 0)


def sheet_for(picture: Picture, chart: Sheet, of_map: Sheet) -> Sheet:
    """The format for a picture of this kind."""
    return of_map if isinstance(picture, MapPicture) else chart
