"""What makes a tile soft or harmlessly different, as pure functions; random numbers are drawn elsewhere."""

import cv2
import numpy as np
from numpy.typing import NDArray

from training import light
from training.distortions import Pixels

Bytes = NDArray[np.uint8]

_ENCODED = light.to_encoded(np.linspace(0, 1, 1 << 14, dtype=np.float32))


def encoded_by_table(linear: Pixels) -> Pixels:
    """`light.to_encoded` in 16,384 steps: a fifth of the time, at most a quarter of an 8-bit step away."""
    places = np.clip(linear * (len(_ENCODED) - 1) + 0.5, 0, len(_ENCODED) - 1).astype(np.int32)
    return np.asarray(_ENCODED[places], dtype=np.float32)


def averaged(picture: Bytes, rows: int, columns: int) -> Bytes:
    """A picture averaged down to a size, so that it is sharp at the pixel."""
    return np.asarray(cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def detail_shares(picture: Bytes, level: float) -> tuple[float, float]:
    """How many pixels have fine detail above a level, and coarser detail above twice that level.

    Fine detail is what a Gaussian of 1 pixel takes away, coarser what one of 3 pixels takes further.

    Args:
        picture: Shape (H, W, 3), sRGB.
        level: In grey levels of 255.

    Returns:
        Two shares 0..1.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    near = cv2.GaussianBlur(grey, (0, 0), 1.0)
    far = cv2.GaussianBlur(near, (0, 0), 2.83)
    fine = np.count_nonzero(np.abs(grey - near) > level) / grey.size
    coarse = np.count_nonzero(np.abs(near - far) > 2 * level) / grey.size
    return fine, coarse


def enlarged(linear: Pixels, factor: float) -> Pixels:
    """A picture enlarged from one that was this many times smaller; the size stays."""
    rows, columns = linear.shape[:2]
    small = cv2.resize(linear, (round(columns / factor), round(rows / factor)), interpolation=cv2.INTER_AREA)
    back = cv2.resize(small, (columns, rows), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(back, 0, 1), dtype=np.float32)


def denoised(encoded: Pixels, reach: float) -> Pixels:
    """What heavy noise reduction leaves: edges stay, texture is gone, and all is a little softer."""
    smooth = cv2.bilateralFilter(np.ascontiguousarray(encoded), 0, 0.2, reach)
    return np.asarray(cv2.GaussianBlur(smooth, (0, 0), 0.35 * reach), dtype=np.float32)


def sharpened(encoded: Pixels, amount: float, radius: float = 0.8) -> Pixels:
    """An unsharp mask as cameras apply it."""
    soft = cv2.GaussianBlur(encoded, (0, 0), radius)
    return np.asarray(np.clip(encoded + amount * (encoded - soft), 0, 1), dtype=np.float32)


def through_filter_array(linear: Pixels) -> Pixels:
    """Each pixel keeps one colour (red, green, green, blue) and the others are reconstructed."""
    encoded = np.asarray(np.sqrt(np.clip(linear, 0, 1)) * 65535, dtype=np.uint16)
    mosaic = encoded[..., 1].copy()
    mosaic[0::2, 0::2] = encoded[0::2, 0::2, 0]
    mosaic[1::2, 1::2] = encoded[1::2, 1::2, 2]
    back = cv2.cvtColor(mosaic, cv2.COLOR_BayerRGGB2RGB_EA).astype(np.float32) / 65535
    return np.asarray(back * back, dtype=np.float32)


def reduced_decode(picture: Bytes, quality: int) -> Bytes:
    """What a scan sees of a large JPEG: stored at twice the size, decoded at half by its own transform."""
    rows, columns = picture.shape[:2]
    large = cv2.resize(picture, (2 * columns, 2 * rows), interpolation=cv2.INTER_CUBIC)
    stored = np.frombuffer(light.jpeg_bytes(large, quality), dtype=np.uint8)
    small = cv2.imdecode(stored, cv2.IMREAD_REDUCED_COLOR_2 | cv2.IMREAD_IGNORE_ORIENTATION)
    assert small is not None, "OpenCV cannot read the JPEG it wrote"  # noqa: S101
    return np.ascontiguousarray(small[..., ::-1], dtype=np.uint8)
