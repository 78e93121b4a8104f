"""Batches of tiles for Keras: freshly drawn ones to train on, the same ones each epoch to validate on."""

from collections.abc import Sequence

import cv2
import keras
import numpy as np
from numpy.typing import NDArray

from training.config import Stage
from training.photos import PictureStore, SourcePhoto
from training.tile_config import TileRun
from training.tile_draws import Tile, draw_tile

_VALIDATION_SEED = 11

Batch = tuple[NDArray[np.float32], NDArray[np.float32]]


class TileBatches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """One epoch after another of a stage, drawn as it is read."""

    def __init__(
        self,
        photos: Sequence[SourcePhoto],
        store: PictureStore,
        run: TileRun,
        stage: Stage,
        first_epoch: int = 0,
    ) -> None:
        """Nothing is decoded yet.

        Args:
            photos: Scenes of the training part.
            store: Their pixels.
            run: Configuration.
            stage: Of the run.
            first_epoch: Epochs of this stage that were already seen, when a run resumes.
        """
        super().__init__(workers=1, max_queue_size=8)
        cv2.setNumThreads(1)
        self._photos = photos
        self._store = store
        self._run = run
        self._stage = stage
        self._epoch = first_epoch

    def __len__(self) -> int:
        return self._stage.steps

    def on_epoch_end(self) -> None:
        """Keras calls this between epochs: the next draws are new."""
        self._epoch += 1

    def __getitem__(self, index: int) -> Batch:
        """Batch `index`: tiles (B, side, side, 3) in 0..255 and labels (B, 1), 1 for not sharp."""
        place = int.from_bytes(self._stage.name.encode("utf-8"), "big")
        random = np.random.default_rng([self._run.seed, place, self._epoch, index])
        return as_batch([self._draw(random) for _ in range(self._stage.batch)])

    def _draw(self, random: np.random.Generator) -> Tile:
        return drawn_tile(self._photos, self._store, self._run, self._stage.rows, random)


class ValidationTiles(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """The same tiles of unseen scenes after every epoch, at the stage's size."""

    def __init__(
        self, photos: Sequence[SourcePhoto], store: PictureStore, run: TileRun, stage: Stage
    ) -> None:
        super().__init__()
        self._batch = stage.batch
        self._tiles = [
            drawn_tile(photos, store, run, stage.rows, np.random.default_rng([_VALIDATION_SEED, number]))
            for number in range(run.validation_tiles)
        ]

    def __len__(self) -> int:
        return -(-len(self._tiles) // self._batch)

    def __getitem__(self, index: int) -> Batch:
        """Batch `index`, as `TileBatches` gives it."""
        return as_batch(self._tiles[index * self._batch : (index + 1) * self._batch])


def drawn_tile(
    photos: Sequence[SourcePhoto],
    store: PictureStore,
    run: TileRun,
    side: int,
    random: np.random.Generator,
) -> Tile:
    """A tile of the first photo drawn that has sharp detail.

    Raises:
        PhotoError: If a photo can't be decoded.
        ValueError: If a hundred photos in a row show none.
    """
    for _ in range(100):
        photo = photos[int(random.integers(len(photos)))]
        tile = draw_tile(store[photo], side, run.mix, run.ranges, random)
        if tile is not None:
            return tile
    raise ValueError("a hundred photos in a row show no sharp detail; give sharper photos")


def as_batch(tiles: Sequence[Tile]) -> Batch:
    """Tiles as a network takes them, with their labels."""
    pictures = np.stack([tile.picture for tile in tiles]).astype(np.float32)
    return pictures, np.array([[tile.kind != "sharp"] for tile in tiles], dtype=np.float32)
