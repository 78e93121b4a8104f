"""Reads and writes ICC profiles of the plain kind: three curves and a matrix.

It must not read profiles made of tables; Pillow's colour engine does, in ``icc``.
"""

import struct
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from editor.core.working_space import D65, Matrix, adaptation, xyz_of

D50: Matrix = np.array([0.9642, 1.0, 0.8249])
"""The white of the profile connection space (ICC.1)."""

_SAMPLES = 1024
_DATE = (2026, 1, 1, 0, 0, 0)
_XYZ_TAGS = (b"rXYZ", b"gXYZ", b"bXYZ")
_CURVE_TAGS = (b"rTRC", b"gTRC", b"bTRC")

Curve = NDArray[np.float64]
"""Linear light 0..1 at equal steps of the encoded value."""


@lru_cache(maxsize=32)
def read_matrix_profile(profile: bytes) -> tuple[tuple[Curve, Curve, Curve], Matrix] | None:
    """The three curves and the matrix from linear RGB to XYZ under D50.

    Returns:
        Curves of 65,536 values each, and the matrix scaled so that white is D50 exactly; None if the
        profile is broken, describes other pixels, has tables or curves that do not rise.
    """
    try:
        tags = _tags(profile)
        if any(name in tags for name in (b"A2B0", b"D2B0")) or profile[16:24] != b"RGB XYZ ":
            return None
        columns = np.stack([_read_xyz(tags[name]) for name in _XYZ_TAGS], axis=1)
        red, green, blue = (_read_curve(tags[name]) for name in _CURVE_TAGS)
    except (KeyError, IndexError, ValueError, struct.error, FloatingPointError):
        return None
    white = columns.sum(axis=1)
    sane = abs(np.linalg.det(columns)) > 1e-4 and (white > 0.1).all()
    if not sane or not all(_rises(curve) for curve in (red, green, blue)):
        return None
    return (red, green, blue), np.asarray((D50 / white)[:, np.newaxis] * columns)


def write_matrix_profile(name: str, to_xyz: Matrix, curve: Curve, gamma: float | None = None) -> bytes:
    """A version 2 matrix profile, the same bytes every time.

    Args:
        name: ASCII description.
        to_xyz: Linear RGB to XYZ with a white of D65; adapted to D50 here.
        curve: Linear light 0..1 at equal steps of the encoded value, for all channels.
        gamma: Written in place of the curve's samples if the curve is this power.
    """
    columns = adaptation(xyz_of(*D65), D50) @ to_xyz
    text = name.encode("ascii")
    if gamma is None:
        samples = np.interp(np.linspace(0, 1, _SAMPLES), np.linspace(0, 1, len(curve)), curve)
        levels = np.rint(samples * 65535).astype(">u2")
        trc = b"curv\0\0\0\0" + struct.pack(">I", _SAMPLES) + levels.tobytes()
    else:
        trc = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
    description = b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" * 79
    tags = [
        (b"desc", description),
        (b"cprt", b"text\0\0\0\0No copyright, use freely\0"),
        (b"wtpt", _xyz(D50)),
    ]
    tags += [(tag, _xyz(columns[:, index])) for index, tag in enumerate(_XYZ_TAGS)]
    return _assemble(tags, trc)


def _assemble(tags: list[tuple[bytes, bytes]], trc: bytes) -> bytes:
    count = len(tags) + len(_CURVE_TAGS)
    table, body = struct.pack(">I", count), b""
    start = 128 + 4 + 12 * count
    for tag, content in tags:
        table += tag + struct.pack(">II", start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    for tag in _CURVE_TAGS:
        table += tag + struct.pack(">II", start + len(body), len(trc))
    block = table + body + trc + b"\0" * (-len(trc) % 4)
    header = struct.pack(">I4sI4s4s4s", 128 + len(block), b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H", *_DATE) + b"acsp" + b"\0" * 28 + _xyz(D50)[8:]
    return header.ljust(128, b"\0") + block


def _tags(profile: bytes) -> dict[bytes, bytes]:
    if profile[36:40] != b"acsp":
        raise ValueError("no profile")
    (count,) = struct.unpack_from(">I", profile, 128)
    if count > 200:
        raise ValueError("too many tags")
    entries = [struct.unpack_from(">4sII", profile, 132 + 12 * index) for index in range(count)]
    return {name: profile[offset : offset + size] for name, offset, size in entries}


def _xyz(value: Matrix) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(float(part) * 65536) for part in value))


def _read_xyz(tag: bytes) -> Matrix:
    return np.array(struct.unpack_from(">3i", tag, 8)) / 65536.0


def _read_curve(tag: bytes) -> Curve:
    encoded = np.linspace(0.0, 1.0, 65536)
    if tag[:4] == b"para":
        return _parametric(tag, encoded)
    if tag[:4] != b"curv":
        raise ValueError("unknown curve")
    (count,) = struct.unpack_from(">I", tag, 8)
    if count == 0:
        return encoded
    if count == 1:
        return np.asarray(encoded ** (struct.unpack_from(">H", tag, 12)[0] / 256.0))
    levels = np.frombuffer(tag, ">u2", count, 12) / 65535.0
    return np.asarray(np.interp(encoded, np.linspace(0.0, 1.0, count), levels))


def _parametric(tag: bytes, encoded: Curve) -> Curve:
    """The parametric curves 0 to 4 of ICC.1, each a case of the last."""
    (kind,) = struct.unpack_from(">H", tag, 8)
    given = np.array(struct.unpack_from(f">{(1, 3, 4, 5, 7)[kind]}i", tag, 12)) / 65536.0
    gamma, a, b, c, d, e, f = 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if kind == 0:
        gamma = given[0]
    elif kind <= 2:
        gamma, a, b = given[:3]
        e = f = given[3] if kind == 2 else 0.0
        d = -b / a
    else:
        gamma, a, b, c, d = given[:5]
        if kind == 4:
            e, f = given[5:]
    above = np.maximum(a * encoded + b, 0.0) ** gamma + e
    return np.asarray(np.clip(np.where(encoded >= d, above, c * encoded + f), 0.0, 1.0))


def _rises(curve: Curve) -> bool:
    return bool(np.isfinite(curve).all() and (np.diff(curve) >= 0).all() and curve[-1] > 0.5)
