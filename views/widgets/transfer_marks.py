"""How transfers look: filling and colour tell the state, the shape tells the kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from analysis.catalogue import ADOPTION_TYPES
from analysis.transfers import STATES
from views import theme
from views.charts.marks import MarkStyle
from views.maps.folium_map import LegendRow
from views.maps.marks import Filling, MarkShape, line_svg, mark_svg
from views.session import Visit

FILLINGS: Mapping[str, Filling] = MappingProxyType(
    {"operation": "full", "pilot": "dot", "announced": "ring", "trial": "dot", "ended": "cross"}
)
SHAPES: Mapping[str, MarkShape] = MappingProxyType(
    {
        "reuse": "circle",
        "community_member": "diamond",
        "joint_project": "triangle",
        "joint_rollout": "square",
        "trial": "wedge",
    }
)
# The same fillings among the marks of charts.
_SYMBOLS: Mapping[Filling, str] = MappingProxyType(
    {"full": "circle", "dot": "circle-open-dot", "ring": "circle-open", "cross": "circle-x-open"}
)


def colours(scheme: theme.Scheme) -> dict[str, str]:
    """Colour per state of a transfer."""
    palette = theme.palette(scheme)
    return {
        "operation": palette.primary,
        "pilot": palette.marks[1],
        "announced": palette.marks[3],
        "trial": palette.marks[4],
        "ended": palette.marks[6],
    }


def styles(visit: Visit) -> dict[str, MarkStyle]:
    """Marks of charts per state, told apart by filling and colour."""
    paints = colours(visit.scheme)
    found = {
        state: MarkStyle(visit.words(f"transfer.state.{state}"), paints[state], _SYMBOLS[filling])
        for state, filling in FILLINGS.items()
    }
    test = found["trial"]
    return {**found, "trial": MarkStyle(test.name, test.colour, "triangle-down-open-dot")}


def legend(visit: Visit, rows: pd.DataFrame) -> list[LegendRow]:
    """State, kind, origin and lines, each only where it is on the map."""
    palette, paints = theme.palette(visit.scheme), colours(visit.scheme)
    drawn = rows.dropna(subset=["to_lat"])
    states = [state for state in STATES if (drawn["state"] == state).any()]
    kinds = [kind for kind in ADOPTION_TYPES if (drawn["adoption_type"] == kind).any()]
    lines = drawn.dropna(subset=["from_lat"])
    found = [LegendRow(visit.words("transfer.legend_state"))]
    for state in states:
        shape = "wedge" if state == "trial" else "circle"
        svg = mark_svg(shape, FILLINGS[state], paints[state], palette.card)
        found.append(LegendRow(visit.words(f"transfer.state.{state}"), svg))
    found.append(LegendRow(visit.words("transfer.legend_kind")))
    for kind in kinds:
        svg = mark_svg(SHAPES[kind], "ring", palette.ink, palette.card)
        found.append(LegendRow(visit.names("adoption_type", kind), svg))
    if len(lines):
        found.append(LegendRow(visit.words("transfer.legend_way")))
        star = mark_svg("star", "full", palette.ink, palette.card)
        found.append(LegendRow(visit.words("transfer.origin"), star))
    for undated in (False, True):
        if (lines["year"].isna() == undated).any():
            key = "transfer.line_undated" if undated else "transfer.line_dated"
            found.append(LegendRow(visit.words(key), line_svg(palette.muted, undated)))
    return found if states else []
