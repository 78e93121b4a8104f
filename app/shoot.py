"""The open shoot: its photos, their scores, marks and faults, and which are over a line; no Qt, no files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.mark_book import MarkBook
from app.recipe_book import RecipeBook
from app.scene_book import SceneBook
from editor.core.metadata import PhotoMetadata
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.score_table import ScoreTable
from quality.core.scorer import PhotoScore
from quality.core.thresholds import Mode, Modes, Thresholds

NEAR = 0.1
"""How far from a line a score counts as near it: a photo that a small move of the line would decide anew."""


@dataclass(frozen=True, slots=True)
class OverLines:
    """Which photos are over which line, by the same rule as `quality.core.verdict.decide`.

    Attributes:
        reasons: Shape (photos, defects), true where a defect advises rejecting.
        hints: Shape (photos, defects), true where a defect is only a hint.
        near: Shape (photos,), true where a score lies within NEAR of a line that is not off.
    """

    reasons: NDArray[np.bool_]
    hints: NDArray[np.bool_]
    near: NDArray[np.bool_]

    @property
    def flagged(self) -> int:
        """Photos with at least one badge that advises rejecting."""
        return int(np.count_nonzero(any_defect(self.reasons)))

    @property
    def hinted(self) -> int:
        """Photos with hints and nothing more."""
        return int(np.count_nonzero(any_defect(self.hints) & ~any_defect(self.reasons)))

    @property
    def flagged_by(self) -> PerDefect[int]:
        """Photos that each defect advises rejecting."""
        return PerDefect[int](*(int(np.count_nonzero(column)) for column in self.reasons.T))

    @property
    def hinted_by(self) -> PerDefect[int]:
        """Photos for which each defect is only a hint."""
        return PerDefect[int](*(int(np.count_nonzero(column)) for column in self.hints.T))


def any_defect(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a photo has any defect; whole columns are several times faster than three cells at a time.

    Args:
        mask: Shape (photos, defects).

    Returns:
        Shape (photos,).
    """
    found: NDArray[np.bool_] = np.zeros(len(mask), np.bool_)
    for column in mask.T:
        found |= column
    return found


def over_lines(
    probabilities: NDArray[np.float64],
    thresholds: Thresholds,
    modes: Modes,
    dark: NDArray[np.bool_] | None = None,
    cannot_tell: NDArray[np.bool_] | None = None,
) -> OverLines:
    """Decides on all photos at once.

    Args:
        probabilities: Shape (photos, defects) in 0..1; not-a-number in rows that are not judged.
        thresholds: The lines, 0..1.
        modes: What each defect may do.
        dark: Shape (photos,), true where the scene itself was dark; None where no scene was.
        cannot_tell: Shape (photos,), true where nothing has texture enough to judge blur; None for nowhere.

    Returns:
        The masks, same shape as the probabilities.
    """
    judged = ~any_defect(np.isnan(probabilities))
    # One defect after the other, each a column of its own in memory: five times faster than all at once.
    reasons = np.zeros(probabilities.shape, np.bool_, order="F")
    hints = np.zeros(probabilities.shape, np.bool_, order="F")
    near = np.zeros(len(probabilities), np.bool_)
    for place, defect in enumerate(DEFECTS):
        mode, line, scores = modes.of(defect), thresholds.of(defect), probabilities[:, place]
        if mode is Mode.OFF:
            continue
        over = judged & (scores >= line)
        hinting = np.full(len(scores), mode is Mode.HINT)
        if mode is Mode.AUTO and dark is not None:
            hinting = dark
        if defect is Defect.BLUR and cannot_tell is not None:
            over |= judged & cannot_tell
            hinting = hinting | cannot_tell
        np.logical_and(over, hinting, out=hints[:, place])
        np.greater(over, hinting, out=reasons[:, place])
        near |= judged & (np.abs(scores - line) <= NEAR)  # not-a-number is never close
    return OverLines(reasons, hints, near)


class Shoot:
    """An opened folder. Rows keep the order of the folder; two copies of one photo are two rows."""

    def __init__(
        self,
        folder: Path,
        photos: Sequence[Path],
        ignored: int = 0,
        companions: Mapping[Path, Path] | None = None,
    ) -> None:
        """Takes the photos of a folder, none of them judged.

        Args:
            folder: The folder.
            photos: Its photos in the order to show.
            ignored: How many other files were left out.
            companions: For the JPEG of a RAW+JPEG pair its RAW file, which is no photo of its own here.
        """
        self.folder = folder
        self.photos = tuple(photos)
        self.ignored = ignored
        self.companions = dict(companions or {})
        self.probabilities = np.full((len(self.photos), len(DEFECTS)), np.nan)
        self.scenes = SceneBook(len(self.photos))
        self.faults: dict[int, str] = {}
        self.marks = MarkBook(len(self.photos))
        self.recipes = RecipeBook(len(self.photos))
        self._sizes: dict[int, tuple[int, int]] = {}
        self._rows = {path: row for row, path in enumerate(self.photos)}

    def __len__(self) -> int:
        return len(self.photos)

    def caption(self, row: int) -> str:
        """The name below a photo: ``IMG_1.jpg``, or ``IMG_1.jpg + CR3`` for a pair."""
        path = self.photos[row]
        companion = self.companions.get(path)
        return path.name if companion is None else f"{path.name} + {companion.suffix[1:].upper()}"

    def row_of(self, path: Path) -> int | None:
        """The row of a photo, None for one that is not in this shoot."""
        return self._rows.get(path)

    @property
    def metadata(self) -> Mapping[int, PhotoMetadata]:
        """What the camera wrote, by row, of the photos of which it is known."""
        return self.scenes.metadata

    @property
    def judged(self) -> int:
        """Photos that have scores."""
        return int((~np.isnan(self.probabilities[:, 0])).sum())

    @property
    def settled(self) -> int:
        """Photos that have scores or a fault: nothing more is to come for them."""
        faults = np.fromiter(self.faults, np.intp, len(self.faults))
        return self.judged + int(np.isnan(self.probabilities[faults, 0]).sum())

    def is_judged(self, row: int) -> bool:
        """Whether a photo has scores."""
        return not np.isnan(self.probabilities[row, 0])

    def scores_of(self, row: int) -> PerDefect[float] | None:
        """The probabilities of one photo, None when not judged."""
        if not self.is_judged(row):
            return None
        return PerDefect[float](*(float(value) for value in self.probabilities[row]))

    def shown_scores_of(self, row: int) -> PerDefect[float] | None:
        """The probabilities of what is seen: of the edited picture where it is edited and judged."""
        return self.recipes.score(row) or self.scores_of(row)

    def size_of(self, row: int) -> tuple[int, int] | None:
        """Upright width and height of the file in pixels, None when not known."""
        return self._sizes.get(row)

    def note_scores(self, rows: Sequence[int], scores: Sequence[PhotoScore]) -> None:
        """Keeps the scores of some photos, one per row; a fault noted before is gone."""
        if not rows:
            return
        found = (score.probabilities for score in scores)
        self.probabilities[rows] = [(one.blur, one.under, one.over) for one in found]
        self._sizes.update(zip(rows, ((score.width, score.height) for score in scores), strict=True))
        self.scenes.note_all(
            rows,
            [score.metadata for score in scores],
            [score.light for score in scores],
            [score.witnesses for score in scores],
        )
        for row in self.faults.keys() & set(rows):
            del self.faults[row]

    def note_table(self, rows: Sequence[int], table: ScoreTable) -> None:
        """Keeps many scores at once, one per row; faults noted before are gone."""
        self.probabilities[rows] = table.probabilities
        self._sizes.update(zip(rows, map(tuple, table.sizes.tolist()), strict=True))
        self.scenes.note_table(rows, table)
        for row in self.faults.keys() & set(rows):
            del self.faults[row]

    def carry_scores(self, before: "Shoot", rows: NDArray[np.intp], old: NDArray[np.intp]) -> None:
        """Takes the scores of another reading of this folder over: those of its rows `old` under `rows`."""
        self.probabilities[rows] = before.probabilities[old]
        for row, one in zip(rows.tolist(), old.tolist(), strict=True):
            size = before.size_of(one)
            if size is not None:
                self._sizes[row] = size
        self.scenes.carry(before.scenes, rows, old)

    def forget_scores(self, rows: Sequence[int]) -> None:
        """Photos are others than those that were judged: they wait to be judged anew."""
        self.probabilities[rows] = np.nan

    def note_fault(self, row: int, reason: str) -> None:
        """Keeps why a photo cannot be read; an empty reason where that is to be found out anew."""
        self.faults.pop(row, None)
        if reason:
            self.faults[row] = reason
