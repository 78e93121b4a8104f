"""How light lies in one picture: its middle and ends, what is lost, and what could be brought back.

It must not judge: whether a photo is flagged is decided elsewhere. All brightness is linear light (Rec. 709
luminance of sRGB), so that one EV is a factor of two.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.clipping import blocked_at, brightest_of, clipped_at

WHITE = 0.9
"""Where the brightest of a photo is brought to: just below white, so that nothing is lost."""

FAINTEST = 1 / 4096
"""The middle of a photo counts as at least so bright, twelve EV below white."""

DARK_MIDDLE, TRUE_HIGHLIGHT = 0.09, 0.35
"""A picture is dark on purpose where its middle lies below the first and its highlights reach the second."""

_LONGEST_SIDE = 384
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_MOST_EV = 5.0

LOST_FROM = 0.02
"""From this share of lost highlights on a photo counts as overexposed."""

LOST_LINE = (-0.3, -2.2)
"""What overexposed a photo, in EV, by the root of its share of lost highlights: offset and slope.

The line with the least mean error on 900 scenes of the training part, each exposed by +0.75, +1, +1.5, +2 and
+2.5 EV; `tests/benchmarks/bench_recoverable.py --fit` finds it again.
"""


@dataclass(frozen=True, slots=True)
class LightMeasure:
    """The light of one picture.

    Attributes:
        low: Luminance that 5 % of the pixels do not exceed, 0..1.
        middle: Median luminance, 0..1.
        high: Luminance that all but half a percent do not exceed, 0..1.
        clipped: Share of pixels whose highlights are lost, 0..1.
        blocked: Share of pixels whose shadows are lost, 0..1.
        brightest: Luminance that all but one pixel in 5,000 do not exceed, 0..1; 0 where it was not measured.
    """

    low: float
    middle: float
    high: float
    clipped: float
    blocked: float
    brightest: float = 0.0

    @property
    def middle_ev(self) -> float:
        """The middle in EV below full white: 0 is white, about -2.6 usual."""
        return math.log2(max(self.middle, FAINTEST))

    @property
    def dark_on_purpose(self) -> bool:
        """Whether the picture is dark the way a dark scene is: a dark middle below true highlights.

        An underexposed photo of an ordinary scene has a dark middle too, but no bright lights above it. Of 83
        night and low-key photographs about two thirds pass, of 260 others darkened by 2 EV none.
        """
        return self.middle < DARK_MIDDLE and self.high >= TRUE_HIGHLIGHT

    @property
    def recoverable_ev(self) -> float:
        """The exposure in EV that would bring the photo back; 0 where none is called for.

        Back means as bright as it was meant, so that the mid-tones lie where they lay. A dark photo is lifted
        until its brightest pixels reach `WHITE`, so nothing clips. One pixel in 5,000 tells that better than
        the brightest half percent: in almost every photo something small reaches white, a lamp or a glint,
        and it gets dark with the rest. Where highlights are lost, nothing tells how far they reached; how
        many are lost does, though only roughly (`LOST_LINE`).

        Of 306 photographs that nothing was fitted to, 90 % come back within 0.3 EV from -2 EV and 56 % from
        +1.5 EV (`bench_recoverable.py`). More is hardly in the pixels: among photos with 20 to 30 % of lost
        highlights, +0.75, +1, +1.5 and +2 EV are about equally frequent. Boosted trees fitted to 600 scenes
        of the training part, on 70 measures (how steeply light climbs into what is lost, how much of each
        channel is, what the other channels say there) and the network's three logits, find fewer at +1.5
        EV, 46 %, and more elsewhere: over +0.75, +1, +1.5, +2 and +2.5 EV 54 % instead of the 38 % of this
        line. They are not used: a photo 1.5 EV too bright would come back less often for it. What found up
        to 73 % there answered much the same for every exposure.
        """
        if self.clipped >= LOST_FROM:
            offset, slope = LOST_LINE
            return max(-_MOST_EV, offset + slope * math.sqrt(self.clipped))
        top = max(self.high, self.brightest, FAINTEST)
        return min(_MOST_EV, max(0.0, math.log2(WHITE / top)))


def measure_light(srgb8: NDArray[np.uint8]) -> LightMeasure:
    """Measures a picture.

    Args:
        srgb8: Upright sRGB picture, shape (H, W, 3), both sides at least 1; a reduced one is enough, and of a
            large one only a regular sample of pixels is looked at.

    Returns:
        The measure.
    """
    step = math.ceil(max(srgb8.shape[:2]) / _LONGEST_SIDE)
    # Plane by plane: a strided copy of one channel is several times faster than of three at once.
    planes = [np.ascontiguousarray(srgb8[::step, ::step, channel]) for channel in range(3)]
    luminance = np.sort(_luminance(planes), axis=None)  # all percentiles from one fast sort
    low, middle, high, brightest = (_quantile(luminance, share) for share in (0.05, 0.5, 0.995, 0.9998))
    top = brightest_of(*planes)
    return LightMeasure(
        low=low,
        middle=middle,
        high=high,
        clipped=cv2.countNonZero(clipped_at(top).view(np.uint8)) / top.size,
        blocked=cv2.countNonZero(blocked_at(top).view(np.uint8)) / top.size,
        brightest=brightest,
    )


def _quantile(ordered: NDArray[np.float32], share: float) -> float:
    """The value that a share of ordered values does not exceed, on the line between its neighbours."""
    place = share * (len(ordered) - 1)
    below = int(place)
    here, above = float(ordered[below]), float(ordered[min(below + 1, len(ordered) - 1)])
    return here + (above - here) * (place - below)


def _luminance(planes: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
    red, green, blue = (cv2.LUT(plane, table) for plane, table in zip(planes, _WEIGHTED, strict=True))
    return np.asarray(red + green + blue, dtype=np.float32)


def _linear_light() -> NDArray[np.float32]:
    """Linear light of the 256 sRGB codes (IEC 61966-2-1)."""
    encoded = np.arange(256) / 255.0
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear, dtype=np.float32)


_WEIGHTED = tuple(np.float32(weight) * _linear_light() for weight in _WEIGHTS)
"""What each code of a channel adds to the luminance; three tables of 256."""
