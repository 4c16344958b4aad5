"""Colours by role, type sizes and the mark: one visual language for charts, maps and pages.

Colour is never the only carrier: every role that tells states apart also has a shape,
a dash or a word at the place where it is used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template
from typing import Final, Literal

Scheme = Literal["light", "dark"]

FONT = "IBM Plex Sans, sans-serif"
TEXT_SIZE = 14
SMALL_TEXT_SIZE = 12
_MARK: Final = Path(__file__).with_name("mark.svg")


@dataclass(frozen=True)
class Palette:
    """Hex colours of one scheme.

    Attributes:
        ink, muted: text with at least 7:1 and 4.5:1 against ``paper``.
        line: rules and outlines; ``grid``: faint chart grid.
        primary: the house colour; ``mine``: my town, nowhere else.
        sequential: seven steps from little to much; ``diverging``: seven steps around a middle.
        marks: eight colours for towns and categories, told apart by colour-blind readers.
        no_value: ground of places without a value, always hatched.
    """

    ink: str
    muted: str
    paper: str
    card: str
    line: str
    grid: str
    primary: str
    mine: str
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    marks: tuple[str, ...]
    no_value: str


LIGHT = Palette(
    ink="#16232B",
    muted="#51616A",
    paper="#FBFAF7",
    card="#FFFFFF",
    line="#BCC6C8",
    grid="#E4E6E3",
    primary="#0B5E6B",
    mine="#C4500A",
    sequential=("#E3F0EE", "#C0DFDD", "#95CACB", "#64B0B7", "#36919D", "#13717F", "#07505D"),
    diverging=("#8C510A", "#C58B45", "#EAD3A8", "#F1F1EE", "#B3DDD9", "#4FA6A0", "#01665E"),
    marks=(
        "#0B5E6B",
        "#7A4B9A",
        "#2C7FB8",
        "#8A6D00",
        "#A83A6B",
        "#3C7A3A",
        "#5A5F66",
        "#9A4F2B",
    ),
    no_value="#EDEBE4",
)

DARK = Palette(
    ink="#E8EEF0",
    muted="#A6B6BD",
    paper="#0F1A20",
    card="#16252C",
    line="#46606B",
    grid="#24363F",
    primary="#5EC2CF",
    mine="#FF9D4D",
    sequential=("#1C3A42", "#1F5059", "#256A74", "#328692", "#4BA5AF", "#7BC4CA", "#B9E3E4"),
    diverging=("#E0A458", "#B57D35", "#7A5A32", "#35444B", "#2F6F6C", "#45A29B", "#8ADBD2"),
    marks=(
        "#5EC2CF",
        "#C79BE3",
        "#74B4E8",
        "#D9BC4A",
        "#EE8DB4",
        "#86C583",
        "#B9C2C8",
        "#E0A07C",
    ),
    no_value="#1B2A31",
)

# The stage: read from the last row, so every colour of text keeps at least 7:1, marks 4.5:1.
STAGE_LIGHT = replace(
    LIGHT,
    ink="#0C181E",
    muted="#3F4F58",
    paper="#FFFFFF",
    card="#F1F4F4",
    line="#8D9CA2",
    grid="#DDE3E4",
    mine="#A84300",
    marks=(
        "#0B5E6B",
        "#7A4B9A",
        "#1D6AA3",
        "#7A6000",
        "#A83A6B",
        "#33702F",
        "#565B62",
        "#8F4826",
    ),
    no_value="#E9EDED",
)
STAGE_DARK = replace(
    DARK,
    ink="#F5F9FA",
    muted="#C3D0D5",
    paper="#0A1216",
    card="#14222A",
    line="#6B8590",
    grid="#22333C",
    primary="#6FD3DF",
    mine="#FFA85C",
    no_value="#1B2A31",
)


@dataclass(frozen=True)
class Ramp:
    """Colours of values, told apart by colour-blind readers and in print without colour.

    Attributes:
        sequential: seven steps from little to much, even in lightness.
        diverging: seven steps around a middle, its two sides of different colour.
    """

    sequential: tuple[str, ...]
    diverging: tuple[str, ...]


# Names of the ramps a map may take; the first is the house's own.
RAMPS: Final[dict[str, dict[Scheme, Ramp]]] = {
    "teal": {
        "light": Ramp(LIGHT.sequential, LIGHT.diverging),
        "dark": Ramp(DARK.sequential, DARK.diverging),
    },
    "yellow_blue": {
        "light": Ramp(
            ("#FFF0B3", "#E3D28A", "#C2B37A", "#989683", "#6C7885", "#3F5A83", "#14386E"),
            ("#8F4300", "#CE7F2B", "#F0C795", "#F3F2EE", "#A9CBE8", "#4F92C6", "#0B4A86"),
        ),
        "dark": Ramp(
            ("#1D3059", "#34486A", "#536077", "#787B78", "#A39A6C", "#CFBE5E", "#FBE66B"),
            ("#F4B073", "#BD7A36", "#7A5632", "#37434C", "#33628A", "#4A92C8", "#93CBF5"),
        ),
    },
    "violet": {
        "light": Ramp(
            ("#F3EAF6", "#DEC9E6", "#C5A3D4", "#A97DBF", "#8B56A8", "#6D348D", "#471661"),
            ("#5B2379", "#A277B9", "#DCC6E4", "#F2F2EE", "#C3E2C0", "#67A96B", "#165A2B"),
        ),
        "dark": Ramp(
            ("#33234A", "#48335F", "#614877", "#7D6094", "#9D7DB4", "#C0A1D6", "#E8D4F7"),
            ("#D6B3EC", "#9A74B6", "#5F4A7A", "#37434C", "#35644A", "#4E9F6A", "#98DFA6"),
        ),
    },
}
DEFAULT_RAMP: Final = next(iter(RAMPS))

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SHAPES = ("circle", "square", "triangle", "diamond")


def palette(scheme: Scheme) -> Palette:
    """Colours of the light or the dark scheme."""
    return DARK if scheme == "dark" else LIGHT


def blend(ramp: Sequence[str], count: int) -> list[str]:
    """Any number of colours (2 or more) at even steps along a ramp of hex colours."""
    points = [tuple(int(one[at : at + 2], 16) for at in (1, 3, 5)) for one in ramp]
    found = []
    for step in range(count):
        position = step * (len(points) - 1) / (count - 1)
        low = min(int(position), len(points) - 2)
        share = position - low
        mixed = (round(a + (b - a) * share) for a, b in zip(*points[low : low + 2], strict=True))
        found.append("#" + "".join(f"{part:02X}" for part in mixed))
    return found


def stage_palette(scheme: Scheme) -> Palette:
    """Colours of the stage, stronger than those of the pages."""
    return STAGE_DARK if scheme == "dark" else STAGE_LIGHT


def town_slots(towns: Sequence[str], mine: str = "") -> dict[str, int]:
    """One slot (0-7) per town for colour and dash; my town has the slot ``-1`` of its own.

    A town keeps its slot wherever it appears; only when two towns of one selection
    would share a slot does the later key move to the next free one.

    Args:
        towns: official keys of the towns shown together.
        mine: key of the visitor's own town, empty when none is chosen.
    """
    slots: dict[str, int] = {}
    for ags in sorted(set(towns)):
        if ags == mine:
            slots[ags] = -1
            continue
        slot = int(hashlib.sha256(ags.encode()).hexdigest(), 16) % len(LIGHT.marks)
        taken = set(slots.values())
        while slot in taken and len(taken - {-1}) < len(LIGHT.marks):
            slot = (slot + 1) % len(LIGHT.marks)
        slots[ags] = slot
    return slots


def town_colours(towns: Sequence[str], scheme: Scheme, mine: str = "") -> dict[str, str]:
    """Hex colour per town, the same on every page; see ``town_slots``."""
    colours = palette(scheme)
    return {
        ags: colours.mine if slot < 0 else colours.marks[slot]
        for ags, slot in town_slots(towns, mine).items()
    }


def town_dashes(towns: Sequence[str], mine: str = "") -> dict[str, str]:
    """Line dash per town, the second carrier beside the colour."""
    return {
        ags: "solid" if slot < 0 else DASHES[slot % len(DASHES)]
        for ags, slot in town_slots(towns, mine).items()
    }


def mark(scheme: Scheme) -> str:
    """The product's mark with its name as SVG: a needle that leads from one town to another.

    The name is drawn as outlines: a picture in a page sees none of the page's fonts.
    """
    colours = palette(scheme)
    return Template(_MARK.read_text(encoding="utf-8")).substitute(
        primary=colours.primary, mine=colours.mine, paper=colours.paper, ink=colours.ink
    )


def icon() -> str:
    """The mark without the name, for the browser tab, on a ground of its own."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
        f'<circle cx="20" cy="20" r="19" fill="{LIGHT.primary}"/>'
        '<path d="M10 30 16.5 16.5 23.5 23.5Z" fill="#FFFFFF"/>'
        f'<path d="M30 10 16.5 16.5 23.5 23.5Z" fill="{DARK.mine}"/></svg>'
    )
