"""Moves rejects to ``_rejected`` or the bin after a review, and brings them back; files on a thread."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.desktop_bin import DesktopBin
from app.mark_service import MarkService
from app.numbers import number
from app.photo_list_model import PhotoListModel
from app.reject_review import RejectSheet
from app.reject_steps import Ended, RejectFiles, Way
from app.settings import Settings
from app.undo import FileStep, UndoStack
from editor.core.folder import REJECTED_FOLDER
from editor.core.marks import Marks
from editor.core.reject_journal import RejectError
from editor.core.rejects import RejectReview, review_rejects

_log = logging.getLogger(__name__)
_WHERE = "rejects/where"
_BIN = "bin"


class RejectMoving(QObject):
    """Lives in the GUI thread; `reopen_wanted` carries the shoot in which files moved."""

    reopen_wanted = Signal(object)
    said = Signal(str)
    warned = Signal(str)
    _reviewed = Signal(object, str, object)
    _ended = Signal(object)
    _failed = Signal(object, str)

    def __init__(
        self,
        photos: PhotoListModel,
        service: MarkService,
        stack: UndoStack,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._photos, self._service, self._stack = photos, service, stack
        self._settings, self._window = settings, window
        self.sheet: RejectSheet | None = None
        self._bin = DesktopBin()
        self._shown: RejectReview | None = None
        self._reviewed.connect(self._take_review)
        self._ended.connect(self._take_end)
        self._failed.connect(self._take_failure)

    @Slot()
    def review(self) -> None:
        """Shows exactly what moving the rejects would do, from the marks at this moment."""
        if not self._stack.held:
            self._look(None)

    @Slot()
    def bring_back(self) -> None:
        """Brings the rejects that were moved to the folder last back to where they were."""
        if not self._stack.held:
            files = RejectFiles(self._photos.shoot.folder, self._bin)
            self._run(partial(self._return, files, Way.BY_HAND), Way.BY_HAND)

    def look_for_unfinished(self, folder: Path) -> None:
        """Says whether a move was interrupted, by a crash for example."""
        self._run(partial(self._look_for_unfinished, folder), Way.BY_HAND)

    # On the thread that keeps marks: what waits to be saved is saved before files move.

    def _run(self, work: Callable[[], None], way: Way) -> None:
        self._service.run(partial(self._guarded, work, way))

    def _guarded(self, work: Callable[[], None], way: Way) -> None:
        try:
            work()
        except RejectError as error:
            self._failed.emit(way, f"{error.path.name}: {error.reason}")
        except OSError as error:
            _log.warning("rejects: %s", error)
            self._failed.emit(
                way, self.tr("The rejects cannot be moved: {reason}.").format(reason=error.strerror)
            )

    def _review(self, files: RejectFiles | None, folder: Path, marks: dict[Path, Marks]) -> None:
        review = review_rejects(folder, tuple(marks), marks)
        self._reviewed.emit(review, self._bin.reason_against(folder), files)

    def _move(self, files: RejectFiles, review: RejectReview, way: Way) -> None:
        self._ended.emit(files.move(review, way))

    def _return(self, files: RejectFiles, way: Way) -> None:
        ended = files.bring_back(way)
        if ended is None:
            self._failed.emit(way, "")
        else:
            self._ended.emit(ended)

    def _look_for_unfinished(self, folder: Path) -> None:
        if RejectFiles(folder, self._bin).unfinished:
            text = self.tr("A move of rejects was interrupted. “Bring rejects back” puts every file back.")
            self._failed.emit(Way.BY_HAND, text)

    # In the GUI thread.

    def _look(self, again: RejectFiles | None) -> None:
        shoot = self._photos.shoot
        marks = {path: shoot.marks.marks(row) for row, path in enumerate(shoot.photos)}
        for path, companion in shoot.companions.items():
            marks[companion] = marks[path]
        self._run(partial(self._review, again, shoot.folder, marks), Way.AGAIN if again else Way.BY_HAND)

    @Slot(object, str, object)
    def _take_review(self, review: RejectReview, no_bin: str, again: RejectFiles | None) -> None:
        """Shows the sheet; what is done again word for word was listed and agreed to before."""
        if review.shoot != self._photos.shoot.folder:
            return
        if again is not None and again.agreed is not None and again.agreed.shots == review.shots:
            self._run(partial(self._move, again, review, Way.AGAIN), Way.AGAIN)
            return
        if again is not None:
            self._stack.settle(ended_well=False)
        self._shown = review
        to_bin = self._settings.left(_WHERE) == _BIN
        self.sheet = RejectSheet(review, no_bin, self._window, to_bin=to_bin)
        self.sheet.place_chosen.connect(self._place_chosen)
        self.sheet.accepted.connect(self._accepted)
        self.sheet.open()

    @Slot(bool)
    def _place_chosen(self, to_bin: bool) -> None:
        self._settings.leave(_WHERE, _BIN if to_bin else "")

    @Slot()
    def _accepted(self) -> None:
        if self._shown is not None and self.sheet is not None:
            files = RejectFiles(self._shown.shoot, self._bin, to_bin=self.sheet.to_bin)
            self._stack.hold()
            self._run(partial(self._move, files, self._shown, Way.FIRST), Way.FIRST)

    @Slot(object)
    def _take_end(self, ended: Ended) -> None:
        """Files moved: says so, lets the stack know, and has the shoot opened anew."""
        words = self._words(ended)
        self._stack.settle(ended_well=bool(ended.done))
        if ended.way is Way.FIRST and ended.done and ended.files.can_return:
            take_back = partial(self._run, partial(self._return, ended.files, Way.BACK), Way.BACK)
            self._stack.push(FileStep(words, take_back, partial(self._look, ended.files)))
        elif ended.way is Way.FIRST and ended.done:
            words += self.tr("; your system does not tell where, so bring them back from the bin itself")
        self.said.emit(words)
        notes = [f"{kept.photo.name}: {kept.reason}" for kept in ended.left]
        notes += [
            self.tr("{old} came back as {new}, because its name was taken").format(old=old.name, new=new.name)
            for old, new in ended.renamed
        ]
        if notes:
            self.warned.emit("\n".join(notes))
        if ended.done:
            self.reopen_wanted.emit(ended.files.shoot)

    def _words(self, ended: Ended) -> str:
        if ended.way in (Way.BACK, Way.BY_HAND):
            one, many = self.tr("1 file brought back"), self.tr("{n} files brought back")
        elif ended.files.to_bin:
            one, many = self.tr("1 file put into the bin"), self.tr("{n} files put into the bin")
        else:
            one, many = self.tr("1 file moved to {folder}"), self.tr("{n} files moved to {folder}")
        pattern = one if len(ended.done) == 1 else many
        return pattern.format(n=number(len(ended.done)), folder=REJECTED_FOLDER)

    @Slot(object, str)
    def _take_failure(self, way: Way, reason: str) -> None:
        """Nothing moved; without a reason there was nothing to bring back."""
        if way is not Way.BY_HAND:
            self._stack.settle(ended_well=not reason)
        if reason:
            self.warned.emit(reason)
        else:
            self.said.emit(self.tr("There are no moved rejects to bring back"))
