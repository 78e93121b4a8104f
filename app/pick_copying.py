"""Copies or moves picks by way of a dialog, with progress and a report; every file action on a thread."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.clock_keeping import ClockKeeping
from app.mark_service import MarkService
from app.numbers import counted
from app.photo_filter import EVERYTHING, shown_rows
from app.photo_list_model import PhotoListModel
from app.pick_report import ended_words, report_sheet
from app.pick_work import (
    PickList,
    PickProgress,
    PickRun,
    PicksEnded,
    PickSource,
    PickWish,
    bring_back,
    list_source,
)
from app.picks_dialog import PicksDialog
from app.settings import Settings
from app.sheet import Sheet
from app.shown_photos import ShownPhotos
from app.undo import FileStep, UndoStack
from editor.core.copy_picks import Conflict
from editor.core.jobs import Answer, Cancellation, JobPool
from editor.core.return_picks import ReturnReport

_log = logging.getLogger(__name__)
_TEMPLATE = "{name}"

Task = Callable[[], object]


class PickCopying(QObject):
    """Lives in the GUI thread; `reopen_wanted` carries the shoot in which originals moved."""

    reopen_wanted = Signal(object)
    said = Signal(str)
    warned = Signal(str)
    _answered = Signal(object)
    _progressed = Signal(object)

    def __init__(
        self,
        photos: PhotoListModel,
        shown: ShownPhotos,
        service: MarkService,
        clocks: ClockKeeping,
        stack: UndoStack,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._photos, self._shown, self._service, self._clocks = photos, shown, service, clocks
        self._stack, self._settings, self._window = stack, settings, window
        self.dialog: PicksDialog | None = None
        self.report: Sheet | None = None
        self._listed: PickList | None = None
        self._run: PickRun | None = None
        self._again = False
        self._pool: JobPool[Task, object] = JobPool(_do, self._answered.emit, workers=1, name="picks")
        self._answered.connect(self._take)
        self._progressed.connect(self._show_progress)

    @Slot()
    def prepare(self) -> None:
        """Lists the picks and shows the dialog."""
        if not self._stack.held:
            self._pool.begin()
            self._pool.submit([partial(list_source, self._source())])

    def close(self) -> None:
        """Stops what is under way and ends the thread."""
        if self._run is not None:
            self._run.cancellation.cancel()
        self._pool.close()

    def _source(self) -> PickSource:
        """The shoot as it is now; numbers follow the order of the view, whatever its filter hides."""
        shoot, shown = self._photos.shoot, self._shown
        rows = shown_rows(
            shoot, self._photos.over, EVERYTHING, shown.order, reverse=shown.reverse, clocks=shown.clocks
        )
        marks = {}
        for row in rows:
            path = shoot.photos[int(row)]
            marks[path] = shoot.marks.marks(int(row))
            if path in shoot.companions:
                marks[shoot.companions[path]] = marks[path]
        metadata = {shoot.photos[row]: found for row, found in shoot.metadata.items()}
        return PickSource(shoot.folder, tuple(marks), marks, metadata, self._clocks.clocks)

    def _wish(self) -> PickWish:
        """As the dialog was left."""
        left = self._settings.left
        conflict = left("picks/conflict")
        known = conflict in {one.value for one in Conflict}
        return PickWish(
            Path(left("picks/folder")),
            left("picks/template") or _TEMPLATE,
            Conflict(conflict) if known else Conflict.NUMBER,
            left("picks/move") == "1",
        )

    @Slot(object)
    def _take(self, answer: Answer[Task, object]) -> None:
        found = answer.result
        if isinstance(found, PickList):
            self._show_dialog(found)
        elif isinstance(found, PicksEnded):
            self._take_end(found)
        elif isinstance(found, ReturnReport):
            self._take_return(found)
        else:
            _log.error("copying picks failed", exc_info=answer.error)
            self._stack.settle(ended_well=False)
            if self.dialog is not None:
                self.dialog.end()
            self.warned.emit(self.tr("The picks could not be copied because of a fault in the program."))

    def _show_dialog(self, listed: PickList) -> None:
        if listed.source.shoot != self._photos.shoot.folder:
            return
        if not listed.shots:
            self.said.emit(self.tr("No photo is picked, so there is nothing to copy"))
            return
        self._listed = listed
        self.dialog = PicksDialog(listed, self._wish(), self._window)
        self.dialog.started.connect(self._start)
        self.dialog.stop_asked.connect(self._stop)
        self.dialog.open()

    @Slot(object)
    def _start(self, wish: PickWish) -> None:
        """Begins the copy, once the marks that wait to be saved are."""
        for name, text in (
            ("folder", str(wish.folder)),
            ("template", wish.template),
            ("conflict", wish.conflict.value),
            ("move", "1" if wish.move else ""),
        ):
            self._settings.leave(f"picks/{name}", text)
        if self._listed is not None:
            self._again = False
            self._stack.hold()
            self._begin(self._listed, wish)

    def _begin(self, listed: PickList, wish: PickWish) -> None:
        self._run = PickRun(listed, wish, self._progressed.emit)
        self._service.run(partial(self._pool.submit, [self._run.run]))

    @Slot()
    def _stop(self) -> None:
        if self._run is not None:
            self._run.cancellation.cancel()

    @Slot(object)
    def _show_progress(self, progress: PickProgress) -> None:
        if self.dialog is not None and self.dialog.running:
            self.dialog.show_progress(progress)

    def _take_end(self, ended: PicksEnded) -> None:
        """It is over, or was stopped: says what became of every photo."""
        listed, self._run = self._listed, None
        if self.dialog is not None:
            self.dialog.end()
        words = ended_words(ended)
        self._stack.settle(ended_well=bool(ended.moved) or not self._again)
        if ended.moved and not self._again and listed is not None:
            redo = partial(self._do_again, listed, ended.wish)
            self._stack.push(FileStep(words, partial(self._bring_back, ended), redo))
        if not self._again:
            self.report = report_sheet(ended, words, self._window)
            self.report.open()
        self.said.emit(words)
        if ended.moved:
            self.reopen_wanted.emit(self._photos.shoot.folder)

    def _bring_back(self, ended: PicksEnded) -> None:
        self._service.run(partial(self._pool.submit, [partial(bring_back, ended)]))

    def _do_again(self, listed: PickList, wish: PickWish) -> None:
        self._again = True
        self._begin(listed, wish)

    def _take_return(self, report: ReturnReport) -> None:
        self._stack.settle(ended_well=bool(report.done))
        one, many = self.tr("1 file brought back"), self.tr("{n} files brought back")
        self.said.emit(counted(len(report.done), one, many))
        if report.left:
            self.warned.emit("\n".join(f"{path.name}: {reason}" for path, reason in report.left))
        if report.done:
            self.reopen_wanted.emit(self._photos.shoot.folder)


def _do(task: Task, _cancellation: Cancellation) -> object:
    return task()
