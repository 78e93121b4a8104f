"""How far judging is: counts, rate and time left; pure arithmetic on times passed in."""

from collections import deque
from dataclasses import dataclass

_WINDOW_SECONDS = 5.0
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class ProgressFigures:
    """What the status bar says.

    Attributes:
        settled: Photos judged or found unreadable.
        judged: Those of them that have scores.
        total: Photos of the shoot.
        rate: Photos per second lately; None while too few were seen.
        seconds_left: Time to go at this rate; None where it cannot be told.
    """

    settled: int
    judged: int
    total: int
    rate: float | None
    seconds_left: float | None


class JudgingProgress:
    """Measures the rate over the last seconds, so that a pause or a slow start is soon forgotten."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def restart(self) -> None:
        """Forgets the rate, for another shoot or after a pause."""
        self._seen.clear()

    def note(self, now: float, settled: int) -> None:
        """Notes how many photos are settled at a time.

        Args:
            now: A steadily growing clock, in seconds.
            settled: Photos settled by then.
        """
        self._seen.append((now, settled))
        while len(self._seen) > _ENOUGH and now - self._seen[0][0] > _WINDOW_SECONDS:
            self._seen.popleft()

    def figures(self, settled: int, judged: int, total: int) -> ProgressFigures:
        """The figures for these counts."""
        rate = self._rate()
        left = (total - settled) / rate if rate else None
        return ProgressFigures(settled, judged, total, rate, left)

    def _rate(self) -> float | None:
        if len(self._seen) < _ENOUGH:
            return None
        (began, first), (ended, last) = self._seen[0], self._seen[-1]
        if ended <= began or last <= first:
            return None
        return (last - first) / (ended - began)
