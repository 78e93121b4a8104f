"""Brings marks from the disk into the shoot and to the disk, and says on screen how that stands."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.banner import Banner
from app.mark_service import MarkService
from app.marking import Marking
from app.photo_list_model import PhotoListModel
from app.shoot import Shoot
from app.shoot_session import ShootSession
from app.status_line import StatusLine
from app.undo import MarksByPath


class MarkKeeping(QObject):
    """Connects the service that saves with the marks and the status line; decides nothing."""

    def __init__(
        self,
        session: ShootSession,
        photos: PhotoListModel,
        marking: Marking,
        status: StatusLine,
        banner: Banner,
        service: MarkService,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._photos, self._status, self._banner = photos, status, banner
        self._told = self._loaded = False
        self.service = service
        self.service.loaded.connect(self._take)
        self.service.progressed.connect(self._show)
        session.folder_opened.connect(self._opened)
        marking.changed.connect(self._save)

    @property
    def loaded(self) -> bool:
        """Whether the marks of the open shoot are there."""
        return self._loaded

    @Slot(object)
    def _opened(self, shoot: Shoot) -> None:
        self._loaded = False
        self.service.open(shoot)

    @Slot(list)
    def _save(self, marks: MarksByPath) -> None:
        """Saves marks, those of a pair under both files."""
        companions = self._photos.shoot.companions
        others = [(companions[path], recorded) for path, recorded in marks if path in companions]
        self.service.save([*marks, *others])

    @Slot(object, object)
    def _take(self, folder: Path, found: object) -> None:
        shoot = self._photos.shoot
        if folder != shoot.folder:
            return
        self._loaded = True
        if isinstance(found, dict):
            # A mark given while the store was still being read is newer than what is stored.
            for jpeg, raw in shoot.companions.items():
                if raw in found:
                    found.setdefault(jpeg, found[raw])
            rows = {path: shoot.row_of(path) for path in found}
            unmarked = {
                path for path, row in rows.items() if row is not None and not shoot.marks.recorded(row)
            }
            self._photos.take_marks([(path, found[path]) for path in found if path in unmarked])
        else:
            reason = getattr(found, "reason", str(found))
            self._banner.say(
                self.tr("The marks of this shoot cannot be read: {reason}").format(reason=reason)
            )
        self._say_damage()
        self._show()

    def _say_damage(self) -> None:
        aside = None if self.service.keeper is None else self.service.keeper.set_aside
        if aside is not None:
            text = self.tr("The file of marks was damaged. It was kept as {name}; marks begin anew.")
            self._banner.say(text.format(name=aside.name))

    @Slot()
    def _show(self) -> None:
        service = self.service
        elsewhere = None if service.keeper is None else service.keeper.kept_elsewhere
        self._status.show_saved(service.unsaved, service.problem, elsewhere)
        if service.unsaved and service.problem:
            text = self.tr("{problem} {n} marked photos are kept in memory, and saving is tried again.")
            self._banner.say(text.format(problem=service.problem, n=service.unsaved))
            self._told = True
        elif self._told and not service.unsaved:
            self._banner.hide()
            self._told = False
