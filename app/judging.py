"""The judging of one open shoot: what is known first, then the rest, what is in sight before all else."""

import time
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.judging_progress import JudgingProgress, ProgressFigures
from app.known_scores import KnownScores
from app.photo_list_model import PhotoListModel
from app.photo_work import PhotoWork
from app.visible_thumbnails import PLAIN_PRIORITY, VisibleThumbnails
from editor.core.identity_cache import IdentityCache
from editor.core.thumbnail_cache import ThumbnailCache
from quality.core.inference import QualityModel
from quality.core.score_cache import ScoreCache
from quality.core.score_table import ScoreTable
from quality.core.scorer import PhotoScore, Scorer
from quality.panel.scoring_service import ScoringService


class Judging(QObject):
    """Lives in the GUI thread; before `set_model` nothing is judged, only thumbnails are fetched."""

    judged = Signal(list)
    judged_now = Signal(list)
    faults_found = Signal(list)
    cache_failed = Signal(str)
    progressed = Signal()

    def __init__(
        self,
        photos: PhotoListModel,
        thumbnails: VisibleThumbnails,
        cache_folder: Path,
        workers: int,
        parent: QObject,
    ) -> None:
        """Judges nothing yet.

        Args:
            photos: Says what is known of each photo; gets scores and faults.
            thumbnails: Says what is in sight; gets the thumbnails that judging makes.
            cache_folder: Where scores and identities are kept.
            workers: Threads that decode and judge, at least 1.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self._photos, self._thumbnails, self._workers = photos, thumbnails, workers
        self._scores_file = cache_folder / "scores.sqlite"
        self._identities_file = cache_folder / "identities.sqlite"
        self._score_cache: ScoreCache | None = None
        self._cache_problem = ""
        self._identities: IdentityCache | None = None
        self._scorer: Scorer | None = None
        self._scoring: ScoringService | None = None
        self._device = ""
        self._known = KnownScores(self)
        self._known.found.connect(self._take_scores)
        self._known.table_found.connect(self._take_table)
        self._known.begun.connect(self.fetch_visible)
        self._known.ended.connect(self._judge_unknown)
        self._progress = JudgingProgress()
        self._paused = self._stopped = False
        self._unsure: set[int] = set()

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
    def goes_on(self) -> bool:
        """Whether photos are being judged now."""
        return self.has_model and not (self._paused or self._stopped or self.finished)

    @property
    def score_cache(self) -> ScoreCache | None:
        """Where scores are kept; None before the model is open."""
        return self._score_cache

    def figures(self) -> ProgressFigures:
        """How far judging is."""
        shoot = self._photos.shoot
        return self._progress.figures(shoot.settled, shoot.judged, len(shoot))

    def set_model(self, model: QualityModel, thumbnail_cache: ThumbnailCache) -> None:
        """From now on photos can be judged, with thumbnails made on the way."""
        self._score_cache, self._device = ScoreCache(self._scores_file), model.device
        self._identities = IdentityCache(self._identities_file)
        self._scorer = Scorer(model, self._score_cache)
        work = PhotoWork(self._scorer, thumbnail_cache, self._identities)
        self._scoring = ScoringService(work, self._workers, self)
        self._scoring.thumbnails_arrived.connect(self._thumbnails.take)
        self._scoring.scores_arrived.connect(self._take_new_scores)
        self._scoring.photos_failed.connect(self.take_faults)

    def set_unsure(self, rows: Collection[int]) -> None:
        """Names the rows whose scores were taken over and may be of an older state of the file."""
        self._unsure = set(rows)

    def begin(self) -> None:
        """Begins with the shoot that is shown now; what was under way is dropped."""
        self._thumbnails.begin()
        if self._scoring is not None and self._scorer is not None and self._identities is not None:
            self._stopped = False
            self._scoring.begin([])
            self._known.look(self._photos.shoot.photos, self._identities, self._scorer)
        self.set_paused(False)

    def set_paused(self, paused: bool) -> None:
        """Pauses judging or goes on."""
        self._paused = paused
        if self._scoring is not None:
            if paused:
                self._scoring.pause()
            else:
                self._scoring.resume()
        self._progress.restart()
        self.fetch_visible()
        self.progressed.emit()

    def stop(self) -> None:
        """Drops what still waits to be judged."""
        self._stopped = True
        if self._scoring is not None:
            self._scoring.cancel()
        self.fetch_visible()
        self.progressed.emit()

    def judge_rest(self) -> None:
        """Judges every photo that has no score, unreadable ones again."""
        self._stopped = False
        if self._scoring is not None:
            self._scoring.begin(self._rest())
        self.set_paused(False)

    def judge_again(self, photos: Collection[Path]) -> None:
        """Judges those of some photos that have no score, unless judging was stopped."""
        shoot = self._photos.shoot
        rows = {path: shoot.row_of(path) for path in photos}
        waiting = [path for path, row in rows.items() if row is not None and not shoot.is_judged(row)]
        if self._scoring is not None and not self._stopped:
            self._scoring.judge_again(waiting)

    def read_anew(self, photos: Collection[Path]) -> None:
        """Reads photos again that could not be read; `faults_found` or `photos_read` says the end.

        Until then nothing is said against them. Those that can be read are judged as all others are.
        """
        self._progress.restart()
        self._thumbnails.read_anew(photos)
        self.take_faults([(path, "") for path in photos])
        self.fetch_visible()

    @Slot()
    def fetch_visible(self) -> None:
        """Asks for what is on screen; while it may turn out to be known, nobody judges it."""
        if self._known.beginning:
            return
        self._thumbnails.fetch(self._scoring if self.goes_on else None)

    @Slot(list)
    def take_faults(self, faults: list[tuple[Path, str]]) -> None:
        """Takes what is wrong with some photos; an empty text takes it back."""
        rows = self._photos.take_faults(faults)
        self._note_progress()
        self.faults_found.emit(rows)

    def close(self) -> None:
        """Stops the threads."""
        self._known.close()
        if self._scoring is not None:
            self._scoring.close()
        if self._score_cache is not None:
            self._score_cache.close()
        if self._identities is not None:
            self._identities.close()

    def _rest(self) -> list[Path]:
        shoot = self._photos.shoot
        return [path for row, path in enumerate(shoot.photos) if not shoot.is_judged(row)]

    @Slot()
    def _judge_unknown(self) -> None:
        """All that is known is there: the rest is judged, the visible ones first."""
        changed, self._unsure = self._unsure, set()
        if changed:
            self._photos.forget_scores(sorted(changed))
        if self._scoring is not None and not self._stopped:
            self._scoring.prefer(self._rest(), PLAIN_PRIORITY)
            self._progress.restart()
            self.fetch_visible()
            self.progressed.emit()

    @Slot(list)
    def _take_new_scores(self, scores: list[tuple[Path, PhotoScore]]) -> None:
        self._note_cache_problem()
        self._take_scores(scores)
        self.judged_now.emit([self._photos.shoot.row_of(path) for path, _ in scores])

    @Slot(list)
    def _take_scores(self, scores: list[tuple[Path, PhotoScore]]) -> None:
        self._say_judged(self._photos.take_scores(scores))

    @Slot(list, object)
    def _take_table(self, paths: list[Path], table: ScoreTable) -> None:
        self._say_judged(self._photos.take_table(paths, table))

    def _say_judged(self, rows: list[int]) -> None:
        self._unsure.difference_update(rows)
        self._note_progress()
        self.judged.emit(rows)

    def _note_cache_problem(self) -> None:
        """Says once why scores are not kept."""
        problem = "" if self._score_cache is None else self._score_cache.problem
        if problem != self._cache_problem:
            self._cache_problem = problem
            self.cache_failed.emit(problem)

    def _note_progress(self) -> None:
        self._progress.note(time.monotonic(), self._photos.shoot.settled)
        self.progressed.emit()
