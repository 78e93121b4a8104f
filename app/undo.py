"""Steps that can be taken back, and the stack of them; a step knows what was before it and what after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from editor.core.marks import RecordedMarks

Value = TypeVar("Value")

MarksByPath = Sequence[tuple[Path, RecordedMarks | None]]


@dataclass(frozen=True, slots=True)
class PhotoChange(Generic[Value]):
    """What one photo had before a step and has after it, such as its marks (None where nobody gave any)."""

    path: Path
    before: Value
    after: Value


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
class PhotoStep(Generic[Value]):
    """Marks or recipes given to one or many photos in one stroke.

    Attributes:
        text: What it does, in words.
        changes: One per photo.
        apply: Sets what photos have, by path.
    """

    text: str
    changes: tuple[PhotoChange[Value], ...]
    apply: Callable[[Sequence[tuple[Path, Value]]], None]

    def redo(self) -> None:
        """Gives what is new."""
        self.apply([(change.path, change.after) for change in self.changes])

    def undo(self) -> None:
        """Brings back what was there before; marks with how they had come about."""
        self.apply([(change.path, change.before) for change in self.changes])


class FileStep:
    """Files were moved in the background: taking it back and doing it again start there too.

    The stack is held until the background says how it ended (`UndoStack.settle`).
    """

    def __init__(self, text: str, take_back: Callable[[], None], do_again: Callable[[], None]) -> None:
        """Is pushed once the files have been moved.

        Args:
            text: What was done, in words.
            take_back: Starts bringing the files back.
            do_again: Starts moving them again.
        """
        self.text = text
        self._take_back, self._do_again = take_back, do_again
        self._pushed = False

    def redo(self) -> None:
        """Moves the files again; when it is pushed they have just been moved."""
        if self._pushed:
            self._do_again()
        self._pushed = True

    def undo(self) -> None:
        """Brings the files back."""
        self._take_back()


class UndoStack(QObject):
    """The steps of one shoot. Qt's own stack is not used: its commands would have two owners.

    While a step is under way in the background the stack is held: nothing is taken back or done again.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._done: list[Step] = []
        self._taken_back: list[Step] = []
        self._held = False
        self._under_way: tuple[list[Step], list[Step]] | None = None

    @property
    def held(self) -> bool:
        """Whether a step is under way."""
        return self._held

    @property
    def undo_text(self) -> str:
        """The step that Undo would take back, empty where there is none."""
        return self._done[-1].text if self._done and not self._held else ""

    @property
    def redo_text(self) -> str:
        """The step that Redo would do again, empty where there is none."""
        return self._taken_back[-1].text if self._taken_back and not self._held else ""

    def push(self, step: Step) -> None:
        """Does a step; what was taken back before cannot be done again."""
        self._taken_back.clear()
        self._done.append(step)
        step.redo()
        self.changed.emit()

    def undo(self) -> None:
        """Takes the last step back, where there is one."""
        if self._done and not self._held:
            step = self._change(self._done, self._taken_back)
            step.undo()
            self.changed.emit()

    def redo(self) -> None:
        """Does the step again that was taken back last, where there is one."""
        if self._taken_back and not self._held:
            step = self._change(self._taken_back, self._done)
            step.redo()
            self.changed.emit()

    def hold(self) -> None:
        """Lets nothing be taken back or done again until it is settled."""
        self._held = True
        self.changed.emit()

    def settle(self, *, ended_well: bool = True) -> None:
        """What was under way has ended; where that went wrong its step stands where it stood before."""
        self._held = False
        if not ended_well and self._under_way is not None:
            source, target = self._under_way
            source.append(target.pop())
        self._under_way = None
        self.changed.emit()

    def clear(self) -> None:
        """Forgets every step."""
        self._done.clear()
        self._taken_back.clear()
        self._held, self._under_way = False, None
        self.changed.emit()

    def _change(self, source: list[Step], target: list[Step]) -> Step:
        """Carries the last step from one list to the other."""
        step = source.pop()
        target.append(step)
        self._under_way = (source, target) if isinstance(step, FileStep) else None
        self._held = isinstance(step, FileStep)
        return step
