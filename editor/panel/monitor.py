"""The colours of the monitor: one profile for the whole program, as it has one palette.

Set in the GUI thread, read by every thread that makes pictures for the screen; a request that outlives a
change carries the profile it was made with.
"""

import numpy as np
from numpy.typing import NDArray

from editor.core.color import to_monitor8
from editor.core.color_space import DISPLAY_P3, SRGB, ColorSpace, space_of_profile
from editor.core.pixels import Picture

_current: list[bytes | None] = [None]


def monitor_profile() -> bytes | None:
    """The ICC profile of the monitor; None means sRGB."""
    return _current[0]


def set_monitor_profile(profile: bytes | None) -> None:
    """Says which monitor pictures are shown on from now on; only what is made later follows."""
    _current[0] = profile


def for_monitor(srgb8: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A small sRGB picture, such as a thumbnail, in the colours of the monitor.

    Args:
        srgb8: Shape (H, W, 3), uint8.

    Returns:
        The same shape; the very pixels on an sRGB monitor.
    """
    profile = monitor_profile()
    if profile is None:
        return srgb8
    return to_monitor8(Picture(srgb8, None, srgb8.shape[1], srgb8.shape[0]), profile)


def rendering_space(profile: bytes | None) -> ColorSpace:
    """The space to render in for a monitor: its own where it has a matrix, else one that is wide enough."""
    if profile is None:
        return SRGB
    return space_of_profile(profile) or DISPLAY_P3
