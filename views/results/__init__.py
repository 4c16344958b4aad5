"""Results of the analysis on the live tables, computed once per data version.

Every function here joins tables of the store to a function of ``analysis``; pages ask
these and never assemble inputs themselves.
"""

from __future__ import annotations

from views.results.judged import (
    all_weightings,
    data_date,
    examined,
    judgement_as,
    judgements,
    judgements_among,
    judgements_as,
    judgements_with,
    measures,
    measures_of,
    missing_measures,
    solution,
    warm,
)
from views.results.likeness import (
    peers,
    peers_among,
    peers_weighted,
    pool,
    pool_weighted,
    set_of,
    structure,
    survey,
)
from views.results.observed import holdings, periods, series, statistics, store_version, values
from views.results.registers import Level, level_of, name_of, place, places, search_places
from views.results.running import (
    deployments,
    deployments_of,
    running_near,
    solutions_in,
    twin_check_result,
    twins_of,
)

__all__ = [
    "Level",
    "all_weightings",
    "data_date",
    "deployments",
    "deployments_of",
    "examined",
    "holdings",
    "judgement_as",
    "judgements",
    "judgements_among",
    "judgements_as",
    "judgements_with",
    "level_of",
    "measures",
    "measures_of",
    "missing_measures",
    "name_of",
    "peers",
    "peers_among",
    "peers_weighted",
    "periods",
    "place",
    "places",
    "pool",
    "pool_weighted",
    "running_near",
    "search_places",
    "series",
    "set_of",
    "solution",
    "solutions_in",
    "statistics",
    "store_version",
    "structure",
    "survey",
    "twin_check_result",
    "twins_of",
    "values",
    "warm",
]
