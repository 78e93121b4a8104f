"""What the keys for marks do: which photos they mean, and where to go next; paints and saves nothing."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction

from app.defect_menu import DefectMenu
from app.mark_edit import MarkEdit
from app.marking import Marking
from app.photo_area import PhotoArea
from app.photo_list_model import PhotoListModel
from app.photo_roles import PhotoRole
from app.settings import Settings
from editor.core.marks import Flag
from quality.core.labels import Defect


class Culling(QObject):
    """Lives between views and marks; in the loupe a key means the photo on show, in the grid all selected."""

    next_wanted = Signal(int)
    touched = Signal(list, str)

    def __init__(
        self, photos: PhotoListModel, area: PhotoArea, marking: Marking, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._photos, self._area, self.marking, self._settings = photos, area, marking, settings
        self._to_name: list[Path] = []
        self.defect_menu = DefectMenu(area)
        self.defect_menu.chosen.connect(self._reject_for)

    def targets(self) -> list[Path]:
        """The photos a key means now, in the order of the view."""
        current = self._area.grid.currentIndex()
        if self._area.view is self._area.grid:
            chosen = sorted(self._area.grid.selectionModel().selectedIndexes(), key=QModelIndex.row)
            if chosen:
                return [index.data(PhotoRole.PATH) for index in chosen]
        return [current.data(PhotoRole.PATH)] if current.isValid() else []

    def selected(self) -> list[Path]:
        """The selected photos in the order of the view, whatever view is on show."""
        chosen = sorted(self._area.grid.selectionModel().selectedIndexes(), key=QModelIndex.row)
        return [index.data(PhotoRole.PATH) for index in chosen]

    @Slot()
    def flag(self) -> None:
        """Picks, rejects or makes undecided again."""
        self._mark(MarkEdit(flag=Flag(self._value())))

    @Slot()
    def name_defect(self) -> None:
        """Asks, beside the photo, which defect the photos are rejected for."""
        self._to_name = self.targets()
        if self._to_name:
            self.defect_menu.ask(self._beside_photo())

    @Slot(object)
    def _reject_for(self, defect: Defect) -> None:
        """Rejects the photos that were asked about, and says why."""
        targets, self._to_name = self._to_name, []
        if targets:
            reject = MarkEdit(flag=Flag.REJECT)
            self.marking.mark(targets, reject, badge_seen=self._area.shows_badges)
            self.marking.name_defect(targets, defect)
            self._go_on(targets)

    @Slot()
    def rate(self) -> None:
        """Gives stars."""
        self._mark(MarkEdit(rating=int(self._value())))

    @Slot()
    def label(self) -> None:
        """Gives a label, or takes it away where every photo has it."""
        label, targets = self._value(), self.targets()
        rows = [row for path in targets if (row := self._photos.shoot.row_of(path)) is not None]
        given = all(self._photos.shoot.marks.labels[row] == label for row in rows)
        self._mark(MarkEdit(label="" if given else label))

    @Slot()
    def undo(self) -> None:
        """Takes the last step back and shows its photo."""
        self._show(self.marking.undo())

    @Slot()
    def redo(self) -> None:
        """Does it again and shows its photo."""
        self._show(self.marking.redo())

    @Slot()
    def select_all(self) -> None:
        """Selects every photo that is shown."""
        self._area.grid.selectAll()

    @Slot()
    def select_one(self) -> None:
        """Selects the photo in focus alone."""
        selection, current = self._area.grid.selectionModel(), self._area.grid.currentIndex()
        if current.isValid():
            selection.select(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot(bool)
    def set_auto_advance(self, on: bool) -> None:
        """Whether a mark on one photo goes on to the next."""
        self._settings.auto_advance = on

    def _mark(self, edit: MarkEdit) -> None:
        targets = self.targets()
        if not targets:
            return
        self.marking.mark(targets, edit, badge_seen=self._area.shows_badges)
        self._go_on(targets)

    def _go_on(self, targets: Sequence[Path]) -> None:
        if self._settings.auto_advance and len(targets) == 1:
            self.next_wanted.emit(1)

    def _beside_photo(self) -> QPoint:
        """A place on the screen at the photo in focus."""
        grid, view = self._area.grid, self._area.view
        if view is grid:
            return grid.viewport().mapToGlobal(grid.visualRect(grid.currentIndex()).center())
        return self._area.mapToGlobal(self._area.rect().center())

    def _show(self, touched: Sequence[Path]) -> None:
        if touched:
            self.touched.emit(list(touched), self.marking.step_words)

    def _value(self) -> str:
        action = self.sender()
        return str(action.data()) if isinstance(action, QAction) else ""
