"""The scores of many photos as columns, as they come when a known shoot is opened.

All that is asked of thousands of photos at once is a column; what one photo has of its own is made when it is
asked for.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.core.metadata import PhotoMetadata
from quality.core.blur_evidence import BlurWitnesses, TileEvidence, combined_probabilities, witnesses_of
from quality.core.capture_json import capture_from_json
from quality.core.contract import QualityContract
from quality.core.labels import DEFECTS, Defect
from quality.core.light_measure import LightMeasure
from quality.core.probability import to_probabilities
from quality.core.scene_columns import SceneColumns, scene_columns
from quality.core.score_row import texts_of
from quality.core.series import clock_seconds

Row = tuple[Any, ...]
"""A cached score: logits, size, light, and as JSON what the camera wrote and what the tiles said."""

_BLUR = DEFECTS.index(Defect.BLUR)
_LOGITS, _SIZE = slice(0, 3), slice(3, 5)
_LIGHT = slice(5, 5 + len(fields(LightMeasure)))
_MIDDLE, _HIGH = ([field.name for field in fields(LightMeasure)].index(name) for name in ("middle", "high"))
_TILES = len(fields(TileEvidence))


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Scores of some photos, in any order.

    Attributes:
        rows: As they are cached.
        probabilities: Shape (photos, defects), in 0..1.
        frames: Shape (photos,), probability of blur by the frame alone.
        tile_temperature: Of the logits of tiles; None where the model judges none.
        sizes: Shape (photos, 2), width and height of the whole upright photo in pixels.
        scenes: What is known of the scenes.
    """

    rows: tuple[Row, ...]
    probabilities: NDArray[np.float64]
    frames: NDArray[np.float64]
    tile_temperature: float | None
    sizes: NDArray[np.int32]
    scenes: SceneColumns

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, places: Sequence[int]) -> "ScoreTable":
        """The scores at some places, in that order."""
        chosen = np.array(places, dtype=np.intp)
        return ScoreTable(
            tuple(self.rows[place] for place in places),
            self.probabilities[chosen],
            self.frames[chosen],
            self.tile_temperature,
            self.sizes[chosen],
            self.scenes.at(chosen),
        )

    def metadata(self, place: int) -> PhotoMetadata:
        """What the camera wrote."""
        return capture_from_json(self.rows[place][-2])

    def light(self, place: int) -> LightMeasure:
        """What was measured in a picture that was measured."""
        return LightMeasure(*self.rows[place][_LIGHT])

    @property
    def with_witnesses(self) -> list[int]:
        """The places where tiles were asked."""
        if self.tile_temperature is None:
            return []
        return [place for place, row in enumerate(self.rows) if row[-1] is not None]

    def witnesses(self, place: int) -> BlurWitnesses:
        """What frame and tiles said about blur, where tiles were asked."""
        tiles = TileEvidence(*json.loads(self.rows[place][-1]))
        return witnesses_of(float(self.frames[place]), tiles, self.tile_temperature or 1.0)


def score_table(rows: Sequence[Row], contract: QualityContract) -> ScoreTable | None:
    """Puts cached scores side by side.

    Args:
        rows: As they are cached.
        contract: Of the model that judged.

    Returns:
        The table; None where a value makes no sense or has an older form, so that each has to be looked at
        for itself.
    """
    try:
        return _table(rows, contract)
    except (TypeError, ValueError, AttributeError, OverflowError):
        return None


def _table(rows: Sequence[Row], contract: QualityContract) -> ScoreTable:
    count = len(rows)
    numbers = np.array([row[:-2] for row in rows], dtype=np.float64).reshape(count, _LIGHT.stop)
    captures, said = texts_of(rows)
    unasked = (None,) * _TILES
    tiles = np.array([unasked if one is None else one for one in said], dtype=np.float64)
    tiles = tiles.reshape(count, _TILES)
    _require_sound(numbers, tiles)
    frames = to_probabilities(numbers[:, _LOGITS], contract.temperature)
    return ScoreTable(
        tuple(rows),
        _with_tiles(frames, numbers[:, _LOGITS], tiles, contract),
        frames[:, _BLUR],
        None if contract.sharpness is None else contract.sharpness.temperature,
        numbers[:, _SIZE].astype(np.int32),
        _scenes(captures, numbers[:, _LIGHT], tiles, asked=contract.sharpness is not None),
    )


def _require_sound(numbers: NDArray[np.float64], tiles: NDArray[np.float64]) -> None:
    """Only light may be missing as a whole, tiles as a whole, and the direction of streaks.

    Raises:
        ValueError: Something else is missing or infinite.
    """
    known = [place for place, field in enumerate(fields(TileEvidence)) if field.name != "streak"]
    asked = ~np.isnan(tiles[:, 0])
    light = np.isnan(numbers[:, _LIGHT])
    sound = (
        np.isfinite(numbers[:, : _SIZE.stop]).all()
        and (numbers[:, _SIZE] >= 0).all()
        and (light.all(axis=1) == light.any(axis=1)).all()
        and np.isfinite(tiles[asked][:, known]).all()
        and not np.isinf(numbers).any()
        and not np.isinf(tiles).any()
    )
    if not sound:
        raise ValueError("a value makes no sense")


def _with_tiles(
    frames: NDArray[np.float64],
    logits: NDArray[np.float64],
    tiles: NDArray[np.float64],
    contract: QualityContract,
) -> NDArray[np.float64]:
    """As `quality.core.scorer.probabilities_of` for each photo."""
    found = frames.copy()
    judged = tiles[:, 0] > 0  # not-a-number, never asked, is not
    if contract.sharpness is not None and judged.any():
        found[judged, _BLUR] = combined_probabilities(
            logits[judged, _BLUR], tiles[judged], contract.sharpness.combined
        )
    return found


def _scenes(
    captures: Sequence[Mapping[str, Any]],
    light: NDArray[np.float64],
    tiles: NDArray[np.float64],
    *,
    asked: bool,
) -> SceneColumns:
    equal, plain = _column(captures, "focal_35mm"), _column(captures, "focal_mm")
    taken = (one.get("taken_at") for one in captures)
    times = [np.nan if one is None else clock_seconds(datetime.fromisoformat(one)) for one in taken]
    return scene_columns(
        exposure_s=_column(captures, "exposure_s"),
        focal_mm=np.where(equal > 0, equal, plain),
        aperture=_column(captures, "aperture"),
        iso=_column(captures, "iso"),
        taken_s=np.array(times, dtype=np.float64),
        middle=light[:, _MIDDLE],
        high=light[:, _HIGH],
        cannot_tell=(tiles[:, 0] == 0) if asked else np.zeros(len(tiles), np.bool_),
    )


def _column(captures: Sequence[Mapping[str, Any]], name: str) -> NDArray[np.float64]:
    return np.array([one.get(name) for one in captures], dtype=np.float64)
