"""Contrast, whites and blacks: one smooth global curve on encoded lightness.

It must not look at neighbouring pixels: highlights and shadows, which do, are in ``tone``.
"""

import numpy as np
from numpy.typing import NDArray

from editor.core.working_space import srgb_encode

MID_GREY = float(srgb_encode(np.array(0.18)))
"""The encoded grey that contrast turns about."""

_CONTRAST = 1.6
_WHITES = 0.15
_BLACKS = 0.12


def contrast_curve(
    encoded: NDArray[np.float64], contrast: float, whites: float, blacks: float
) -> NDArray[np.float64]:
    """The encoded lightness after contrast, whites and blacks.

    Contrast bends about mid-grey with both ends fixed and slopes that stay finite, so that neither end
    tears into bands. Whites moves the upper end, blacks the lower, each fading out with the fourth power.

    Args:
        encoded: Any shape, 0..1.
        contrast: -1..1; above 0 steepens the middle.
        whites: -1..1; above 0 brightens the upper end until it clips.
        blacks: -1..1; above 0 lifts the lower end, below 0 cuts it.

    Returns:
        Rising wherever the input rises; may leave 0..1 where whites or blacks clip.
    """
    bent = encoded + contrast * _CONTRAST * encoded * (1.0 - encoded) * (encoded - MID_GREY)
    bent = bent + whites * _WHITES * bent**4
    return np.asarray(bent + blacks * _BLACKS * np.clip(1.0 - bent, 0.0, None) ** 4)
