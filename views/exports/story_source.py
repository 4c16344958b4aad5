"""What the files of a story are made from, and the registry of these files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from views.exports import slide_words
from views.exports.chart_svg import chart_svg
from views.exports.map_picture import map_svg
from views.exports.sheet import Sheet
from views.exports.slide import ChartPicture, Deck, MapPicture, Slide


@dataclass(frozen=True, eq=False)
class StorySource:
    """One story, ready to be written into a file.

    Attributes:
        decks: the story per language, with the same steps.
        lang: language of files that speak one.
        base: address of the dashboard, for links and codes; empty when it is not known.
        boundaries: the built layers, ``data/boundaries``.
        made_on: day of making, ISO.
        operator: folder with the operator's own templates, ``None`` for the shipped ones.
    """

    decks: Mapping[str, Deck]
    lang: str
    base: str
    boundaries: Path
    made_on: str
    operator: Path | None = None

    @property
    def deck(self) -> Deck:
        """The story in the language of the reader."""
        return self.decks[self.lang]

    @property
    def version(self) -> int:
        """State of the data all its numbers come from."""
        return self.deck.slides[0].data_version

    def drawing(self, slide: Slide, lang: str, sheet: Sheet) -> str:
        """Chart or map of a slide as SVG; empty for pictures that are words.

        A chart without categories has no drawing either.
        """
        picture = slide.picture
        if isinstance(picture, MapPicture):
            return map_svg(picture.description, None, self.boundaries, sheet)
        if isinstance(picture, ChartPicture) and picture.categories:
            told = slide_words.alternative(slide, lang)
            return chart_svg(picture, lang, sheet, slide_words.headline(slide), told)
        return ""


@dataclass(frozen=True)
class StoryExport:
    """One kind of file.

    Attributes:
        name: key of its words, ``story_files.load.<name>``.
        suffix: ending of the file's name.
        mime: its type.
        build: makes its bytes.
    """

    name: str
    suffix: str
    mime: str
    build: Callable[[StorySource], bytes]
