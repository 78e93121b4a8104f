"""What a worker does with one edited photo: render it small, judge it, make its thumbnail; no widgets."""

import logging
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.photo_work import THUMBNAIL_SIDE
from app.recipe_book import EditedScore
from editor.core.color_space import SRGB
from editor.core.jobs import Cancellation
from editor.core.photo import PhotoIdentity, read_identity
from editor.core.recipe import Recipe
from editor.core.recipe_json import recipe_to_json
from editor.core.render import RenderSettings, render
from editor.core.thumbnail_cache import ThumbnailCache
from editor.panel.edit_source import EditSource
from editor.panel.monitor import for_monitor
from editor.panel.qimage import shrink_to, to_qimage
from quality.core.errors import ModelError
from quality.core.inference import QualityModel
from quality.core.labels import PerDefect
from quality.core.light_measure import measure_light
from quality.core.preprocess import DECODE_AT_LEAST, to_model_input
from quality.core.probability import to_probabilities
from quality.core.score_cache import CachedScore, ScoreCache

JUDGED_BOX = (2 * DECODE_AT_LEAST[0], 2 * DECODE_AT_LEAST[1])
"""The edited picture is judged at most this large, as its original is after a reduced decode."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EditedRequest:
    """One edited photo.

    Attributes:
        path: The photo.
        recipe: Its recipe, not neutral.
        keep: Whether the answer is kept in the caches; not for what a slider passes by.
    """

    path: Path
    recipe: Recipe
    keep: bool = True


@dataclass(frozen=True, slots=True)
class EditedAnswer:
    """What became of one edited photo.

    Attributes:
        request: What it answers.
        score: How it is judged; None without a model.
        thumbnail: Its thumbnail.
    """

    request: EditedRequest
    score: EditedScore | None
    thumbnail: QImage


class EditedWork:
    """Called on the one thread that judges edited photos."""

    def __init__(self, thumbnails: ThumbnailCache) -> None:
        self._thumbnails = thumbnails
        self._source = EditSource()
        self.model: QualityModel | None = None
        self.scores: ScoreCache | None = None

    def __call__(self, request: EditedRequest, cancellation: Cancellation) -> EditedAnswer:
        """Judges one edited photo, from the caches where it is known.

        Raises:
            PhotoError: It cannot be read.
            JobCancelled: Nobody waits any more.
        """
        cancellation.raise_if_cancelled()
        identity = edited_identity(read_identity(request.path), request.recipe)
        logits, small = self._known(identity)
        if small is None or (logits is None and self.model is not None):
            logits, small = self._made(request, identity, cancellation)
        return EditedAnswer(request, self._score(request.recipe, logits), to_qimage(for_monitor(small)))

    def _known(self, identity: PhotoIdentity) -> tuple[PerDefect[float] | None, NDArray[np.uint8] | None]:
        model, scores = self.model, self.scores
        cached = scores.load(identity, model.sha256) if scores and model else None
        return (None if cached is None else cached.logits), self._thumbnails.load(identity)

    def _made(
        self, request: EditedRequest, identity: PhotoIdentity, cancellation: Cancellation
    ) -> tuple[PerDefect[float] | None, NDArray[np.uint8]]:
        picture = self._source.picture(request.path, request.recipe.crop, DECODE_AT_LEAST)
        settings = RenderSettings(fit=JUDGED_BOX, space=SRGB, dtype=np.uint8)
        made = render(picture, request.recipe, settings, cancellation=cancellation)
        srgb8 = made.pixels.astype(np.uint8, copy=False)
        small = shrink_to(srgb8, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        logits = self._logits(srgb8)
        model, scores = self.model, self.scores
        if request.keep:
            self._thumbnails.save(identity, small)
            if scores and model and logits is not None:
                light = measure_light(srgb8)
                scores.save(
                    identity, model.sha256, CachedScore(logits, made.full_width, made.full_height, light)
                )
        return logits, small

    def _logits(self, srgb8: NDArray[np.uint8]) -> PerDefect[float] | None:
        if self.model is None:
            return None
        try:
            row = self.model.run(to_model_input(srgb8)[np.newaxis])[0]
        except ModelError as error:
            _log.warning("an edited photo could not be judged: %s", error)
            return None
        return PerDefect(*(float(logit) for logit in row)) if np.isfinite(row).all() else None

    def _score(self, recipe: Recipe, logits: PerDefect[float] | None) -> EditedScore | None:
        if logits is None or self.model is None:
            return None
        found = to_probabilities(np.array(list(logits), dtype=np.float64), self.model.contract.temperature)
        return EditedScore(recipe, PerDefect(*(float(probability) for probability in found)))


def edited_identity(identity: PhotoIdentity, recipe: Recipe) -> PhotoIdentity:
    """What the caches know an edited photo by: the photo and its recipe."""
    made = blake2b(
        f"{identity.digest} {recipe_to_json(recipe)}".encode(), digest_size=len(identity.digest) // 2
    )
    return PhotoIdentity(identity.size, made.hexdigest())
