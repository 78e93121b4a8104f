"""Moves rejects to ``_rejected`` after a review, and brings them back; every file action runs on a thread."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.mark_service import MarkService
from app.numbers import number
from app.photo_list_model import PhotoListModel
from app.sheet import Sheet
from editor.core.folder import REJECTED_FOLDER
from editor.core.marks import Marks
from editor.core.reject_journal import RejectError, find_journals, read_journal, unfinished_moves
from editor.core.reject_move import MoveReport, move_rejects, undo_move
from editor.core.rejects import RejectReview, review_rejects

_log = logging.getLogger(__name__)


class RejectMoving(QObject):
    """Lives in the GUI thread; `reopen_wanted` comes after files moved, with what was done in words."""

    reopen_wanted = Signal(object, str, bool)
    said = Signal(str)
    warned = Signal(str)
    _reviewed = Signal(object)
    _moved = Signal(object, object)
    _returned = Signal(object, object)
    _failed = Signal(str)

    def __init__(self, photos: PhotoListModel, service: MarkService, window: QWidget) -> None:
        super().__init__(window)
        self._photos, self._service, self._window = photos, service, window
        self.sheet: Sheet | None = None
        self._shown: RejectReview | None = None
        self._reviewed.connect(self._show_review)
        self._moved.connect(self._take_moved)
        self._returned.connect(self._take_returned)
        self._failed.connect(self.warned)

    @Slot()
    def review(self) -> None:
        """Shows exactly what moving the rejects would do, from the marks at this moment."""
        shoot = self._photos.shoot
        marks = {path: shoot.marks.marks(row) for row, path in enumerate(shoot.photos)}
        for path, companion in shoot.companions.items():
            marks[companion] = marks[path]
        self._run(partial(self._review, shoot.folder, tuple(marks), marks))

    @Slot()
    def bring_back(self) -> None:
        """Brings the rejects that were moved last back to where they were."""
        self._run(partial(self._return, self._photos.shoot.folder))

    def look_for_unfinished(self, folder: Path) -> None:
        """Says whether a move was interrupted, by a crash for example."""
        self._run(partial(self._look, folder))

    def _run(self, work: Callable[[], None]) -> None:
        self._service.run(partial(self._guarded, work))

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except RejectError as error:
            self._failed.emit(f"{error.path.name}: {error.reason}")
        except OSError as error:
            _log.warning("rejects: %s", error)
            self._failed.emit(self.tr("The rejects cannot be moved: {reason}.").format(reason=error.strerror))

    def _review(self, folder: Path, photos: tuple[Path, ...], marks: dict[Path, Marks]) -> None:
        self._reviewed.emit(review_rejects(folder, photos, marks))

    def _move(self, review: RejectReview) -> None:
        self._moved.emit(review.shoot, move_rejects(review))

    def _return(self, folder: Path) -> None:
        journals = find_journals(folder)
        if not journals:
            self.said.emit(self.tr("There are no moved rejects to bring back"))
            return
        self._returned.emit(folder, undo_move(read_journal(journals[-1])))

    def _look(self, folder: Path) -> None:
        if (folder / REJECTED_FOLDER).is_dir() and unfinished_moves(folder):
            text = self.tr("A move of rejects was interrupted. “Bring rejects back” puts every file back.")
            self._failed.emit(text)

    @Slot(object)
    def _show_review(self, review: RejectReview) -> None:
        if review.shoot != self._photos.shoot.folder:
            return
        self._shown = review
        self.sheet = review_sheet(review, self._window)
        self.sheet.accepted.connect(self._accepted)
        self.sheet.open()

    @Slot()
    def _accepted(self) -> None:
        if self._shown is not None:
            self._run(partial(self._move, self._shown))

    @Slot(object, object)
    def _take_moved(self, folder: Path, report: MoveReport) -> None:
        words = self.tr("{n} files moved to {folder}").format(
            n=number(len(report.done)), folder=REJECTED_FOLDER
        )
        self._report(folder, report, words, can_return=report.journal is not None)

    @Slot(object, object)
    def _take_returned(self, folder: Path, report: MoveReport) -> None:
        words = self.tr("{n} files brought back").format(n=number(len(report.done)))
        self._report(folder, report, words, can_return=False)

    def _report(self, folder: Path, report: MoveReport, words: str, *, can_return: bool) -> None:
        self.said.emit(words)
        notes = [f"{kept.photo.name}: {kept.reason}" for kept in report.left]
        notes += [
            self.tr("{old} came back as {new}, because its name was taken").format(old=old.name, new=new.name)
            for old, new in report.renamed
        ]
        if notes:
            self.warned.emit("\n".join(notes))
        if report.done:
            self.reopen_wanted.emit(folder, words, can_return)


def review_sheet(review: RejectReview, window: QWidget) -> Sheet:
    """The sheet that lists exactly what would be moved, and what would stay."""
    tr, size = window.tr, QLocale().formattedDataSize
    count = len(review.shots)
    if count:
        sentence = tr(
            "{photos} rejected photos, {files} files, {size} are moved to the folder {folder} "
            "inside the shoot. Nothing is deleted, and Undo brings every file back."
        ).format(
            photos=number(count),
            files=number(len(review.files)),
            size=size(review.size),
            folder=REJECTED_FOLDER,
        )
    else:
        sentence = tr("No photo is marked as a reject, so there is nothing to move.")
    command = tr("Move {n} files").format(n=number(len(review.files))) if count else ""
    sheet = Sheet(tr("Review of rejects"), sentence, command, window)
    for shot in review.shots:
        first, *rest = shot.files
        sheet.add(
            _name(first, review.shoot), size(shot.size), [(_name(file, review.shoot), "") for file in rest]
        )
    for kept in review.kept_back:
        sheet.add(tr("Stays: {name}").format(name=_name(kept.photo, review.shoot)), "", [(kept.reason, "")])
    return sheet


def _name(file: Path, shoot: Path) -> str:
    return file.relative_to(shoot).as_posix()
