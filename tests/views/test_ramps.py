"""Colours of maps under simulated colour blindness, in both schemes.

Simulation: Machado, Oliveira, Fernandes (2009), "A Physiologically-based Model for Simulation
of Color Vision Deficiency", severity 1.0; distances in CIELAB (D65).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from views.theme import RAMPS

EYES = {
    "all colours": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]
WHITE = (0.95047, 1.0, 1.08883)
# A difference of 2.3 is just seen side by side; neighbours of a map lie apart.
LEAST_STEP, LEAST_ENDS = 6.0, 30.0
CASES = [(name, scheme, eye) for name in RAMPS for scheme in ("light", "dark") for eye in EYES]


def lab(colours: tuple[str, ...], eye: str) -> np.ndarray:
    """CIELAB of hex colours as an eye sees them, one row each."""
    raw = np.array([[int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in colours]) / 255
    linear = np.where(raw <= 0.04045, raw / 12.92, ((raw + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(EYES[eye]).T, 0, 1)
    ratio = seen @ np.array(TO_XYZ).T / WHITE
    root = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio * (29 / 6) ** 2 / 3 + 4 / 29)
    x, y, z = root.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


@pytest.mark.parametrize(("name", "scheme", "eye"), CASES)
def test_little_to_much_is_told_apart_by_lightness_alone(name, scheme, eye) -> None:
    steps = lab(RAMPS[name][scheme].sequential, eye)
    rises = np.diff(steps[:, 0]) * (-1 if scheme == "light" else 1)
    assert rises.min() > 3
    assert min(np.linalg.norm(b - a) for a, b in pairwise(steps)) > LEAST_STEP


@pytest.mark.parametrize(("name", "scheme", "eye"), CASES)
def test_the_sides_of_a_middle_are_told_apart(name, scheme, eye) -> None:
    steps = lab(RAMPS[name][scheme].diverging, eye)
    assert min(np.linalg.norm(b - a) for a, b in pairwise(steps)) > LEAST_STEP
    strong = [np.linalg.norm(steps[at] - steps[-1 - at]) for at in (0, 1)]
    assert min(strong) > LEAST_ENDS
    # On each side strength is lightness: away from the middle it only rises or only falls.
    away = np.diff(steps[:, 0])
    assert (away[:3] * away[0] > 0).all()
    assert (away[3:] * away[-1] > 0).all()
