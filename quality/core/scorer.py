"""Judges one photo: one decode feeds whoever shows the picture, the networks and the light measure.

It takes no decisions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.errors import PhotoError
from editor.core.metadata import NO_METADATA, PhotoMetadata, read_metadata
from editor.core.photo import PhotoIdentity, read_identity
from editor.core.photo_change import unchanged
from editor.core.pixels import Picture
from quality.core.blur_evidence import BlurWitnesses, TileEvidence, combined_probability, witnesses_of
from quality.core.contract import QualityContract
from quality.core.errors import ModelError
from quality.core.inference import QualityModel
from quality.core.labels import PerDefect
from quality.core.light_measure import LightMeasure, measure_light
from quality.core.preprocess import DECODE_AT_LEAST, to_model_input
from quality.core.probability import to_probabilities
from quality.core.score_cache import CachedScore, ScoreCache
from quality.core.score_table import ScoreTable, score_table
from quality.core.sharpness import judge_tiles

OnPicture = Callable[[NDArray[np.uint8], Picture], None]
"""Gets the sRGB pixels, shape (H, W, 3), and the picture they were made from; may not change them."""


@dataclass(frozen=True, slots=True)
class PhotoScore:
    """How likely each defect is on one photo.

    Attributes:
        identity: The photo.
        width: Width of the whole upright photo in pixels.
        height: Height of the whole upright photo in pixels.
        probabilities: One per defect, calibrated, in 0..1.
        light: What was measured in the picture; None when it was not.
        metadata: What the camera wrote.
        witnesses: What frame and tiles each said about blur; None where the frame alone was asked.
    """

    identity: PhotoIdentity
    width: int
    height: int
    probabilities: PerDefect[float]
    light: LightMeasure | None = None
    metadata: PhotoMetadata = NO_METADATA
    witnesses: BlurWitnesses | None = None


class KnownScores:
    """What was judged before; opens neither a photo nor a network, and threads may share it."""

    def __init__(self, contract: QualityContract, key: str, cache: ScoreCache | None) -> None:
        """Takes the contract of a model, its key, and the cache with its scores, if there is one."""
        self._contract, self._key, self._cache = contract, key, cache

    def known(self, identities: Iterable[PhotoIdentity]) -> dict[PhotoIdentity, PhotoScore]:
        """The scores of those photos that this model has judged before; opens no photo."""
        if self._cache is None:
            return {}
        found = self._cache.load_many(identities, self._key)
        if not found:
            return {}
        # All at once: thousands of small arrays would take longer than everything else together.
        logits = np.array([(one.logits.blur, one.logits.under, one.logits.over) for one in found.values()])
        frames: list[list[float]] = to_probabilities(logits, self._contract.temperature).tolist()
        return {
            identity: self._with_frame(identity, cached, frame)
            for (identity, cached), frame in zip(found.items(), frames, strict=True)
        }

    def known_table(self, keys: Sequence[str]) -> tuple[list[str], ScoreTable] | None:
        """The scores of photos this model has judged before, side by side; opens no photo.

        Args:
            keys: Of the photos' identities.

        Returns:
            The keys of those that are known, and their scores in the same order; None where a cached score is
            odd, so that `known` has to look at each for itself.
        """
        rows = [] if self._cache is None else self._cache.load_rows(keys, self._key)
        table = score_table([row[1:] for row in rows], self._contract)
        return None if table is None else ([row[0] for row in rows], table)

    def _to_score(self, identity: PhotoIdentity, cached: CachedScore) -> PhotoScore:
        frame = frame_probabilities(cached.logits, self._contract)
        return self._with_frame(identity, cached, tuple(frame))

    def _with_frame(self, identity: PhotoIdentity, cached: CachedScore, frame: Sequence[float]) -> PhotoScore:
        """The score of a photo whose frame has these probabilities."""
        blur, under, over = frame
        return PhotoScore(
            identity,
            cached.width,
            cached.height,
            PerDefect(_both(blur, cached.logits.blur, cached.tiles, self._contract), under, over),
            cached.light,
            cached.metadata,
            self._witnesses(blur, cached.tiles),
        )

    def _witnesses(self, frame: float, tiles: TileEvidence | None) -> BlurWitnesses | None:
        sharpness = self._contract.sharpness
        if sharpness is None or tiles is None:
            return None
        return witnesses_of(frame, tiles, sharpness.temperature)


class Scorer(KnownScores):
    """Judges photos with one model; threads may share it."""

    def __init__(self, model: QualityModel, cache: ScoreCache | None) -> None:
        """Takes the model to ask, and the cache to look into first, if there is one."""
        super().__init__(model.contract, model.key, cache)
        self._model = model

    def score(self, path: Path, on_picture: OnPicture | None = None) -> PhotoScore:
        """Judges one photo, from the cache where it is known.

        Args:
            path: The photo.
            on_picture: Gets the decoded picture before the network sees it, for example for a
                thumbnail. With it the photo is decoded even if its score is known.

        Returns:
            The score; a cached one has exactly the same probabilities as a fresh one.

        Raises:
            PhotoError: The photo cannot be read, or the network has no usable answer for it.
        """
        with unchanged(path):
            identity = read_identity(path)
            known = self._cache.load(identity, self._key) if self._cache else None
            if known is not None and on_picture is None:
                return self._to_score(identity, known)
            picture = decode(path, DECODE_AT_LEAST)
            metadata = NO_METADATA if known is not None else read_metadata(path)
        srgb8 = to_srgb8(picture)
        if on_picture is not None:
            on_picture(srgb8, picture)
        if known is None:
            light = measure_light(srgb8)  # first: the network would drive the pixels out of the cores' caches
            tiles = self._tiles(path, srgb8)
            logits = self._logits(path, srgb8)
            known = CachedScore(logits, picture.full_width, picture.full_height, light, metadata, tiles)
            if self._cache:
                self._cache.save(identity, self._key, known)
        return self._to_score(identity, known)

    def _logits(self, path: Path, srgb8: NDArray[np.uint8]) -> PerDefect[float]:
        try:
            row = self._model.run(to_model_input(srgb8)[np.newaxis])[0]
        except ModelError as error:
            raise PhotoError(path, f"The photo could not be judged: {error.reason}") from error
        if not np.isfinite(row).all():
            raise PhotoError(path, "The photo could not be judged: the model gave no number.")
        return PerDefect(*(float(logit) for logit in row))

    def _tiles(self, path: Path, srgb8: NDArray[np.uint8]) -> TileEvidence | None:
        if self._model.sharpness is None:
            return None
        try:
            evidence = judge_tiles(self._model.sharpness, srgb8)
        except ModelError as error:
            raise PhotoError(path, f"The photo could not be judged: {error.reason}") from error
        if not np.isfinite((evidence.sharpest, evidence.lower, evidence.middle)).all():
            raise PhotoError(path, "The photo could not be judged: the model gave no number.")
        return evidence


def probabilities_of(
    logits: PerDefect[float], tiles: TileEvidence | None, contract: QualityContract
) -> PerDefect[float]:
    """How likely each defect is, blur by both witnesses where tiles were judged.

    Args:
        logits: Of the frame.
        tiles: What the tiles said; None where they were not asked.
        contract: Of the model that said both.
    """
    frame = frame_probabilities(logits, contract)
    return PerDefect(_both(frame.blur, logits.blur, tiles, contract), frame.under, frame.over)


def frame_probabilities(logits: PerDefect[float], contract: QualityContract) -> PerDefect[float]:
    """How likely each defect is by the frame alone."""
    found = to_probabilities(np.array(list(logits), dtype=np.float64), contract.temperature)
    return PerDefect(*(float(probability) for probability in found))


def _both(frame: float, logit: float, tiles: TileEvidence | None, contract: QualityContract) -> float:
    """The probability of blur by both witnesses, by the frame alone where no tile was judged."""
    if contract.sharpness is None or tiles is None or not tiles.judged:
        return frame
    return combined_probability(logit, tiles, contract.sharpness.combined)
