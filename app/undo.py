"""Steps that can be taken back: each knows the marks before and after it; saves nothing itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QUndoCommand

from editor.core.marks import RecordedMarks


@dataclass(frozen=True, slots=True)
class MarkChange:
    """The marks of one photo before and after a step; None where nobody had marked it."""

    path: Path
    before: RecordedMarks | None
    after: RecordedMarks | None


MarksByPath = Sequence[tuple[Path, RecordedMarks | None]]


class MarkStep(QUndoCommand):
    """Marks given to one or many photos in one stroke."""

    def __init__(
        self, text: str, changes: Sequence[MarkChange], apply: Callable[[MarksByPath], None]
    ) -> None:
        """Makes the step; pushing it on a stack does it.

        Args:
            text: What it does, in words.
            changes: One per photo.
            apply: Sets marks by path.
        """
        super().__init__(text)
        self._changes = tuple(changes)
        self._apply = apply

    def redo(self) -> None:
        """Gives the marks."""
        self._apply([(change.path, change.after) for change in self._changes])

    def undo(self) -> None:
        """Brings the earlier marks back, with how they had come about."""
        self._apply([(change.path, change.before) for change in self._changes])


class ReturnStep(QUndoCommand):
    """Rejects were moved: taking this back brings them back, in the background."""

    def __init__(self, text: str, bring_back: Callable[[], None]) -> None:
        """Makes the step for what is done already.

        Args:
            text: What was done, in words.
            bring_back: Starts bringing the files back.
        """
        super().__init__(text)
        self._bring_back = bring_back

    def redo(self) -> None:
        """It is done already; after it was taken back the shoot is opened anew, without this step."""

    def undo(self) -> None:
        """Brings the files back."""
        self._bring_back()
