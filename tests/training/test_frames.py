"""Frames are cut and reduced, never enlarged."""

from collections.abc import Callable
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS, to_model_input
from training import frames

Texture = Callable[..., NDArray[np.uint8]]


def _ramp(rows: int, columns: int) -> NDArray[np.uint8]:
    """Neighbouring pixels differ everywhere, so an enlarged picture shows itself by equal or mean values."""
    down, across = np.mgrid[:rows, :columns]
    return np.stack([down % 256, across % 256, (down + across) % 2 * 255], axis=2).astype(np.uint8)


@given(st.integers(20, 200), st.integers(20, 200), st.integers(0, 2**32 - 1))
def test_no_draw_ever_enlarges(rows: int, columns: int, seed: int) -> None:
    picture = np.zeros((rows, columns, 3), np.uint8)
    picture[::2, ::2] = 255
    with patch.object(frames, "whole_frame", wraps=frames.whole_frame) as reduce:
        frame = frames.random_frame(picture, 48, 64, 0.5, np.random.default_rng(seed))
    assert frame.shape == (48, 64, 3)
    for (source, to_rows, to_columns), _ in reduce.call_args_list:
        assert source.shape[0] >= to_rows
        assert source.shape[1] >= to_columns


def test_a_photo_too_small_is_mirrored_at_its_own_scale() -> None:
    small = _ramp(30, 40)
    frame = frames.native_frame(small, 48, 64)
    np.testing.assert_array_equal(frame[9:39, 12:52], small)
    assert {tuple(pixel) for pixel in frame.reshape(-1, 3)} == {
        tuple(pixel) for pixel in small.reshape(-1, 3)
    }


def test_a_very_small_photo_is_mirrored_again_and_again() -> None:
    assert frames.native_frame(_ramp(5, 6), 48, 64).shape == (48, 64, 3)


@pytest.mark.parametrize(("place", "corner"), [((0.0, 0.0), (0, 0)), ((1.0, 1.0), (52, 36))])
def test_a_window_lies_where_it_was_asked(place: tuple[float, float], corner: tuple[int, int]) -> None:
    picture = _ramp(100, 100)
    top, left = corner
    window = frames.native_frame(picture, 48, 64, place)
    np.testing.assert_array_equal(window, picture[top : top + 48, left : left + 64])


def test_the_whole_frame_is_what_the_program_feeds_the_network(texture: Texture) -> None:
    picture = texture(6, 400, 600)
    frame = frames.whole_frame(picture, INPUT_ROWS, INPUT_COLUMNS)
    np.testing.assert_array_equal(frame, to_model_input(picture))


def test_covers_needs_both_sides() -> None:
    assert frames.covers(_ramp(48, 64), 48, 64)
    assert not frames.covers(_ramp(47, 640), 48, 64)


def test_the_same_seed_cuts_the_same_frame(texture: Texture) -> None:
    picture = texture(7)
    first, second = (frames.random_frame(picture, 48, 64, 0.5, np.random.default_rng(9)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
