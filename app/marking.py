"""Gives marks to photos, takes them back, and says so; knows no widget and no file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.mark_edit import MarkEdit
from app.numbers import number
from app.photo_list_model import PhotoListModel
from app.undo import MarksByPath, PhotoChange, PhotoStep, UndoStack
from editor.core.marks import Decider, Provenance, RecordedMarks
from quality.core.labels import Defect
from quality.panel.defect_text import defect_name


class Marking(QObject):
    """Every mark a person gives passes through here; `changed` carries what is to be saved."""

    changed = Signal(list)
    said = Signal(str)
    defect_named = Signal(list, object)

    def __init__(self, photos: PhotoListModel, parent: QObject) -> None:
        super().__init__(parent)
        self._photos = photos
        self.stack = UndoStack(self)
        self._touched: list[Path] = []
        self.step_words = ""

    def begin(self) -> None:
        """Forgets the steps of the shoot before."""
        self.stack.clear()

    def mark(self, paths: Sequence[Path], edit: MarkEdit, *, badge_seen: bool) -> bool:
        """Does one stroke on some photos.

        Args:
            paths: The photos.
            edit: What to change.
            badge_seen: Whether the advice could be seen meanwhile.

        Returns:
            Whether any photo changed.
        """
        changes = []
        for path in paths:
            row = self._photos.shoot.row_of(path)
            if row is None:
                continue
            before, marks = self._photos.shoot.marks.recorded(row), self._photos.shoot.marks.marks(row)
            after = edit.applied(marks)
            if after != marks:
                seen = badge_seen and self._photos.shoot.is_judged(row)
                provenance = Provenance.now(Decider.USER, badge_seen=seen)
                changes.append(PhotoChange(path, before, RecordedMarks(after, provenance)))
        if not paths:
            return False
        words = edit.words(paths[0].name, len(paths))
        if changes:
            self.stack.push(PhotoStep(words, tuple(changes), self._apply))
        self.said.emit(words)
        return bool(changes)

    def name_defect(self, paths: Sequence[Path], defect: Defect) -> None:
        """Says why rejected photos were rejected: a word to training, no mark."""
        photos = paths[0].name if len(paths) == 1 else self.tr("{n} photos").format(n=number(len(paths)))
        self.defect_named.emit(list(paths), defect)
        self.said.emit(
            self.tr("{photos} rejected for {name}").format(photos=photos, name=defect_name(defect))
        )

    def undo(self) -> list[Path]:
        """Takes the last step back.

        Returns:
            The photos it touched.
        """
        return self._step(self.stack.undo, self.stack.undo_text, self.tr("Taken back: {step}"))

    def redo(self) -> list[Path]:
        """Does again what was taken back.

        Returns:
            The photos it touched.
        """
        return self._step(self.stack.redo, self.stack.redo_text, self.tr("Done again: {step}"))

    def note_touched(self, paths: Sequence[Path]) -> None:
        """Another step of the stack touched these photos."""
        self._touched = list(paths)

    def _step(self, step: Callable[[], None], text: str, words: str) -> list[Path]:
        self._touched = []
        step()
        if self._touched:
            self.step_words = words.format(step=text)
            self.said.emit(self.step_words)
        return self._touched

    def _apply(self, marks: MarksByPath) -> None:
        """Sets marks; photos that left the shoot meanwhile are passed over."""
        present = [(path, given) for path, given in marks if self._photos.shoot.row_of(path) is not None]
        self._photos.take_marks(present)
        self._touched = [path for path, _ in present]
        self.changed.emit(present)
