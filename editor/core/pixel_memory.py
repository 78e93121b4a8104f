"""Copies the pixels of a loaded Pillow image straight from its memory; knows RGB images only.

Pillow keeps four bytes a pixel. Its own way to NumPy packs them into a string first, which takes several
times as long as one pass of OpenCV over what lies there.
"""

import ctypes

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_BYTES = 4
_BAND_PIXELS = 1 << 15
"""So little at once is copied by the thread that asks; more, OpenCV would share among threads of its own."""
_VALUES = 1
"""The second buffer of an Arrow array holds its values."""


class _ArrowArray(ctypes.Structure):
    """`struct ArrowArray` of the Arrow C data interface, whose layout is fixed for good."""


_ArrowArray._fields_ = (
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_ArrowArray))),
    ("dictionary", ctypes.c_void_p),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
)

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = (ctypes.py_object, ctypes.c_char_p)


def copied_rgb(image: Image.Image) -> NDArray[np.uint8]:
    """The pixels of an image.

    Args:
        image: A loaded image of mode RGB.

    Returns:
        Shape (H, W, 3), uint8, as `numpy.asarray` gives it.
    """
    try:
        _, capsule = image.__arrow_c_array__()
    except ValueError:  # Pillow keeps a large image in several blocks
        return np.asarray(image)
    array = ctypes.cast(_pointer(capsule, b"arrow_array"), ctypes.POINTER(_ArrowArray)).contents
    size = image.width * image.height * _BYTES
    values = array.children[0].contents if array.n_children == 1 else None
    if values is None or values.length != size or values.offset or values.n_buffers <= _VALUES:
        return np.asarray(image)
    stored = (ctypes.c_uint8 * size).from_address(values.buffers[_VALUES])  # the capsule keeps it alive
    pixels = np.frombuffer(memoryview(stored), np.uint8).reshape(image.height, image.width, _BYTES)
    copied = np.empty((image.height, image.width, 3), np.uint8)
    band = max(1, _BAND_PIXELS // image.width)
    for top in range(0, image.height, band):
        cv2.cvtColor(pixels[top : top + band], cv2.COLOR_RGBA2RGB, dst=copied[top : top + band])
    return copied
