"""What is known of the scenes of many photos as columns: light, shutter, time; arithmetic on whole columns.

It says the same as `scene_light`, `shutter_is_slow` and `LightMeasure` do of one photo.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quality.core.cause import SLOWEST_PER_FOCAL
from quality.core.light_measure import DARK_MIDDLE, FAINTEST, TRUE_HIGHLIGHT

Column = NDArray[np.float64]
"""Shape (photos,), not-a-number where nothing is known."""


@dataclass(frozen=True, slots=True, eq=False)
class SceneColumns:
    """Columns of shape (photos,).

    Attributes:
        slow: Whether the shutter was slow, by `quality.core.cause.answer_code`.
        taken_s: What the camera's clock showed, by `clock_seconds`; not-a-number unknown.
        middle_ev: The middle of the light in EV below white; not-a-number unknown.
        values: Light values; not-a-number unknown.
        measured: Whether light was measured in the picture.
        dark_on_purpose: Whether the picture is dark the way a dark scene is.
        cannot_tell: Whether nothing has texture enough to judge blur.
    """

    slow: NDArray[np.int8]
    taken_s: Column
    middle_ev: Column
    values: Column
    measured: NDArray[np.bool_]
    dark_on_purpose: NDArray[np.bool_]
    cannot_tell: NDArray[np.bool_]

    def at(self, places: NDArray[np.intp]) -> "SceneColumns":
        """The columns at some places, in that order."""
        return SceneColumns(
            self.slow[places],
            self.taken_s[places],
            self.middle_ev[places],
            self.values[places],
            self.measured[places],
            self.dark_on_purpose[places],
            self.cannot_tell[places],
        )


def scene_columns(
    *,
    exposure_s: Column,
    focal_mm: Column,
    aperture: Column,
    iso: Column,
    taken_s: Column,
    middle: Column,
    high: Column,
    cannot_tell: NDArray[np.bool_],
) -> SceneColumns:
    """Works the columns out.

    Args:
        exposure_s: Exposure times in seconds.
        focal_mm: Focal lengths in millimetres, those in 35 mm terms where the camera wrote them.
        aperture: F-numbers.
        iso: Sensitivities.
        taken_s: What the cameras' clocks showed, by `clock_seconds`.
        middle: Median luminance, 0..1; not-a-number where light was not measured.
        high: Luminance that all but half a percent of the pixels do not exceed, 0..1.
        cannot_tell: Whether nothing has texture enough to judge blur.

    Returns:
        The columns.
    """
    seconds, focal = _positive(exposure_s), _positive(focal_mm)
    reach = seconds * focal
    values = 2 * np.log2(_positive(aperture)) - np.log2(seconds) - np.log2(_positive(iso) / 100)
    return SceneColumns(
        np.where(np.isnan(reach), -1, reach > SLOWEST_PER_FOCAL).astype(np.int8),
        taken_s,
        np.log2(np.maximum(middle, FAINTEST)),
        values,
        ~np.isnan(middle),
        (middle < DARK_MIDDLE) & (high >= TRUE_HIGHLIGHT),
        cannot_tell,
    )


def _positive(column: Column) -> Column:
    """Not-a-number in place of what is not greater than 0."""
    return np.where(column > 0, column, np.nan)
