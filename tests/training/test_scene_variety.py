"""A frame is cut in two parts that fill it, and other colours leave the light of a picture nearly alone."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from training.scene_variety import parting, recolour

Texture = Callable[..., NDArray[np.uint8]]


@given(rows=st.integers(10, 400), columns=st.integers(10, 600), seed=st.integers(0, 10_000))
def test_two_parts_fill_the_frame_and_neither_is_a_strip(rows: int, columns: int, seed: int) -> None:
    first, second, axis = parting(rows, columns, np.random.default_rng(seed))
    together = [(rows, columns)[side] if side != axis else first[side] + second[side] for side in (0, 1)]
    assert together == [rows, columns]
    assert first[1 - axis] == second[1 - axis] == (rows, columns)[1 - axis]
    whole = (rows, columns)[axis]
    assert min(first[axis], second[axis]) >= 0.3 * whole - 0.5


def test_a_frame_is_cut_both_ways_also_in_the_middle() -> None:
    random = np.random.default_rng(3)
    cuts = [parting(10, 10, random) for _ in range(200)]
    halves = {cut.axis for cut in cuts if cut.first == cut.second or 5 in cut.first}
    assert halves == {0, 1}


def test_other_colours_are_no_more_colourful_and_a_grey_picture_has_none(texture: Texture) -> None:
    frame = texture(2)
    for seed in range(12):
        drawn = recolour(frame, np.random.default_rng(seed))
        assert drawn.dtype == np.uint8
        assert np.all(drawn.max(axis=2) <= frame.max(axis=2))
        assert np.all(drawn.min(axis=2) >= frame.min(axis=2))
    grey = np.repeat(frame[..., :1], 3, axis=2)
    assert np.array_equal(recolour(grey, np.random.default_rng(1)), grey)


def test_every_order_of_the_channels_is_drawn(texture: Texture) -> None:
    frame = texture(5)
    frame[..., 0], frame[..., 1], frame[..., 2] = 200, 120, 40
    orders = {tuple(np.argsort(recolour(frame, np.random.default_rng(seed))[0, 0])) for seed in range(60)}
    assert len(orders) == 6


@pytest.mark.parametrize("value", [0, 255])
def test_what_is_clipped_stays_so(value: int) -> None:
    frame = np.full((4, 5, 3), value, dtype=np.uint8)
    assert np.array_equal(recolour(frame, np.random.default_rng(0)), frame)
