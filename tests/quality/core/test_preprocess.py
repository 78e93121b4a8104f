"""What the network sees is the same from a reduced decode as from a full one."""

import itertools
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from editor.core.color import to_srgb8
from editor.core.decode import decode
from quality.core.preprocess import DECODE_AT_LEAST, INPUT_COLUMNS, INPUT_ROWS, to_model_input

MEAN_DIFFERENCE = 0.6
"""Allowed mean absolute difference, of 255."""

DETAIL_LOSS = 0.10
"""Allowed relative difference of the variance of the Laplacian."""


def mosaic(width: int, height: int) -> np.ndarray:
    """Real photographs side by side at their own scale, none enlarged."""
    data = pytest.importorskip("skimage.data")
    tiles = itertools.cycle(
        tile[:300, :450] for tile in (data.astronaut(), data.coffee(), data.chelsea(), data.rocket())
    )
    canvas = np.zeros((height + 300, width + 450, 3), np.uint8)
    for top in range(0, height, 300):
        left = 0
        while left < width:
            tile = next(tiles)
            canvas[top : top + tile.shape[0], left : left + tile.shape[1]] = tile
            left += tile.shape[1]
    return canvas[:height, :width]


def detail(picture: np.ndarray) -> float:
    gray = cv2.cvtColor(picture.astype(np.uint8), cv2.COLOR_RGB2GRAY)
    return float(cv2.Laplacian(gray, cv2.CV_64F).var())


def assert_same_to_the_model(path: Path) -> None:
    full = to_model_input(to_srgb8(decode(path)))
    reduced = to_model_input(to_srgb8(decode(path, DECODE_AT_LEAST)))
    assert np.abs(full - reduced).mean() < MEAN_DIFFERENCE
    assert detail(reduced) == pytest.approx(detail(full), rel=DETAIL_LOSS)


@pytest.mark.parametrize("size", [(3000, 2000), (2000, 3000), (2272, 1704), (6000, 4000)])
def test_a_reduced_decode_changes_nothing_the_model_sees(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "mosaic.jpg"
    Image.fromarray(mosaic(*size)).save(path, quality=92)
    assert decode(path, DECODE_AT_LEAST).width < size[0], "the decode was not reduced"
    assert_same_to_the_model(path)


def test_real_cameras(shared: Path) -> None:
    photos = sorted((shared / "cameras").iterdir())
    assert photos
    for photo in photos:
        assert_same_to_the_model(photo)


@pytest.mark.parametrize("shape", [(384, 512, 3), (384, 384, 3), (4000, 30, 3), (1, 1, 3), (900, 1400, 3)])
def test_any_shape_fills_the_input(shape: tuple[int, int, int]) -> None:
    picture = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    found = to_model_input(picture)
    assert found.shape == (INPUT_ROWS, INPUT_COLUMNS, 3)
    assert found.dtype == np.float32
    assert 0 <= found.min() <= found.max() <= 255


def test_a_picture_of_the_right_size_stays_as_it_is() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (INPUT_ROWS, INPUT_COLUMNS, 3), np.uint8)
    np.testing.assert_array_equal(to_model_input(picture), picture)


def test_no_pixel_is_skipped() -> None:
    stripes = np.zeros((INPUT_ROWS * 8, INPUT_COLUMNS * 8, 3), np.uint8)
    stripes[::2] = 255
    found = to_model_input(stripes)
    assert np.abs(found - 127.5).max() <= 8, "antialiasing turns fine stripes into grey"


def test_channels_keep_their_order() -> None:
    picture = np.full((600, 800, 3), (200, 100, 50), np.uint8)
    assert to_model_input(picture)[0, 0].tolist() == [200, 100, 50]
