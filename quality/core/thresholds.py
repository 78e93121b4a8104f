"""How strict each defect is and what it may do; holds no scores and takes no decisions."""

import math
from enum import StrEnum
from typing import TypeAlias

from quality.core.labels import PerDefect


class Mode(StrEnum):
    """What a defect over its threshold does; auto rejects, but only hints where the scene itself was dark."""

    OFF = "off"
    HINT = "hint"
    AUTO = "auto"
    REJECT = "reject"


Thresholds: TypeAlias = PerDefect[float]
"""One threshold per defect, a probability in 0..1."""

Modes: TypeAlias = PerDefect[Mode]
"""One mode per defect."""


def default_modes() -> Modes:
    """Blur and over may reject; under is a hint in a dark scene, as long as the user says nothing else."""
    return Modes(Mode.REJECT, Mode.AUTO, Mode.REJECT)


def clamp_threshold(value: float) -> float:
    """Moves a threshold into 0..1.

    Args:
        value: Any number; infinities go to the nearer end.

    Returns:
        A number in 0..1.

    Raises:
        ValueError: The value is not a number (NaN).
    """
    if math.isnan(value):
        raise ValueError("a threshold must be a number")
    return min(1.0, max(0.0, float(value)))


def clamp_thresholds(thresholds: Thresholds) -> Thresholds:
    """Moves every threshold into 0..1.

    Raises:
        ValueError: One of them is not a number (NaN).
    """
    return Thresholds(*(clamp_threshold(value) for value in thresholds))
