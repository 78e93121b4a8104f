"""Finds the profile of the monitor in the background, and has everything on show made anew for it."""

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QGuiApplication

from app.live_rendering import LiveRendering
from app.photo_area import PhotoArea
from app.screen_room import screen_at
from app.settings import Settings
from app.settings_table import MONITOR
from app.system_profile import system_profile
from app.thumbnail_store import ThumbnailStore
from editor.core.jobs import Answer, Cancellation, JobPool
from editor.core.monitor_profile import MonitorProfileError, checked_profile, read_monitor_profile
from editor.panel.monitor import monitor_profile, set_monitor_profile

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MonitorWish:
    """Whose profile is asked for.

    Attributes:
        file: The file the user named; empty for what the system says.
        platform: Qt's name of the window system.
        screen: Which of its monitors, counted from 0.
    """

    file: str
    platform: str
    screen: int


class MonitorColors(QObject):
    """Lives in the GUI thread; `warned` says why a file the user named is not used."""

    warned = Signal(str)
    _answered = Signal(object)

    def __init__(
        self,
        settings: Settings,
        thumbnails: ThumbnailStore,
        area: PhotoArea,
        live: LiveRendering,
        parent: QObject,
    ) -> None:
        """Starts the thread; nothing is asked yet.

        Args:
            settings: Which profile the user wants.
            thumbnails: Made anew for another monitor.
            area: Its large views as well.
            live: The picture in the editor as well.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self._settings, self._screen = settings, 0
        self._name: str | None = None
        self._thumbnails, self._area, self._live = thumbnails, area, live
        self._wanted: MonitorWish | None = None
        self._pool: JobPool[MonitorWish, bytes | None] = JobPool(
            find_profile, self._answered.emit, workers=1, name="monitor"
        )
        self._answered.connect(self._take)
        settings.changed.connect(self._setting_changed)

    @property
    def settled(self) -> bool:
        """Whether the profile of the monitor is known."""
        return self._wanted is None

    def follow_place(self, place: QPoint) -> None:
        """The middle of the window lies there; asks anew where that is another monitor."""
        names = [screen.name() for screen in QGuiApplication.screens()]
        name = screen_at(place).name()
        if name != self._name:
            self._name, self._screen = name, names.index(name) if name in names else 0
            self.look()

    def look(self) -> None:
        """Asks for the profile once more."""
        file = self._settings.value(MONITOR)
        self._wanted = MonitorWish(file, QGuiApplication.platformName(), self._screen)
        self._pool.submit([self._wanted], again=True)

    def close(self) -> None:
        """Stops the thread; the next window begins with sRGB."""
        self._pool.close()
        set_monitor_profile(None)

    @Slot(str)
    def _setting_changed(self, name: str) -> None:
        if name == MONITOR.id:
            self.look()

    @Slot(object)
    def _take(self, answer: Answer[MonitorWish, bytes | None]) -> None:
        if answer.key != self._wanted:
            return
        self._wanted = None
        if isinstance(answer.error, MonitorProfileError):
            words = self.tr("{name} is not used, pictures are shown in sRGB: {reason}")
            error = answer.error
            self.warned.emit(words.format(name=error.path.name, reason=error.reason))
        elif answer.error is not None:
            _log.error("the profile of the monitor was not found", exc_info=answer.error)
        if answer.result != monitor_profile():
            set_monitor_profile(answer.result)
            self._show_anew()

    def _show_anew(self) -> None:
        """What is on show still has the colours of another monitor."""
        self._thumbnails.clear()
        if self._area.strip.isVisible():
            self._area.strip.centre()
        else:
            self._area.grid.announce_visible()
        for loupe in (self._area.loupe, *(pane.loupe for pane in self._area.compare.panes)):
            loupe.refresh()
        self._live.ask()


def find_profile(wish: MonitorWish, _cancellation: Cancellation) -> bytes | None:
    """The profile of a monitor; None for sRGB.

    Raises:
        MonitorProfileError: The file that the user named is none.
    """
    if wish.file:
        return read_monitor_profile(Path(wish.file))
    content = system_profile(wish.platform, wish.screen)
    return None if content is None else checked_profile(content)
