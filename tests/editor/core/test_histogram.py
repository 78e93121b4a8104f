"""The histogram of a rendered picture, by value."""

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.core.clipping import blocked, clipped
from editor.core.histogram import measure_histogram


def test_every_pixel_is_counted_and_what_is_lost_is_what_the_overlay_marks() -> None:
    pixels: NDArray[np.uint8] = np.full((10, 10, 3), 100, dtype=np.uint8)
    pixels[0] = 255
    pixels[1] = 0
    pixels[2, :, 0] = 254
    pixels[3, :, 2] = 0
    found = measure_histogram(pixels)
    assert (found.red.sum(), found.luminance.sum()) == (100, 100)
    assert (found.red[255], found.blue[0], found.green[100]) == (10, 20, 80)
    assert found.highlights == pytest.approx(0.2)
    assert found.shadows == pytest.approx(0.1)
    assert (found.highlights, found.shadows) == (clipped(pixels).mean(), blocked(pixels).mean())
