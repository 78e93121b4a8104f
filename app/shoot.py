"""The open shoot: its photos, their scores, marks and faults, and which are over a line; no Qt, no files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.mark_book import MarkBook
from quality.core.labels import DEFECTS, PerDefect
from quality.core.thresholds import Mode, Modes, Thresholds


@dataclass(frozen=True, slots=True)
class OverLines:
    """Which photos are over which line, by the same rule as `quality.core.verdict.decide`.

    Attributes:
        reasons: Shape (photos, defects), true where a defect advises rejecting.
        hints: Shape (photos, defects), true where a defect is only a hint.
    """

    reasons: NDArray[np.bool_]
    hints: NDArray[np.bool_]

    @property
    def flagged(self) -> int:
        """Photos with at least one badge that advises rejecting."""
        return int(self.reasons.any(axis=1).sum())

    @property
    def hinted(self) -> int:
        """Photos with hints and nothing more."""
        return int((self.hints.any(axis=1) & ~self.reasons.any(axis=1)).sum())

    @property
    def counts(self) -> PerDefect[int]:
        """Photos over each line; 0 where a defect is off."""
        return PerDefect[int](*(int(count) for count in (self.reasons | self.hints).sum(axis=0)))


def over_lines(probabilities: NDArray[np.float64], thresholds: Thresholds, modes: Modes) -> OverLines:
    """Decides on all photos at once.

    Args:
        probabilities: Shape (photos, defects) in 0..1; not-a-number in rows that are not judged.
        thresholds: The lines, 0..1.
        modes: What each defect may do.

    Returns:
        The masks, same shape.
    """
    over = probabilities >= np.array(tuple(thresholds), dtype=np.float64)
    over &= ~np.isnan(probabilities).any(axis=1, keepdims=True)
    rejecting = np.array([mode is Mode.REJECT for mode in modes])
    hinting = np.array([mode is Mode.HINT for mode in modes])
    return OverLines(over & rejecting, over & hinting)


class Shoot:
    """An opened folder. Rows keep the order of the folder; two copies of one photo are two rows."""

    def __init__(self, folder: Path, photos: Sequence[Path], ignored: int = 0) -> None:
        """Takes the photos of a folder, none of them judged.

        Args:
            folder: The folder.
            photos: Its photos in the order to show.
            ignored: How many other files were left out.
        """
        self.folder = folder
        self.photos = tuple(photos)
        self.ignored = ignored
        self.probabilities = np.full((len(self.photos), len(DEFECTS)), np.nan)
        self.faults: dict[int, str] = {}
        self.marks = MarkBook(len(self.photos))
        self._sizes: dict[int, tuple[int, int]] = {}
        self._rows = {path: row for row, path in enumerate(self.photos)}

    def __len__(self) -> int:
        return len(self.photos)

    def row_of(self, path: Path) -> int | None:
        """The row of a photo, None for one that is not in this shoot."""
        return self._rows.get(path)

    @property
    def judged(self) -> int:
        """Photos that have scores."""
        return int((~np.isnan(self.probabilities[:, 0])).sum())

    @property
    def settled(self) -> int:
        """Photos that have scores or a fault: nothing more is to come for them."""
        return self.judged + sum(1 for row in self.faults if np.isnan(self.probabilities[row, 0]))

    def is_judged(self, row: int) -> bool:
        """Whether a photo has scores."""
        return not np.isnan(self.probabilities[row, 0])

    def scores_of(self, row: int) -> PerDefect[float] | None:
        """The probabilities of one photo, None when not judged."""
        if not self.is_judged(row):
            return None
        return PerDefect[float](*(float(value) for value in self.probabilities[row]))

    def size_of(self, row: int) -> tuple[int, int] | None:
        """Upright width and height of the file in pixels, None when not known."""
        return self._sizes.get(row)

    def note_score(self, row: int, probabilities: PerDefect[float], width: int, height: int) -> None:
        """Keeps the score of a photo; a fault noted before is gone."""
        self.probabilities[row] = tuple(probabilities)
        self._sizes[row] = (width, height)
        self.faults.pop(row, None)

    def note_fault(self, row: int, reason: str) -> None:
        """Keeps why a photo cannot be read."""
        self.faults[row] = reason
