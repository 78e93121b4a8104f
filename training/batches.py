"""Batches of freshly drawn pictures for Keras; every draw follows from seed, stage, epoch and place."""

from collections.abc import Iterator, Sequence

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from training.config import RunConfig, Stage
from training.labelled import UNKNOWN_LABEL
from training.labelled_batches import LabelledFrames
from training.model import HEAD_WIDTHS
from training.photos import PictureStore, SourcePhoto
from training.sampling import training_sample
from training.scene_draws import SceneDraws


class DrawnBatches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """One epoch after another of a stage, drawn as it is read."""

    def __init__(
        self,
        photos: Sequence[SourcePhoto],
        store: PictureStore,
        config: RunConfig,
        stage: Stage,
        first_epoch: int = 0,
        corrections: LabelledFrames | None = None,
        hardness: NDArray[np.float64] | None = None,
    ) -> None:
        """Nothing is decoded yet.

        Args:
            photos: Pristine scenes of the training part.
            store: Their pixels.
            config: Of the run.
            stage: Of the run.
            first_epoch: Epochs of this stage that were already seen, when a run resumes.
            corrections: A photographer's own photos, mixed in.
            hardness: Of each scene, see `scene_hardness`; None where nobody looked.
        """
        super().__init__(workers=2, max_queue_size=6)
        cv2.setNumThreads(1)
        self._config = config
        self._stage = stage
        self._epoch = first_epoch
        self._corrections = corrections
        self._labels = label_count(config)
        self._scenes = SceneDraws(photos, store, config.mix, hardness)

    def __len__(self) -> int:
        return self._stage.steps

    def on_epoch_end(self) -> None:
        """Keras calls this between epochs: the next draws are new."""
        self._epoch += 1

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Batch `index`: pictures (B, rows, columns, 3) in 0..255 and labels (B, 3 or 4)."""
        stage = self._stage
        random = np.random.default_rng([self._config.seed, _stage_number(stage), self._epoch, index])
        pictures = np.empty((stage.batch, stage.rows, stage.columns, 3), dtype=np.float32)
        labels: list[NDArray[np.float32]] = []
        while len(labels) < stage.batch:
            for picture, drawn in self._draw(random, stage.batch - len(labels)):
                pictures[len(labels)] = picture
                labels.append(drawn)
        return pictures, with_unknown(labels, self._labels)

    def _draw(
        self, random: np.random.Generator, room: int
    ) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.float32]]]:
        """The pictures of one frame, or as many corrections; `room` at most."""
        stage, mix = self._stage, self._config.mix
        together = min(mix.frame_pictures, room)
        if self._corrections is not None and random.random() < mix.corrections:
            for _ in range(together):
                yield self._corrections.draw(stage, random)
            return
        frame, natural = self._scenes.draw(stage.rows, stage.columns, random)
        for _ in range(together):
            yield training_sample(frame, natural, mix, self._config.physical, random)


def label_count(config: RunConfig) -> int:
    """How many logits the network of a run has."""
    return len(HEAD_WIDTHS[config.generation])


def with_unknown(labels: Sequence[NDArray[np.float32]], count: int) -> NDArray[np.float32]:
    """Labels as one array (B, count); what a row does not say is unknown, what nobody asks is left out."""
    filled = np.full((len(labels), count), UNKNOWN_LABEL, dtype=np.float32)
    for row, known in zip(filled, labels, strict=True):
        row[: len(known)] = known[:count]
    return filled


def _stage_number(stage: Stage) -> int:
    return int.from_bytes(stage.name.encode("utf-8"), "big")
