"""Lets sidecars follow the marks by themselves: a moment after each change, in small portions, retried.

Files are written on the thread that keeps marks, a few at a time, so that saving a mark never waits long.
"""

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.mark_service import MarkService
from app.settings import Settings
from app.settings_table import CRS_EDITS, PUBLISHING
from app.shoot import Shoot
from app.shoot_keeper import ShootKeeper
from app.sidecar_families import Family, SidecarFamilies, family_of
from app.sidecar_sync import Published, SidecarStyle, publish
from app.undo import MarksByPath
from editor.core.marks import RecordedMarks
from editor.core.recipe import Recipe
from editor.core.shoot_errors import StoreError

REST_MS = 1500
"""How long marks must rest before they are published."""

LONGEST_WAIT_MS = 8000
"""Whoever marks without a pause is not waited for any longer."""

RETRY_MS = (4000, 8000, 16_000, 32_000, 60_000)
"""How long it waits after each failure in a row."""

PORTION = 8
"""Families published in one go; marks that are given meanwhile are saved before the next."""

FINISH_SECONDS = 3.0
"""How long closing may take for this; what is left is published when the shoot is opened again."""

_log = logging.getLogger(__name__)


class AutoPublishing(QObject):
    """Lives in the GUI thread; does nothing unless the settings say so.

    Signals: `published` carries the shoot's folder and what was done, `progressed` comes when `waiting` or
    `problem` have changed.
    """

    published = Signal(object, object)
    progressed = Signal()
    _ended = Signal(object, object, object)

    def __init__(
        self, service: MarkService, settings: Settings, style: Callable[[], SidecarStyle], parent: QObject
    ) -> None:
        """Waits for a shoot.

        Args:
            service: Has the thread that keeps marks.
            settings: Say whether marks are published automatically.
            style: Gives how sidecars are written.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self._service, self._settings, self._style = service, settings, style
        self._families: SidecarFamilies | None = None
        self._keeper: ShootKeeper | None = None
        self._waiting: dict[Family, None] = {}
        self._under_way: tuple[Family, ...] = ()
        self._failures = 0
        self._since = 0.0
        self.problem = ""
        self._rest, self._retry = QTimer(self), QTimer(self)
        for timer in (self._rest, self._retry):
            timer.setSingleShot(True)
            timer.timeout.connect(self.publish_now)
        self._ended.connect(self._take_end)
        settings.changed.connect(self._setting_changed)

    @property
    def wanted(self) -> bool:
        """Whether marks are published automatically."""
        return self._settings.value(PUBLISHING) == "automatic"

    @property
    def waiting(self) -> int:
        """Families whose sidecars do not say our marks yet, as far as is known."""
        return len(self._waiting.keys() | set(self._under_way))

    def knows(self, shoot: Shoot) -> bool:
        """Whether it is at work on a shoot."""
        return self._families is not None and self._families.shoot is shoot

    def begin(self, shoot: Shoot) -> None:
        """The marks of a shoot and its sidecars are read: what they do not say yet is published."""
        self.leave()
        self._families, self._keeper = SidecarFamilies(shoot), self._service.keeper
        if self.wanted:
            self._want(self._families.marked(or_edited=self._style().edits))
            self.publish_now()

    def leave(self) -> None:
        """Another shoot is being opened: what waits for the last one is published once more, unheard."""
        self._publish_all(None)
        self._families = self._keeper = None
        self._waiting, self._under_way = {}, ()
        self._forget_failures()

    def finish(self) -> None:
        """The program ends: publishes what waits, for a bounded time."""
        self._rest.stop()
        self._retry.stop()
        self._publish_all(time.monotonic() + FINISH_SECONDS)

    @Slot(list)
    def note(self, marks: MarksByPath) -> None:
        """Marks were given or taken back."""
        if not self.wanted or self._families is None:
            return
        self._want([family_of(path) for path, _recorded in marks])
        if not self._rest.isActive():
            self._since = time.monotonic()
        left = LONGEST_WAIT_MS - int((time.monotonic() - self._since) * 1000)
        self._rest.start(max(0, min(REST_MS, left)))

    @Slot(list)
    def note_edits(self, recipes: Sequence[tuple[Path, Recipe]]) -> None:
        """Photos were edited; that is published only where edits are offered."""
        if self._style().edits:
            self.note([(path, None) for path, _recipe in recipes])

    @Slot()
    def publish_now(self) -> None:
        """Publishes the next portion, unless one is under way."""
        self._rest.stop()
        self._retry.stop()
        if self._families is None or self._keeper is None or self._under_way or not self._waiting:
            return
        self._under_way = tuple(self._waiting)[:PORTION]
        for family in self._under_way:
            del self._waiting[family]
        photos = self._families.members(self._under_way)
        marks = self._families.recorded(photos)
        recipes = self._families.recipes(photos)
        self._service.run(partial(self._work, self._keeper, photos, marks, self._style(), recipes))

    def _want(self, families: Sequence[Family]) -> None:
        self._waiting |= dict.fromkeys(families)
        self.progressed.emit()

    def _work(
        self,
        keeper: ShootKeeper,
        photos: Sequence[Path],
        marks: dict[Path, RecordedMarks],
        style: SidecarStyle,
        recipes: dict[Path, Recipe],
    ) -> None:
        """On the thread that keeps marks."""
        try:
            self._ended.emit(keeper, publish(keeper, photos, marks, style, recipes), "")
        except StoreError as error:
            self._ended.emit(keeper, None, error.reason)
        except OSError as error:
            self._ended.emit(keeper, None, error.strerror or str(error))

    def _publish_all(self, deadline: float | None) -> None:
        """Publishes all that waits without listening to what becomes of it."""
        if self._families is None or self._keeper is None or not self.wanted:
            return
        families = tuple(self._waiting)
        for start in range(0, len(families), PORTION):
            photos = self._families.members(families[start : start + PORTION])
            marks = self._families.recorded(photos)
            recipes = self._families.recipes(photos)
            task = partial(_publish_unheard, self._keeper, photos, marks, self._style(), recipes, deadline)
            self._service.run(task)

    @Slot(object, object, object)
    def _take_end(self, keeper: ShootKeeper, done: Published | None, reason: str) -> None:
        if keeper is not self._keeper:
            return
        under_way, self._under_way = self._under_way, ()
        if done is not None:
            self.published.emit(keeper.folder, done)
            reason = str(done.failed[0]) if done.failed else ""
        # Writing again what was written already changes nothing, so a portion is repeated as a whole.
        again = under_way if reason else ()
        self._waiting |= dict.fromkeys(again)
        if again:
            self.problem = reason
            self._retry.start(RETRY_MS[min(self._failures, len(RETRY_MS) - 1)])
            self._failures += 1
        else:
            self._failures, self.problem = 0, ""
            if not self._rest.isActive():
                self.publish_now()
        self.progressed.emit()

    def _forget_failures(self) -> None:
        self._rest.stop()
        self._retry.stop()
        self._failures, self.problem = 0, ""
        self.progressed.emit()

    @Slot(str)
    def _setting_changed(self, name: str) -> None:
        if name not in (PUBLISHING.id, CRS_EDITS.id) or self._families is None:
            return
        if self.wanted:
            self._want(self._families.marked(or_edited=self._style().edits))
            self.publish_now()
        else:
            self._waiting = {}
            self._forget_failures()


def _publish_unheard(
    keeper: ShootKeeper,
    photos: Sequence[Path],
    marks: dict[Path, RecordedMarks],
    style: SidecarStyle,
    recipes: dict[Path, Recipe],
    deadline: float | None,
) -> None:
    """On the thread that keeps marks; what fails is tried when the shoot is opened again."""
    if deadline is not None and time.monotonic() > deadline:
        return
    try:
        publish(keeper, photos, marks, style, recipes)
    except (StoreError, OSError) as error:
        _log.warning("sidecars of %s are not written yet: %s", keeper.folder, error)
