"""The fast resize gives what Pillow's gives, whatever the sides."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS, to_model_input
from quality.core.resample import resample


def by_pillow(picture: np.ndarray) -> np.ndarray:
    resized = Image.fromarray(picture).resize((INPUT_COLUMNS, INPUT_ROWS), Image.Resampling.BICUBIC)
    return np.asarray(resized, dtype=np.float32)


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng([height, width]).integers(0, 256, (height, width, 3), np.uint8)


def assert_alike(found: np.ndarray, expected: np.ndarray) -> None:
    difference = np.abs(found - expected)
    assert found.shape == expected.shape
    assert found.dtype == np.float32
    assert difference.max() <= 1
    assert np.count_nonzero(difference) <= 1e-4 * difference.size


@pytest.mark.parametrize(
    "sides", [(1000, 1500), (768, 1024), (600, 800), (1125, 2000), (500, 741), (384, 1024), (97, 400), (3, 5)]
)
def test_landscape_pictures_come_out_as_from_pillow(sides: tuple[int, int]) -> None:
    picture = noise(*sides)
    assert_alike(resample(picture, INPUT_ROWS, INPUT_COLUMNS), by_pillow(picture))


@pytest.mark.parametrize("sides", [(1500, 1000), (1800, 1200), (2000, 1125), (2000, 513), (768, 512)])
def test_upright_pictures_come_out_as_from_pillow(sides: tuple[int, int]) -> None:
    picture = noise(*sides)
    assert_alike(resample(picture, INPUT_ROWS, INPUT_COLUMNS, columns_first=True), by_pillow(picture))
    assert_alike(to_model_input(picture), by_pillow(picture))


@pytest.mark.parametrize("sides", [(1024, 768), (900, 900), (4000, 30), (1333, 1000)])
def test_pictures_between_upright_and_landscape_are_pillows(sides: tuple[int, int]) -> None:
    picture = noise(*sides)
    np.testing.assert_array_equal(to_model_input(picture), by_pillow(picture))


@settings(max_examples=15, deadline=None)
@given(st.integers(512, 900), st.integers(0, 900))
def test_any_upright_picture_comes_out_as_from_pillow(width: int, more: int) -> None:
    picture = noise(-(-3 * width // 2) + more, width)
    difference = np.abs(to_model_input(picture) - by_pillow(picture))
    assert difference.max() <= 1
    assert np.count_nonzero(difference) <= 2e-3 * difference.size


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 700), st.integers(1, 900))
def test_any_picture_comes_out_as_from_pillow(height: int, width: int) -> None:
    picture = noise(height, width)
    assert_alike(to_model_input(picture), by_pillow(picture))


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 90), st.integers(1, 120), st.integers(1, 90), st.integers(1, 120), st.integers(0, 255))
def test_an_even_picture_stays_even(height: int, width: int, rows: int, columns: int, value: int) -> None:
    found = resample(np.full((height, width, 3), value, np.uint8), rows, columns)
    assert found.shape == (rows, columns, 3)
    assert (found == value).all()


def test_the_two_halves_of_a_step_keep_their_places_and_channels() -> None:
    picture = np.zeros((40, 60, 3), np.uint8)
    picture[:, 30:] = (255, 128, 7)
    found = resample(picture, 20, 30)
    assert found[:, 0].tolist() == [[0, 0, 0]] * 20
    assert found[:, -1].tolist() == [[255, 128, 7]] * 20
