"""What fits us: what is known first, then the ranges, then what would settle the rest."""

import streamlit as st

from views import results, session
from views.texts import plain
from views.widgets import (
    adoption_detail,
    adoption_judgement,
    adoption_known,
    adoption_peers,
    verdict_words,
)

visit = session.current()
town = plain(results.place(visit.ags).name) if visit.ags else ""
solution = session.asked("solution")

if solution and solution not in verdict_words.names_of_solutions():
    st.warning(visit.words("frame.unknown_solution", value=plain(solution)))
    solution = ""

if solution:
    adoption_detail.show(visit, solution, town)
else:
    if visit.ags:
        st.title(visit.words("adoption.title_town", town=town))
        near = results.running_near(visit.ags)
        known = near[~near["far"].astype(bool)]
        key = "adoption.lead_town" if len(known) else "adoption.lead_town_none"
        running = visit.words("adoption.lead_solutions", n=known["solution_id"].nunique())
        places = visit.words("adoption.lead_places", n=known["ags"].nunique())
        st.markdown(visit.words(key, town=town, running=running, places=places))
        adoption_known.show(visit, town)
        adoption_peers.show(visit, town)
    else:
        st.title(visit.words("adoption.title"))
        st.markdown(visit.words("adoption.lead"))
    adoption_judgement.show(visit)
    adoption_judgement.wanted(visit)
    st.caption(visit.words("fixed.adoption"))
