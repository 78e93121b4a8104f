"""Lets the actions Undo and Redo say which step they mean."""

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QAction, QUndoStack


class _StepNames(QObject):
    """Follows a stack of steps."""

    def __init__(self, stack: QUndoStack, actions: dict[str, QAction]) -> None:
        super().__init__(stack)
        self._stack, self._undo, self._redo = stack, actions["undo"], actions["redo"]
        stack.indexChanged.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        stack = self._stack
        _show(self._undo, _tr("&Undo"), _tr("&Undo: {step}"), stack.undoText(), on=stack.canUndo())
        _show(self._redo, _tr("&Redo"), _tr("&Redo: {step}"), stack.redoText(), on=stack.canRedo())


def follow_steps(stack: QUndoStack, actions: dict[str, QAction]) -> None:
    """Keeps text and state of Undo and Redo in step with a stack, as long as the stack lives."""
    _StepNames(stack, actions)


def _show(action: QAction, plain: str, named: str, step: str, *, on: bool) -> None:
    action.setText(named.format(step=step.replace("&", "&&")) if on else plain)
    action.setEnabled(on)


def _tr(text: str) -> str:
    return QCoreApplication.translate("UndoActions", text)
