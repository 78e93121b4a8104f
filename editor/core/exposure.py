"""Exposure in EV: linear light times a power of two, highlights rolled off softly instead of cut."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from editor.core.operation import Operation
from editor.core.parameter import Parameter

EV = Parameter("ev", "EV", 0.0, -8.0, 8.0, -4.0, 4.0, 0.05, 2)

ROLL_OFF = 0.5
"""Linear light up to which exposure is exact; above it highlights are compressed towards white."""


@dataclass(frozen=True, slots=True)
class Exposure(Operation):
    """Stored parameters.

    Attributes:
        ev: Stops of light: +1 doubles it.
    """

    NAME: ClassVar[str] = "exposure"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = (EV,)

    ev: float = 0.0


def light_gain(stored: Exposure) -> float:
    """What linear light is multiplied by."""
    return float(2.0**stored.ev)


def roll_off(linear: NDArray[np.float64], white: float) -> NDArray[np.float64]:
    """Compresses ROLL_OFF..white into ROLL_OFF..1 and leaves what is darker as it is.

    The extended curve of Reinhard et al. (2002), laid on the part above ROLL_OFF: it begins with slope 1,
    always rises, reaches 1 exactly at ``white`` and becomes the identity as ``white`` comes down to 1.

    Args:
        linear: Any shape, linear light from 0.
        white: The linear light that becomes 1; at most 1 leaves everything as it is.
    """
    if white <= 1.0:
        return linear
    room = 1.0 - ROLL_OFF
    above = np.clip(linear - ROLL_OFF, 0.0, white - ROLL_OFF) / room
    top = (white - ROLL_OFF) / room
    return np.where(
        linear <= ROLL_OFF, linear, ROLL_OFF + room * above * (1.0 + above / top**2) / (1.0 + above)
    )
