"""The fixed validation pictures of a stage: drawn once per scene with a seed of their own."""

from collections.abc import Sequence

import keras
import numpy as np
from numpy.typing import NDArray

from training.batches import label_count, with_unknown
from training.config import RunConfig, Stage
from training.frames import random_frame
from training.photos import PictureStore, SourcePhoto
from training.sampling import Sample, training_sample

_SEED = 7


class ValidationBatches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """The same pictures after every epoch, at the stage's size."""

    def __init__(
        self, photos: Sequence[SourcePhoto], store: PictureStore, config: RunConfig, stage: Stage
    ) -> None:
        super().__init__()
        self._batch = stage.batch
        self._labels = label_count(config)
        self._samples = [
            _draw(photos[number % len(photos)], number, store, config, stage)
            for number in range(config.validation_pictures)
        ]

    def __len__(self) -> int:
        return -(-len(self._samples) // self._batch)

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Batch `index`: pictures (B, rows, columns, 3) in 0..255 and labels (B, 3 or 4)."""
        part = self._samples[index * self._batch : (index + 1) * self._batch]
        pictures = np.stack([sample.picture for sample in part]).astype(np.float32)
        return pictures, with_unknown([sample.labels for sample in part], self._labels)


def _draw(photo: SourcePhoto, number: int, store: PictureStore, config: RunConfig, stage: Stage) -> Sample:
    random = np.random.default_rng([_SEED, number])
    frame = random_frame(store[photo], stage.rows, stage.columns, 0.0, random)
    return training_sample(frame, photo.natural, config.mix, config.physical, random)
