"""Asks both witnesses of blur about a set of photos and keeps what they said beside what is true."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from quality.core.blur_evidence import TileEvidence, features
from quality.core.inference import QualityModel, TileModel
from quality.core.preprocess import to_model_input
from quality.core.sharpness import judge_tiles
from quality.core.tiles import cut, most_detailed, tile_places
from training.tile_views import TwoViews

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Testimony:
    """What both witnesses said of a set of photos; all arrays have the same first length."""

    __test__ = False  # not a test case, whatever pytest thinks of the name

    logits: Floats
    """Of the frame, shape (N, 3)."""
    features: Floats
    """What the regression sees, shape (N, 5): frame, sharpest, lower, middle, coarseness."""
    judged: NDArray[np.int64]
    """How many tiles had texture."""
    laplacian_frame: Floats
    laplacian_tile: Floats
    """Variance of the Laplacian, of the frame and of the best tile at native scale."""
    labels: Floats
    kinds: NDArray[np.str_]
    strengths: Floats
    refs: NDArray[np.str_]

    def where(self, mask: NDArray[np.bool_]) -> "Testimony":
        """The photos a mask chooses."""
        return Testimony(**{field.name: getattr(self, field.name)[mask] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class _Heard:
    logits: Floats
    evidence: TileEvidence
    laplacian: tuple[float, float]


def hear(views: Iterable[TwoViews], model: QualityModel, tiles: TileModel) -> Testimony:
    """Asks both networks about every photo, as the program does, on all cores.

    Raises:
        ValueError: If there is no photo.
    """
    answers = list(_answers(views, model, tiles))
    if not answers:
        raise ValueError("there are no photos to measure on")
    heard = [answer for _, answer in answers]
    known = [view for view, _ in answers]
    return Testimony(
        logits=np.stack([one.logits for one in heard]),
        features=np.array([features(float(one.logits[0]), one.evidence) for one in heard]),
        judged=np.array([one.evidence.judged for one in heard]),
        laplacian_frame=np.array([one.laplacian[0] for one in heard]),
        laplacian_tile=np.array([one.laplacian[1] for one in heard]),
        labels=np.array([labels for labels, *_ in known], dtype=np.float64),
        kinds=np.array([kind for _, kind, *_ in known]),
        strengths=np.array([strength for _, _, strength, _ in known]),
        refs=np.array([ref for *_, ref in known]),
    )


_Known = tuple[tuple[int, int, int], str, float, str]


def _answers(
    views: Iterable[TwoViews], model: QualityModel, tiles: TileModel
) -> Iterator[tuple[_Known, _Heard]]:
    workers = os.cpu_count() or 1
    waiting: deque[tuple[_Known, Future[_Heard]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for view in views:
            # The pixels are judged; keeping them would fill the memory.
            known = (view.labels, view.kind, view.strength, view.ref)
            waiting.append((known, pool.submit(_hear, view, model, tiles)))
            if len(waiting) > 4 * workers:
                known, future = waiting.popleft()
                yield known, future.result()
        for known, future in waiting:
            yield known, future.result()


def _hear(view: TwoViews, model: QualityModel, tiles: TileModel) -> _Heard:
    shown = to_model_input(view.frame)
    return _Heard(
        model.run(shown[None])[0].astype(np.float64),
        judge_tiles(tiles, view.native),
        (_laplacian(shown.astype(np.uint8)), _best_tile(view.native, tiles)),
    )


def _best_tile(native: NDArray[np.uint8], tiles: TileModel) -> float:
    """The highest variance of the Laplacian among the tiles that the network judges too."""
    contract = tiles.contract
    places = tile_places(native, contract.side, contract.side // 2)
    chosen = most_detailed(places, contract.count, contract.side, 0.0)
    cuts = cut(native, chosen, contract.side).astype(np.uint8)
    return max((_laplacian(tile) for tile in cuts), default=_laplacian(native))


def _laplacian(picture: NDArray[np.uint8]) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())
