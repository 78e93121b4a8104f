"""Averaging squares of pixels: values, sides and types."""

import numpy as np
import pytest

from editor.core.averaging import averaged_down


@pytest.mark.parametrize("reduction", [2, 4])
def test_squares_become_their_mean(reduction: int) -> None:
    dice = np.random.default_rng(1)
    shape = (12 * reduction, 7 * reduction, 3)
    bytes_, words = dice.integers(0, 256, shape, np.uint8), dice.integers(0, 65536, shape, np.uint16)
    for pixels in (bytes_, words):
        squares = pixels.reshape(12, reduction, 7, reduction, 3).astype(float).mean(axis=(1, 3))
        reduced = averaged_down(pixels, reduction)
        assert reduced.dtype == pixels.dtype
        assert np.abs(reduced - squares).max() <= 0.51


def test_sides_are_rounded_up_and_even_light_stays() -> None:
    for dtype in (np.uint8, np.uint16):
        pixels = np.full((9, 6, 3), 200, dtype)
        reduced = averaged_down(pixels, 4)
        assert reduced.shape == (3, 2, 3)
        assert (reduced == 200).all()
        assert averaged_down(pixels, 1) is pixels
