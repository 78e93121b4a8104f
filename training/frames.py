"""Cutting and reducing a photo to a training frame; never enlarges, because enlarging blurs."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS, to_model_input


def covers(picture: NDArray[np.uint8], rows: int, columns: int) -> bool:
    """Whether the whole picture fits a frame of this size without being enlarged."""
    return bool(picture.shape[0] >= rows and picture.shape[1] >= columns)


def whole_frame(picture: NDArray[np.uint8], rows: int, columns: int) -> NDArray[np.uint8]:
    """The whole picture reduced to a frame as the program does it: antialiased bicubic.

    Args:
        picture: At least as large as the frame, shape (H, W, 3).
        rows: Of the frame.
        columns: Of the frame.
    """
    if (rows, columns) == (INPUT_ROWS, INPUT_COLUMNS):
        return to_model_input(picture).astype(np.uint8)
    return np.asarray(Image.fromarray(picture).resize((columns, rows), Image.Resampling.BICUBIC))


def native_frame(
    picture: NDArray[np.uint8], rows: int, columns: int, place: tuple[float, float] = (0.5, 0.5)
) -> NDArray[np.uint8]:
    """A window at the photo's own scale, mirrored at its borders where the photo is smaller.

    Args:
        picture: Shape (H, W, 3).
        rows: Of the window.
        columns: Of the window.
        place: Down and across, each 0..1: where in the free room the window lies.
    """
    height, width = picture.shape[:2]
    top = round(max(0, height - rows) * place[0])
    left = round(max(0, width - columns) * place[1])
    window = picture[top : top + rows, left : left + columns]
    while window.shape[0] < rows or window.shape[1] < columns:
        window = _mirrored(window, rows, columns)
    return window


def _mirrored(window: NDArray[np.uint8], rows: int, columns: int) -> NDArray[np.uint8]:
    height, width = window.shape[:2]
    down = min(rows - height, height - 1)
    across = min(columns - width, width - 1)
    top, left = down // 2, across // 2
    return np.asarray(
        cv2.copyMakeBorder(window, top, down - top, left, across - left, cv2.BORDER_REFLECT_101),
        dtype=np.uint8,
    )


def random_frame(
    picture: NDArray[np.uint8], rows: int, columns: int, native_share: float, random: np.random.Generator
) -> NDArray[np.uint8]:
    """A frame for training: the whole photo where it fits, else or sometimes a part of it.

    A part is cut at a random scale between the photo's own and the largest that fits.

    Args:
        picture: Shape (H, W, 3).
        rows: Of the frame.
        columns: Of the frame.
        native_share: Chance of a part where the whole would fit too, 0..1.
        random: Source of every draw.

    Returns:
        Shape (rows, columns, 3), mirrored left to right half of the time.
    """
    if covers(picture, rows, columns) and random.random() >= native_share:
        frame = whole_frame(picture, rows, columns)
    else:
        frame = _random_part(picture, rows, columns, random)
    if random.random() < 0.5:
        frame = frame[:, ::-1]
    return np.ascontiguousarray(frame)


def _random_part(
    picture: NDArray[np.uint8], rows: int, columns: int, random: np.random.Generator
) -> NDArray[np.uint8]:
    largest = min(picture.shape[0] / rows, picture.shape[1] / columns)
    place = (random.random(), random.random())
    if largest <= 1:
        return native_frame(picture, rows, columns, place)
    scale = math.exp(random.uniform(0, math.log(largest)))
    window = native_frame(picture, int(rows * scale), int(columns * scale), place)
    return whole_frame(window, rows, columns)
