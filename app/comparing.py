"""Which two photos are compared: the focus of the shoot is one of them, the other one stays."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, Slot

from app.browsing import Browsing
from app.numbers import number
from app.photo_area import PhotoArea
from app.photo_list_model import PhotoListModel
from app.shown_photos import ShownPhotos
from app.thumbnail_store import ThumbnailStore


class Comparing(QObject):
    """Keeps the compare view in step with focus and marks."""

    def __init__(
        self,
        photos: PhotoListModel,
        shown: ShownPhotos,
        thumbnails: ThumbnailStore,
        area: PhotoArea,
        browsing: Browsing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._photos, self._shown, self._thumbnails = photos, shown, thumbnails
        self._area, self._browsing, self._view = area, browsing, area.compare
        area.grid.selectionModel().currentChanged.connect(self._current_changed)
        self._view.stepped.connect(self._step)
        self._view.switched.connect(self._switched)
        browsing.changed.connect(self.show_marks)

    def begin(self, chosen: list[Path]) -> bool:
        """Compares the first two of the chosen photos, or the one in focus with the next.

        Args:
            chosen: The selected photos in the order of the view.

        Returns:
            Whether there are two.
        """
        place = self._area.grid.currentIndex().row()
        if len(chosen) >= 2:
            left, right = chosen[:2]
        elif place >= 0 and self._shown.rowCount() > 1:
            near = place + 1 if place + 1 < self._shown.rowCount() else place - 1
            left, right = self._shown.path(place), self._shown.path(near)
        else:
            return False
        self._view.show_nothing()
        self._show(0, left)
        self._show(1, right)
        self._view.set_active(0)
        self._area.show_compare()
        self._browsing.go_to_photo(left)
        self.show_marks()
        return True

    @Slot(bool)
    def show_badges(self, shown: bool) -> None:
        """Shows the advice on both photos, or hides it again: comparing shall not be led by it unasked."""
        self._view.badges_shown = shown
        self.show_marks()

    @Slot()
    def show_marks(self) -> None:
        """Shows the marks of both."""
        shoot = self._photos.shoot
        for pane in self._view.panes:
            row = None if pane.path is None else shoot.row_of(pane.path)
            place = None if row is None else self._shown.place_of_row(row)
            if row is not None:
                total = number(self._shown.rowCount())
                words = (
                    ""
                    if place is None
                    else self.tr("{n} of {total}").format(n=number(place + 1), total=total)
                )
                badges = self._photos.badges(row) if self._view.badges_shown else ()
                pane.line.show_photo(shoot.caption(row), words, shoot.marks.marks(row), badges)

    def _show(self, side: int, path: Path) -> None:
        row = self._photos.shoot.row_of(path)
        if row is not None:
            size = self._photos.shoot.size_of(row)
            self._view.show_photo(side, path, self._thumbnails.image(path), size)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """The focus moved, perhaps because a filter hid its photo: the active side follows."""
        if self._area.view is self._view and current.isValid():
            path = self._shown.path(current.row())
            if path == self._view.other.path:
                self._view.set_active(1 - self._view.panes.index(self._view.active))
            self._show(self._view.panes.index(self._view.active), path)
            self.show_marks()

    @Slot(int)
    def _step(self, by: int) -> None:
        """Changes the active photo, past the other one."""
        place = self._area.grid.currentIndex().row() + by
        other = self._view.other.path
        if other is not None and 0 <= place < self._shown.rowCount() and self._shown.path(place) == other:
            place += by
        if 0 <= place < self._shown.rowCount():
            self._browsing.go_to(place)

    @Slot()
    def _switched(self) -> None:
        if self._view.active.path is not None:
            self._browsing.go_to_photo(self._view.active.path)
