"""The drawer below the photos: which cannot be read and why, and a button that has them tried again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.elided_label import ElidedLabel
from app.fault_list import FaultList
from app.fault_list_model import NAME, FaultListModel

_HEIGHT = 176
_LEAST_NAME, _MOST_NAME = 120, 240
"""Width of the column of names, in device-independent pixels."""


class FaultDrawer(QFrame):
    """Reads and decides nothing. `retry_asked` carries paths, `chosen` a path, `said` a sentence."""

    chosen = Signal(object)
    retry_asked = Signal(list)
    said = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("faults")
        # A drawer that grew with its list would move the photos again and again while they are judged.
        self.setFixedHeight(_HEIGHT)
        self.model, self._title = FaultListModel(self), ElidedLabel()
        self.list = FaultList(self.model)
        self.retry, self.copy_all = QPushButton(), QPushButton(self.tr("Copy list"))
        self._close = QToolButton()
        self._build()
        self._dress()
        self.list.activated.connect(self._activated)
        self.list.copy_asked.connect(self._copy_chosen)
        self.list.selectionModel().selectionChanged.connect(self._show_retry)
        self.retry.clicked.connect(self._retry)
        self.copy_all.clicked.connect(self._copy_all)
        self._close.clicked.connect(self.closed)
        self.model.rowsInserted.connect(self._make_room)
        self.model.modelReset.connect(self._show_retry)
        self._show_retry()
        self.hide()

    @property
    def title(self) -> str:
        """What stands above the list."""
        return self._title.text()

    @property
    def selected(self) -> list[Path]:
        """The photos of the selected rows, in their order."""
        return [self.model.path(row) for row in self.list.selected_rows()]

    @property
    def has_keyboard(self) -> bool:
        """Whether keys go to the drawer."""
        return any(part.hasFocus() for part in (self.list, self.retry, self.copy_all, self._close))

    def show_title(self, title: str) -> None:
        """Says how many there are."""
        self._title.show_text(title)
        self.setAccessibleName(title)
        self.list.setAccessibleName(title)

    def open(self) -> None:
        """Shows the drawer with nothing selected and gives its list the keyboard."""
        self.list.clearSelection()
        self.show()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_icons(self, icon: Callable[[str], QIcon]) -> None:
        """Takes the icons of the theme."""
        self._close.setIcon(icon("close"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the drawer."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(16, 6, 8, 4)
        header.setSpacing(8)
        header.addWidget(self._title, 1)
        for widget in (self.retry, self.copy_all, self._close):
            header.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addWidget(self.list, 1)
        self.list.setColumnWidth(NAME, _LEAST_NAME)

    def _dress(self) -> None:
        self._title.setProperty("role", "number")
        for button in (self.retry, self.copy_all):
            button.setProperty("role", "answer")
            button.setAutoDefault(False)
        self.copy_all.setToolTip(self.tr("Copy names and reasons as text; Ctrl+C copies the selected rows"))
        words = self.tr("Close this list (Esc)")
        self._close.setProperty("role", "small")
        self._close.setToolTip(words)
        self._close.setAccessibleName(words)

    @Slot()
    def _show_retry(self) -> None:
        some = bool(self.list.selected_rows())
        self.retry.setText(self.tr("Try selected again") if some else self.tr("Try again"))
        self.retry.setToolTip(
            self.tr("Read the files of the selected rows anew")
            if some
            else self.tr("Read all these files anew; with rows selected, only theirs")
        )

    @Slot()
    def _retry(self) -> None:
        self.retry_asked.emit(self.selected or list(self.model.photos))

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.path(index.row()))

    @Slot()
    def _copy_all(self) -> None:
        self._copy(list(self.model.photos))

    @Slot()
    def _copy_chosen(self) -> None:
        self._copy(self.selected or list(self.model.photos))

    def _copy(self, photos: list[Path]) -> None:
        QGuiApplication.clipboard().setText(self.model.text(photos))
        many = self.tr("{n} lines copied").format(n=len(photos))
        self.said.emit(self.tr("1 line copied") if len(photos) == 1 else many)

    @Slot(QModelIndex, int, int)
    def _make_room(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Makes the column of names as wide as the new ones need; it never gets narrower again."""
        measure = self.list.fontMetrics().horizontalAdvance
        wanted = max(measure(self.model.path(row).name) for row in range(first, last + 1)) + 40
        width = min(_MOST_NAME, max(self.list.columnWidth(NAME), wanted))
        self.list.setColumnWidth(NAME, width)
