"""Finds runs of dark frames in a shoot: a night, which asks one question instead of forty.

It must not decide: it is told which frames are flagged as dark, and it changes nothing. It works on whole
columns, so that a shoot of thousands of dark frames is looked through in a few milliseconds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

LEAST_FRAMES = 8
"""Fewer dark frames in a row are no series."""

LONGEST_GAP = timedelta(minutes=20)
"""Frames further apart belong to two series."""

ODD_EV = 2.0
"""A frame this far under its neighbours is no part of the night, but underexposed."""

DARK_EV = -3.3
"""A picture whose middle lies above this is no dark frame, whatever the line for under says."""

_BRIGHT_BETWEEN = 1
_NEIGHBOURS = 4
_EPOCH = datetime(1970, 1, 1)


def clock_seconds(taken_at: datetime) -> float:
    """What the camera's clock showed, in seconds since 1970 by that clock, whatever zone it stood in."""
    return (taken_at.replace(tzinfo=None) - _EPOCH).total_seconds()


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Photos of one shoot, as columns of shape (photos,) in any order.

    Attributes:
        rows: Their rows in the shoot.
        taken_s: What the camera's clock showed, by `clock_seconds`; not-a-number where it is not known.
        is_dark: Whether they are flagged as underexposed.
        middle_ev: The middle of their light in EV below white; not-a-number where it was not measured.
    """

    rows: NDArray[np.intp]
    taken_s: NDArray[np.float64]
    is_dark: NDArray[np.bool_]
    middle_ev: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DarkSeries:
    """Dark frames one after another.

    Attributes:
        rows: The frames that belong to the night, in the order they were taken.
        odd: Dark frames among them that are far darker than their neighbours.
        first: When the first was taken, by the camera's clock.
        last: When the last was taken.
    """

    rows: tuple[int, ...]
    odd: tuple[int, ...]
    first: datetime
    last: datetime


def dark_series(frames: Frames) -> list[DarkSeries]:
    """Finds every series.

    A single bright frame does not end one, a gap of more than `LONGEST_GAP` does.

    Args:
        frames: The photos; those whose time is not known are passed over.

    Returns:
        Series of at least `LEAST_FRAMES` frames, the earliest first.
    """
    known = np.flatnonzero(~np.isnan(frames.taken_s))
    order = known[np.lexsort((frames.rows[known], frames.taken_s[known]))]
    # Not-a-number is never brighter than the line: what was not measured is taken for dark.
    places = np.flatnonzero(frames.is_dark[order] & ~(frames.middle_ev[order] > DARK_EV))
    taken = frames.taken_s[order[places]]
    ends = (np.diff(places) > _BRIGHT_BETWEEN + 1) | (np.diff(taken) > LONGEST_GAP.total_seconds())
    runs = np.split(order[places], np.flatnonzero(ends) + 1)
    found = (_series(frames, run) for run in runs if len(run) >= LEAST_FRAMES)
    return [series for series in found if len(series.rows) >= LEAST_FRAMES]


def _series(frames: Frames, run: NDArray[np.intp]) -> DarkSeries:
    """A run of dark frames, those that are far too dark set apart."""
    rows, odd = frames.rows[run], _odd(frames.middle_ev[run])
    first, last = (_EPOCH + timedelta(seconds=float(frames.taken_s[one])) for one in (run[0], run[-1]))
    return DarkSeries(tuple(rows[~odd].tolist()), tuple(rows[odd].tolist()), first, last)


def _odd(middle_ev: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which frames of a run lie far under the median of their neighbours.

    Args:
        middle_ev: Shape (frames,) with at least one frame; not-a-number where it was not measured.

    Returns:
        Shape (frames,).
    """
    around = sliding_window_view(np.pad(middle_ev, _NEIGHBOURS, constant_values=np.nan), 2 * _NEIGHBOURS + 1)
    others = np.sort(np.delete(around, _NEIGHBOURS, axis=1), axis=1)  # not-a-number comes last
    count = np.count_nonzero(~np.isnan(others), axis=1)
    middle = np.maximum(count - 1, 0)
    each = np.arange(len(others))
    median = (others[each, middle // 2] + others[each, (middle + 1) // 2]) / 2
    return np.asarray(middle_ev <= median - ODD_EV)
