"""One open shoot at work: folder, model, judging and thumbnails put together; knows no widget."""

import logging
import time
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.capture_times import CaptureTimes
from app.carrying_over import carry_over
from app.folder_service import FolderService
from app.judging_progress import JudgingProgress, ProgressFigures
from app.known_scores import KnownScores
from app.model_service import ModelService
from app.outside_changes import OutsideChanges
from app.photo_list_model import PhotoListModel
from app.photo_work import PhotoWork
from app.shoot import Shoot
from app.thumbnail_store import ThumbnailStore
from app.visible_thumbnails import PLAIN_PRIORITY, VisibleThumbnails
from editor.core.folder import FolderListing
from editor.core.identity_cache import IdentityCache
from editor.core.pairs import find_pairs
from editor.core.thumbnail_cache import ThumbnailCache
from quality.core.inference import QualityModel
from quality.core.score_cache import ScoreCache
from quality.core.score_table import ScoreTable
from quality.core.scorer import PhotoScore, Scorer
from quality.panel.scoring_service import ScoringService

_log = logging.getLogger(__name__)


class ShootSession(QObject):
    """Lives in the GUI thread and owns every background service."""

    folder_opened = Signal(object)
    folder_failed = Signal(object, str)
    folder_slow = Signal(object)
    model_opened = Signal(object)
    model_failed = Signal(str)
    judged = Signal(list)
    judged_now = Signal(list)
    faults_found = Signal(list)
    photos_read = Signal(list)
    cache_failed = Signal(str)
    thumbnails_arrived = Signal()
    edited_missed = Signal(list)
    progressed = Signal()

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
        self._photos, self._workers = model, workers
        self._scores_file = cache_folder / "scores.sqlite"
        self._thumbnail_cache = ThumbnailCache(cache_folder / "thumbnails")
        self._identities_file = cache_folder / "identities.sqlite"
        self._score_cache: ScoreCache | None = None
        self._cache_problem = ""
        self._identities: IdentityCache | None = None
        self._scorer: Scorer | None = None
        self._known = KnownScores(self)
        self._known.found.connect(self._take_scores)
        self._known.table_found.connect(self._take_table)
        self._known.begun.connect(self._fetch_visible)
        self._known.ended.connect(self._judge_unknown)
        self._device = ""
        self._scoring: ScoringService | None = None
        self._progress = JudgingProgress()
        self._paused = self._stopped = False
        self._unsure: set[int] = set()
        self._folders, self._models = FolderService(self), ModelService(device, self)
        self._thumbnails = VisibleThumbnails(model, store, self._thumbnail_cache, self)
        self.times = CaptureTimes(model, self)
        self.outside = OutsideChanges(model, self)
        self._folders.listed.connect(self._take_folder)
        self._folders.failed.connect(self.folder_failed)
        self._folders.slow.connect(self.folder_slow)
        self._models.opened.connect(self._take_model)
        self._models.failed.connect(self.model_failed)
        self._thumbnails.arrived.connect(self.thumbnails_arrived)
        self._thumbnails.edited_missed.connect(self.edited_missed)
        self._thumbnails.failed.connect(self._take_faults)
        self._thumbnails.read.connect(self._take_read)

    @property
    def paused(self) -> bool:
        """Whether the user paused judging."""
        return self._paused

    @property
    def stopped(self) -> bool:
        """Whether the user stopped judging."""
        return self._stopped

    @property
    def has_model(self) -> bool:
        """Whether photos can be judged."""
        return self._scoring is not None

    @property
    def device(self) -> str:
        """Where photos are judged, empty without a model."""
        return self._device

    @property
    def finished(self) -> bool:
        """Whether every photo has scores or a fault."""
        return self._photos.shoot.settled == len(self._photos.shoot)

    @property
    def judging(self) -> bool:
        """Whether photos are being judged now."""
        return self.has_model and not (self._paused or self._stopped or self.finished)

    @property
    def thumbnail_cache(self) -> ThumbnailCache:
        """Where thumbnails are kept."""
        return self._thumbnail_cache

    @property
    def score_cache(self) -> ScoreCache | None:
        """Where scores are kept; None before the model is open."""
        return self._score_cache

    def figures(self) -> ProgressFigures:
        """How far judging is."""
        shoot = self._photos.shoot
        return self._progress.figures(shoot.settled, shoot.judged, len(shoot))

    def open_model(self) -> None:
        """Opens the model in the background."""
        self._models.open()

    def open_folder(self, folder: Path) -> None:
        """Lists a folder in the background; the shoot shown until then stays."""
        self._folders.list(folder)

    def show_visible(self, photos: list[Path]) -> None:
        """Says which photos are on screen: their thumbnails and scores come first."""
        self._thumbnails.set_visible(photos)
        self._fetch_visible()

    def show_near(self, photos: list[Path]) -> None:
        """Says which photos the panel shows near a line and has no thumbnail of: they come next."""
        self._thumbnails.set_near(photos)
        self._fetch_visible()

    def set_paused(self, paused: bool) -> None:
        """Pauses judging or goes on."""
        self._paused = paused
        if self._scoring is not None:
            if paused:
                self._scoring.pause()
            else:
                self._scoring.resume()
        self._progress.restart()
        self._fetch_visible()
        self.progressed.emit()

    def stop(self) -> None:
        """Drops what still waits to be judged."""
        self._stopped = True
        if self._scoring is not None:
            self._scoring.cancel()
        self._fetch_visible()
        self.progressed.emit()

    def judge_rest(self) -> None:
        """Judges every photo that has no score, unreadable ones again."""
        shoot = self._photos.shoot
        self._stopped = False
        self._progress.restart()
        if self._scoring is not None:
            rest = [path for row, path in enumerate(shoot.photos) if not shoot.is_judged(row)]
            self._scoring.begin(rest)
            self.set_paused(False)
        self._fetch_visible()
        self.progressed.emit()

    def read_anew(self, photos: Collection[Path]) -> None:
        """Reads photos again that could not be read; `photos_read` or `faults_found` says what came of it.

        Until then nothing is said against them. Those that can be read are judged as all others are.
        """
        self._progress.restart()
        self._thumbnails.read_anew(photos)
        self._take_faults([(path, "") for path in photos])
        self._fetch_visible()

    def close(self) -> None:
        """Stops every thread; the session is of no use afterwards."""
        threads = (self._known, self.times, self._scoring, self._thumbnails)
        services = (*threads, self._folders, self._models, self.outside)
        for service in services:
            if service is not None:
                service.close()
        if self._score_cache is not None:
            self._score_cache.close()
        if self._identities is not None:
            self._identities.close()

    @Slot()
    def _fetch_visible(self) -> None:
        """Asks for what is on screen; while it may turn out to be known, nobody judges it."""
        if self._known.beginning:
            return
        self._thumbnails.fetch(self._scoring if self.judging else None)

    def _begin_judging(self) -> None:
        self._paused = False
        self._thumbnails.begin()
        photos = self._photos.shoot.photos
        if self._scoring is None or self._scorer is None or self._identities is None:
            self._fetch_visible()
            self.progressed.emit()
            return
        self._stopped = False
        self._scoring.begin([])
        self._known.look(photos, self._identities, self._scorer)
        self.set_paused(False)

    @Slot()
    def _judge_unknown(self) -> None:
        """All that is known is there: the rest is judged, the visible ones first."""
        shoot = self._photos.shoot
        changed, self._unsure = self._unsure, set()
        if changed:
            self._photos.forget_scores(sorted(changed))
        if self._scoring is not None and not self._stopped:
            rest = [path for row, path in enumerate(shoot.photos) if not shoot.is_judged(row)]
            self._scoring.prefer(rest, PLAIN_PRIORITY)
            self._progress.restart()
            self._fetch_visible()
            self.progressed.emit()

    @Slot(object)
    def _take_folder(self, listing: FolderListing) -> None:
        companions = {pair.jpeg: pair.raw for pair in find_pairs(listing.photos)}
        hidden = frozenset(companions.values())
        photos = [path for path in listing.photos if path not in hidden]
        before, after = self._photos.shoot, Shoot(listing.folder, photos, listing.ignored, companions)
        self._unsure = set(carry_over(before, after)) if before.folder == after.folder else set()
        same = before.folder == after.folder and self.has_model  # who judges, notices what was changed
        self._thumbnails.keep_only(photos if same else ())
        self._photos.set_shoot(after)
        _log.info("opened %s: %s photos", listing.folder, len(listing.photos))
        self._begin_judging()
        self.folder_opened.emit(self._photos.shoot)

    @Slot(object)
    def _take_model(self, model: QualityModel) -> None:
        self._score_cache, self._device = ScoreCache(self._scores_file), model.device
        self._identities = IdentityCache(self._identities_file)
        self._scorer = Scorer(model, self._score_cache)
        work = PhotoWork(self._scorer, self._thumbnail_cache, self._identities)
        self._scoring = ScoringService(work, self._workers, self)
        self._scoring.thumbnails_arrived.connect(self._thumbnails.take)
        self._scoring.scores_arrived.connect(self._take_new_scores)
        self._scoring.photos_failed.connect(self._take_faults)
        self.model_opened.emit(model)
        self._begin_judging()

    @Slot(list)
    def _take_new_scores(self, scores: list[tuple[Path, PhotoScore]]) -> None:
        self._note_cache_problem()
        self._take_scores(scores)
        self.judged_now.emit([self._photos.shoot.row_of(path) for path, _ in scores])

    @Slot(list)
    def _take_scores(self, scores: list[tuple[Path, PhotoScore]]) -> None:
        rows = self._photos.take_scores(scores)
        self._unsure.difference_update(rows)
        self._note_progress()
        self.judged.emit(rows)

    @Slot(list, object)
    def _take_table(self, paths: list[Path], table: ScoreTable) -> None:
        rows = self._photos.take_table(paths, table)
        self._unsure.difference_update(rows)
        self._note_progress()
        self.judged.emit(rows)

    @Slot(list)
    def _take_faults(self, faults: list[tuple[Path, str]]) -> None:
        rows = self._photos.take_faults(faults)
        self._note_progress()
        self.faults_found.emit(rows)

    @Slot(list)
    def _take_read(self, photos: list[Path]) -> None:
        """Photos that could not be read before can be now."""
        shoot = self._photos.shoot
        rows = {path: shoot.row_of(path) for path in photos}
        waiting = [path for path, row in rows.items() if row is not None and not shoot.is_judged(row)]
        if self._scoring is not None and not self._stopped:
            self._scoring.judge_again(waiting)
        self.photos_read.emit(photos)

    def _note_cache_problem(self) -> None:
        """Says once why scores are not kept."""
        problem = "" if self._score_cache is None else self._score_cache.problem
        if problem != self._cache_problem:
            self._cache_problem = problem
            self.cache_failed.emit(problem)

    def _note_progress(self) -> None:
        self._progress.note(time.monotonic(), self._photos.shoot.settled)
        self.progressed.emit()
