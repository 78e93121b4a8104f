"""One cached score: what it holds, and how it lies in a row of the table; knows no file."""

import dataclasses
import json
import logging
import math
from dataclasses import dataclass
from typing import Any

from editor.core.metadata import NO_METADATA, PhotoMetadata
from quality.core.blur_evidence import TileEvidence
from quality.core.capture_json import capture_from_json, capture_to_json
from quality.core.labels import PerDefect
from quality.core.light_measure import LightMeasure

_LIGHTS = len(dataclasses.fields(LightMeasure))

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CachedScore:
    """What the network said about a photo.

    Attributes:
        logits: One per defect, finite.
        width: Width of the whole upright photo in pixels.
        height: Height of the whole upright photo in pixels.
        light: What was measured in the picture; None when it was not.
        metadata: What the camera wrote.
        tiles: What the tiles said about blur; None where the frame alone was asked.
    """

    logits: PerDefect[float]
    width: int
    height: int
    light: LightMeasure | None = None
    metadata: PhotoMetadata = NO_METADATA
    tiles: TileEvidence | None = None


def to_columns(score: CachedScore) -> tuple[object, ...]:
    """The columns of a score, those of its photo and model apart."""
    logits = (float(logit) for logit in score.logits)
    light = (None,) * _LIGHTS if score.light is None else dataclasses.astuple(score.light)
    tiles = None if score.tiles is None else json.dumps(dataclasses.astuple(score.tiles))
    return (*logits, score.width, score.height, *light, capture_to_json(score.metadata), tiles)


def from_columns(columns: tuple[Any, ...]) -> CachedScore | None:
    """The score in a row; None where its values make no sense, as in a file that was damaged or edited."""
    try:
        return _score(columns)
    except (TypeError, ValueError) as error:
        _logger.debug("a cached score makes no sense: %s", error)
        return None


def _score(columns: tuple[Any, ...]) -> CachedScore:
    blur, under, over, width, height, *light, capture, tiles = columns
    numbers = (blur, under, over, width, height, *(value for value in light if value is not None))
    if not all(map(math.isfinite, numbers)) or min(width, height) < 0:
        raise ValueError(f"no numbers of a score: {numbers}")
    measured = None if None in light else LightMeasure(*light)
    evidence = None if tiles is None else TileEvidence(*json.loads(tiles))
    if evidence is not None and not all(map(math.isfinite, _numbers(evidence))):
        raise ValueError(f"no evidence of tiles: {evidence}")
    metadata = capture_from_json(capture)
    return CachedScore(PerDefect(blur, under, over), width, height, measured, metadata, evidence)


def _numbers(evidence: TileEvidence) -> tuple[float, ...]:
    streak = 0.0 if evidence.streak is None else evidence.streak
    logits = (evidence.sharpest, evidence.lower, evidence.middle)
    return (evidence.judged, *logits, streak, evidence.coarseness)
