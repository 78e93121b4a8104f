"""Physical changes of light as pure functions: exposure, noise, grain, looks and the JPEG step."""

import cv2
import numpy as np
from numpy.typing import NDArray

from training.distortions import Pixels


def _decode_table() -> Pixels:
    encoded = np.arange(256, dtype=np.float64) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


_LINEAR = _decode_table()


def to_linear(srgb8: NDArray[np.uint8]) -> Pixels:
    """sRGB-encoded bytes to linear light 0..1 (IEC 61966-2-1)."""
    return _LINEAR[srgb8]


def to_encoded(linear: Pixels) -> Pixels:
    """Linear light to sRGB-encoded values, clipped to 0..1 (IEC 61966-2-1)."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * cv2.pow(linear, 1 / 2.4) - 0.055)


def to_bytes(encoded: Pixels) -> NDArray[np.uint8]:
    """0..1 to 0..255, rounded."""
    return np.asarray(np.clip(encoded * 255 + 0.5, 0, 255), dtype=np.uint8)


def expose(linear: Pixels, ev: float, black: float = 0.0) -> Pixels:
    """Multiplies light by two to the power of `ev`; what exceeds 1 is clipped for good.

    Args:
        linear: Linear light.
        ev: Exposure change in EV.
        black: Linear light taken away afterwards, as a camera's black level does.
    """
    return np.asarray(np.clip(linear * np.float32(2.0**ev) - np.float32(black), 0, 1), dtype=np.float32)


def sensor_noise(linear: Pixels, shot: float, read: float, normal: Pixels) -> Pixels:
    """Adds shot noise (variance proportional to light) and read noise (constant).

    Args:
        linear: Linear light.
        shot: Variance per unit of light.
        read: Standard deviation.
        normal: Standard normal numbers, same shape.
    """
    deviation = np.sqrt(shot * linear + read * read, dtype=np.float32)
    return np.asarray(np.clip(linear + deviation * normal, 0, 1), dtype=np.float32)


def grain(encoded: Pixels, deviation: float, normal: Pixels) -> Pixels:
    """Adds film grain, the same in all channels and strongest in the mid-tones.

    Args:
        encoded: Encoded picture.
        deviation: Standard deviation in the mid-tones.
        normal: Standard normal numbers, shape (H, W).
    """
    luma = encoded.mean(axis=2)
    strength = deviation * 4 * luma * (1 - luma) + 0.25 * deviation
    return np.asarray(np.clip(encoded + (strength * normal)[..., None], 0, 1), dtype=np.float32)


def contrast(encoded: Pixels, factor: float) -> Pixels:
    """Contrast about middle grey."""
    return np.asarray(np.clip((encoded - 0.5) * factor + 0.5, 0, 1), dtype=np.float32)


def monochrome(encoded: Pixels) -> Pixels:
    """Rec. 709 luma in all three channels."""
    luma = encoded @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
    return np.repeat(luma[..., None], 3, axis=2)


def jpeg(srgb8: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """What is left of a picture after it was stored as JPEG.

    Args:
        srgb8: Shape (H, W, 3), RGB.
        quality: 1..100.
    """
    stored = np.frombuffer(jpeg_bytes(srgb8, quality), dtype=np.uint8)
    picture = cv2.imdecode(stored, cv2.IMREAD_COLOR_RGB)
    assert picture is not None, "OpenCV cannot read the JPEG it wrote"  # noqa: S101
    return np.asarray(picture, dtype=np.uint8)


def jpeg_bytes(srgb8: NDArray[np.uint8], quality: int) -> bytes:
    """A picture as the content of a JPEG file; arguments as for `jpeg`."""
    _, stored = cv2.imencode(".jpg", srgb8[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return stored.tobytes()
