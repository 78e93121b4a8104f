"""The photos of the open shoot as a Qt list model: names, states, badges, marks, words; decodes nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.badge_codes import BADGES_BY_CODE, badge_codes
from app.photo_cell import CellFace, PhotoCell
from app.photo_roles import PhotoRole, PhotoState
from app.recipe_book import EditedScore
from app.row_words import RowWords, row_spoken, row_tooltip
from app.shoot import OverLines, Shoot, over_lines
from editor.core.marks import RecordedMarks
from editor.core.metadata import PhotoMetadata
from editor.core.recipe import Recipe
from quality.core.score_table import ScoreTable
from quality.core.scorer import PhotoScore
from quality.core.thresholds import Modes, Thresholds, default_modes
from quality.panel.badge import BadgeMark

AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


T = TypeVar("T")


class PhotoListModel(QAbstractListModel):
    """Rows are the photos of one shoot; badges follow the lines by arithmetic alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shoot = Shoot(Path(), ())
        self._thresholds = Thresholds(0.5, 0.5, 0.5)
        self._modes = default_modes()
        self._decide()
        self._readers: dict[int, Callable[[int], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda row: self._shoot.caption(row),
            Qt.ItemDataRole.ToolTipRole: self._worded(row_tooltip),
            Qt.ItemDataRole.AccessibleTextRole: self._worded(row_spoken),
            PhotoRole.PATH: lambda row: self._shoot.photos[row],
            PhotoRole.STATE: self.state,
            PhotoRole.BADGES: self.badges,
            PhotoRole.FAULT: lambda row: self._shoot.faults.get(row),
            PhotoRole.MARKS: lambda row: self._shoot.marks.marks(row),
            PhotoRole.ROW: int,
            PhotoRole.EDITED: lambda row: bool(self._shoot.recipes.edited[row]),
        }

    @property
    def shoot(self) -> Shoot:
        """The open shoot; empty before the first."""
        return self._shoot

    @property
    def over(self) -> OverLines:
        """Which photos are over which line now, edited ones as they are edited."""
        return self._over

    @property
    def original_over(self) -> OverLines:
        """Which photos are over which line as they were taken."""
        shoot, scenes = self._shoot, self._shoot.scenes
        return over_lines(shoot.probabilities, self._thresholds, self._modes, scenes.dark, scenes.cannot_tell)

    @property
    def thresholds(self) -> Thresholds:
        """The lines in force."""
        return self._thresholds

    @property
    def modes(self) -> Modes:
        """What each defect may do."""
        return self._modes

    def set_shoot(self, shoot: Shoot) -> None:
        """Shows another shoot."""
        self.beginResetModel()
        self._shoot = shoot
        self._decide()
        self.endResetModel()

    def set_lines(self, thresholds: Thresholds, modes: Modes) -> None:
        """Re-decides all photos and announces the rows whose badges changed."""
        before = self._codes
        self._thresholds, self._modes = thresholds, modes
        self._decide()
        rows = np.flatnonzero(before != self._codes)
        if rows.size:
            self._announce(int(rows[0]), int(rows[-1]), [PhotoRole.BADGES])

    def take_scores(self, scores: Iterable[tuple[Path, PhotoScore]]) -> list[int]:
        """Takes scores from the workers, and gives the rows that are judged now."""
        known = list(self._known(scores))
        rows = [row for row, _ in known]
        self._shoot.note_scores(rows, [score for _, score in known])
        self._note_judged(rows)
        return rows

    def take_table(self, paths: Sequence[Path], table: ScoreTable) -> list[int]:
        """As `take_scores`, of many photos of this shoot that were judged before."""
        rows = [row for row, _ in self._known(zip(paths, paths, strict=True))]
        self._shoot.note_table(rows, table)
        self._note_judged(rows)
        return rows

    def forget_scores(self, rows: list[int]) -> None:
        """Photos turned out to be others than those that were judged."""
        self._shoot.forget_scores(rows)
        self._note_judged(rows)

    def _note_judged(self, rows: list[int]) -> None:
        self._decide()
        self._announce_rows(rows, [PhotoRole.BADGES, PhotoRole.STATE])

    def take_faults(self, faults: Iterable[tuple[Path, str]]) -> list[int]:
        """Takes the reasons of photos that cannot be read; an empty one forgets the fault.

        Returns:
            Their rows.
        """
        rows = []
        for row, reason in self._known(faults):
            self._shoot.note_fault(row, reason)
            rows.append(row)
        self._announce_rows(rows, [PhotoRole.FAULT, PhotoRole.STATE])
        return rows

    def take_metadata(self, metadata: Iterable[tuple[Path, PhotoMetadata]]) -> None:
        """Takes what cameras wrote into photos that are not judged yet."""
        rows = [row for row, found in self._known(metadata) if self._shoot.scenes.note_metadata(row, found)]
        self._announce_rows(rows, [PhotoRole.TIME])

    def take_marks(self, marks: Iterable[tuple[Path, RecordedMarks | None]]) -> list[int]:
        """Replaces the marks of some photos.

        Returns:
            Their rows.
        """
        rows = []
        for row, recorded in self._known(marks):
            self._shoot.marks.note(row, recorded)
            rows.append(row)
        self._announce_rows(rows, [PhotoRole.MARKS])
        return rows

    def take_recipes(self, recipes: Iterable[tuple[Path, Recipe]]) -> list[int]:
        """Replaces the recipes of some photos.

        Returns:
            Their rows.
        """
        rows = []
        for row, recipe in self._known(recipes):
            self._shoot.recipes.note(row, recipe)
            rows.append(row)
        self._decide()
        self._announce_rows(rows, [PhotoRole.EDITED, PhotoRole.BADGES, Qt.ItemDataRole.DecorationRole])
        return rows

    def _known(self, given: Iterable[tuple[Path, T]]) -> Iterator[tuple[int, T]]:
        """What is given for photos of this shoot, by row; other photos are left out."""
        for path, value in given:
            row = self._shoot.row_of(path)
            if row is not None:
                yield row, value

    def edited_of(self, paths: Iterable[Path]) -> set[Path]:
        """Those of some photos that are edited."""
        rows = {path: self._shoot.row_of(path) for path in paths}
        return {path for path, row in rows.items() if row is not None and self._shoot.recipes.edited[row]}

    def take_edited_score(self, path: Path, score: EditedScore) -> bool:
        """Takes how an edited picture is judged; the original's score stays what it is.

        Returns:
            Whether it belongs to the photo's recipe of now.
        """
        row = self._shoot.row_of(path)
        if row is None or not self._shoot.recipes.note_score(row, score):
            return False
        self._decide()
        self._announce_rows([row], [PhotoRole.BADGES])
        return True

    def note_thumbnails(self, paths: Iterable[Path]) -> None:
        """Says that thumbnails came, so that their cells are painted anew."""
        found = (self._shoot.row_of(path) for path in paths)
        self._announce_rows([row for row in found if row is not None], [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Number of photos."""
        return 0 if parent.isValid() else len(self._shoot)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a view asks for; None for roles that are not ours."""
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        return self.read(index.row(), role)

    def read(self, row: int, role: int) -> Any:
        """What a view asks of a row; None for roles that are not ours."""
        reader = self._readers.get(role)
        return None if reader is None else reader(row)

    def state(self, row: int) -> PhotoState:
        """What is known of a photo."""
        if self._shoot.is_judged(row):
            return PhotoState.JUDGED
        return PhotoState.BROKEN if row in self._shoot.faults else PhotoState.WAITING

    def badges(self, row: int) -> tuple[BadgeMark, ...]:
        """The badges of a photo in the order of the defects."""
        return BADGES_BY_CODE[self._codes[row]]

    def cell(self, row: int) -> PhotoCell:
        """What a cell shows of a photo."""
        shoot = self._shoot
        face = CellFace(
            shoot.photos[row],
            shoot.caption(row),
            row in shoot.faults and not shoot.is_judged(row),
            shoot.faults.get(row, ""),
            shoot.marks.marks(row),
            bool(shoot.recipes.edited[row]),
        )
        return PhotoCell(row, face, self.badges(row))

    def _decide(self) -> None:
        shoot, scenes = self._shoot, self._shoot.scenes
        shown = shoot.recipes.shown(shoot.probabilities)
        self._over = over_lines(shown, self._thresholds, self._modes, scenes.dark, scenes.cannot_tell)
        self._codes = badge_codes(self._over)

    def _worded(self, words: RowWords) -> Callable[[int], str]:
        return lambda row: words(self._shoot, row, self._thresholds, self.badges(row))

    def _announce(self, first: int, last: int, roles: list[int]) -> None:
        self.dataChanged.emit(self.index(first), self.index(last), roles)

    def _announce_rows(self, rows: list[int], roles: list[int]) -> None:
        """Announces rows; many are announced as one range, which costs a view less."""
        if len(rows) > 8:
            self._announce(min(rows), max(rows), roles)
            return
        for row in rows:
            self._announce(row, row, roles)
