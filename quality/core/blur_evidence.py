"""Two witnesses of blur, the whole frame and the tiles, and one probability from both; pure arithmetic."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Number = TypeVar("_Number", float, NDArray[np.float64])

_FARTHEST = 10.0
"""Logits are cut to this range, so that one absurd tile cannot outvote everything else."""


@dataclass(frozen=True, slots=True)
class TileEvidence:
    """What the tiles of one photo said; the logits are those of "not sharp".

    Attributes:
        judged: How many tiles had enough texture and were judged; 0 where nobody can tell.
        sharpest: Lowest logit, that of the sharpest tile; 0 where none was judged.
        lower: Logit at a third of the order, sharpest first.
        middle: Median logit.
        streak: Direction of streaks in degrees, 0 to the right, 90 upwards, below 180; None for none.
        coarseness: Lowest `coarseness`, that of the tile with the finest detail; 0 where none was judged.
    """

    judged: int
    sharpest: float = 0.0
    lower: float = 0.0
    middle: float = 0.0
    streak: float | None = None
    coarseness: float = 0.0


@dataclass(frozen=True, slots=True)
class BlurWitnesses:
    """What each witness thinks of one photo, beside the one probability that counts.

    Attributes:
        frame: Probability of blur by the whole frame alone, 0..1.
        sharpest: Probability that even the sharpest textured tile is not sharp; None where none has texture.
        middle: The same of the median tile.
        streak: As in `TileEvidence`.
    """

    frame: float
    sharpest: float | None
    middle: float | None = None
    streak: float | None = None

    @property
    def cannot_tell(self) -> bool:
        """Whether nothing in the photo has enough texture to be judged."""
        return self.sharpest is None


@dataclass(frozen=True, slots=True)
class CombinedBlur:
    """A logistic regression on the frame's logit, three order statistics of the tiles', and coarseness."""

    bias: float
    frame: float
    sharpest: float
    lower: float
    middle: float
    coarseness: float


def evidence_of(
    logits: Sequence[float], streak: float | None = None, coarseness: Sequence[float] = (0.0,)
) -> TileEvidence:
    """What counts of the tiles that were judged, in any order."""
    if not logits:
        return TileEvidence(0)
    ordered = np.sort(np.asarray(logits, dtype=np.float64))
    lower, middle = np.quantile(ordered, (1 / 3, 1 / 2))
    finest = min(coarseness)
    return TileEvidence(len(ordered), float(ordered[0]), float(lower), float(middle), streak, finest)


def witnesses_of(frame: float, tiles: TileEvidence, temperature: float) -> BlurWitnesses:
    """What each witness thinks of one photo.

    Args:
        frame: Probability of blur by the whole frame alone.
        tiles: What the tiles said.
        temperature: Of their logits.
    """
    if not tiles.judged:
        return BlurWitnesses(frame, None)
    sharpest, middle = tiles.sharpest / temperature, tiles.middle / temperature
    return BlurWitnesses(frame, sigmoid(sharpest), sigmoid(middle), tiles.streak)


def features(frame_logit: float, evidence: TileEvidence) -> tuple[float, float, float, float, float]:
    """What the regression sees: frame, sharpest, lower, middle, coarseness, each within -10..10.

    The frame may plead for blur only: at its 512 pixels a slight blur is gone, so that it sees none
    clears no photo.
    """
    return (
        _cut(max(0.0, frame_logit)),
        _cut(evidence.sharpest),
        _cut(evidence.lower),
        _cut(evidence.middle),
        _cut(evidence.coarseness),
    )


def _cut(value: float) -> float:
    return min(_FARTHEST, max(-_FARTHEST, value))


def combined_probability(frame_logit: float, evidence: TileEvidence, combined: CombinedBlur) -> float:
    """Probability of blur by both witnesses.

    Args:
        frame_logit: Of the whole frame, before any temperature.
        evidence: Of at least one judged tile.
        combined: The fitted regression.

    Returns:
        0..1.
    """
    return sigmoid(_combined_logit(features(frame_logit, evidence), combined))


def combined_probabilities(
    frame_logits: NDArray[np.float64], tiles: NDArray[np.float64], combined: CombinedBlur
) -> list[float]:
    """As `combined_probability` for each of many photos, to the last bit.

    Args:
        frame_logits: Shape (photos,).
        tiles: Shape (photos, 6), the attributes of `TileEvidence` in their order; at least one judged each.
        combined: The fitted regression.
    """
    frame = np.clip(np.maximum(0.0, frame_logits), -_FARTHEST, _FARTHEST)
    _, sharpest, lower, middle, _, coarse = np.clip(tiles, -_FARTHEST, _FARTHEST).T
    logits = _combined_logit((frame, sharpest, lower, middle, coarse), combined)
    return [sigmoid(logit) for logit in logits.tolist()]


def _combined_logit(
    seen: tuple[_Number, _Number, _Number, _Number, _Number], combined: CombinedBlur
) -> _Number:
    """The regression on `features`, of one photo or of columns of photos."""
    frame, sharpest, lower, middle, coarse = seen
    return (
        combined.bias
        + combined.frame * frame
        + combined.sharpest * sharpest
        + combined.lower * lower
        + combined.middle * middle
        + combined.coarseness * coarse
    )


def sigmoid(logit: float) -> float:
    """1 / (1 + exp(-logit)) without overflow."""
    if logit >= 0:
        return 1.0 / (1.0 + math.exp(-logit))
    small = math.exp(logit)
    return small / (1.0 + small)
