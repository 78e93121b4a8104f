"""The colour spaces of pictures: from their encoded pixels to the working space and back."""

import logging
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.color import to_srgb8
from editor.core.curve_table import CurveTable, whole_index
from editor.core.gamut import fit_gamut
from editor.core.icc import is_srgb
from editor.core.icc_matrix import D50, Curve, read_matrix_profile, write_matrix_profile
from editor.core.pixels import Picture, Pixels
from editor.core.planes import merged, planes_of
from editor.core.working_space import (
    ADOBE_RGB as ADOBE_RGB_PRIMARIES,
)
from editor.core.working_space import (
    BT709,
    D65,
    WORKING_TO_XYZ,
    XYZ_TO_WORKING,
    Chromaticities,
    Linear,
    Matrix,
    adaptation,
    srgb_decode,
    to_xyz,
    xyz_of,
)
from editor.core.working_space import (
    DISPLAY_P3 as DISPLAY_P3_PRIMARIES,
)

_LEVELS = np.linspace(0.0, 1.0, 65536)
_ADOBE_GAMMA = 563 / 256
_WHITE = 65535.0**2

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class ColorSpace:
    """A space of RGB pixels.

    Attributes:
        name: For people.
        profile: Its ICC profile for files.
        to_working: 3 x 3 matrix from its linear RGB to the working space.
        curves: Linear light at 65,536 equal steps of the encoded value, for R, G and B.
        is_srgb: Whether a picture without a profile has this space.
    """

    name: str
    profile: bytes
    to_working: Matrix
    curves: tuple[Curve, Curve, Curve]
    is_srgb: bool = False

    @cached_property
    def from_working(self) -> Matrix:
        """The inverse of ``to_working``."""
        return np.asarray(np.linalg.inv(self.to_working))

    @cached_property
    def _luminance(self) -> NDArray[np.float32]:
        return (WORKING_TO_XYZ[1:2] @ self.to_working).astype(np.float32)

    @cached_property
    def _same_curves(self) -> bool:
        red, green, blue = self.curves
        return bool(np.array_equal(red, green) and np.array_equal(red, blue))

    @cached_property
    def _decoding(self) -> NDArray[np.float32]:
        curves = self.curves[:1] if self._same_curves else self.curves
        return np.stack(curves, axis=1).astype(np.float32)[np.newaxis]

    @cached_property
    def _encoding(self) -> list[CurveTable]:
        curves = self.curves[:1] if self._same_curves else self.curves
        tables = [CurveTable(partial(_encoded, curve)) for curve in curves]
        return tables * 3 if self._same_curves else tables

    @cached_property
    def _levels_8(self) -> list[NDArray[np.uint8]]:
        roots = np.linspace(0.0, 1.0, 65536) ** 2
        curves = self.curves[:1] if self._same_curves else self.curves
        encoded = [np.interp(roots, curve, _LEVELS) for curve in curves]
        tables = [np.rint(levels * 255).astype(np.uint8)[np.newaxis] for levels in encoded]
        return tables * 3 if self._same_curves else tables

    def light(self, pixels: Pixels) -> NDArray[np.float32]:
        """Linear light of encoded pixels, still in the primaries of this space.

        Args:
            pixels: Shape (H, W, 3), uint8, uint16 or float32; floats are clipped to 0..1.

        Returns:
            Shape (H, W, 3), float32.
        """
        table = self._decoding
        if pixels.dtype == np.uint8:
            found = cv2.LUT(pixels, np.ascontiguousarray(table[:, ::257]))
        elif pixels.dtype == np.uint16:
            found = cv2.LUT(pixels, table)
        else:
            return self._float_light(pixels.astype(np.float32, copy=False))
        return np.asarray(found)

    def encode(self, linear: Linear, dtype: np.dtype[np.generic]) -> Pixels:
        """Working pixels in this space; colours outside are drawn towards grey, then clipped.

        Args:
            linear: Shape (H, W, 3), working space.
            dtype: uint8, uint16 or float32.
        """
        if dtype == np.uint8:
            return self._encode_8(linear)
        planes = fit_gamut(planes_of(linear, self.from_working), self._luminance)
        pairs = zip(planes, self._encoding, strict=True)
        encoded = merged([table(plane, precise=True) for plane, table in pairs])
        if dtype == np.uint16:
            deep: Pixels = np.rint(np.clip(encoded, 0.0, 1.0) * 65535).astype(np.uint16)
            return deep
        return np.clip(encoded, 0.0, 1.0).astype(np.float32, copy=False)

    def _encode_8(self, linear: Linear) -> Pixels:
        """In 8 bits, with light scaled so that its roots are places in the tables."""
        planes = fit_gamut(planes_of(linear, self.from_working * _WHITE), self._luminance, _WHITE)
        indices = [whole_index(cv2.sqrt(plane, dst=plane)) for plane in planes]
        tables = zip(indices, self._levels_8, strict=True)
        return np.asarray(cv2.merge([cv2.LUT(index, table).reshape(index.shape) for index, table in tables]))

    def _float_light(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        clean = np.clip(np.nan_to_num(pixels, nan=0.0, posinf=1.0, neginf=0.0), 0.0, 1.0)
        planes = [np.interp(clean[:, :, index], _LEVELS, curve) for index, curve in enumerate(self.curves)]
        return np.stack(planes, axis=2).astype(np.float32)


def _encoded(curve: Curve, linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """The encoded value of linear light, by the inverse of a curve."""
    return np.interp(linear, curve, _LEVELS)


def _named(name: str, primaries: Chromaticities, curve: Curve, gamma: float | None) -> ColorSpace:
    matrix = to_xyz(primaries)
    profile = write_matrix_profile(name, matrix, curve, gamma)
    return ColorSpace(name, profile, XYZ_TO_WORKING @ matrix, (curve,) * 3, primaries is BT709)


_SRGB_CURVE = srgb_decode(_LEVELS)
SRGB = _named("sRGB", BT709, _SRGB_CURVE, None)
DISPLAY_P3 = _named("Display P3", DISPLAY_P3_PRIMARIES, _SRGB_CURVE, None)
ADOBE_RGB = _named("Adobe RGB (1998) compatible", ADOBE_RGB_PRIMARIES, _LEVELS**_ADOBE_GAMMA, _ADOBE_GAMMA)


@lru_cache(maxsize=16)
def space_of_profile(profile: bytes) -> ColorSpace | None:
    """The space that a profile of three curves and a matrix describes, or sRGB; None for one of tables."""
    read = read_matrix_profile(profile)
    if read is None:
        return SRGB if is_srgb(profile) else None
    curves, to_pcs = read
    matrix = XYZ_TO_WORKING @ adaptation(D50, xyz_of(*D65)) @ to_pcs
    return ColorSpace("the photo's own", profile, matrix, curves)


def space_of(picture: Picture) -> tuple[ColorSpace, Picture]:
    """A picture's colour space, and the picture in it.

    A profile made of tables has no way back from the working space: such a picture is taken to 8-bit sRGB
    by the colour engine, with a line in the log. That is rare; cameras and phones write matrix profiles.
    """
    if picture.profile is None:
        return SRGB, picture
    space = space_of_profile(picture.profile)
    if space is None:
        _logger.info("A profile of %d bytes has no matrix; edited as sRGB", len(picture.profile))
        return SRGB, Picture(to_srgb8(picture), None, picture.full_width, picture.full_height)
    return space, picture
