"""White balance: temperature and tint as an adaptation from an assumed light to the working white.

Both are relative to the photo as it is: a decoded JPEG no longer says under which light it was taken.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from editor.core.operation import Operation
from editor.core.parameter import Parameter
from editor.core.working_space import D65, WORKING_TO_XYZ, XYZ_TO_WORKING, Matrix, adaptation, xyz_of

TEMPERATURE = Parameter("temperature", "mired", 0.0, -120.0, 120.0, -100.0, 100.0, 1.0, 0)
TINT = Parameter("tint", "", 0.0, -150.0, 150.0, -100.0, 100.0, 1.0, 0)

_D65_MIRED = 1e6 / 6504.0
_TINT_STEP = 1.0 / 3000.0
_NEWTON_STEPS = 20


@dataclass(frozen=True, slots=True)
class WhiteBalance(Operation):
    """Stored parameters.

    Attributes:
        temperature: Shift of the assumed light in mired (a million over kelvin): above 0 the picture gets
            warmer, below 0 cooler. Equal steps look equal.
        tint: Across the temperatures, in 1/3000 of CIE 1960 uv: above 0 magenta, below 0 green.
    """

    NAME: ClassVar[str] = "white_balance"
    PARAMETERS: ClassVar[tuple[Parameter, ...]] = (TEMPERATURE, TINT)

    temperature: float = 0.0
    tint: float = 0.0


def balance_matrix(stored: WhiteBalance) -> Matrix:
    """The 3 x 3 matrix on linear working pixels; a grey keeps its luminance."""
    if stored.is_neutral:
        return np.eye(3)
    light = _xyz(_light(stored.temperature, stored.tint))
    matrix = XYZ_TO_WORKING @ adaptation(light, xyz_of(*D65)) @ WORKING_TO_XYZ
    return np.asarray(matrix / (WORKING_TO_XYZ[1] @ matrix @ np.ones(3)))


def pick_grey(linear: NDArray[np.floating]) -> WhiteBalance:
    """The white balance under which a colour of the picture becomes grey, as near as the limits allow.

    Args:
        linear: Shape (3,): mean of the picked spot in linear working light, before any white balance.

    Raises:
        ValueError: if the spot is black or no colour of a light.
    """
    colour = np.maximum(np.asarray(linear, dtype=np.float64), 0.0)
    if not np.isfinite(colour).all() or colour.min() <= 0.0:
        raise ValueError("a spot without all three colours has no grey in it; pick a brighter one")
    wanted = _uv(WORKING_TO_XYZ @ colour)
    place = np.zeros(2)
    for _ in range(_NEWTON_STEPS):
        missing = wanted - _light(*place)
        slope = np.stack([(_light(*(place + step)) - _light(*place)) for step in np.eye(2) * 0.01], axis=1)
        place = place + np.clip(np.linalg.solve(slope / 0.01, missing), -40.0, 40.0)
        place[0] = np.clip(place[0], -2 * TEMPERATURE.maximum, _D65_MIRED - 1.0)
    return WhiteBalance(TEMPERATURE.clamp(float(place[0])), TINT.clamp(float(place[1])))


def _light(temperature: float, tint: float) -> Matrix:
    """The uv of the assumed light: D65 moved along and across the Planckian locus."""
    mired = _D65_MIRED - temperature
    along = _planck(mired + 0.5) - _planck(mired - 0.5)
    across = np.array([-along[1], along[0]]) / np.hypot(*along)
    towards_green = across if across[1] > 0 else -across
    here = _uv(xyz_of(*D65)) + _planck(mired) - _planck(_D65_MIRED)
    return np.asarray(here + tint * _TINT_STEP * towards_green)


def _planck(mired: float) -> Matrix:
    """The uv of a black body (Krystek 1985, a ratio of polynomials in the kelvins), also beyond infinity."""
    m = mired / 1e6
    u = (0.860117757 * m * m + 1.54118254e-4 * m + 1.28641212e-7) / (
        m * m + 8.42420235e-4 * m + 7.08145163e-7
    )
    v = (0.317398726 * m * m + 4.22806245e-5 * m + 4.20481691e-8) / (
        m * m - 2.89741816e-5 * m + 1.61456053e-7
    )
    return np.array([u, v])


def _uv(xyz: Matrix) -> Matrix:
    x, y, z = xyz
    return np.array([4 * x, 6 * y], dtype=np.float64) / float(x + 15 * y + 3 * z)


def _xyz(uv: Matrix) -> Matrix:
    u, v = uv
    scale = 2 * u - 8 * v + 4
    return xyz_of(float(3 * u / scale), float(2 * v / scale))
