"""Which scenes a trained network gets wrong as they are; they are drawn more often when it is trained on."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from editor.core.atomic_file import write_atomically
from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS
from training.config import SampleMix
from training.generate import reference_frame
from training.model import load_network
from training.photos import PictureStore, SourcePhoto

FILE = "hard_scenes.csv"
"""In the folder of a run: each scene and its hardness, found once and read again when the run resumes."""

_BATCH = 16


def scene_hardness(
    photos: Sequence[SourcePhoto], store: PictureStore, start: Path, folder: Path
) -> NDArray[np.float64]:
    """How wrong a network is about each undistorted scene: its largest probability of a defect.

    Hard examples teach most (Shrivastava et al. 2016, Training region-based object detectors with online
    hard example mining); here they are looked for once, before training.

    Args:
        photos: Good photos, all of them: what the network finds is a false alarm.
        store: Their pixels.
        start: The trained network.
        folder: Of the run; keeps the answer.

    Returns:
        Shape (N,), 0..1.

    Raises:
        OSError: If the network or the file can't be read or written.
        PhotoError: If a photo can't be decoded.
    """
    path = folder / FILE
    if path.is_file():
        with path.open(newline="", encoding="utf-8") as rows:
            known = {row["ref"]: float(row["hardness"]) for row in csv.DictReader(rows)}
        if all(photo.ref in known for photo in photos):
            return np.array([known[photo.ref] for photo in photos])
    found = _judged(photos, store, load_network(start))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("ref", "hardness"))
    writer.writerows((photo.ref, f"{value:.4f}") for photo, value in zip(photos, found, strict=True))
    write_atomically(path, text.getvalue().encode("utf-8"))
    return np.round(found, 4)


def scene_chances(
    photos: Sequence[SourcePhoto], mix: SampleMix, hardness: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    """With which chance each scene is drawn; sums to 1, shape (N,)."""
    hard = np.zeros(len(photos)) if hardness is None else hardness
    large = np.array([photo.rows >= INPUT_ROWS and photo.columns >= INPUT_COLUMNS for photo in photos])
    weights = (1 + (mix.hard_weight - 1) * hard) * np.where(large, mix.large_weight, 1.0)
    natural = np.array([bool(photo.natural) for photo in photos])
    weights[natural] = np.maximum(weights[natural], mix.natural_weight)
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _judged(photos: Sequence[SourcePhoto], store: PictureStore, network: keras.Model) -> NDArray[np.float64]:
    largest = []
    for place in range(0, len(photos), _BATCH):
        frames = [reference_frame(store[photo]) for photo in photos[place : place + _BATCH]]
        logits = network.predict_on_batch(np.stack(frames).astype(np.float32))[:, :3]
        largest.append(1 / (1 + np.exp(-logits.astype(np.float64).max(axis=1))))
    return np.concatenate(largest)
