"""What answers to other colours and to a place picked: the map, its classes, the place's card.

A part of the page of its own: another number of classes sends five things instead of thirty,
and the map first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from views.session import Visit
from views.widgets import indicator_map, map_choice, map_files, map_place
from views.widgets.indicator_map import IndicatorView
from views.widgets.map_files import Taken


@st.fragment
def show(visit: Visit, shown: IndicatorView, sentence: str, colouring: Any, taken: Taken) -> None:
    """The map by the visitor's classes, and the card of the place picked.

    Args:
        visit: this run.
        shown: indicator, time and values.
        sentence: the reading of the map, burnt into its files.
        colouring: container for the choices of classes, beside the map.
        taken: told what stands on the map.
    """
    if indicator_map.take_step():
        st.rerun()
    # The map goes out first: a browser paints what has come before it reads on.
    classed = replace(shown, choice=map_choice.classed(visit, shown.choice))
    drawn = indicator_map.draw(visit, classed)
    map_place.show(visit, shown, drawn.selected)
    with colouring:
        map_choice.offer_classes(
            visit,
            classed.choice,
            target=indicator_map.KEY,
            look=lambda choice: indicator_map.look(visit, replace(shown, choice=choice)),
        )
    taken.keep(drawn, map_files.caption(visit, classed, sentence, drawn.selected))
