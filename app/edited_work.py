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
from quality.core.score_cache import CachedScore, ScoreCache
from quality.core.scorer import probabilities_of
from quality.core.sharpness import judge_tiles

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
        said, small = self._known(identity)
        if small is None or (said is None and self.model is not None):
            said, small = self._made(request, identity, cancellation)
        return EditedAnswer(request, self._score(request.recipe, said), to_qimage(for_monitor(small)))

    def _known(self, identity: PhotoIdentity) -> tuple[CachedScore | None, NDArray[np.uint8] | None]:
        model, scores = self.model, self.scores
        said = scores.load(identity, model.key) if scores and model else None
        return said, self._thumbnails.load(identity)

    def _made(
        self, request: EditedRequest, identity: PhotoIdentity, cancellation: Cancellation
    ) -> tuple[CachedScore | None, NDArray[np.uint8]]:
        picture = self._source.picture(request.path, request.recipe.crop, DECODE_AT_LEAST)
        settings = RenderSettings(fit=JUDGED_BOX, space=SRGB, dtype=np.uint8)
        made = render(picture, request.recipe, settings, cancellation=cancellation)
        srgb8 = made.pixels.astype(np.uint8, copy=False)
        small = shrink_to(srgb8, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        said = self._said(srgb8, (made.full_width, made.full_height))
        model, scores = self.model, self.scores
        if request.keep:
            self._thumbnails.save(identity, small)
            if scores and model and said is not None:
                scores.save(identity, model.key, said)
        return said, small

    def _said(self, srgb8: NDArray[np.uint8], size: tuple[int, int]) -> CachedScore | None:
        """What both networks say of an edited picture, at the scale at which its photo was judged."""
        if self.model is None:
            return None
        try:
            row = self.model.run(to_model_input(srgb8)[np.newaxis])[0]
            tiles = None if self.model.sharpness is None else judge_tiles(self.model.sharpness, srgb8)
        except ModelError as error:
            _log.warning("an edited photo could not be judged: %s", error)
            return None
        if not np.isfinite(row).all():
            return None
        logits = PerDefect(*(float(logit) for logit in row))
        return CachedScore(logits, *size, measure_light(srgb8), tiles=tiles)

    def _score(self, recipe: Recipe, said: CachedScore | None) -> EditedScore | None:
        if said is None or self.model is None:
            return None
        return EditedScore(recipe, probabilities_of(said.logits, said.tiles, self.model.contract))


def edited_identity(identity: PhotoIdentity, recipe: Recipe) -> PhotoIdentity:
    """What the caches know an edited photo by: the photo and its recipe."""
    made = blake2b(
        f"{identity.digest} {recipe_to_json(recipe)}".encode(), digest_size=len(identity.digest) // 2
    )
    return PhotoIdentity(identity.size, made.hexdigest())
