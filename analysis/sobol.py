"""Sobol' indices: which uncertain choice moves a result, alone and with the others.

Method: ``docs/methods/robustness``. Saltelli design on a scrambled Sobol' sequence;
estimators of Saltelli et al. (2010) for the first-order and of Jansen for the total index.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from analysis.errors import NotFinite, OutOfRange

DEFAULT_BASE = 1024
RESAMPLES = 100
_LOW, _HIGH = 0.05, 0.95

Floats = NDArray[np.float64]
Model = Callable[[Floats], NDArray[np.float64]]
Factors = int | Sequence[str] | Mapping[str, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class SobolIndices:
    """First-order and total index per factor.

    Attributes:
        factors: names in order.
        first: share of the variance a factor explains alone; factors, or factors x outputs.
            Raw: estimates may leave 0 to 1 a little.
        total: share it takes part in, alone or together with others; same shape.
        first_range: 5 and 95 % of 100 bootstrap samples, 2 x the shape of ``first``.
        total_range: the same for ``total``.
        varies: whether any factor changes the output; where not, the indices are 0.
        runs: how often the model ran, n (k + 2).
        seed: of the sequence and the bootstrap.
    """

    factors: tuple[str, ...]
    first: Floats
    total: Floats
    first_range: Floats
    total_range: Floats
    varies: NDArray[np.bool_]
    runs: int
    seed: int


def sobol(model: Model, factors: Factors, n: int = DEFAULT_BASE, seed: int = 0) -> SobolIndices:
    """Sobol' indices of a model of independent, uniform factors.

    Args:
        model: takes runs x factors, gives one output per run, or runs x outputs; a function of
            one run (k numbers) works too, only slower.
        factors: how many, their names (uniform in 0 to 1), or low and high end per name.
        n: size of the base sample, a power of two; the model runs n (k + 2) times.
        seed: same seed, same result.

    Raises:
        OutOfRange: n is not a power of two, no factor, or ends not in order.
        NotFinite: the model gives missing or infinite outputs.
    """
    names, low, high = _ends(factors)
    if n < 2 or n & (n - 1):
        raise OutOfRange([f"n={n}"])
    size = len(names)
    points = qmc.Sobol(2 * size, scramble=True, rng=np.random.default_rng(seed)).random(n)
    base, other = low + points[:, :size] * (high - low), low + points[:, size:] * (high - low)
    designs = [base, other]
    for place in range(size):
        mixed = base.copy()
        mixed[:, place] = other[:, place]
        designs.append(mixed)
    outputs = _run(model, np.vstack(designs)).reshape(size + 2, n, -1)
    outputs = outputs - outputs[:2].mean(axis=(0, 1))
    first, total, varies = _indices(outputs, np.arange(n))
    source = np.random.Generator(np.random.PCG64(seed))
    samples = [_indices(outputs, source.integers(0, n, n))[:2] for _ in range(RESAMPLES)]
    ends = np.quantile(np.array(samples), [_LOW, _HIGH], axis=0)
    ranges = ends[:, 0], ends[:, 1]
    if outputs.shape[2] == 1:
        first, total = first[:, 0], total[:, 0]
        ranges = ranges[0][:, :, 0], ranges[1][:, :, 0]
    return SobolIndices(names, first, total, *ranges, varies, n * (size + 2), seed)


def _ends(factors: Factors) -> tuple[tuple[str, ...], Floats, Floats]:
    if isinstance(factors, int):
        factors = [f"x{place + 1}" for place in range(factors)]
    names = tuple(str(name) for name in factors)
    if isinstance(factors, Mapping):
        ends = np.array([factors[name] for name in factors], dtype=float).reshape(-1, 2)
    else:
        ends = np.tile([0.0, 1.0], (len(names), 1))
    if not names or not (ends[:, 0] < ends[:, 1]).all():
        raise OutOfRange(names or ["factors"])
    return names, ends[:, 0], ends[:, 1]


def _run(model: Model, runs: Floats) -> Floats:
    outputs = np.asarray(model(runs), dtype=float)
    if outputs.ndim == 0 or len(outputs) != len(runs):
        outputs = np.array([model(run) for run in runs], dtype=float)
    if not np.isfinite(outputs).all():
        raise NotFinite(["model"])
    return outputs


def _indices(outputs: Floats, rows: NDArray[np.int64]) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """First and total indices (factors x outputs) of some rows of all designs."""
    base, other, mixed = outputs[0, rows], outputs[1, rows], outputs[2:, rows]
    variance = np.concatenate([base, other]).var(axis=0)
    scale = np.abs(outputs).max(axis=(0, 1))
    varies = variance > (1e-12 * np.maximum(scale, 1e-300)) ** 2
    safe = np.where(varies, variance, 1.0)
    first = (other * (mixed - base)).mean(axis=1) / safe
    total = ((base - mixed) ** 2).mean(axis=1) / (2 * safe)
    return np.where(varies, first, 0.0), np.where(varies, total, 0.0), varies
