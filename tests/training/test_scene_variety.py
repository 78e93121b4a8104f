"""Two parts fill a frame, other colours leave its light nearly alone, a ground is black or white."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from training.scene_variety import on_empty_ground, parting, recolour

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


def test_a_part_of_the_scene_stays_on_a_black_or_a_white_ground(texture: Texture) -> None:
    frame = np.clip(texture(4), 60, 200)
    grounds = []
    for seed in range(40):
        drawn = on_empty_ground(frame, np.random.default_rng(seed))
        assert (drawn.shape, drawn.dtype) == (frame.shape, np.uint8)
        alike = (drawn == frame).all(axis=2).mean()
        empty = ((drawn < 20) | (drawn > 230)).all(axis=2)
        assert alike > 0.1
        if empty.any():
            grounds.append(int(drawn[empty].mean()))
            assert drawn[empty].max() - drawn[empty].min() <= 30
    assert len(grounds) > 35
    assert {ground > 128 for ground in grounds} == {True, False}


def test_an_empty_ground_takes_a_few_tenths_of_a_frame() -> None:
    grey = np.full((60, 80, 3), 120, dtype=np.uint8)
    shares = [
        (np.abs(on_empty_ground(grey, np.random.default_rng(seed)) - 120.0) > 60).mean()
        for seed in range(200)
    ]
    assert 0.2 < np.mean(shares) < 0.6
    assert max(shares) < 0.8
