"""The scores of one defect over a whole shoot, sorted once, so that every question of a slider is quick.

It must not decide: it counts scores at a line, whatever the mode; and it knows no photos, only their rows.
"""

import numpy as np
from numpy.typing import NDArray


class ScoreColumn:
    """Scores in ascending order with the rows they belong to; a score on the line is over it."""

    def __init__(self, scores: NDArray[np.float64]) -> None:
        """Sorts the scores.

        Args:
            scores: Shape (photos,), 0..1; not-a-number where a photo is not judged.
        """
        rows = np.flatnonzero(~np.isnan(scores))
        order = np.argsort(scores[rows], kind="stable")
        self._rows = rows[order]
        self._scores = scores[self._rows]

    def __len__(self) -> int:
        """How many photos are judged."""
        return len(self._rows)

    @property
    def highest(self) -> float | None:
        """The highest score, None while no photo is judged."""
        return float(self._scores[-1]) if len(self) else None

    def over(self, line: float) -> int:
        """How many photos are over a line."""
        return len(self) - int(np.searchsorted(self._scores, line, side="left"))

    def bars(self, count: int) -> NDArray[np.int64]:
        """How many scores lie in each of ``count`` equal parts of 0..1; a score of 1 counts to the last."""
        places = np.minimum((self._scores * count).astype(np.int64), count - 1)
        return np.bincount(places, minlength=count)

    def nearest(self, line: float, count: int) -> list[tuple[int, float]]:
        """The photos nearest a line.

        Args:
            line: 0..1.
            count: How many at most.

        Returns:
            Pairs of row and score, the highest score first.
        """
        place = int(np.searchsorted(self._scores, line))
        low, high = max(0, place - count), min(len(self), place + count)
        distance = np.abs(self._scores[low:high] - line)
        chosen = np.sort(np.argsort(distance, kind="stable")[:count])[::-1] + low
        return [(int(self._rows[one]), float(self._scores[one])) for one in chosen]
