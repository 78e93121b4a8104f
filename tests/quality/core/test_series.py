"""A night is found whatever the order of the frames; an odd frame among them is left out."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quality.core.series import DARK_EV, LEAST_FRAMES, LONGEST_GAP, Frame, dark_series

START = datetime(2026, 5, 2, 21, 4)
MINUTE = timedelta(minutes=1)


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
    frames[3] = Frame(3, frames[3].taken_at.replace(tzinfo=UTC), True, None)
    (series,) = dark_series(frames)
    assert series.rows == tuple(range(10))


frame = st.builds(
    Frame,
    st.integers(0, 10**6),
    st.integers(0, 400).map(lambda n: START + n * MINUTE),
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
