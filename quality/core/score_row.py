"""One cached score: what it holds, and how it lies in a row of the table; knows no file."""

import dataclasses
import json
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from editor.core.metadata import NO_METADATA, PhotoMetadata
from quality.core.blur_evidence import TileEvidence
from quality.core.capture_json import capture_from, capture_from_json, capture_to_json
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
    *numbers, capture, tiles = columns
    try:
        return _score(numbers, capture_from_json(capture), None if tiles is None else json.loads(tiles))
    except (TypeError, ValueError) as error:
        _logger.debug("a cached score makes no sense: %s", error)
        return None


def from_rows(rows: Sequence[tuple[Any, ...]]) -> list[CachedScore | None]:
    """As `from_columns` for each of many rows, with their texts read at once, which takes half as long."""
    try:
        captures, tiles = texts_of(rows)
    except (TypeError, ValueError):  # one of them makes no sense: each for itself
        return [from_columns(row) for row in rows]
    found: list[CachedScore | None] = []
    for row, capture, said in zip(rows, captures, tiles, strict=True):
        try:
            found.append(_score(row[:-2], capture_from(capture), said))
        except (TypeError, ValueError) as error:
            _logger.debug("a cached score makes no sense: %s", error)
            found.append(None)
    return found


def texts_of(rows: Sequence[tuple[Any, ...]]) -> tuple[list[Any], list[Any]]:
    """What the last two columns of rows hold, capture and tiles (None where no tile was asked), read at once.

    Raises:
        TypeError: One of them is no text.
        ValueError: One of them is not one value.
    """
    tiles = ["null" if row[-1] is None else row[-1] for row in rows]
    return _read_all([row[-2] for row in rows]), _read_all(tiles)


def _read_all(texts: Sequence[str]) -> list[Any]:
    found = json.loads(f"[{','.join(texts)}]")
    if not isinstance(found, list) or len(found) != len(texts):
        raise ValueError("not one value each")
    return found


def _score(columns: Sequence[Any], metadata: PhotoMetadata, tiles: Any) -> CachedScore:
    """The score of a row.

    Args:
        columns: Its numbers.
        metadata: What its capture says.
        tiles: What the tiles said, None where they were not asked.

    Raises:
        TypeError: A value is none of its kind.
        ValueError: A value makes no sense.
    """
    blur, under, over, width, height, *light = columns
    measured = None if None in light else LightMeasure(*light)
    numbers = (blur, under, over, width, height, *(value for value in light if value is not None))
    # A sum is finite where all of it is, which is asked for thousands of photos at once.
    if not math.isfinite(sum(numbers)) or width < 0 or height < 0:
        raise ValueError(f"no numbers of a score: {numbers}")
    evidence = None if tiles is None else TileEvidence(*tiles)
    if evidence is not None and not math.isfinite(sum(_numbers(evidence))):
        raise ValueError(f"no evidence of tiles: {evidence}")
    return CachedScore(PerDefect(blur, under, over), width, height, measured, metadata, evidence)


def _numbers(evidence: TileEvidence) -> tuple[float, ...]:
    streak = 0.0 if evidence.streak is None else evidence.streak
    logits = (evidence.sharpest, evidence.lower, evidence.middle)
    return (evidence.judged, *logits, streak, evidence.coarseness)
