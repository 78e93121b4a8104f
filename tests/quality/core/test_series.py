"""A night is found whatever the order of the frames; an odd frame among them is left out."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quality.core import series as module
from quality.core.series import (
    DARK_EV,
    LEAST_FRAMES,
    LONGEST_GAP,
    ODD_EV,
    DarkSeries,
    Frames,
    clock_seconds,
)

START = datetime(2026, 5, 2, 21, 4)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Frame:
    """One photo, as it is easiest written down."""

    row: int
    taken_at: datetime | None
    is_dark: bool
    middle_ev: float | None


def dark_series(frames: Iterable[Frame]) -> list[DarkSeries]:
    """The series of some photos."""
    given = list(frames)
    return module.dark_series(
        Frames(
            np.array([one.row for one in given], dtype=np.intp),
            np.array([np.nan if one.taken_at is None else clock_seconds(one.taken_at) for one in given]),
            np.array([one.is_dark for one in given], dtype=np.bool_),
            np.array([np.nan if one.middle_ev is None else one.middle_ev for one in given]),
        )
    )


def night(count: int, *, start: datetime = START, first_row: int = 0, ev: float = -6.0) -> list[Frame]:
    return [Frame(first_row + n, start + n * MINUTE, True, ev) for n in range(count)]


def test_a_night() -> None:
    frames = night(37)
    random.Random(1).shuffle(frames)  # noqa: S311 - an order, no secret
    (series,) = dark_series(frames)
    assert series.rows == tuple(range(37))
    assert series.odd == ()
    assert (series.first, series.last) == (START, START + 36 * MINUTE)


def test_too_few_are_no_series() -> None:
    assert dark_series(night(LEAST_FRAMES - 1)) == []
    assert len(dark_series(night(LEAST_FRAMES))) == 1
    assert dark_series([]) == []


def test_a_frame_far_under_its_neighbours_stays_out() -> None:
    frames = night(12)
    frames[5] = Frame(5, frames[5].taken_at, True, -8.1)
    frames[9] = Frame(9, frames[9].taken_at, True, -7.5)
    (series,) = dark_series(frames)
    assert series.odd == (5,)
    assert 5 not in series.rows
    assert 9 in series.rows


def test_one_bright_frame_does_not_end_it_and_two_do() -> None:
    frames = night(20)
    frames[8] = Frame(8, frames[8].taken_at, False, -3.0)
    (series,) = dark_series(frames)
    assert 8 not in series.rows
    assert len(series.rows) == 19
    frames[9] = Frame(9, frames[9].taken_at, False, -3.0)
    assert [len(one.rows) for one in dark_series(frames)] == [8, 10]


def test_a_flagged_frame_that_is_not_dark_is_bright() -> None:
    assert dark_series(night(20, ev=DARK_EV + 0.1)) == []


def test_a_long_gap_ends_it() -> None:
    frames = night(10) + night(10, start=START + 10 * MINUTE + LONGEST_GAP, first_row=10)
    assert [one.rows[0] for one in dark_series(frames)] == [0, 10]


def test_clocks_with_and_without_a_zone_stand_side_by_side() -> None:
    frames = night(10)
    frames[3] = Frame(3, (START + 3 * MINUTE).replace(tzinfo=UTC), True, None)
    (series,) = dark_series(frames)
    assert series.rows == tuple(range(10))


def test_a_photo_without_a_time_is_passed_over() -> None:
    frames = [*night(10), Frame(10, None, True, -6.0)]
    (series,) = dark_series(frames)
    assert series.rows == tuple(range(10))


frame = st.builds(
    Frame,
    st.integers(0, 10**6),
    st.one_of(st.none(), st.integers(0, 400).map(lambda n: START + n * MINUTE)),
    st.booleans(),
    st.one_of(st.none(), st.floats(-12, 0)),
)


@given(st.lists(frame, max_size=60, unique_by=lambda one: one.row))
def test_only_dark_frames_and_each_once(frames: list[Frame]) -> None:
    dark = {one.row for one in frames if one.is_dark}
    rows = [row for series in dark_series(frames) for row in (*series.rows, *series.odd)]
    assert len(rows) == len(set(rows))
    assert set(rows) <= dark
    assert dark_series(frames) == dark_series(reversed(frames))


@given(st.lists(st.one_of(st.none(), st.floats(-12, -4)), min_size=LEAST_FRAMES, max_size=40))
def test_odd_ones_lie_two_ev_under_the_median_of_their_neighbours(levels: list[float | None]) -> None:
    odd = set()
    for place, own in enumerate(levels):
        around = [*levels[max(0, place - 4) : place], *levels[place + 1 : place + 5]]
        known = [level for level in around if level is not None]
        if own is not None and known and own <= median(known) - ODD_EV:
            odd.add(place)
    frames = [Frame(place, START + place * MINUTE, True, own) for place, own in enumerate(levels)]
    found = dark_series(frames)
    if len(levels) - len(odd) < LEAST_FRAMES:
        assert found == []
    else:
        assert set(found[0].odd) == odd
