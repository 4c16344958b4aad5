"""Panels of places by years that move together, drawn from a seed."""

import numpy as np
import pandas as pd


def panel(places: int = 12, years: int = 10, seed: int = 0, factors: int = 2) -> pd.DataFrame:
    source = np.random.default_rng(seed)
    common = source.normal(size=(factors, years)).cumsum(axis=1)
    values = 50 + 4 * source.normal(size=(places, factors)) @ common
    values += source.normal(size=(places, years))
    names = [f"p{n:02d}" for n in range(places)]
    return pd.DataFrame(values, index=names, columns=range(2010, 2010 + years))
