"""The marks of every photo of a shoot, with columns for counting and filtering; no Qt, no files."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from editor.core.marks import NO_MARKS, Flag, Marks, RecordedMarks


class FlagCode(IntEnum):
    """How a flag stands in the column."""

    UNFLAGGED = 0
    PICK = 1
    REJECT = 2


_CODES = {Flag.UNFLAGGED: FlagCode.UNFLAGGED, Flag.PICK: FlagCode.PICK, Flag.REJECT: FlagCode.REJECT}


class MarkBook:
    """One row per photo; None stands for a photo nobody has marked yet.

    Attributes:
        flags: Shape (photos,), the `FlagCode` of each.
        ratings: Shape (photos,), 0..5.
        labels: The label of each, None for none.
    """

    def __init__(self, count: int) -> None:
        self._recorded: list[RecordedMarks | None] = [None] * count
        self.flags: NDArray[np.uint8] = np.zeros(count, np.uint8)
        self.ratings: NDArray[np.uint8] = np.zeros(count, np.uint8)
        self.labels: list[str | None] = [None] * count

    def marks(self, row: int) -> Marks:
        """The marks of a photo."""
        recorded = self._recorded[row]
        return NO_MARKS if recorded is None else recorded.marks

    def recorded(self, row: int) -> RecordedMarks | None:
        """The marks of a photo and how they came about."""
        return self._recorded[row]

    def all_recorded(self) -> list[tuple[int, RecordedMarks]]:
        """Rows with marks and how these came about, in the order of the shoot."""
        return [(row, recorded) for row, recorded in enumerate(self._recorded) if recorded is not None]

    def note(self, row: int, recorded: RecordedMarks | None) -> None:
        """Replaces the marks of a photo."""
        self._recorded[row] = recorded
        marks = self.marks(row)
        self.flags[row] = _CODES[marks.flag]
        self.ratings[row] = marks.rating
        self.labels[row] = marks.label

    def count(self, code: FlagCode) -> int:
        """How many photos have a flag."""
        return int((self.flags == code).sum())
