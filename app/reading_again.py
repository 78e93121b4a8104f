"""Reads the folder of the open shoot again; focus, selection and the place of the view stay by photo."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal, Slot

from app.browsing import Browsing
from app.photo_area import PhotoArea
from app.photo_list_model import PhotoListModel
from app.shoot import Shoot
from app.shoot_session import ShootSession
from app.shown_photos import ShownPhotos
from app.undo import UndoStack


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where the user stands: photos in the order of the view, the place in focus, the selected ones."""

    folder: Path
    order: tuple[Path, ...]
    place: int
    selected: frozenset[Path]
    top: int
    in_loupe: bool

    def ahead(self) -> tuple[Path, ...]:
        """The photo in focus, those after it, then those before it, the nearest first."""
        return (*self.order[self.place :], *reversed(self.order[: self.place]))


class ReadingAgain(QObject):
    """Lives in the GUI thread; steps, filter and marks stay as well. `loupe_wanted` comes where it was up."""

    loupe_wanted = Signal()

    def __init__(
        self,
        session: ShootSession,
        photos: PhotoListModel,
        shown: ShownPhotos,
        browsing: Browsing,
        area: PhotoArea,
        stack: UndoStack,
        parent: QObject,
    ) -> None:
        """Waits to be asked.

        Args:
            session: Lists the folder.
            photos: The open shoot.
            shown: What the view shows of it.
            browsing: Puts photos into focus.
            area: The views.
            stack: The steps, which wait until the marks are there again.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self._session, self._photos, self._shown = session, photos, shown
        self._browsing, self._area, self._stack = browsing, area, stack
        self._standing: _Standing | None = None
        self._focus_missed = False

    @Slot()
    def read(self) -> None:
        """Reads the folder now."""
        self.read_folder(self._photos.shoot.folder)

    @Slot(object)
    def read_folder(self, folder: Path) -> None:
        """Reads a folder again, if it is the one that is open: files in it were moved."""
        if folder == self._photos.shoot.folder and len(self._photos.shoot):
            self._standing = self._stand(folder)
            self._stack.hold()
            self._session.open_folder(folder)

    def knows(self, shoot: Shoot) -> bool:
        """Whether a shoot that was opened is the one that was to be read again."""
        if self._standing is not None and self._standing.folder != shoot.folder:
            self._standing = None
        return self._standing is not None

    def restore(self) -> None:
        """The shoot is there: goes where the user stood."""
        standing = self._standing
        if standing is None:
            return
        places = ((path, self._shown.place_of(path)) for path in standing.ahead())
        focus = next(((path, place) for path, place in places if place is not None), None)
        # A filter may look at marks, which are not all there yet.
        self._focus_missed = focus is None or focus[0] != standing.order[standing.place]
        if focus is not None:
            self._browsing.go_to(focus[1])
            self._select(standing.selected)
            self._scroll(focus[1], standing.top)
        if standing.in_loupe and self._area.view is not self._area.loupe:
            self.loupe_wanted.emit()

    @Slot()
    def end(self) -> None:
        """The marks are there as well: steps may be taken back again."""
        self._stack.settle()
        if self._focus_missed:
            self.restore()
        self._standing, self._focus_missed = None, False

    @Slot()
    def give_up(self) -> None:
        """The folder cannot be read; what is shown stays."""
        self._standing, self._focus_missed = None, False
        self._stack.settle()

    def _stand(self, folder: Path) -> _Standing:
        grid, shown = self._area.grid, self._shown
        chosen = [index.row() for index in grid.selectionModel().selectedIndexes()]
        return _Standing(
            folder,
            tuple(shown.paths(range(shown.rowCount()))),
            max(0, grid.currentIndex().row()),
            frozenset(shown.paths(chosen)),
            grid.visualRect(grid.currentIndex()).top(),
            self._area.view is self._area.loupe,
        )

    def _select(self, selected: frozenset[Path]) -> None:
        places = [place for path in selected if (place := self._shown.place_of(path)) is not None]
        if len(places) < 2:
            return
        chosen = QItemSelection()
        for place in places:
            chosen.select(self._shown.index(place, 0), self._shown.index(place, 0))
        model = self._area.grid.selectionModel()
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _scroll(self, place: int, top: int) -> None:
        """Puts the photo in focus where it stood on screen."""
        grid = self._area.grid
        bar = grid.verticalScrollBar()
        bar.setValue(bar.value() + grid.visualRect(self._shown.index(place, 0)).top() - top)
