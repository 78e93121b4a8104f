"""Labelled photos in memory at the network's input size, as frames for training and as batches."""

import logging
from collections.abc import Sequence

import keras
import numpy as np
from numpy.typing import NDArray

from editor.core.errors import PhotoError
from quality.core.preprocess import to_model_input
from training.config import Stage
from training.errors import TableError
from training.frames import whole_frame
from training.labelled import LabelledPhoto

_LOG = logging.getLogger(__name__)
_VALIDATION_SHARE = 10

Bytes = NDArray[np.uint8]


class LabelledFrames:
    """Photos with a person's labels; those that can't be read are named in the log and left out."""

    def __init__(self, photos: Sequence[LabelledPhoto]) -> None:
        """Decodes every photo as the program does.

        Raises:
            TableError: If none of them can be read.
        """
        self._frames: list[Bytes] = []
        labels: list[tuple[float, ...]] = []
        for photo in photos:
            try:
                self._frames.append(to_model_input(photo.picture).astype(np.uint8))
            except PhotoError as error:
                _LOG.warning("left out: %s", error)
                continue
            labels.append((*photo.labels, photo.night))
        if not labels:
            raise TableError("None of the labelled photos could be read.")
        self._labels = np.array(labels, dtype=np.float32)

    def __len__(self) -> int:
        return len(self._frames)

    def draw(self, stage: Stage, random: np.random.Generator) -> tuple[Bytes, NDArray[np.float32]]:
        """One of the photos at a stage's size, mirrored half of the time, and its four labels."""
        place = int(random.integers(len(self)))
        frame, labels = self.at(place, stage)
        return (frame[:, ::-1] if random.random() < 0.5 else frame), labels

    def at(self, place: int, stage: Stage) -> tuple[Bytes, NDArray[np.float32]]:
        """Photo number `place` at a stage's size and its labels blur, under, over, night."""
        return whole_frame(self._frames[place], stage.rows, stage.columns), self._labels[place]


def parts_of(photos: Sequence[LabelledPhoto]) -> tuple[Sequence[LabelledPhoto], Sequence[LabelledPhoto]]:
    """Nine in ten photos to train on, and every tenth, at least one, to validate on."""
    held_out = photos[::_VALIDATION_SHARE]
    return [photo for photo in photos if photo not in held_out], held_out


class LabelledBatches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """Drawn batches of labelled photos; with `fixed`, all of them once and in their order."""

    def __init__(self, frames: LabelledFrames, stage: Stage, seed: int, *, fixed: bool = False) -> None:
        super().__init__()
        self._frames = frames
        self._stage = stage
        self._seed = seed
        self._fixed = fixed
        self._epoch = 0

    def __len__(self) -> int:
        return -(-len(self._frames) // self._stage.batch) if self._fixed else self._stage.steps

    def start_at(self, epoch: int) -> None:
        """The draws of this epoch come next."""
        self._epoch = epoch

    def on_epoch_end(self) -> None:
        """Keras calls this between epochs: the next draws are new."""
        self._epoch += 1

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Batch `index`: pictures (B, rows, columns, 3) in 0..255 and labels (B, 4)."""
        batch, stage = self._stage.batch, self._stage
        if self._fixed:
            places = range(index * batch, min((index + 1) * batch, len(self._frames)))
            drawn = [self._frames.at(place, stage) for place in places]
        else:
            random = np.random.default_rng([self._seed, self._epoch, index])
            drawn = [self._frames.draw(stage, random) for _ in range(batch)]
        pictures = np.stack([picture for picture, _ in drawn]).astype(np.float32)
        return pictures, np.stack([labels for _, labels in drawn])
