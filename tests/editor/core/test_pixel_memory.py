"""Pixels copied from Pillow's memory are those that NumPy gets from Pillow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from editor.core.pixel_memory import copied_rgb


def noise(width: int, height: int) -> Image.Image:
    pixels = np.random.default_rng([width, height]).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(pixels)


def assert_copied(image: Image.Image) -> None:
    found = copied_rgb(image)
    assert found.dtype == np.uint8
    assert found.flags.c_contiguous
    np.testing.assert_array_equal(found, np.asarray(image))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 400), st.integers(1, 300))
def test_any_size(width: int, height: int) -> None:
    assert_copied(noise(width, height))


@pytest.mark.parametrize("size", [(1500, 1000), (40_000, 3), (1, 40_000)])
def test_in_several_bands(size: tuple[int, int]) -> None:
    assert_copied(noise(*size))


def test_an_image_that_pillow_keeps_in_several_blocks() -> None:
    image = noise(3000, 2000)
    with pytest.raises(ValueError, match="contiguous"):
        image.__arrow_c_array__()
    assert_copied(image)


def test_the_copy_outlives_the_image() -> None:
    image = noise(300, 200)
    expected = np.array(image)
    found = copied_rgb(image)
    image.putpixel((0, 0), (1, 2, 3))
    image.close()
    np.testing.assert_array_equal(found, expected)
