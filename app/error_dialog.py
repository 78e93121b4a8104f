"""The last resort for faults of the program: logged, and shown once in words instead of a crash."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

_log = logging.getLogger(__name__)


class ErrorReporter(QObject):
    """Catches what nobody caught, on every thread, and shows it in the GUI thread; one dialog at a time."""

    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dialog: QMessageBox | None = None
        self.parent_widget: QWidget | None = None
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Takes over from Python's own hooks."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("a fault nobody expected", exc_info=(kind, error, trace))
        self._caught.emit("".join(traceback.format_exception(kind, error, trace)))

    def _take_from_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    @Slot(str)
    def _show(self, details: str) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            return
        dialog = QMessageBox(self.parent_widget)
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setWindowTitle(self.tr("A fault in Framesift"))
        dialog.setText(self.tr("Something went wrong that should not have."))
        dialog.setInformativeText(
            self.tr("Your photos were not touched. You can go on; if things look odd, start Framesift again.")
        )
        dialog.setDetailedText(details)
        dialog.setModal(False)
        self.dialog = dialog
        dialog.show()
