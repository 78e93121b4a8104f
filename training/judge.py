"""Runs a network over pictures to measure on, and keeps what it said beside what is true."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quality.core.preprocess import to_model_input
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

    def where(self, mask: NDArray[np.bool_]) -> "Judged":
        """The pictures a mask chooses."""
        return Judged(
            self.logits[mask],
            self.labels[mask],
            self.kinds[mask],
            self.strengths[mask],
            self.is_whole[mask],
            self.naturals[mask],
            self.refs[mask],
        )

    def joined(self, other: "Judged") -> "Judged":
        """The pictures of both."""
        return Judged(
            np.concatenate([self.logits, other.logits]),
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.kinds, other.kinds]),
            np.concatenate([self.strengths, other.strengths]),
            np.concatenate([self.is_whole, other.is_whole]),
            np.concatenate([self.naturals, other.naturals]),
            np.concatenate([self.refs, other.refs]),
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
        logits=np.stack([logits for _, logits in answers]).astype(np.float64),
        labels=np.array([picture.labels for picture in shown], dtype=np.float64),
        kinds=np.array([picture.kind for picture in shown]),
        strengths=np.array([picture.strength for picture in shown]),
        is_whole=np.array([picture.is_whole for picture in shown]),
        naturals=np.array([picture.natural for picture in shown]),
        refs=np.array([picture.ref for picture in shown]),
    )


def _answers(
    pictures: Iterable[TestPicture], model: LogitModel
) -> Iterator[tuple[TestPicture, NDArray[np.float32]]]:
    workers = os.cpu_count() or 1
    waiting: deque[tuple[TestPicture, Future[NDArray[np.float32]]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for picture in pictures:
            waiting.append((picture, pool.submit(_logits, picture, model)))
            if len(waiting) > 4 * workers:
                yield _finished(waiting)
        while waiting:
            yield _finished(waiting)


def _logits(picture: TestPicture, model: LogitModel) -> NDArray[np.float32]:
    answer = model(to_model_input(picture.picture)[None])
    return np.asarray(answer[0])


def _finished(
    waiting: deque[tuple[TestPicture, Future[NDArray[np.float32]]]],
) -> tuple[TestPicture, NDArray[np.float32]]:
    picture, answer = waiting.popleft()
    # The pixels are judged; keeping them would fill the memory.
    light = TestPicture(
        np.empty((0, 0, 3), np.uint8),
        picture.labels,
        picture.kind,
        picture.strength,
        picture.is_whole,
        picture.natural,
        picture.ref,
    )
    return light, answer.result()
