"""What happens beside training: the log, the curves, the progress line and the checkpoints."""

import csv
import sys
import time
from pathlib import Path
from typing import Any

import keras
import numpy as np

from training import checkpoint
from training.config import Stage
from training.curves import draw_curves

Logs = dict[str, float] | None


class SeededEpochs(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Restarts every dropout's random numbers at each epoch from seed, stage and epoch.

    Keras stores no such state in a checkpoint; without this a resumed run would not repeat what an
    uninterrupted one does.
    """

    def __init__(self, seed: int, stage_number: int) -> None:
        super().__init__()
        self._seed = seed
        self._stage_number = stage_number

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002 - Keras's signature
        """Gives each source of random numbers a start of its own."""
        states = [variable for variable in self.model.variables if variable.name == "seed_generator_state"]
        for place, state in enumerate(states):
            start = np.random.SeedSequence([self._seed, self._stage_number, epoch, place])
            state.assign(start.generate_state(2))


class EpochLog(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Appends a row an epoch to `train_log.csv`, redraws the curves and writes a checkpoint."""

    def __init__(self, folder: Path, stage: Stage, stage_number: int) -> None:
        super().__init__()
        self._folder = folder
        self._stage = stage
        self._stage_number = stage_number

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Keras calls this with the epoch's figures."""
        place = checkpoint.Place(self._stage_number, epoch + 1)
        checkpoint.save(self.model, self._folder, place)
        table = self._folder / "train_log.csv"
        _append(table, {"stage": self._stage.name, "epoch": epoch + 1, **(logs or {})})
        draw_curves(table, self._folder / "training_curves.png")


class ProgressLine(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """One line on standard error: stage, epoch, step, loss, photos per second."""

    def __init__(self, stage: Stage, seconds: float = 5.0) -> None:
        super().__init__()
        self._stage = stage
        self._seconds = seconds
        self._epoch = 0
        self._started = self._shown = 0.0

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002 - Keras's signature
        """Starts the clock."""
        self._epoch = epoch
        self._started = self._shown = time.monotonic()

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Shows the line, at most once in a few seconds."""
        now = time.monotonic()
        if now - self._shown >= self._seconds:
            self._shown = now
            self._show(batch + 1, now - self._started, logs or {})

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002 - Keras's signature
        """Shows the line with the validation figures."""
        self._show(self._stage.steps, time.monotonic() - self._started, logs or {})

    def _show(self, step: int, seconds: float, logs: dict[str, Any]) -> None:
        stage = self._stage
        rate = step * stage.batch / seconds if seconds > 0 else 0.0
        figures = " ".join(
            f"{name} {logs[name]:.4f}" for name in ("loss", "auc", "val_loss", "val_auc") if name in logs
        )
        sys.stderr.write(
            f"stage {stage.name} epoch {self._epoch + 1}/{stage.epochs} step {step}/{stage.steps} "
            f"{rate:.1f} photos/s {figures}\n"
        )
        sys.stderr.flush()


def _append(table: Path, row: dict[str, Any]) -> None:
    is_new = not table.exists()
    with table.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(row))
        if is_new:
            writer.writeheader()
        writer.writerow(row)
