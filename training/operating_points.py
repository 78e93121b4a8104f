"""Thresholds for an allowed rate of false rejects, fitted on validation scenes."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from quality.core.labels import PerDefect

Floats = NDArray[np.float64]

FALSE_REJECT_RATES: Mapping[str, float] = {"gentle": 0.01, "balanced": 0.03, "strict": 0.10}
"""Share of pristine scenes over any of the three lines."""


def thresholds_for(pristine: Floats, rate: float) -> PerDefect[float]:
    """Thresholds under which at most this share of good photos lies over any line.

    Every head may be wrong equally often; the common number of mistakes is the highest for which
    all heads together stay within the rate.

    Args:
        pristine: Probabilities of good photos, shape (N, 3).
        rate: Allowed false rejects over all heads together, 0..1. It is kept unless more than this
            share of the photos have a probability of exactly 1, which no line can spare.

    Returns:
        One line per head, 0..1.

    Raises:
        ValueError: If there is no good photo.
    """
    if not len(pristine):
        raise ValueError("thresholds need at least one good photo")
    ordered = -np.sort(-pristine, axis=0)
    low, high = 0, len(pristine) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if share_over(pristine, _lines(ordered, middle)) <= rate:
            low = middle
        else:
            high = middle - 1
    return PerDefect(*(float(line) for line in _lines(ordered, low)))


def share_over(probabilities: Floats, lines: Iterable[float]) -> float:
    """The share of photos that lie over any line, 0..1.

    Args:
        probabilities: Shape (N, 3).
        lines: One per head.
    """
    return float((probabilities >= np.array(list(lines))).any(axis=1).mean())


def _lines(ordered: Floats, mistakes: int) -> Floats:
    """Per head, half way between the first photo below the line and the next higher value.

    Among equal values none lies over the line, so no head makes more than this many mistakes.
    """
    return np.array([_line(ordered[:, column], mistakes) for column in range(ordered.shape[1])])


def _line(falling: Floats, mistakes: int) -> float:
    below = float(falling[mistakes])
    higher = falling[falling > below]
    above = float(higher[-1]) if len(higher) else 1.0
    middle = (above + below) / 2
    return middle if middle > below else above
