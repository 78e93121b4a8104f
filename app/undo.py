"""Steps that can be taken back, and the stack of them; a step knows what was before it and what after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from editor.core.marks import RecordedMarks


@dataclass(frozen=True, slots=True)
class MarkChange:
    """The marks of one photo before and after a step; None where nobody had marked it."""

    path: Path
    before: RecordedMarks | None
    after: RecordedMarks | None


MarksByPath = Sequence[tuple[Path, RecordedMarks | None]]


class Step(Protocol):
    """Something done that can be taken back and done again."""

    @property
    def text(self) -> str:
        """What was done, in words."""

    def undo(self) -> None:
        """Takes it back."""

    def redo(self) -> None:
        """Does it, the first time or again."""


@dataclass(frozen=True, slots=True)
class MarkStep:
    """Marks given to one or many photos in one stroke.

    Attributes:
        text: What it does, in words.
        changes: One per photo.
        apply: Sets marks by path.
    """

    text: str
    changes: tuple[MarkChange, ...]
    apply: Callable[[MarksByPath], None]

    def redo(self) -> None:
        """Gives the marks."""
        self.apply([(change.path, change.after) for change in self.changes])

    def undo(self) -> None:
        """Brings the earlier marks back, with how they had come about."""
        self.apply([(change.path, change.before) for change in self.changes])


@dataclass(frozen=True, slots=True)
class ReturnStep:
    """Rejects were moved: taking this back brings them back, in the background.

    Attributes:
        text: What was done, in words.
        bring_back: Starts bringing the files back.
    """

    text: str
    bring_back: Callable[[], None]

    def redo(self) -> None:
        """It is done already; after it was taken back the shoot is opened anew, without this step."""

    def undo(self) -> None:
        """Brings the files back."""
        self.bring_back()


class UndoStack(QObject):
    """The steps of one shoot. Qt's own stack is not used: its commands would have two owners."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._done: list[Step] = []
        self._taken_back: list[Step] = []

    @property
    def undo_text(self) -> str:
        """The step that Undo would take back, empty where there is none."""
        return self._done[-1].text if self._done else ""

    @property
    def redo_text(self) -> str:
        """The step that Redo would do again, empty where there is none."""
        return self._taken_back[-1].text if self._taken_back else ""

    def push(self, step: Step) -> None:
        """Does a step; what was taken back before cannot be done again."""
        self._taken_back.clear()
        self._done.append(step)
        step.redo()
        self.changed.emit()

    def undo(self) -> None:
        """Takes the last step back, where there is one."""
        if self._done:
            step = self._done.pop()
            self._taken_back.append(step)
            step.undo()
            self.changed.emit()

    def redo(self) -> None:
        """Does the step again that was taken back last, where there is one."""
        if self._taken_back:
            step = self._taken_back.pop()
            self._done.append(step)
            step.redo()
            self.changed.emit()

    def clear(self) -> None:
        """Forgets every step."""
        self._done.clear()
        self._taken_back.clear()
        self.changed.emit()
