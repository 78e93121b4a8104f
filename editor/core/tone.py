"""Tone: contrast, highlights, shadows, whites and blacks.

Highlights and shadows follow the lightness of the surroundings (``local_base``), so that they change large
areas and leave the contrast within them; the rest is one global curve.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from editor.core.contrast import contrast_curve
from editor.core.exposure import roll_off
from editor.core.operation import Operation
from editor.core.parameter import Parameter, percent
from editor.core.working_space import srgb_decode, srgb_encode

_HIGHLIGHT_STOPS = 1.1
_SHADOW_STOPS = 1.6
_DARKEST = -9.0
_STEEPEST = 0.98
_GRID: NDArray[np.float64] = np.linspace(_DARKEST, 0.2, 185)


@dataclass(frozen=True, slots=True)
class Tone(Operation):
    """Stored parameters, each -100..100.

    Attributes:
        contrast: Above 0 steepens the middle tones about mid-grey.
        highlights: Below 0 brings bright areas down, above 0 up.
        shadows: Above 0 opens dark areas, below 0 deepens them.
        whites: Moves the bright end.
        blacks: Moves the dark end.
    """

    NAME: ClassVar[str] = "tone"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = tuple(
        percent(name) for name in ("contrast", "highlights", "shadows", "whites", "blacks")
    )

    contrast: float = 0.0
    highlights: float = 0.0
    shadows: float = 0.0
    whites: float = 0.0
    blacks: float = 0.0

    @property
    def is_local(self) -> bool:
        """Whether it looks at the surroundings."""
        return self.highlights != 0.0 or self.shadows != 0.0

    @property
    def is_global(self) -> bool:
        """Whether it has a global curve."""
        return self.contrast != 0.0 or self.whites != 0.0 or self.blacks != 0.0


def local_stops(stored: Tone, base: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many stops an area of a lightness is brightened by highlights and shadows.

    The sum of lightness and stops always rises with the lightness, so no two areas change places.
    Highlights spare the brightest tones by half, so that paper white does not turn grey; shadows spare the
    deepest, so that black stays black. Where both pull against each other so hard that a brighter area would
    end up darker, both pull less.

    Args:
        stored: The parameters.
        base: Any shape, lightness of the surroundings as log2 of linear light: 0 is white.
    """
    fall = -float(np.gradient(_pulled(stored, _GRID), _GRID).min())
    return _pulled(stored, base) * min(1.0, _STEEPEST / max(fall, _STEEPEST))


def _pulled(stored: Tone, base: NDArray[np.float64]) -> NDArray[np.float64]:
    """The stops of highlights and shadows as their numbers say."""
    bright = _ease(base, -3.5, -0.6) * (1.0 - 0.5 * _ease(base, -1.6, 0.2))
    dark = (1.0 - _ease(base, -5.0, -1.0)) * _ease(base, _DARKEST, -5.0)
    stops = stored.highlights / 100.0 * _HIGHLIGHT_STOPS * bright
    return np.asarray(stops + stored.shadows / 100.0 * _SHADOW_STOPS * dark)


def tone_curve(stored: Tone, white: float, linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """Roll-off, contrast, whites and blacks on linear light.

    Args:
        stored: The parameters.
        white: The linear light that becomes white before contrast; see ``roll_off``.
        linear: Any shape, linear light from 0.
    """
    rolled = roll_off(linear, white)
    if not stored.is_global:
        return rolled
    amounts = (stored.contrast / 100.0, stored.whites / 100.0, stored.blacks / 100.0)
    encoded = contrast_curve(srgb_encode(np.minimum(rolled, 1.0)), *amounts)
    return srgb_decode(np.clip(encoded, 0.0, 1.0))


def _ease(value: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """Rises smoothly from 0 at ``low`` to 1 at ``high``."""
    part = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(part * part * (3.0 - 2.0 * part))
