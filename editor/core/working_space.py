"""The working space: linear light with the primaries of ITU-R BT.2020, white D65, float32, white at 1.0.

It holds Display P3 and Adobe RGB whole; its primaries are real colours, so a curve on its channels moves
hues little, unlike with the imaginary primaries of ProPhoto. Linear light makes exposure, white balance,
blur and scaling what they are in a camera. Operations that judge lightness encode by the sRGB curve.
"""

import numpy as np
from numpy.typing import NDArray

Linear = NDArray[np.float32]
"""Working pixels: shape (H, W, 3), linear light, white at 1.0; values beyond 0..1 may occur."""
Plane = NDArray[np.float32]
"""One value a pixel: shape (H, W)."""
Matrix = NDArray[np.float64]

Chromaticities = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]

D65 = (0.3127, 0.3290)
BT2020: Chromaticities = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))
BT709: Chromaticities = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
DISPLAY_P3: Chromaticities = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
ADOBE_RGB: Chromaticities = ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))
BRADFORD: Matrix = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
"""XYZ to the sharpened cone responses in which whites are adapted (ICC.1, annex E)."""


def xyz_of(x: float, y: float) -> Matrix:
    """The XYZ colour of chromaticity x, y with Y = 1."""
    return np.array([x / y, 1.0, (1.0 - x - y) / y])


def to_xyz(primaries: Chromaticities, white: tuple[float, float] = D65) -> Matrix:
    """The 3 x 3 matrix from linear RGB to XYZ (SMPTE RP 177), white to Y = 1."""
    columns = np.stack([xyz_of(*primary) for primary in primaries], axis=1)
    return np.asarray(columns * np.linalg.solve(columns, xyz_of(*white)))


def adaptation(source: Matrix, target: Matrix) -> Matrix:
    """The von Kries matrix on XYZ that takes one white to another (Bradford cone responses)."""
    gains = (BRADFORD @ target) / (BRADFORD @ source)
    return np.asarray(np.linalg.inv(BRADFORD) @ (gains[:, np.newaxis] * BRADFORD))


WORKING_TO_XYZ = to_xyz(BT2020)
XYZ_TO_WORKING: Matrix = np.asarray(np.linalg.inv(WORKING_TO_XYZ), dtype=np.float64)
LUMINANCE: NDArray[np.float32] = WORKING_TO_XYZ[1:2].astype(np.float32)
"""Shape (1, 3): what the linear channels weigh in Y."""


def srgb_encode(linear: NDArray[np.floating]) -> NDArray[np.float64]:
    """The sRGB curve (IEC 61966-2-1) from linear light 0..1 to encoded 0..1; continued above 1."""
    value = np.maximum(np.asarray(linear, dtype=np.float64), 0.0)
    return np.where(value <= 0.0031308, 12.92 * value, 1.055 * value ** (1 / 2.4) - 0.055)


def srgb_decode(encoded: NDArray[np.floating]) -> NDArray[np.float64]:
    """The inverse of ``srgb_encode``."""
    value = np.maximum(np.asarray(encoded, dtype=np.float64), 0.0)
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
