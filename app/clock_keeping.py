"""Keeps with each shoot by how much its cameras' clocks were wrong."""

from PySide6.QtCore import QObject, Signal, Slot

from app.shoot_session import ShootSession
from app.shoot_texts import ShootTexts
from editor.core.clock_offsets import RIGHT_CLOCKS, ClockOffsets, clocks_from_text, clocks_to_text
from editor.core.shoot_records import VersionedText

CLOCKS = "clocks"
"""Under which name a shoot's store holds them."""


class ClockKeeping(QObject):
    """Lives in the GUI thread; `changed` comes when other offsets hold."""

    changed = Signal()

    def __init__(self, session: ShootSession, texts: ShootTexts, parent: QObject) -> None:
        """Connects it.

        Args:
            session: Says when another shoot is open.
            texts: Keeps them.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self._texts = texts
        self.clocks = RIGHT_CLOCKS
        session.folder_opened.connect(self._begin)
        texts.loaded.connect(self._take)

    def set_clocks(self, clocks: ClockOffsets) -> None:
        """Other offsets hold from now on, and are kept."""
        if clocks.seconds != self.clocks.seconds:
            self._texts.keep(CLOCKS, clocks_to_text(clocks))
            self._hold(clocks)

    @Slot()
    def _begin(self) -> None:
        """Another shoot is open."""
        self.clocks = RIGHT_CLOCKS
        self.changed.emit()

    @Slot(object)
    def _take(self, found: dict[str, VersionedText]) -> None:
        clocks = clocks_from_text(found.get(CLOCKS))
        if not self._texts.waits(CLOCKS) and clocks.seconds != self.clocks.seconds:
            self._hold(clocks)

    def _hold(self, clocks: ClockOffsets) -> None:
        self.clocks = clocks
        self.changed.emit()
