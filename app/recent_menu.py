"""The menu of folders opened last."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.settings import Settings


class RecentMenu(QMenu):
    """Filled anew whenever it opens."""

    chosen = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self._settings = settings
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._choose)

    @Slot()
    def _fill(self) -> None:
        self.clear()
        for folder in self._settings.recent_folders:
            self.addAction(str(folder)).setData(str(folder))
        if self.isEmpty():
            self.addAction(self.tr("No folder yet")).setEnabled(False)

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        if action.data():
            self.chosen.emit(Path(action.data()))
