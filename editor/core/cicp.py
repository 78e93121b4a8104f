"""Builds the ICC profile that says the same as the colour codes of a HEIC or AVIF file.

It must not read files. HDR curves (PQ, HLG) are brought to the range of a screen: what a print would
show stays as it is, brighter light is rolled off instead of clipped.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from editor.core.heif_boxes import Cicp
from editor.core.icc_matrix import write_matrix_profile
from editor.core.working_space import BT709, BT2020, DISPLAY_P3, srgb_decode, to_xyz

Curve = NDArray[np.float64]

_PRIMARIES: Final = {1: BT709, 9: BT2020, 12: DISPLAY_P3}
_PQ, _HLG = 16, 18
_GAMMAS: Final = {4: 2.2, 5: 2.8, 8: 1.0}
_SAMPLES = 4096
_WHITE_NITS = 203.0  # diffuse white of HDR pictures (ITU-R BT.2408)
_HLG_PEAK_NITS, _HLG_GAMMA = 1000.0, 1.2
_KNEE = 0.7


@lru_cache(maxsize=16)
def cicp_profile(cicp: Cicp) -> bytes | None:
    """The profile of pixels with these codes.

    Unknown primaries are taken as those of sRGB, and curves of video as the sRGB curve, as browsers do.

    Returns:
        An ICC profile of a matrix and one curve; None where the codes mean sRGB.
    """
    primaries = _PRIMARIES.get(cicp.primaries, BT709)
    if primaries is BT709 and cicp.transfer not in {_PQ, _HLG, *_GAMMAS}:
        return None
    name = f"HEIF colours {cicp.primaries}/{cicp.transfer}"
    return write_matrix_profile(name, to_xyz(primaries), _curve(cicp.transfer), _GAMMAS.get(cicp.transfer))


def _curve(transfer: int) -> Curve:
    """Light 0..1 at equal steps of the encoded value."""
    value = np.linspace(0.0, 1.0, _SAMPLES)
    if transfer == _PQ:
        return _rolled_off(_pq_nits(value) / _WHITE_NITS)
    if transfer == _HLG:
        return _rolled_off(_hlg_scene(value) ** _HLG_GAMMA * _HLG_PEAK_NITS / _WHITE_NITS)
    return srgb_decode(value)


def _pq_nits(value: Curve) -> Curve:
    """Light in candela per square metre of PQ values (SMPTE ST 2084)."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    root = value ** (1 / m2)
    return np.asarray(10000.0 * (np.maximum(root - c1, 0.0) / (c2 - c3 * root)) ** (1 / m1))


def _hlg_scene(value: Curve) -> Curve:
    """Scene light 0..1 of HLG values (ITU-R BT.2100)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(value <= 0.5, value**2 / 3, (np.exp((value - c) / a) + b) / 12)


def _rolled_off(light: Curve) -> Curve:
    """Unchanged below the knee, above it ever flatter towards 1, without a corner."""
    over = np.maximum(light - _KNEE, 0.0) / (1 - _KNEE)
    return np.where(light <= _KNEE, light, 1 - (1 - _KNEE) * np.exp(-over))
