"""Checkpoints that survive a kill at any moment: one file holds network, optimizer and place."""

import re
from dataclasses import dataclass
from pathlib import Path

import keras

_NAME = re.compile(r"checkpoint-(\d+)-(\d+)\.keras")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run stands: stage number from 0, and epochs of that stage already done."""

    stage: int
    epochs: int


def save(model: keras.Model, folder: Path, place: Place) -> Path:
    """Writes a checkpoint; the one before it is removed only when the new one is whole."""
    path = folder / f"checkpoint-{place.stage:02d}-{place.epochs:03d}.keras"
    unfinished = folder / f"unfinished-{path.name}"
    model.save(unfinished)
    unfinished.replace(path)
    for _, older in _found(folder)[:-1]:
        older.unlink()
    return path


def newest(folder: Path) -> tuple[Place, Path] | None:
    """The place and file of the newest whole checkpoint, or None."""
    found = _found(folder)
    return found[-1] if found else None


def _found(folder: Path) -> list[tuple[Place, Path]]:
    matches = [(match, path) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]
    places = [(Place(int(match[1]), int(match[2])), path) for match, path in matches]
    return sorted(places, key=lambda found: (found[0].stage, found[0].epochs))
