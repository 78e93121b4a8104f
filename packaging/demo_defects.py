"""What spoils a photo, done to pixels the way it happens in a camera; pure functions, no files.

All work on linear light: float32 of shape (H, W, 3), where 1.0 is the brightest that the picture can
hold. Lengths and radii are pixels of a picture 512 wide, so that they mean the same for every photo.
It must not use anything of `training`: the demo shows the network what the same code did not teach it.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

LinearLight = NDArray[np.float32]

_WIDTH_OF_LENGTHS = 512
_FINER = 8
"""Kernels are drawn this many times finer and then averaged, so that their edges are smooth."""

_SHOT_NOISE = 3e-4
"""Variance per unit of light of the shot noise, full well about 3,300 electrons: a fast sensor setting."""
_READ_NOISE = 2e-3
"""Standard deviation of the noise that is there without light."""


def to_linear(srgb8: NDArray[np.uint8]) -> LinearLight:
    """Turns sRGB values 0..255 into linear light 0..1 (IEC 61966-2-1)."""
    encoded = np.arange(256, dtype=np.float64) / 255
    curve = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.asarray(curve.astype(np.float32)[srgb8])


def to_srgb8(light: LinearLight) -> NDArray[np.uint8]:
    """Turns linear light into sRGB values 0..255; what lies outside 0..1 is clipped, as on a sensor."""
    clipped = np.clip(light, 0, 1)
    encoded = np.where(clipped <= 0.0031308, clipped * 12.92, 1.055 * clipped ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(encoded * 255), dtype=np.uint8)


def expose(light: LinearLight, ev: float) -> LinearLight:
    """More (positive) or less light by `ev` stops; nothing is clipped here."""
    return np.asarray(light * np.float32(2.0**ev))


def add_noise(light: LinearLight, random: np.random.Generator) -> LinearLight:
    """Shot and read noise of a sensor, seen where little light is left."""
    deviation = np.sqrt(_SHOT_NOISE * np.maximum(light, 0) + _READ_NOISE**2)
    return np.asarray((light + deviation * random.standard_normal(light.shape)).astype(np.float32))


def defocus(light: LinearLight, radius: float) -> LinearLight:
    """A point of light becomes a disk of `radius` pixels."""
    return _spread(light, disk_kernel(radius * light.shape[1] / _WIDTH_OF_LENGTHS))


def shake(light: LinearLight, length: float, angle: float, bend: float) -> LinearLight:
    """The camera moves `length` pixels along `angle` (degrees) on an arc that strays `bend` of its length."""
    return _spread(light, path_kernel(length * light.shape[1] / _WIDTH_OF_LENGTHS, angle, bend))


def disk_kernel(radius: float) -> NDArray[np.float32]:
    """A disk of `radius` pixels, smooth at the edge, odd side, sum 1."""
    half = int(np.ceil(radius))
    place = (np.arange((2 * half + 1) * _FINER) + 0.5) / _FINER - half - 0.5
    inside = place[:, None] ** 2 + place[None, :] ** 2 <= radius**2
    return _average(inside.astype(np.float64), 2 * half + 1)


def path_kernel(length: float, angle: float, bend: float) -> NDArray[np.float32]:
    """One pixel wide path of `length` pixels, a parabola that strays `bend` x length; odd side, sum 1."""
    along = np.linspace(-0.5, 0.5, max(2, int(length * _FINER * 4)))
    across = bend * (1 - 4 * along**2) - bend / 2
    turn = np.deg2rad(angle)
    x = length * (along * np.cos(turn) - across * np.sin(turn))
    y = length * (along * np.sin(turn) + across * np.cos(turn))
    half = int(np.ceil(max(np.abs(x).max(), np.abs(y).max()))) + 1
    side = (2 * half + 1) * _FINER
    fine = np.zeros((side, side))
    column, row = (np.rint((offset + half + 0.5) * _FINER).astype(int) for offset in (x, y))
    np.add.at(fine, (row, column), 1.0)
    return _average(cv2.blur(fine, (_FINER, _FINER)), 2 * half + 1)


def _average(fine: NDArray[np.float64], side: int) -> NDArray[np.float32]:
    """Averages a finely drawn kernel down to `side` pixels and makes its sum 1."""
    kernel = fine.reshape(side, _FINER, side, _FINER).mean(axis=(1, 3))
    return np.asarray((kernel / kernel.sum()).astype(np.float32))


def _spread(light: LinearLight, kernel: NDArray[np.float32]) -> LinearLight:
    spread = cv2.filter2D(light, -1, kernel, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(spread, dtype=np.float32)
