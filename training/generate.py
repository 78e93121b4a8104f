"""Writes the KADIS protocol to disk: one pristine and one distorted picture of each scene."""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from editor.core.atomic_file import write_atomically
from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS
from training.frames import covers, native_frame, whole_frame
from training.kadis_draws import KADIS_LABELS, KADIS_QUALITY, KadisDraw, draw_kadis, kadis_picture
from training.light import jpeg_bytes
from training.manifest import ManifestRow, write_manifest
from training.photos import PictureStore, SourcePhoto

PRISTINE = KadisDraw(0, 0, 0.0)


def draw_for(ref: str, seed: int) -> KadisDraw:
    """Code, level and angle of a scene; they follow from seed and name alone."""
    return draw_kadis(np.random.default_rng([seed, *ref.encode("utf-8")]))


def reference_frame(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The pristine frame of a scene, 384 x 512: the whole picture, or its middle at native scale."""
    if covers(picture, INPUT_ROWS, INPUT_COLUMNS):
        return whole_frame(picture, INPUT_ROWS, INPUT_COLUMNS)
    return native_frame(picture, INPUT_ROWS, INPUT_COLUMNS)


def generate(photos: Sequence[SourcePhoto], folder: Path, seed: int = 42) -> Path:
    """Draws what is missing and writes the table of everything.

    A file that exists is not drawn again, and every row of the table is always written, so an
    interrupted run resumes to the same result.

    Args:
        photos: Pristine photos.
        folder: Where `labels.csv` and the pictures go.
        seed: Of the draws.

    Returns:
        The path of the table.

    Raises:
        PhotoError: If a photo can't be decoded.
        OSError: If a file can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    tqdm.monitor_interval = 0  # no thread that watches the bar
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pairs = pool.map(lambda photo: _write_scene(photo, folder, seed), photos)
        progress = tqdm(pairs, total=len(photos), desc="generate", unit="scene", file=sys.stderr)
        rows = [row for pair in progress for row in pair]
    table = folder / "labels.csv"
    write_manifest(table, rows)
    return table


def _write_scene(photo: SourcePhoto, folder: Path, seed: int) -> tuple[ManifestRow, ManifestRow]:
    draws = (PRISTINE, draw_for(photo.ref, seed))
    rows = tuple(_row(photo.ref, draw) for draw in draws)
    missing = [place for place, row in enumerate(rows) if not (folder / row.path).exists()]
    if missing:
        frame = reference_frame(PictureStore()[photo])
        for place in missing:
            stored = jpeg_bytes(kadis_picture(frame, draws[place]), KADIS_QUALITY)
            write_atomically(folder / rows[place].path, stored, durable=False)
    return rows[0], rows[1]


def _row(ref: str, draw: KadisDraw) -> ManifestRow:
    blur, under, over = (int(label) for label in KADIS_LABELS[draw.kind])
    name = f"{ref}_{draw.kind:02d}_{draw.level:02d}.jpg"
    return ManifestRow(name, blur, under, over, draw.kind, draw.level, ref)
