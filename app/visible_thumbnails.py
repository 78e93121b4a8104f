"""Which photos are on screen, and where their thumbnails come from; decodes nothing itself."""

from collections.abc import Collection, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from app.photo_list_model import PhotoListModel
from app.photo_roles import PhotoState
from app.thumbnail_service import ThumbnailService
from app.thumbnail_store import ThumbnailStore
from editor.core.thumbnail_cache import ThumbnailCache
from quality.panel.scoring_service import ScoringService

PLAIN_PRIORITY = 1
"""The priority of a photo that nobody looks at."""


class VisibleThumbnails(QObject):
    """Lives in the GUI thread; the newest wish comes first."""

    arrived = Signal()
    edited_missed = Signal(list)
    failed = Signal(list)
    read = Signal(list)

    def __init__(
        self, photos: PhotoListModel, store: ThumbnailStore, cache: ThumbnailCache, parent: QObject
    ) -> None:
        """Starts the thread for those that nobody judges.

        Args:
            photos: Says what is known of each photo.
            store: Gets thumbnails.
            cache: Where they are kept on the disk.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self._photos, self._store = photos, store
        self._wishes = 0
        self._visible: list[Path] = []
        self._near: list[Path] = []
        self._anew: dict[Path, None] = {}
        self._service = ThumbnailService(cache, self)
        self._service.arrived.connect(self.take)
        self._service.failed.connect(self._take_faults)

    def keep_only(self, photos: Collection[Path]) -> None:
        """Another shoot is open, or the same one was read again: nothing but these photos is kept."""
        self._store.keep_only(photos)
        self._visible, self._near = [], []
        self._anew.clear()

    def begin(self) -> None:
        """Drops what is under way."""
        self._service.begin()

    def set_visible(self, photos: list[Path]) -> None:
        """Says which photos are on screen."""
        self._visible = photos
        self._store.keep_on_screen([*photos, *self._near])

    def set_near(self, photos: list[Path]) -> None:
        """Says which photos the panel shows near a line."""
        self._near = photos
        self._store.keep_on_screen([*self._visible, *photos])

    def read_anew(self, photos: Collection[Path]) -> None:
        """Reads these photos with the next fetch, on screen or not; `read` or `failed` tells the end."""
        for path in photos:
            self._store.forget(path)
        self._anew.update(dict.fromkeys(photos))

    def fetch(self, judging: ScoringService | None) -> None:
        """Asks for what is missing: where there are judging workers that decode it anyway, from these."""
        wanted = dict.fromkeys([*self._visible, *self._near])
        by_judging: list[Path] = []
        alone: list[Path] = []
        for path in wanted:
            row = None if path in self._store or path in self._anew else self._photos.shoot.row_of(path)
            if row is None or self._photos.state(row) is PhotoState.BROKEN:
                continue
            waiting = self._photos.state(row) is PhotoState.WAITING
            (by_judging if waiting and judging is not None else alone).append(path)
        if by_judging and judging is not None:
            self._wishes += 1
            judging.prefer(by_judging, PLAIN_PRIORITY - self._wishes)
        self._service.want([*alone, *self._anew])

    def close(self) -> None:
        """Stops the thread."""
        self._service.close()

    @Slot(list)
    def take(self, arrived: list[tuple[Path, QImage]]) -> None:
        """Takes thumbnails, also those of the judging workers; one of an edited photo shows the original."""
        edited = self._photos.edited_of(path for path, _ in arrived)
        kept = [path for path, image in arrived if path not in edited and self._store.put(path, image)]
        if edited:
            self.edited_missed.emit(list(edited))
        self._photos.note_thumbnails(kept)
        self.arrived.emit()
        if read := self._answered(path for path, _ in arrived):
            self.read.emit(read)

    @Slot(list)
    def _take_faults(self, faults: list[tuple[Path, str]]) -> None:
        self._answered(path for path, _ in faults)
        self.failed.emit(faults)

    def _answered(self, photos: Iterable[Path]) -> list[Path]:
        """Those of some photos that were to be read anew, which is done now."""
        answered = [path for path in photos if path in self._anew]
        for path in answered:
            del self._anew[path]
        return answered
