"""One open shoot at work: folder, model, judging and thumbnails put together; knows no widget."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.capture_times import CaptureTimes
from app.carrying_over import carry_over
from app.folder_service import FolderService
from app.judging import Judging
from app.model_service import ModelService
from app.outside_changes import OutsideChanges
from app.photo_list_model import PhotoListModel
from app.shoot import Shoot
from app.thumbnail_store import ThumbnailStore
from app.visible_thumbnails import VisibleThumbnails
from editor.core.folder import FolderListing
from editor.core.pairs import find_pairs
from editor.core.thumbnail_cache import ThumbnailCache
from quality.core.inference import QualityModel

_log = logging.getLogger(__name__)


class ShootSession(QObject):
    """Lives in the GUI thread and owns every background service; `judging` is one of them."""

    folder_opened = Signal(object)
    folder_failed = Signal(object, str)
    folder_slow = Signal(object)
    model_opened = Signal(object)
    model_failed = Signal(str)
    photos_read = Signal(list)
    thumbnails_arrived = Signal()
    edited_missed = Signal(list)

    def __init__(
        self,
        model: PhotoListModel,
        store: ThumbnailStore,
        cache_folder: Path,
        workers: int,
        device: str,
        parent: QObject,
    ) -> None:
        """Starts the services; nothing is opened yet.

        Args:
            model: Gets photos, scores and faults.
            store: Gets thumbnails.
            cache_folder: Where scores and thumbnails are kept.
            workers: Threads that decode and judge, at least 1.
            device: Where the network shall run: ``auto``, ``cpu`` or ``cuda``.
            parent: The object that owns the session.
        """
        super().__init__(parent)
        self._photos = model
        self._thumbnail_cache = ThumbnailCache(cache_folder / "thumbnails")
        self._folders, self._models = FolderService(self), ModelService(device, self)
        self._thumbnails = VisibleThumbnails(model, store, self._thumbnail_cache, self)
        self.judging = Judging(model, self._thumbnails, cache_folder, workers, self)
        self.times = CaptureTimes(model, self)
        self.outside = OutsideChanges(model, self)
        self._folders.listed.connect(self._take_folder)
        self._folders.failed.connect(self.folder_failed)
        self._folders.slow.connect(self.folder_slow)
        self._models.opened.connect(self._take_model)
        self._models.failed.connect(self.model_failed)
        self._thumbnails.arrived.connect(self.thumbnails_arrived)
        self._thumbnails.edited_missed.connect(self.edited_missed)
        self._thumbnails.failed.connect(self.judging.take_faults)
        self._thumbnails.read.connect(self._take_read)

    @property
    def thumbnail_cache(self) -> ThumbnailCache:
        """Where thumbnails are kept."""
        return self._thumbnail_cache

    def open_model(self) -> None:
        """Opens the model in the background."""
        self._models.open()

    @property
    def opening(self) -> bool:
        """Whether a folder is being listed that is not the one shown."""
        return self._folders.wanted not in (None, self._photos.shoot.folder)

    def open_folder(self, folder: Path) -> None:
        """Lists a folder in the background; the shoot shown until then stays."""
        self._folders.list(folder)

    def show_visible(self, photos: list[Path]) -> None:
        """Says which photos are on screen: their thumbnails and scores come first."""
        self._thumbnails.set_visible(photos)
        self.judging.fetch_visible()

    def show_near(self, photos: list[Path]) -> None:
        """Says which photos the panel shows near a line and has no thumbnail of: they come next."""
        self._thumbnails.set_near(photos)
        self.judging.fetch_visible()

    def close(self) -> None:
        """Stops every thread; the session is of no use afterwards."""
        services = (self.times, self.judging, self._thumbnails, self._folders, self._models, self.outside)
        for service in services:
            service.close()

    @Slot(object)
    def _take_folder(self, listing: FolderListing) -> None:
        companions = {pair.jpeg: pair.raw for pair in find_pairs(listing.photos)}
        hidden = frozenset(companions.values())
        photos = [path for path in listing.photos if path not in hidden]
        before, after = self._photos.shoot, Shoot(listing.folder, photos, listing.ignored, companions)
        is_same = before.folder == after.folder
        self.judging.set_unsure(carry_over(before, after) if is_same else ())
        has_judge = self.judging.has_model  # who judges, notices what was changed
        self._thumbnails.keep_only(photos if is_same and has_judge else ())
        self._photos.set_shoot(after)
        _log.info("opened %s: %s photos", listing.folder, len(listing.photos))
        self.judging.begin()
        self.folder_opened.emit(self._photos.shoot)

    @Slot(object)
    def _take_model(self, model: QualityModel) -> None:
        self.judging.set_model(model, self._thumbnail_cache)
        self.model_opened.emit(model)
        self.judging.begin()

    @Slot(list)
    def _take_read(self, photos: list[Path]) -> None:
        """Photos that could not be read before can be now."""
        self.judging.judge_again(photos)
        self.photos_read.emit(photos)
