"""How similarity is weighted, and why each similar place was proposed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.errors import BadWeights
from analysis.standardise import Standardised
from analysis.structure import SetName
from analysis.weights import normalise_weights
from views import results, session
from views.session import Visit
from views.texts import plain
from views.widgets import chart, frame, peer_words

ADDRESS = "likeness"
MOST_POINTS = 9
AGREED_SCALE = 20


Weights = tuple[tuple[str, float], ...]


def weights() -> Weights:
    """The visitor's own weights of the variables; empty while the agreed ones hold."""
    return weights_of(session.remembered(ADDRESS))


def weights_of(code: str) -> Weights:
    """The weights a code in an address names; empty where it names none that can be used."""
    variables = results.pool("district").variables
    return tuple(zip(variables, map(float, code), strict=True)) if _usable(code) else ()


def _usable(code: str) -> bool:
    """One digit per variable, at least one of them above zero."""
    variables = results.pool("district").variables
    digits = code.isascii() and code.isdecimal() and len(code) == len(variables)
    return digits and any(map(int, code))


def _say_unusable(visit: Visit) -> None:
    """Weights of a link that cannot be used are said once; the agreed ones hold."""
    code = session.remembered(ADDRESS)
    if code and not _usable(code):
        _keep("")
        st.warning(BadWeights([plain(code[:40])]).sentence(visit.lang), icon=":material/balance:")


def _agreed_points() -> list[int]:
    pool = results.pool("district")
    return [max(1, round(float(w) * AGREED_SCALE)) for w in pool.weights]


def show(visit: Visit, towns: tuple[str, ...]) -> None:
    """Reasons for the similar places, the weights behind them, and sliders to change both."""
    mine = visit.ags[:5]
    st.header(visit.words("compare.why"))
    _say_unusable(visit)
    if not visit.ags:
        st.caption(visit.words("compare.start_places"))
        return
    if visit.ags != mine and results.places().twin(visit.ags) is None:
        names = plain(results.place(visit.ags).name), plain(results.place(mine).name)
        st.info(visit.words("compare.district_of", town=names[0], district=names[1]))
    found = results.peers_weighted(mine, weights())
    if found is None:
        st.info(visit.words("compare.no_peers"))
    else:
        st.markdown(visit.words("compare.peers_why", town=plain(results.place(mine).name)))
        reasons = [peer_words.reason(visit, peer, "compare.peer_reason") for peer in found.peers]
        st.markdown("\n".join(f"- {reason}" for reason in reasons))
        drawn = [peer.ags for peer in found.peers if peer.ags in towns]
        st.caption(visit.words("compare.peers_drawn", drawn=len(drawn), all=len(found.peers)))
        if results.survey("district").lacks_close_peers(found) and not weights():
            st.info(visit.words("compare.not_close"))
    st.caption(visit.words("fixed.peers"))
    with st.expander(visit.words("compare.weights"), icon=":material/tune:"):
        _sliders(visit)
    frame.page_link(visit, "methods", visit.words("compare.peers_method"), topic="peers")


def _sliders(visit: Visit) -> None:
    variables = results.pool("district").variables
    own = dict(weights())
    points = [int(own[name]) for name in variables] if own else _agreed_points()
    st.markdown(visit.words("compare.weights_how", most=MOST_POINTS))
    shares = normalise_weights(dict(zip(variables, map(float, points), strict=True)))
    with st.grid(4, min_column_width=230, gap="medium"):
        for name, value in zip(variables, points, strict=True):
            st.session_state[f"likeness_{name}"] = min(value, MOST_POINTS)
            label = f"{peer_words.variable(visit, name)} ({visit.formats.percent(shares[name])})"
            st.slider(label, 0, MOST_POINTS, key=f"likeness_{name}", on_change=_take_points)
    with st.container(horizontal=True):
        st.button(visit.words("compare.weights_equal"), key="likeness_equal", on_click=_take_equal)
        st.button(
            visit.words("compare.weights_agreed"), key="likeness_agreed", on_click=_take_agreed
        )
    if fault := session.remembered("likeness_fault"):
        session.remember("likeness_fault", "")
        st.warning(fault, icon=":material/balance:")
    table = weights_table(visit)
    chart.twin_table(visit, table, key="likeness", title=visit.words("compare.weights"))


def weights_table(visit: Visit) -> pd.DataFrame:
    """Variables of the similarity with the weights in use."""
    return _table(visit, results.pool_weighted("district", weights()))


def agreed_table(visit: Visit, name: SetName = "district") -> pd.DataFrame:
    """Variables of the similarity with the agreed weights."""
    return _table(visit, results.pool(name))


def _table(visit: Visit, pool: Standardised) -> pd.DataFrame:
    names = [peer_words.variable(visit, name) for name in pool.variables]
    shares = [visit.formats.percent(float(weight), 1) for weight in pool.weights]
    return pd.DataFrame(
        {
            visit.words("compare.column_variable"): names,
            visit.words("compare.column_weight"): shares,
        }
    )


def _take_points() -> None:
    variables = results.pool("district").variables
    points = [int(st.session_state[f"likeness_{name}"]) for name in variables]
    try:
        normalise_weights(dict(zip(variables, map(float, points), strict=True)))
    except BadWeights as fault:
        session.remember("likeness_fault", fault.sentence(session.current().lang))
        return
    _keep("".join(map(str, points)))


def _take_equal() -> None:
    _keep("1" * len(results.pool("district").variables))


def _take_agreed() -> None:
    _keep("")


def _keep(code: str) -> None:
    session.remember(ADDRESS, code)
    session.put_in_address(ADDRESS, code)
