"""Clarity: local contrast of the middle tones, without halos at strong edges."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from editor.core.operation import Operation
from editor.core.parameter import Parameter, percent

_STRENGTH = 1.2
_SOFTEST = 0.95


@dataclass(frozen=True, slots=True)
class Clarity(Operation):
    """Stored parameters.

    Attributes:
        amount: -100..100; above 0 separates textures from their surroundings, below 0 smooths them.
    """

    NAME: ClassVar[str] = "clarity"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = (percent("amount"),)

    amount: float = 0.0


def detail_gain(stored: Clarity, base: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the difference between a pixel and its surroundings is multiplied by, less 1.

    Args:
        stored: The parameters.
        base: Any shape, lightness of the surroundings as log2 of linear light: 0 is white. The gain is
            largest about mid-grey and fades towards white and towards black, where there is only noise.
    """
    strength = _STRENGTH if stored.amount > 0 else _SOFTEST
    middle = np.exp(-(((base + 2.2) / 2.4) ** 2))
    return np.asarray(stored.amount / 100.0 * strength * middle)
