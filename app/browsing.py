"""Filter, order, focus and selection of the views: what is shown, and where a step leads."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal, Slot

from app.mark_book import FlagCode
from app.numbers import number
from app.photo_filter import EVERYTHING, PhotoFilter, SortKey
from app.photo_grid import PhotoGrid
from app.photo_list_model import PhotoListModel
from app.photo_roles import PhotoRole
from app.shown_photos import ShownPhotos
from editor.core.clock_offsets import ClockOffsets
from quality.panel.throttle import Throttle

_FOLLOW_MS = 400


class Browsing(QObject):
    """Photos keep focus and selection by their paths, whatever filter and order do to their places."""

    changed = Signal()
    said = Signal(str)

    def __init__(self, photos: PhotoListModel, shown: ShownPhotos, grid: PhotoGrid, parent: QObject) -> None:
        super().__init__(parent)
        self._photos, self._shown, self._grid = photos, shown, grid
        self._follow = Throttle(self.refresh, _FOLLOW_MS, self)
        photos.dataChanged.connect(self._photos_changed)

    @property
    def filter(self) -> PhotoFilter:
        """What is shown now."""
        return self._shown.filter

    @property
    def current(self) -> Path | None:
        """The photo in focus."""
        index = self._grid.currentIndex()
        return self._shown.path(index.row()) if index.isValid() else None

    def set_filter(self, chosen: PhotoFilter) -> None:
        """Shows what a filter lets through."""
        self._shown.filter = chosen
        self.refresh()

    def set_order(self, sort: SortKey, *, reverse: bool) -> None:
        """Sorts the photos."""
        self._shown.order, self._shown.reverse = sort, reverse
        self.refresh()

    def set_clocks(self, clocks: ClockOffsets) -> None:
        """Other offsets of the cameras' clocks hold."""
        self._shown.clocks = clocks
        if self._shown.order is SortKey.TIME:
            self.refresh()

    def begin(self, *, keep_filter: bool = False) -> None:
        """A shoot is open: everything is shown, unless it is the same one anew."""
        if not keep_filter:
            self._shown.filter = EVERYTHING
        self.refresh()

    @Slot()
    def clear_filter(self) -> None:
        """Shows every photo."""
        self.set_filter(EVERYTHING)

    @Slot(list)
    def follow_marks(self, _marks: Sequence[object]) -> None:
        """Marks changed: where the filter looks at them, photos come and go at once."""
        if self._shown.filter.follows_marks:
            self.refresh()
        else:
            self.changed.emit()

    @Slot()
    def follow_advice(self) -> None:
        """Scores or lines changed: where filter or order look at them, they follow a moment later."""
        if self._shown.filter.follows_advice or self._shown.order in (SortKey.SCORE, SortKey.TIME):
            self._follow.call()

    @Slot(QModelIndex, QModelIndex, list)
    def _photos_changed(self, _first: QModelIndex, _last: QModelIndex, roles: list[int]) -> None:
        """Photos were edited, or times read: where filter or order look at that, they follow soon."""
        edited = PhotoRole.EDITED in roles and self._shown.filter.follows_edits
        if edited or (PhotoRole.TIME in roles and self._shown.order is SortKey.TIME):
            self._follow.call()

    @Slot()
    def refresh(self) -> None:
        """Filters and sorts anew; focus goes to the next photo where its own is no longer shown."""
        rows = self._shown.wanted_rows()
        if not np.array_equal(rows, self._shown.rows):
            before, current = self._shown.rows, self._grid.currentIndex().row()
            chosen = [self._shown.row(index.row()) for index in self._grid.selectionModel().selectedIndexes()]
            self._shown.refresh(rows)
            self._restore(before, current, chosen)
        self.changed.emit()

    def go_to(self, place: int) -> None:
        """Puts one photo into focus."""
        index = self._shown.index(place, 0)
        # The view itself would ask the keyboard: with Ctrl of Ctrl+Z held it would add to the selection.
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._grid.selectionModel().setCurrentIndex(index, select)
        self._grid.scrollTo(index)

    @Slot(object)
    def go_to_photo(self, path: Path) -> None:
        """Puts a photo into focus where it is shown."""
        place = self._shown.place_of(path)
        if place is not None:
            self.go_to(place)

    @Slot(list, str)
    def show_touched(self, paths: Sequence[Path], words: str) -> None:
        """A step touched photos: goes to the first that is shown, and says which the filter hides.

        Args:
            paths: The photos in the order of the shoot.
            words: What was done.
        """
        places = [place for path in paths if (place := self._shown.place_of(path)) is not None]
        if places and (current := self._grid.currentIndex().row()) not in places:
            self.go_to(min(places, key=lambda place: abs(place - current)))
        hidden = len(paths) - len(places)
        if not hidden:
            return
        if len(paths) == 1:
            text = self.tr("{step}. The filter hides this photo; Shift+Esc shows all.")
        else:
            text = self.tr("{step}. The filter hides {n} of these photos; Shift+Esc shows all.")
        self.said.emit(text.format(step=words, n=number(hidden)))

    @Slot(int)
    def step(self, by: int) -> None:
        """Goes on or back by some photos."""
        place = self._grid.currentIndex().row() + by
        if 0 <= place < self._shown.rowCount():
            self.go_to(place)

    @Slot()
    def next_undecided(self) -> None:
        """Goes to the next photo that is neither picked nor rejected, from the end on to the first."""
        undecided = self._photos.shoot.marks.flags[self._shown.rows] == FlagCode.UNFLAGGED
        self.go_round(np.flatnonzero(undecided))

    @Slot()
    def next_fault(self) -> None:
        """Goes to the next photo that cannot be read."""
        faults = (self._shown.place_of_row(row) for row in self._photos.shoot.faults)
        self.go_round(np.array(sorted(place for place in faults if place is not None), dtype=np.intp))

    def go_round(self, places: NDArray[np.intp]) -> None:
        """Goes to the first of some places after this one, else to the first of all."""
        if places.size:
            after = places[places > self._grid.currentIndex().row()]
            self.go_to(int(after[0] if after.size else places[0]))

    def _restore(self, before: NDArray[np.intp], current: int, chosen: Sequence[int]) -> None:
        """Brings focus and selection back after the places have changed."""
        if not self._shown.rowCount():
            self._grid.setCurrentIndex(self._shown.index(-1, 0))
            return
        places = sorted(
            place for row in chosen if row >= 0 and (place := self._shown.place_of_row(row)) is not None
        )
        focus = self._nearest(before, current)
        self.go_to(focus)
        if len(places) > 1:
            picked = QItemSelection()
            for place in places:
                picked.select(self._shown.index(place, 0), self._shown.index(place, 0))
            self._grid.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _nearest(self, before: NDArray[np.intp], current: int) -> int:
        """The place of the photo that was in focus, else of the next one still shown, else the last."""
        for row in before[max(0, current) :]:
            place = self._shown.place_of_row(int(row))
            if place is not None:
                return place
        return self._shown.rowCount() - 1
