"""Ends a stage whose validation loss gets no better, and takes its best epoch; all read from the log."""

import csv
from pathlib import Path

import keras

from training.config import Stage

Logs = dict[str, float] | None


class EarlyStop(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Keeps the weights of the best epoch so far, and stops when patience is over.

    It must stand behind `EpochLog`, whose rows it reads.
    """

    def __init__(self, folder: Path, stage: Stage) -> None:
        super().__init__()
        self._folder = folder
        self._stage = stage

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002 - Keras's signature
        """Keras calls this between epochs."""
        losses = _losses(self._folder, self._stage)
        if self._stage.patience and losses and losses[-1] <= min(losses):
            path = best_weights(self._folder, self._stage)
            unfinished = path.with_name(f"unfinished-{path.name}")
            self.model.save_weights(unfinished)
            unfinished.replace(path)
        if is_over(self._folder, self._stage):
            self.model.stop_training = True


def is_over(folder: Path, stage: Stage) -> bool:
    """Whether a stage ran out of patience: so many epochs since the best one."""
    losses = _losses(folder, stage)
    return bool(stage.patience and losses) and len(losses) - 1 - _best(losses) >= stage.patience


def take_best(model: keras.Model, folder: Path, stage: Stage) -> None:
    """Gives the model the weights of the stage's best epoch, where the stage asks for it."""
    path = best_weights(folder, stage)
    if stage.patience and path.is_file():
        model.load_weights(path)


def best_weights(folder: Path, stage: Stage) -> Path:
    """Where a stage keeps the weights of its best epoch."""
    return folder / f"best-{stage.name}.weights.h5"


def _best(losses: list[float]) -> int:
    return min(range(len(losses)), key=losses.__getitem__)


def _losses(folder: Path, stage: Stage) -> list[float]:
    table = folder / "train_log.csv"
    if not table.is_file():
        return []
    with table.open(newline="", encoding="utf-8") as file:
        return [float(row["val_loss"]) for row in csv.DictReader(file) if row["stage"] == stage.name]
