"""What the store holds: indicators, their times, values and series."""

from __future__ import annotations

import pandas as pd

from loaders.store import queries
from loaders.store.queries import Statistics
from views import session
from views.results.registers import Level


def holdings() -> pd.DataFrame:
    """What the store holds per indicator and level; see ``queries.holdings``."""
    return session.result(_holdings)


def _holdings() -> pd.DataFrame:
    return queries.holdings(session.store(), session.shown_version())


def periods(indicator: str, level: Level) -> list[str]:
    """Times with a value, oldest first."""
    return session.result(_periods, indicator, level)


def _periods(indicator: str, level: Level) -> list[str]:
    return queries.periods(session.store(), indicator, level, session.shown_version())


def values(indicator: str, period: str, level: Level) -> pd.DataFrame:
    """One indicator at one time in all places of a level; see ``queries.values``."""
    return session.result(_values, indicator, period, level)


def _values(indicator: str, period: str, level: Level) -> pd.DataFrame:
    return queries.values(session.store(), indicator, period, level, session.shown_version())


def statistics(indicator: str, period: str, level: Level) -> Statistics:
    """Quartiles of one indicator at one time and level."""
    return session.result(_statistics, indicator, period, level)


def _statistics(indicator: str, period: str, level: Level) -> Statistics:
    return queries.statistics(session.store(), indicator, period, level, session.shown_version())


def series(indicator: str, towns: tuple[str, ...]) -> pd.DataFrame:
    """All times of one indicator in some places; see ``queries.series``."""
    return session.result(_series, indicator, towns)


def _series(indicator: str, towns: tuple[str, ...]) -> pd.DataFrame:
    return queries.series(session.store(), [indicator], towns, session.shown_version())


def store_version() -> int:
    """Data version everything here is computed from."""
    return session.current().version
