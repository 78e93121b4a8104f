"""Turning upright: all eight ways, on a picture whose turns all differ."""

import struct

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from editor.core.decode import MAX_PIXELS
from editor.core.orientation import read_orientation, swaps_sides, turn_upright
from editor.core.pillow_settings import settle_pillow

ORIENTATIONS = range(1, 9)


def stored(upright: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """The rows and columns a camera stores, from EXIF's own table of where row 0 and column 0 lie."""
    turned = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.swapaxes(0, 1),
        6: np.rot90(upright, 1),
        7: np.rot90(upright.swapaxes(0, 1), 2),
        8: np.rot90(upright, -1),
    }[orientation]
    return np.ascontiguousarray(turned)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_every_orientation_comes_out_upright(
    asymmetric: NDArray[np.uint8], orientation: int, kind: type[np.uint8]
) -> None:
    turned = turn_upright(stored(asymmetric, orientation).astype(kind), orientation)
    assert turned.dtype == kind
    assert turned.flags.c_contiguous
    np.testing.assert_array_equal(turned, asymmetric.astype(kind))
    assert swaps_sides(orientation) == (stored(asymmetric, orientation).shape[0] == asymmetric.shape[1])


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_it_agrees_with_pillow(asymmetric: NDArray[np.uint8], orientation: int) -> None:
    image = Image.fromarray(asymmetric)
    image.getexif()[0x0112] = orientation
    np.testing.assert_array_equal(
        turn_upright(asymmetric, orientation), np.asarray(ImageOps.exif_transpose(image))
    )


@pytest.mark.parametrize("value", [0, 9, 65535, "6", b"\6", (6, 6), None, 3.5])
def test_a_meaningless_entry_counts_as_upright(value: object) -> None:
    image = Image.new("RGB", (2, 2))
    image.getexif()[0x0112] = value
    assert read_orientation(image) == 1


@pytest.mark.parametrize(
    "exif", [b"", b"Exif\0\0", b"garbage", b"Exif\0\0II*\0\xff\xff\xff\x7f", b"Exif\0\0MM\0*\0\0\0\x08\0\xff"]
)
def test_broken_exif_counts_as_upright(exif: bytes) -> None:
    settle_pillow(MAX_PIXELS)
    image = Image.new("RGB", (2, 2))
    image.info["exif"] = exif
    assert read_orientation(image) == 1


@pytest.mark.parametrize(
    "fault", [MemoryError, ZeroDivisionError, Image.DecompressionBombError, struct.error]
)
def test_whatever_pillow_raises_on_exif_counts_as_upright(fault: type[Exception]) -> None:
    class Broken(Image.Image):
        def getexif(self) -> Image.Exif:
            raise fault

    assert read_orientation(Broken()) == 1
