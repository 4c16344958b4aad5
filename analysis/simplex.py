"""Least squares with weights that are not negative and sum to 1, with and without ridge.

Method: ``docs/methods/outcome``: non-negative least squares with a heavily
weighted sum row, then the exact solution on the weights found to be positive; projected
gradient where that fails. With a ridge the small dual problem is solved by Newton's method.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from analysis.errors import NotConverged

SUM_WEIGHT = 1e3
ACTIVE = 1e-6
_EXACT = 1e-10
_NEWTON_STEPS = 200
_GRADIENT_STEPS = 20_000

Floats = NDArray[np.float64]


def simplex_least_squares(matrix: Floats, target: Floats) -> Floats:
    """Weights w >= 0, sum 1, that minimise |matrix w - target|.

    Args:
        matrix: observations x weights.
        target: one per observation.

    Raises:
        NotConverged: no solver reached a solution.
    """
    scale = float(max(np.abs(matrix).max(), np.abs(target).max())) or 1.0
    scaled, aim = matrix / scale, target / scale
    stacked = np.vstack([scaled, np.full(scaled.shape[1], SUM_WEIGHT)])
    try:
        weights, _ = nnls(stacked, np.append(aim, SUM_WEIGHT))
    except RuntimeError:
        return _projected_gradient(scaled, aim)
    if weights.sum() <= 0:
        return _projected_gradient(scaled, aim)
    return _polished(scaled, aim, weights / weights.sum())


def simplex_ridge(matrix: Floats, target: Floats, ridge: float) -> Floats:
    """Weights w >= 0, sum 1, that minimise |matrix w - target|^2 + ridge |w|^2.

    The dual has one unknown per observation and one for the sum; it is concave and piecewise
    quadratic, so Newton steps with backtracking end at the solution.

    Args:
        matrix: observations x weights.
        target: one per observation.
        ridge: above 0.

    Raises:
        NotConverged: no solver reached a solution.
    """
    scale = float(max(np.abs(matrix).max(), np.abs(target).max())) or 1.0
    scaled, aim, penalty = matrix / scale, target / scale, ridge / scale**2
    found = _newton(scaled, aim, penalty)
    if found is not None:
        return found
    size = matrix.shape[1]
    stacked = np.vstack([scaled, np.sqrt(penalty) * np.eye(size)])
    return simplex_least_squares(stacked, np.append(aim, np.zeros(size)))


def _newton(matrix: Floats, target: Floats, ridge: float) -> Floats | None:
    size = matrix.shape[1]
    residual = matrix.mean(axis=1) - target
    dual = np.append(residual, float((matrix.T @ residual).mean()) + ridge / size)
    value, slope, weights = _dual(matrix, target, ridge, dual)
    for _ in range(_NEWTON_STEPS):
        if np.abs(slope).max() < _EXACT:
            return np.asarray(weights / weights.sum())
        step = np.linalg.solve(_curvature(matrix, ridge, weights > 0), slope)
        length, gain = 1.0, float(slope @ step)
        while True:
            trial = _dual(matrix, target, ridge, dual + length * step)
            if trial[0] >= value + 1e-4 * length * gain or length < 1e-10:
                break
            length /= 2
        dual = dual + length * step
        if length < 1e-10:
            break
        value, slope, weights = trial
    return np.asarray(weights / weights.sum()) if np.abs(slope).max() < 1e-7 else None


def _dual(
    matrix: Floats, target: Floats, ridge: float, dual: Floats
) -> tuple[float, Floats, Floats]:
    """Value and slope of the dual, and the weights that belong to it."""
    residual, level = dual[:-1], dual[-1]
    weights = np.maximum(level - matrix.T @ residual, 0.0) / ridge
    value = -0.5 * residual @ residual - target @ residual + level - 0.5 * ridge * weights @ weights
    slope = np.append(matrix @ weights - target - residual, 1.0 - weights.sum())
    return float(value), slope, weights


def _curvature(matrix: Floats, ridge: float, active: NDArray[np.bool_]) -> Floats:
    """Minus the second derivative of the dual, kept regular where no weight is active."""
    chosen = matrix[:, active]
    corner = chosen.sum(axis=1, keepdims=True)
    rows = chosen.shape[0]
    square = np.eye(rows) + chosen @ chosen.T / ridge
    count = np.array([[max(1.0, float(active.sum())) / ridge * (1 + 1e-12)]])
    return np.block([[square, -corner / ridge], [-corner.T / ridge, count]])


def _polished(matrix: Floats, target: Floats, weights: Floats) -> Floats:
    """The exact minimum on the positive weights, if it stays positive."""
    active = np.flatnonzero(weights > 0)
    chosen = matrix[:, active]
    size = len(active)
    system = np.zeros((size + 1, size + 1))
    system[:size, :size] = chosen.T @ chosen
    system[:size, size] = system[size, :size] = 1.0
    exact = np.linalg.lstsq(system, np.append(chosen.T @ target, 1.0), rcond=None)[0][:size]
    if exact.min() < 0 or abs(exact.sum() - 1) > _EXACT:
        return weights
    result = np.zeros_like(weights)
    result[active] = exact
    return result


def _projected_gradient(matrix: Floats, target: Floats) -> Floats:
    """Accelerated projected gradient, the slow way that always ends."""
    size = matrix.shape[1]
    step = 1.0 / (np.linalg.norm(matrix, 2) ** 2 or 1.0)
    weights = ahead = np.full(size, 1.0 / size)
    momentum = 1.0
    for _ in range(_GRADIENT_STEPS):
        moved = _project(ahead - step * matrix.T @ (matrix @ ahead - target))
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / following * (moved - weights)
        if np.abs(moved - weights).max() < _EXACT:
            return _polished(matrix, target, moved)
        weights, momentum = moved, following
    raise NotConverged(["weights"])


def _project(point: Floats) -> Floats:
    """The nearest point of the simplex."""
    falling = -np.sort(-point)
    excess = (np.cumsum(falling) - 1) / np.arange(1, len(point) + 1)
    last = int(np.flatnonzero(falling > excess)[-1])
    return np.asarray(np.maximum(point - excess[last], 0.0))
