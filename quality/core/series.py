"""Finds runs of dark frames in a shoot: a night, which asks one question instead of forty.

It must not decide: it is told which frames are flagged as dark, and it changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

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


@dataclass(frozen=True, slots=True)
class Frame:
    """One photo of a shoot.

    Attributes:
        row: Its row in the shoot.
        taken_at: The camera's clock.
        is_dark: Whether it is flagged as underexposed.
        middle_ev: The middle of its light in EV below white; None when it was not measured.
    """

    row: int
    taken_at: datetime
    is_dark: bool
    middle_ev: float | None


@dataclass(frozen=True, slots=True)
class DarkSeries:
    """Dark frames one after another.

    Attributes:
        rows: The frames that belong to the night, in the order they were taken.
        odd: Dark frames among them that are far darker than their neighbours.
        first: When the first was taken.
        last: When the last was taken.
    """

    rows: tuple[int, ...]
    odd: tuple[int, ...]
    first: datetime
    last: datetime


def dark_series(frames: Iterable[Frame]) -> list[DarkSeries]:
    """Finds every series.

    A single bright frame does not end one, a gap of more than `LONGEST_GAP` does.

    Args:
        frames: The judged photos whose time is known, in any order.

    Returns:
        Series of at least `LEAST_FRAMES` frames, the earliest first.
    """
    found = []
    for run in _runs(sorted(frames, key=_clock)):
        odd = {frame.row for place, frame in enumerate(run) if _is_odd(run, place)}
        rows = tuple(frame.row for frame in run if frame.row not in odd)
        if len(rows) >= LEAST_FRAMES:
            odd_rows = tuple(frame.row for frame in run if frame.row in odd)
            found.append(DarkSeries(rows, odd_rows, run[0].taken_at, run[-1].taken_at))
    return found


def _runs(frames: Sequence[Frame]) -> list[list[Frame]]:
    """The dark frames of every run, whatever its length."""
    runs: list[list[Frame]] = []
    bright = _BRIGHT_BETWEEN + 1
    for frame in frames:
        if not frame.is_dark or (frame.middle_ev is not None and frame.middle_ev > DARK_EV):
            bright += 1
            continue
        far = bool(runs) and _clock(frame)[0] - _clock(runs[-1][-1])[0] > LONGEST_GAP
        if bright > _BRIGHT_BETWEEN or far:
            runs.append([])
        runs[-1].append(frame)
        bright = 0
    return runs


def _is_odd(run: Sequence[Frame], place: int) -> bool:
    around = [*run[max(0, place - _NEIGHBOURS) : place], *run[place + 1 : place + 1 + _NEIGHBOURS]]
    levels = [frame.middle_ev for frame in around if frame.middle_ev is not None]
    own = run[place].middle_ev
    return own is not None and bool(levels) and own <= median(levels) - ODD_EV


def _clock(frame: Frame) -> tuple[datetime, int]:
    """What the camera's clock showed: cameras that know their time zone stand beside those that do not."""
    return frame.taken_at.replace(tzinfo=None), frame.row
