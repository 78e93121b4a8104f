"""Lets the actions Undo and Redo say which step they mean."""

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QAction

from app.undo import UndoStack


class StepNames(QObject):
    """Keeps text and state of Undo and Redo in step with a stack."""

    def __init__(self, stack: UndoStack, actions: dict[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._stack, self._undo, self._redo = stack, actions["undo"], actions["redo"]
        stack.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        _show(self._undo, _tr("&Undo"), _tr("&Undo: {step}"), self._stack.undo_text)
        _show(self._redo, _tr("&Redo"), _tr("&Redo: {step}"), self._stack.redo_text)


def _show(action: QAction, plain: str, named: str, step: str) -> None:
    action.setText(named.format(step=step.replace("&", "&&")) if step else plain)
    action.setEnabled(bool(step))


def _tr(text: str) -> str:
    return QCoreApplication.translate("UndoActions", text)
