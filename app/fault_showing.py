"""Brings the photos that cannot be read into their drawer, and has them read anew when that is asked."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from app.browsing import Browsing
from app.fault_drawer import FaultDrawer
from app.numbers import number
from app.photo_area import PhotoArea
from app.photo_list_model import PhotoListModel
from app.shoot_session import ShootSession
from quality.panel.throttle import Throttle

_FOLLOW_MS = 100
"""How often the list follows while thousands of faults come one by one."""


class FaultShowing(QObject):
    """Lives in the GUI thread and reads no file. `readable` comes where the photo on show can be read now."""

    said = Signal(str)
    readable = Signal()

    def __init__(
        self,
        session: ShootSession,
        photos: PhotoListModel,
        browsing: Browsing,
        area: PhotoArea,
        parent: QObject,
    ) -> None:
        """Waits for faults.

        Args:
            session: Finds them, and reads photos anew.
            photos: The open shoot.
            browsing: Puts photos into focus.
            area: Has the drawer and the views.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self._session, self._photos, self._browsing, self._area = session, photos, browsing, area
        self._drawer: FaultDrawer = area.drawer
        self._trying: set[Path] = set()
        self._tried = self._recovered = 0
        self._actions: dict[str, QAction] = {}
        self._soon = Throttle(self._show, _FOLLOW_MS, self)
        self._drawer.chosen.connect(self._go_to)
        self._drawer.retry_asked.connect(self._retry)
        self._drawer.closed.connect(self._close)
        self._drawer.said.connect(self.said)
        session.judging.judged.connect(self._follow)
        session.judging.faults_found.connect(self._take_faults)
        session.photos_read.connect(self._take_read)
        session.folder_opened.connect(self._leave)
        session.folder_failed.connect(self._close)

    def take_actions(self, actions: dict[str, QAction]) -> None:
        """Takes the actions of the window: one opens the drawer, one leads to the grid."""
        self._actions = actions

    @Slot(bool)
    def switch(self, shown: bool) -> None:
        """Opens the drawer or closes it."""
        self._soon.flush()
        if shown and self._drawer.model.rowCount():
            self._actions["fault_list"].setChecked(True)
            self._drawer.open()
        else:
            self._close()

    @Slot()
    def _close(self) -> None:
        had_keyboard = self._drawer.has_keyboard
        self._drawer.hide()
        self._actions["fault_list"].setChecked(False)
        if had_keyboard:
            self._area.take_keys()

    @Slot()
    def _leave(self) -> None:
        """Another shoot is open, or the same one was read again: nothing is known of it yet."""
        self._trying.clear()
        self._show_now()

    @Slot()
    def _follow(self) -> None:
        """The list follows: the first time and the last time at once."""
        if self._session.judging.finished:
            self._show_now()
        else:
            self._soon.call()

    def _show_now(self) -> None:
        self._soon.call()
        self._soon.flush()

    def _show(self) -> None:
        """Shows what is unreadable now; an empty drawer closes."""
        shoot, model = self._photos.shoot, self._drawer.model
        if not shoot.faults and not model.rowCount():
            return
        faults = {shoot.photos[row]: reason for row, reason in shoot.faults.items()}
        waiting = self.tr("It is being read again …")
        model.follow(faults | dict.fromkeys(self._trying - faults.keys(), waiting))
        self._drawer.retry.setEnabled(bool(faults))
        one, many = self.tr("1 photo cannot be read"), self.tr("{n} photos cannot be read")
        words = one if len(faults) == 1 else many.format(n=number(len(faults)))
        self._drawer.show_title(words if faults else self.tr("Reading again …"))
        self._actions["fault_list"].setEnabled(bool(model.rowCount()))
        if not model.rowCount():
            self._close()

    @Slot(object)
    def _go_to(self, path: Path) -> None:
        self._actions["grid"].trigger()
        self._browsing.go_to_photo(path)
        # Where a filter hides the photo, that is said.
        self._browsing.show_touched([path], self.tr("{name} cannot be read").format(name=path.name))

    @Slot(list)
    def _retry(self, photos: Sequence[Path]) -> None:
        wanted = [path for path in photos if path not in self._trying]
        if wanted:
            if not self._trying:
                self._tried = self._recovered = 0
            self._trying.update(wanted)
            self._tried += len(wanted)
            self._session.judging.read_anew(wanted)
            self._soon.flush()

    @Slot(list)
    def _take_faults(self, rows: Sequence[int]) -> None:
        """Faults were found, or are forgotten because the photos are read anew."""
        shoot = self._photos.shoot
        self._end({shoot.photos[row] for row in rows if row in shoot.faults})

    @Slot(list)
    def _take_read(self, photos: Sequence[Path]) -> None:
        """Photos can be read now."""
        self._recovered += len(self._trying.intersection(photos))
        self._end(set(photos))
        for loupe in (self._area.loupe, *(pane.loupe for pane in self._area.compare.panes)):
            if loupe.path in photos:
                loupe.read_anew()
                self.readable.emit()

    def _end(self, answered: set[Path]) -> None:
        ended = self._trying & answered
        self._trying -= ended
        self._follow()
        if ended and not self._trying:
            self._soon.flush()
            self.said.emit(self._outcome())

    def _outcome(self) -> str:
        tried, recovered = number(self._tried), number(self._recovered)
        if self._tried == 1:
            return self.tr("The photo can be read now") if self._recovered else self.tr("Still unreadable")
        if not self._recovered:
            return self.tr("All {n} are still unreadable").format(n=tried)
        return self.tr("{n} of {total} can be read now").format(n=recovered, total=tried)
