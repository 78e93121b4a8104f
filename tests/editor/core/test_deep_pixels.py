"""Deep pixels: what the second decoder takes, and that it refuses the rest quietly."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from editor.core.deep_pixels import deep_rgb_pixels

Make = Callable[..., bytes]


def test_channels_come_as_red_green_blue(deep_png: Make, tiff: Make) -> None:
    pixels = np.array([[[1, 2, 3], [40000, 50000, 60000]]], dtype=np.uint16)
    for content in (deep_png(pixels), tiff(pixels), tiff(pixels, ">")):
        found = deep_rgb_pixels(content)
        assert found is not None
        assert found.flags.c_contiguous
        np.testing.assert_array_equal(found, pixels)


def test_doubles_become_floats(tiff: Make) -> None:
    found = deep_rgb_pixels(tiff(np.array([[[0.25, 0.5, 1.0]]])))
    assert found is not None
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, [[[0.25, 0.5, 1.0]]])


def test_other_pictures_and_damage_are_refused(
    asymmetric: NDArray[np.uint8], deep_png: Make, tiff: Make
) -> None:
    deep = asymmetric.astype(np.uint16)
    shallow = cv2.imencode(".png", asymmetric)[1].tobytes()
    for content in (
        b"",
        b"garbage" * 9,
        shallow,
        deep_png(deep[:, :, :1]),
        deep_png(deep)[:-40],
        tiff(deep)[:50],
    ):
        assert deep_rgb_pixels(content) is None


def test_a_codec_that_throws_is_refused(monkeypatch: pytest.MonkeyPatch, deep_png: Make) -> None:
    def throw(_content: object, _flags: int) -> None:
        raise cv2.error("out of its depth")

    monkeypatch.setattr("editor.core.deep_pixels.cv2.imdecode", throw)
    assert deep_rgb_pixels(deep_png(np.zeros((1, 1, 3), np.uint16))) is None
