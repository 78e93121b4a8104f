"""Which pictures a stage sees: drawn ones, a photographer's own among them, or a table of night scenes."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from training.batches import DrawnBatches
from training.config import RunConfig, Stage
from training.errors import TableError
from training.labelled import read_labelled, read_night
from training.labelled_batches import LabelledBatches, LabelledFrames, parts_of
from training.photos import PictureStore, SourcePhoto
from training.validation import ValidationBatches


class StageBatches:
    """Training and validation batches for every stage of a run; tables are read once, at the start."""

    def __init__(
        self,
        run: RunConfig,
        parts: tuple[Sequence[SourcePhoto], Sequence[SourcePhoto]],
        store: PictureStore,
        hardness: NDArray[np.float64] | None = None,
    ) -> None:
        """Reads the tables the run names.

        Args:
            run: Configuration.
            parts: Scenes to train on, and to validate on.
            store: Their pixels.
            hardness: Of each scene to train on, see `scene_hardness`; None where nobody looked.

        Raises:
            OSError: If a table can't be read.
            TableError: If a table is wrong, or a stage needs one that isn't given.
        """
        self._run, self._parts, self._store, self._hardness = run, parts, store, hardness
        self._corrections = None
        if run.corrections:
            self._corrections = LabelledFrames(read_labelled(Path(run.corrections)))
        self._night: tuple[LabelledFrames, LabelledFrames] | None = None
        if any(stage.trainable == "night" for stage in run.stages):
            self._night = _night_frames(run.night_table)

    def of(self, stage: Stage, done: int) -> tuple[keras.utils.PyDataset, keras.utils.PyDataset]:
        """The batches of a stage of which `done` epochs were already seen."""
        if stage.trainable == "night" and self._night is not None:
            training = LabelledBatches(self._night[0], stage, self._run.seed)
            training.start_at(done)
            return training, LabelledBatches(self._night[1], stage, self._run.seed, fixed=True)
        drawn = DrawnBatches(
            self._parts[0], self._store, self._run, stage, done, self._corrections, self._hardness
        )
        return drawn, ValidationBatches(self._parts[1], self._store, self._run, stage)


def _night_frames(table: str) -> tuple[LabelledFrames, LabelledFrames]:
    if not table:
        raise TableError("The night head needs a table with the columns path and night: --night-table FILE.")
    training, held_out = parts_of(read_night(Path(table)))
    if not training:
        raise TableError(f"{table} has too few rows to train on and to validate on.")
    return LabelledFrames(training), LabelledFrames(held_out)
