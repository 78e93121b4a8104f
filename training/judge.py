"""Runs a network over pictures to measure on, and keeps what it said beside what is true."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quality.core.light_measure import measure_light
from quality.core.preprocess import to_model_input
from training.baseline import measures_of
from training.testsets import TestPicture

LogitModel = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""From pictures (N, 384, 512, 3) in 0..255 to logits (N, 3); may be called from several threads."""


@dataclass(frozen=True)
class Judged:
    """What a network said about a set of pictures; all arrays have the same first length."""

    logits: NDArray[np.float64]
    labels: NDArray[np.float64]
    kinds: NDArray[np.str_]
    strengths: NDArray[np.float64]
    is_whole: NDArray[np.bool_]
    naturals: NDArray[np.str_]
    refs: NDArray[np.str_]
    measures: NDArray[np.float64]
    """What the baseline measures, shape (N, 7)."""
    are_dark: NDArray[np.bool_]
    """Which show a dark scene by their own light, as the program sees where the camera wrote no settings."""

    def where(self, mask: NDArray[np.bool_]) -> "Judged":
        """The pictures a mask chooses."""
        return Judged(**{field.name: getattr(self, field.name)[mask] for field in fields(self)})

    def joined(self, other: "Judged") -> "Judged":
        """The pictures of both."""
        return Judged(
            **{
                field.name: np.concatenate([getattr(self, field.name), getattr(other, field.name)])
                for field in fields(self)
            }
        )


def judge(pictures: Iterable[TestPicture], model: LogitModel) -> Judged:
    """Runs every picture by itself, as the program does, on all cores.

    Raises:
        ValueError: If there is no picture.
    """
    answers = list(_answers(pictures, model))
    if not answers:
        raise ValueError("there are no pictures to measure on")
    shown = [picture for picture, _ in answers]
    return Judged(
        logits=np.stack([answer.logits for _, answer in answers]).astype(np.float64),
        measures=np.stack([answer.measures for _, answer in answers]),
        are_dark=np.array([answer.is_dark for _, answer in answers]),
        labels=np.array([picture.labels for picture in shown], dtype=np.float64),
        kinds=np.array([picture.kind for picture in shown]),
        strengths=np.array([picture.strength for picture in shown]),
        is_whole=np.array([picture.is_whole for picture in shown]),
        naturals=np.array([picture.natural for picture in shown]),
        refs=np.array([picture.ref for picture in shown]),
    )


def measure_only(pictures: Iterable[TestPicture]) -> Judged:
    """The same for the baseline alone; every logit is 0."""
    return judge(pictures, _no_logits)


def _no_logits(batch: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.zeros((len(batch), 3), np.float32)


class _Answer(NamedTuple):
    logits: NDArray[np.float32]
    measures: NDArray[np.float64]
    is_dark: bool


def _answers(pictures: Iterable[TestPicture], model: LogitModel) -> Iterator[tuple[TestPicture, _Answer]]:
    workers = os.cpu_count() or 1
    waiting: deque[tuple[TestPicture, Future[_Answer]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for picture in pictures:
            # The pixels are judged; keeping them would fill the memory.
            light = replace(picture, picture=np.empty((0, 0, 3), np.uint8))
            waiting.append((light, pool.submit(_answer, picture.picture, model)))
            if len(waiting) > 4 * workers:
                yield _finished(waiting)
        while waiting:
            yield _finished(waiting)


def _answer(picture: NDArray[np.uint8], model: LogitModel) -> _Answer:
    shown = to_model_input(picture)
    srgb8 = shown.astype(np.uint8)
    is_dark = measure_light(srgb8).dark_on_purpose
    return _Answer(np.asarray(model(shown[None])[0]), measures_of(srgb8), is_dark)


def _finished(waiting: deque[tuple[TestPicture, Future[_Answer]]]) -> tuple[TestPicture, _Answer]:
    picture, answer = waiting.popleft()
    return picture, answer.result()
