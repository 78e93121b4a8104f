"""Batches of freshly drawn pictures for Keras; every draw follows from seed, stage, epoch and place."""

from collections.abc import Sequence

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from training.config import RunConfig, Stage
from training.frames import random_frame
from training.photos import PictureStore, SourcePhoto
from training.sampling import training_sample


class DrawnBatches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """One epoch after another of a stage, drawn as it is read."""

    def __init__(
        self,
        photos: Sequence[SourcePhoto],
        store: PictureStore,
        config: RunConfig,
        stage: Stage,
        first_epoch: int = 0,
    ) -> None:
        """Nothing is decoded yet.

        Args:
            photos: Pristine scenes of the training part.
            store: Their pixels.
            config: Of the run.
            stage: Of the run.
            first_epoch: Epochs of this stage that were already seen, when a run resumes.
        """
        super().__init__(workers=2, max_queue_size=6)
        cv2.setNumThreads(1)
        self._photos = photos
        self._store = store
        self._config = config
        self._stage = stage
        self._epoch = first_epoch
        weights = np.array([config.mix.natural_weight if photo.natural else 1.0 for photo in photos])
        self._chances = weights / weights.sum()

    def __len__(self) -> int:
        return self._stage.steps

    def on_epoch_end(self) -> None:
        """Keras calls this between epochs: the next draws are new."""
        self._epoch += 1

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Batch `index`: pictures (B, rows, columns, 3) in 0..255 and labels (B, 3)."""
        stage = self._stage
        random = np.random.default_rng([self._config.seed, _stage_number(stage), self._epoch, index])
        pictures = np.empty((stage.batch, stage.rows, stage.columns, 3), dtype=np.float32)
        labels = np.empty((stage.batch, 3), dtype=np.float32)
        for place in range(stage.batch):
            pictures[place], labels[place] = self._draw(random)
        return pictures, labels

    def _draw(self, random: np.random.Generator) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        stage, mix = self._stage, self._config.mix
        photo = self._photos[int(random.choice(len(self._photos), p=self._chances))]
        frame = random_frame(self._store[photo], stage.rows, stage.columns, mix.native_crop, random)
        return training_sample(frame, photo.natural, mix, self._config.physical, random)


def _stage_number(stage: Stage) -> int:
    return int.from_bytes(stage.name.encode("utf-8"), "big")
