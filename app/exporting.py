"""Exports photos by way of a dialog, with a dry run, progress and a report; every file action on a thread."""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.culling import Culling
from app.export_dialog import ExportDialog
from app.export_outcome import ended_words, report_sheet
from app.export_wish import PairFile, Which, wish_from_text, wish_to_text
from app.export_work import DryRun, ExportProgress, dry_run, run_export
from app.mark_book import FlagCode
from app.photo_filter import EVERYTHING, shown_rows
from app.photo_list_model import PhotoListModel
from app.settings import Settings
from app.sheet import Sheet
from app.shown_photos import ShownPhotos
from editor.core.export import ExportReport
from editor.core.export_settings import ExportItem, ExportSettings
from editor.core.jobs import Answer, Cancellation, JobPool
from editor.core.name_template import TemplateError

_LEFT = "export/wish"
_log = logging.getLogger(__name__)

Task = Callable[[Cancellation], object]


class Exporting(QObject):
    """Lives in the GUI thread; the newest dry run wins."""

    said = Signal(str)
    warned = Signal(str)
    _answered = Signal(object)
    _progressed = Signal(object)

    def __init__(
        self,
        photos: PhotoListModel,
        shown: ShownPhotos,
        culling: Culling,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._photos, self._shown, self._culling = photos, shown, culling
        self._settings, self._window = settings, window
        self.dialog: ExportDialog | None = None
        self.report: Sheet | None = None
        self._cancellation = Cancellation()
        self._newest: Task | None = None
        self._pool: JobPool[Task, object] = JobPool(_do, self._answered.emit, workers=1, name="exporting")
        self._pool.begin()
        self._answered.connect(self._take)
        self._progressed.connect(self._show_progress)

    @property
    def settled(self) -> bool:
        """Whether nothing is planned or exported at the moment."""
        return self._newest is None

    @Slot()
    def prepare(self) -> None:
        """Shows the dialog."""
        if self.dialog is not None and self.dialog.running:
            return
        wish = wish_from_text(self._settings.left(_LEFT))
        counts = {which: len(self._rows(which)) for which in Which}
        folder = self._photos.shoot.folder
        pairs = bool(self._photos.shoot.companions)
        self.dialog = ExportDialog(counts, wish, folder.parent, self._window, pairs=pairs)
        self.dialog.plan_wanted.connect(self._plan)
        self.dialog.started.connect(self._start)
        self.dialog.stop_asked.connect(self._stop)
        self.dialog.finished.connect(self._finished)
        self.dialog.open()
        self.dialog.begin()

    def close(self) -> None:
        """Stops what is under way and ends the thread; finished files stay."""
        self._cancellation.cancel()
        self._pool.close()

    def items(self, which: Which, pairs: PairFile = PairFile.JPEG) -> list[ExportItem]:
        """The photos of a choice in the order of the view, with their recipes and what names them."""
        shoot = self._photos.shoot
        found = []
        raws = shoot.companions if pairs is PairFile.RAW else {}
        for row in self._rows(which):
            marks, metadata = shoot.marks.marks(row), shoot.metadata.get(row)
            found.append(
                ExportItem(
                    raws.get(shoot.photos[row], shoot.photos[row]),
                    shoot.recipes.recipe(row),
                    None if metadata is None else metadata.taken_at,
                    shoot.size_of(row),
                    None if metadata is None else metadata.camera,
                    marks.rating,
                    marks.label,
                )
            )
        return found

    def _rows(self, which: Which) -> list[int]:
        shoot = self._photos.shoot
        if which is Which.FILTERED:
            return [int(row) for row in self._shown.rows]
        shown = self._shown
        order = shown_rows(
            shoot, self._photos.over, EVERYTHING, shown.order, reverse=shown.reverse, clocks=shown.clocks
        )
        if which is Which.ALL:
            return [int(row) for row in order]
        if which is Which.PICKED:
            return [int(row) for row in order[shoot.marks.flags[order] == FlagCode.PICK]]
        chosen = {shoot.row_of(path) for path in self._culling.selected() or self._culling.targets()}
        return [int(row) for row in order[np.isin(order, [row for row in chosen if row is not None])]]

    @Slot()
    def _plan(self) -> None:
        """Begins a dry run of what is in the form; the one before it is dropped."""
        dialog = self.dialog
        if dialog is None:
            return
        wish, problem = dialog.wish, ""
        if not wish.folder:
            problem = self.tr("Choose a folder to export to.")
        elif not Path(wish.folder).expanduser().is_absolute():
            problem = self.tr("Give the whole path of the folder.")
        elif not self._rows(wish.which):
            problem = self.tr("No photo is meant by this choice.")
        self._pool.cancel()
        self._newest = None
        if problem:
            dialog.show_problem(problem)
            return
        self._submit(partial(_planned, self.items(wish.which, wish.pairs), wish.settings))

    @Slot()
    def _start(self) -> None:
        if self.dialog is None:
            return
        wish = self.dialog.wish
        self._settings.leave(_LEFT, wish_to_text(wish))
        self._cancellation = Cancellation()
        self._pool.cancel()
        items, tell = self.items(wish.which, wish.pairs), self._progressed.emit
        self._submit(partial(_exported, items, wish.settings, self._cancellation, tell))

    def _submit(self, task: Task) -> None:
        self._newest = task
        self._pool.submit([task])

    @Slot()
    def _stop(self) -> None:
        self._cancellation.cancel()

    @Slot(object)
    def _show_progress(self, progress: ExportProgress) -> None:
        if self.dialog is not None and self.dialog.running:
            self.dialog.show_progress(progress)

    @Slot()
    def _finished(self) -> None:
        """The dialog is closed: a dry run that is under way has nobody to tell."""
        if self._newest is not None and self.dialog is not None and not self.dialog.running:
            self._pool.cancel()
            self._newest = None

    @Slot(object)
    def _take(self, answer: Answer[Task, object]) -> None:
        if answer.key is not self._newest or self.dialog is None:
            return
        self._newest = None
        if isinstance(answer.result, DryRun):
            self.dialog.show_plan(answer.result)
        elif isinstance(answer.result, ExportReport):
            self._take_report(answer.result)
        else:
            self._take_error(answer.error)

    def _take_report(self, report: ExportReport) -> None:
        if self.dialog is None:
            return
        total, folder = len(self.items(self.dialog.wish.which)), Path(self.dialog.wish.folder).expanduser()
        self.dialog.end()
        words = ended_words(report, total)
        self.said.emit(words)
        self.report = report_sheet(report, words, folder, self._window)
        self.report.open()

    def _take_error(self, error: Exception | None) -> None:
        """A template that makes no sense, a folder that cannot be used, or a fault in the program."""
        if isinstance(error, TemplateError):
            words = str(error)
        elif isinstance(error, OSError):
            words = self.tr("The folder cannot be used: {reason}.").format(reason=error.strerror or error)
        else:
            _log.error("exporting failed", exc_info=error)
            words = self.tr("It could not be exported because of a fault in the program.")
        if self.dialog is not None and self.dialog.running:
            self.dialog.end()
            self.warned.emit(words)
        elif self.dialog is not None:
            self.dialog.show_problem(words)


def _do(task: Task, cancellation: Cancellation) -> object:
    return task(cancellation)


def _planned(items: Sequence[ExportItem], settings: ExportSettings, _cancellation: Cancellation) -> DryRun:
    return dry_run(items, settings)


def _exported(
    items: Sequence[ExportItem],
    settings: ExportSettings,
    wanted: Cancellation,
    tell: Callable[[ExportProgress], None],
    _cancellation: Cancellation,
) -> ExportReport:
    return run_export(items, settings, wanted, tell)
