"""Publishes marks to sidecars, on command or by itself, and takes over what other programs wrote."""

import dataclasses
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.auto_publishing import AutoPublishing
from app.edit_offer import EditOffers, plan_edits
from app.mark_service import MarkService
from app.numbers import number
from app.photo_list_model import PhotoListModel
from app.publishing_sheet import add_naming, publish_sheet
from app.settings import Settings
from app.settings_table import CRS_EDITS, REJECT_RATING
from app.sheet import Sheet
from app.shoot_keeper import ShootKeeper
from app.sidecar_families import SidecarFamilies
from app.sidecar_sync import Published, SidecarStyle, TakenOver, publish, read_sidecars
from editor.core.marks import NO_MARKS, Marks, RecordedMarks
from editor.core.recipe import Recipe
from editor.core.shoot_errors import StoreError
from editor.core.xmp_errors import SidecarError
from editor.core.xmp_marks import RejectRating
from editor.core.xmp_paths import SidecarNaming
from editor.core.xmp_preflight import Preflight, preflight

_log = logging.getLogger(__name__)


class Publishing(QObject):
    """Lives in the GUI thread; advice of the network never comes here."""

    said = Signal(str)
    warned = Signal(str)
    marks_taken = Signal()
    _looked = Signal(object, object, object)
    _read = Signal(object, object)
    _published = Signal(object, object)
    _failed = Signal(str)

    def __init__(
        self, photos: PhotoListModel, service: MarkService, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._photos, self._service, self._settings, self._window = photos, service, settings, window
        self.auto = AutoPublishing(service, settings, self._style, self)
        self._read_folder: Path | None = None
        self._told: set[Path] = set()
        self._families: SidecarFamilies | None = None
        self.sheet: Sheet | None = None
        self.naming, self.replace = QComboBox(), QCheckBox()
        self._looked.connect(self._show_sheet)
        self._read.connect(self._take_read)
        self._published.connect(self._take_published)
        self.auto.published.connect(self._take_auto_published)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self.follow_application)
        self._failed.connect(self.warned)

    @Slot()
    def prepare(self) -> None:
        """Says what other programs would see, and asks."""
        self._look(SidecarNaming(self._settings.sidecar_naming))

    @Slot(object, object)
    def read(self, folder: Path, _marks: object) -> None:
        """Takes over what sidecars say, once the marks of a shoot are loaded."""
        self._read_folder = folder
        self.read_again()

    @Slot()
    def read_again(self) -> None:
        """Looks whether other programs have changed sidecars since they were last seen."""
        keeper = self._service.keeper
        if keeper is not None and keeper.folder == self._read_folder:
            self._run(partial(self._read_now, keeper, self._recorded()))

    @Slot(Qt.ApplicationState)
    def follow_application(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back to the window may have marked photos in another program meanwhile."""
        if state is Qt.ApplicationState.ApplicationActive:
            self.read_again()

    @Slot()
    def leave(self) -> None:
        """Another shoot is open; its sidecars are read once its marks are there."""
        self._read_folder = None
        self._told.clear()
        self.auto.leave()

    def _run(self, work: Callable[[], None]) -> None:
        self._service.run(partial(self._guarded, work))

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except StoreError as error:
            self._failed.emit(error.reason)
        except OSError as error:
            _log.warning("sidecars: %s", error)
            self._failed.emit(self.tr("The sidecars cannot be used: {reason}.").format(reason=error.strerror))

    def _look(self, naming: SidecarNaming) -> None:
        recorded = self._recorded()
        marks = {path: recorded[path].marks if path in recorded else NO_MARKS for path in self._paths()}
        self._run(partial(self._look_now, self._service.keeper, marks, self._offered(), naming))

    def _look_now(
        self,
        keeper: ShootKeeper | None,
        marks: dict[Path, Marks],
        recipes: dict[Path, Recipe] | None,
        naming: SidecarNaming,
    ) -> None:
        offers = None if keeper is None or recipes is None else plan_edits(keeper, recipes, naming)
        self._looked.emit(preflight(marks, naming), offers, naming)

    def _read_now(self, keeper: ShootKeeper, marks: dict[Path, RecordedMarks]) -> None:
        self._read.emit(keeper.folder, read_sidecars(keeper, tuple(keeper.photos), marks))

    def _publish_now(
        self,
        keeper: ShootKeeper,
        marks: dict[Path, RecordedMarks],
        style: SidecarStyle,
        recipes: dict[Path, Recipe] | None,
    ) -> None:
        done = publish(keeper, tuple(keeper.photos), marks, style, recipes)
        self._published.emit(keeper.folder, done)

    def _style(self) -> SidecarStyle:
        """How sidecars are written by the settings."""
        rating = RejectRating[self._settings.value(REJECT_RATING).upper()]
        naming = SidecarNaming(self._settings.sidecar_naming)
        return SidecarStyle(naming, rating, self._settings.value(CRS_EDITS))

    def _paths(self) -> list[Path]:
        shoot = self._photos.shoot
        return [*shoot.photos, *shoot.companions.values()]

    def _recorded(self) -> dict[Path, RecordedMarks]:
        """The marks of all files now; those of a pair stand for both."""
        return self._known_families().all_recorded()

    def _offered(self) -> dict[Path, Recipe] | None:
        """The recipes of all files now; None where the settings offer no edits."""
        return self._known_families().recipes(self._paths()) if self._style().edits else None

    def _known_families(self) -> SidecarFamilies:
        shoot = self._photos.shoot
        if self._families is None or self._families.shoot is not shoot:
            self._families = SidecarFamilies(shoot)
        return self._families

    @Slot(object, object, object)
    def _show_sheet(self, found: Preflight, offers: EditOffers | None, naming: SidecarNaming) -> None:
        self.sheet = publish_sheet(found, offers, self._photos.shoot.folder, self._window)
        self.replace = QCheckBox(self.tr("Replace the crop and exposure of other programs"))
        self._settings.sidecar_naming = naming.value
        self.naming = add_naming(self.sheet, naming)
        if offers is not None and offers.foreign:
            self.sheet.add_choice(self.replace)
        self.naming.activated.connect(self._naming_changed)
        self.sheet.accepted.connect(self._accepted)
        self.sheet.open()

    @Slot(int)
    def _naming_changed(self, _index: int) -> None:
        """Another name may clash elsewhere: the sheet is made anew."""
        if self.sheet is not None:
            naming = SidecarNaming(str(self.naming.currentData()))
            self.sheet.reject()
            self._look(naming)

    @Slot()
    def _accepted(self) -> None:
        keeper = self._service.keeper
        if keeper is not None:
            style = dataclasses.replace(self._style(), replace=self.replace.isChecked())
            self._run(partial(self._publish_now, keeper, self._recorded(), style, self._offered()))

    def _take_over(self, folder: Path, taken: TakenOver) -> None:
        """Puts marks of other programs on screen, unless the user decided meanwhile."""
        shoot = self._photos.shoot
        if folder != shoot.folder:
            return
        new: dict[Path, RecordedMarks] = {}
        for path, recorded in taken.marks.items():
            row = shoot.row_of(path)
            if row is not None and shoot.marks.recorded(row) is taken.before.get(path):
                new[path] = recorded
        for jpeg, raw in shoot.companions.items():
            row = shoot.row_of(jpeg)
            if raw in taken.marks and jpeg not in new and row is not None and not shoot.marks.recorded(row):
                new[jpeg] = taken.marks[raw]
        if new:
            self._photos.take_marks(list(new.items()))
            self.marks_taken.emit()
            words = self.tr("Marks of {n} photos were taken over from sidecars")
            self.said.emit(words.format(n=number(len(new))))

    @Slot(object, object)
    def _take_read(self, folder: Path, taken: TakenOver) -> None:
        """Sidecars were read: what they say is taken over, and what they do not say yet is published."""
        self._take_over(folder, taken)
        self._warn_once(taken.refused)
        shoot = self._photos.shoot
        if folder == shoot.folder == self._read_folder and not self.auto.knows(shoot):
            self.auto.begin(shoot)

    @Slot(object, object)
    def _take_published(self, folder: Path, done: Published) -> None:
        self._take_over(folder, done.taken)
        words = self.tr("{n} sidecars say your marks now").format(n=number(done.written))
        if done.offers.shown:
            words += self.tr(", {n} photos their crop or exposure").format(n=number(len(done.offers.shown)))
        self.said.emit(words)
        self._warn((*done.refused, *done.failed))

    @Slot(object, object)
    def _take_auto_published(self, folder: Path, done: Published) -> None:
        """The same, without a word where all went well; the status line says what is tried again."""
        self._take_over(folder, done.taken)
        self._warn_once(done.refused)
        clashes = [path for path in done.clashes if path not in self._told]
        if clashes:
            self._told.update(clashes)
            words = self.tr("{name} is left as it is: photos of that name have different marks")
            self.said.emit(words.format(name=clashes[0].name))

    def _warn_once(self, refused: tuple[SidecarError, ...]) -> None:
        new = tuple(error for error in refused if error.path not in self._told)
        self._told.update(error.path for error in new)
        self._warn(new)

    def _warn(self, refused: tuple[SidecarError, ...]) -> None:
        if refused:
            first = str(refused[0])
            more = self.tr(" And {n} more.").format(n=len(refused) - 1) if len(refused) > 1 else ""
            self.warned.emit(first + more)
