"""Writes small camera RAW files (DNG 1.4) for the tests, by hand: directories, preview, mosaic."""

import io
import struct

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def _tiff_directory(tags: dict[int, tuple[str, tuple[int, ...]]], start: int, following: int = 0) -> bytes:
    """A little-endian directory that stands at ``start``; values that do not fit come right behind it."""
    types = {"B": 1, "s": 2, "H": 3, "I": 4, "R": 5, "r": 10}
    outside_at = start + 2 + 12 * len(tags) + 4
    entries, outside = b"", b""
    for tag, (code, values) in sorted(tags.items()):
        layout = {"R": "I", "r": "i", "s": "B"}.get(code, code)
        packed = struct.pack(f"<{len(values)}{layout}", *values)
        count = len(values) // 2 if code in "Rr" else len(values)
        entries += struct.pack("<HHI", tag, types[code], count)
        if len(packed) > 4:
            entries += struct.pack("<I", outside_at + len(outside))
            outside += packed + b"\0" * (len(packed) % 2)
        else:
            entries += packed.ljust(4, b"\0")
    return struct.pack("<H", len(tags)) + entries + struct.pack("<I", following) + outside


def make_dng(light: NDArray[np.uint16], *, preview: bytes = b"", orientation: int = 1) -> bytes:
    """A RAW file whose sensor has the pattern RGGB, the colours of sRGB and an even white balance.

    Args:
        light: What the sensor saw, shape (H, W, 3), 0..4095, linear.
        preview: A JPEG that the camera put beside it.
        orientation: EXIF orientation 1..8.
    """
    rows, columns = light.shape[:2]
    mosaic = light[:, :, 1].copy()
    mosaic[0::2, 0::2], mosaic[1::2, 1::2] = light[0::2, 0::2, 0], light[1::2, 1::2, 2]
    srgb_from_xyz = (32405, -15372, -4985, -9693, 18760, 416, 556, -2040, 10573)
    model = tuple(b"Framesift Test\0\0")
    first: dict[int, tuple[str, tuple[int, ...]]] = {
        271: ("s", tuple(b"Framesift\0")),
        272: ("s", model),
        274: ("H", (orientation,)),
        330: ("I", (0,)),
        50706: ("B", (1, 4, 0, 0)),
        50708: ("s", model),
        50721: ("r", tuple(part for value in srgb_from_xyz for part in (value, 10000))),
        50728: ("R", (1, 1, 1, 1, 1, 1)),
        50778: ("H", (21,)),
    }
    if preview:
        width, height = _jpeg_size(preview)
        first |= {254: ("I", (1,)), 256: ("I", (width,)), 257: ("I", (height,)), 258: ("H", (8, 8, 8))}
        first |= {259: ("H", (7,)), 262: ("H", (6,)), 277: ("H", (3,)), 278: ("I", (height,))}
        first |= {273: ("I", (0,)), 279: ("I", (len(preview),))}
    sensor: dict[int, tuple[str, tuple[int, ...]]] = {
        254: ("I", (0,)),
        256: ("I", (columns,)),
        257: ("I", (rows,)),
        258: ("H", (16,)),
        259: ("H", (1,)),
        262: ("H", (32803,)),
        273: ("I", (0,)),
        277: ("H", (1,)),
        278: ("I", (rows,)),
        279: ("I", (mosaic.nbytes,)),
        33421: ("H", (2, 2)),
        33422: ("B", (0, 1, 1, 2)),
        50714: ("H", (0,)),
        50717: ("I", (4095,)),
    }
    sensor_at = 8 + len(_tiff_directory(first, 8))
    preview_at = sensor_at + len(_tiff_directory(sensor, sensor_at))
    mosaic_at = preview_at + len(preview)
    first[330] = ("I", (sensor_at,))
    if preview:
        first[273] = ("I", (preview_at,))
    sensor[273] = ("I", (mosaic_at,))
    head = b"II*\0\x08\0\0\0" + _tiff_directory(first, 8) + _tiff_directory(sensor, sensor_at)
    return head + preview + mosaic.astype("<u2").tobytes()


def _jpeg_size(content: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(content)) as image:
        return image.size
