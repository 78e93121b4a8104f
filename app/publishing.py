"""Publishes marks to sidecars on command, and takes over what other programs wrote; files on a thread."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.mark_service import MarkService
from app.numbers import number
from app.photo_list_model import PhotoListModel
from app.settings import Settings
from app.sheet import Sheet
from app.shoot_keeper import ShootKeeper
from app.sidecar_sync import Published, TakenOver, publish, read_sidecars
from editor.core.marks import NO_MARKS, Marks, RecordedMarks
from editor.core.shoot_errors import StoreError
from editor.core.xmp_errors import SidecarError
from editor.core.xmp_paths import SidecarNaming
from editor.core.xmp_preflight import Preflight, preflight

_log = logging.getLogger(__name__)


class Publishing(QObject):
    """Lives in the GUI thread; advice of the network never comes here."""

    said = Signal(str)
    warned = Signal(str)
    marks_taken = Signal()
    _looked = Signal(object, object)
    _read = Signal(object, object)
    _published = Signal(object, object)
    _failed = Signal(str)

    def __init__(
        self, photos: PhotoListModel, service: MarkService, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._photos, self._service, self._settings, self._window = photos, service, settings, window
        self.sheet: Sheet | None = None
        self.naming = QComboBox()
        self._looked.connect(self._show_sheet)
        self._read.connect(self._take_over)
        self._published.connect(self._take_published)
        self._failed.connect(self.warned)

    @Slot()
    def prepare(self) -> None:
        """Says what other programs would see, and asks."""
        self._look(SidecarNaming(self._settings.sidecar_naming))

    @Slot(object, object)
    def read(self, folder: Path, _marks: object) -> None:
        """Takes over what sidecars say, once the marks of a shoot are loaded."""
        keeper, marks = self._service.keeper, self._recorded()
        if keeper is not None and keeper.folder == folder:
            self._run(partial(self._read_now, keeper, marks))

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
        self._run(partial(self._look_now, marks, naming))

    def _look_now(self, marks: dict[Path, Marks], naming: SidecarNaming) -> None:
        self._looked.emit(preflight(marks, naming), naming)

    def _read_now(self, keeper: ShootKeeper, marks: dict[Path, RecordedMarks]) -> None:
        self._read.emit(keeper.folder, read_sidecars(keeper, tuple(keeper.photos), marks))

    def _publish_now(
        self, keeper: ShootKeeper, marks: dict[Path, RecordedMarks], naming: SidecarNaming
    ) -> None:
        self._published.emit(keeper.folder, publish(keeper, tuple(keeper.photos), marks, naming))

    def _paths(self) -> list[Path]:
        shoot = self._photos.shoot
        return [*shoot.photos, *shoot.companions.values()]

    def _recorded(self) -> dict[Path, RecordedMarks]:
        """The marks of all files now; those of a pair stand for both."""
        shoot = self._photos.shoot
        found = {}
        for row, path in enumerate(shoot.photos):
            recorded = shoot.marks.recorded(row)
            if recorded is not None:
                found[path] = recorded
                if path in shoot.companions:
                    found[shoot.companions[path]] = recorded
        return found

    @Slot(object, object)
    def _show_sheet(self, found: Preflight, naming: SidecarNaming) -> None:
        self.sheet = publish_sheet(found, self._photos.shoot.folder, self._window)
        self._settings.sidecar_naming = naming.value
        self.naming = QComboBox()
        self.naming.addItem(self.tr("IMG.xmp (Lightroom, Bridge)"), SidecarNaming.ADOBE.value)
        self.naming.addItem(self.tr("IMG.CR3.xmp (darktable, digiKam)"), SidecarNaming.DARKTABLE.value)
        self.naming.setCurrentIndex(self.naming.findData(naming.value))
        choice = QWidget()
        line = QHBoxLayout(choice)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(QLabel(self.tr("New sidecars are called")))
        line.addWidget(self.naming)
        line.addStretch(1)
        self.sheet.add_choice(choice)
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
            naming = SidecarNaming(self._settings.sidecar_naming)
            self._run(partial(self._publish_now, keeper, self._recorded(), naming))

    @Slot(object, object)
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
        self._warn(taken.refused)

    @Slot(object, object)
    def _take_published(self, folder: Path, done: Published) -> None:
        self._take_over(folder, TakenOver(done.taken.before, done.taken.marks, ()))
        self.said.emit(self.tr("{n} sidecars say your marks now").format(n=number(done.written)))
        self._warn(done.refused)

    def _warn(self, refused: tuple[SidecarError, ...]) -> None:
        if refused:
            first = str(refused[0])
            more = self.tr(" And {n} more.").format(n=len(refused) - 1) if len(refused) > 1 else ""
            self.warned.emit(first + more)


def publish_sheet(found: Preflight, shoot: Path, window: QWidget) -> Sheet:
    """The sheet that says what other programs will see."""
    tr = window.tr
    sentence = tr(
        "Other programs will see {picks} picks, {rejects} rejects and {rated} photos with stars. "
        "{new} sidecars are made, {changed} are changed in these marks alone. Photos are not touched."
    ).format(
        picks=number(found.picks),
        rejects=number(found.rejects),
        rated=number(found.rated),
        new=number(found.new),
        changed=number(found.changed),
    )
    if found.clashes:
        sentence += " " + tr("{n} name clashes are left out.").format(n=number(len(found.clashes)))
    command = tr("Publish") if found.new or found.changed else ""
    sheet = Sheet(tr("Publish marks"), sentence, command, window)
    for path, photos in found.clashes.items():
        names = [(photo.relative_to(shoot).as_posix(), "") for photo in photos]
        sheet.add(tr("Clash: {name}").format(name=path.name), tr("different marks"), names)
    for error in found.refused:
        sheet.add(tr("Stays as it is: {name}").format(name=error.path.name), "", [(error.reason, "")])
    if not found.clashes and not found.refused:
        sheet.hide_list()
    return sheet
