"""A decoded picture: upright pixels with what is needed to show them rightly.

It must not know files: a picture does not remember which photo it came from.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8 | np.uint16 | np.float32]
"""Upright RGB, shape (H, W, 3): uint8 0..255, uint16 0..65535, or float32 with white at 1.0."""

_DTYPES = (np.uint8, np.uint16, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Upright pixels and the size that the photo has in full.

    Attributes:
        pixels: Shape (H, W, 3), channels R, G, B, uint8, uint16 or float32 (0..1), encoded as the
            profile says. Never written to after it was handed over.
        profile: The ICC profile of the pixels; None means sRGB.
        full_width: Width of the upright photo in pixels, whatever was decoded.
        full_height: Height of the upright photo in pixels, whatever was decoded.

    Raises:
        ValueError: if the pixels have another shape or type.
    """

    pixels: Pixels
    profile: bytes | None
    full_width: int
    full_height: int

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or 0 in self.pixels.shape:
            raise ValueError(f"a picture needs the shape (H, W, 3), not {self.pixels.shape}")
        if self.pixels.dtype not in _DTYPES:
            raise ValueError(f"a picture is uint8, uint16 or float32, not {self.pixels.dtype}")

    @property
    def width(self) -> int:
        """Width of the decoded pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height of the decoded pixels."""
        return int(self.pixels.shape[0])
