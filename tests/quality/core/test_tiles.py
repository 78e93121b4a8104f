"""Tiles: where they lie, which have texture, and that the sharp part of a picture is looked at first."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from quality.core.tiles import at_least_a_tile, cut, most_detailed, tile_places

SIDE = 64


def grain(rows: int, columns: int, seed: int = 0) -> NDArray[np.uint8]:
    """Texture at all scales."""
    random = np.random.default_rng(seed)
    layers = [
        cv2.resize(random.uniform(-1, 1, (rows // size + 2, columns // size + 2)), (columns, rows))
        for size in (1, 4, 16)
    ]
    grey = np.clip(128 + 40 * sum(layers), 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


@given(st.integers(SIDE, 400), st.integers(SIDE, 400), st.sampled_from([SIDE // 2, SIDE]))
def test_tiles_cover_the_whole_picture_and_leave_it_nowhere(rows: int, columns: int, step: int) -> None:
    places = tile_places(np.zeros((rows, columns, 3), np.uint8), SIDE, step)
    covered = np.zeros((rows, columns), bool)
    for place in places:
        assert 0 <= place.top <= rows - SIDE
        assert 0 <= place.left <= columns - SIDE
        covered[place.top : place.top + SIDE, place.left : place.left + SIDE] = True
    assert covered.all()


def test_a_picture_smaller_than_a_tile_has_none_until_it_is_mirrored() -> None:
    small = grain(40, 100)
    assert tile_places(small, SIDE, SIDE) == ()
    whole = at_least_a_tile(small, SIDE)
    assert whole.shape == (64, 100, 3)
    assert np.array_equal(whole[12:52], small)
    assert at_least_a_tile(whole, SIDE) is whole


@pytest.mark.parametrize("level", [0, 40, 128, 255])
def test_a_flat_picture_has_no_texture(level: int) -> None:
    places = tile_places(np.full((200, 300, 3), level, np.uint8), SIDE, SIDE)
    assert all(place.texture == pytest.approx(0, abs=1e-3) for place in places)
    assert most_detailed(places, 3, SIDE, 0.5) == ()


def test_noise_is_no_texture_but_a_defocused_scene_keeps_some() -> None:
    random = np.random.default_rng(1)
    fog = np.clip(random.normal(128, 3, (256, 256, 3)), 0, 255).astype(np.uint8)
    soft = cv2.GaussianBlur(grain(256, 256), (0, 0), 4)
    noise = max(place.texture for place in tile_places(fog, SIDE, SIDE))
    defocused = min(place.texture for place in tile_places(soft, SIDE, SIDE))
    assert noise < 1 < defocused


def test_the_sharp_corner_of_a_soft_picture_comes_first() -> None:
    sharp = grain(256, 384)
    mixed = cv2.GaussianBlur(sharp, (0, 0), 5)
    mixed[128:, 256:] = sharp[128:, 256:]
    places = tile_places(mixed, SIDE, SIDE // 2)
    first, *others = most_detailed(places, 4, SIDE, 1.0)
    assert first.top >= 128 - SIDE // 4
    assert first.left >= 256 - SIDE // 4
    assert all(first.detail >= other.detail for other in others)


def test_no_two_chosen_tiles_overlap_by_more_than_half() -> None:
    chosen = most_detailed(tile_places(grain(300, 300), SIDE, SIDE // 2), 20, SIDE, 0.0)
    assert len(chosen) == 20
    for number, one in enumerate(chosen):
        for other in chosen[:number]:
            down = max(0, SIDE - abs(one.top - other.top))
            across = max(0, SIDE - abs(one.left - other.left))
            assert down * across <= SIDE * SIDE / 2


def test_tiles_are_cut_where_they_lie() -> None:
    picture = grain(130, 200)
    places = tile_places(picture, SIDE, SIDE)
    tiles = cut(picture, places, SIDE)
    assert tiles.dtype == np.float32
    assert tiles.shape == (len(places), SIDE, SIDE, 3)
    last = places[-1]
    assert (last.top, last.left) == (66, 136)
    assert np.array_equal(tiles[-1], picture[66:, 136:])
