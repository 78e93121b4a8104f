"""Pictures, files and colour profiles that the tests of floor 0 make on the spot."""

import importlib.util
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

SRGB_COLORANTS = ((0.4360, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
_WHITE_D50 = (0.9642, 1.0, 0.8249)


@pytest.fixture(scope="session")
def asymmetric() -> NDArray[np.uint8]:
    """A picture, 48 rows x 80 columns, whose eight turns all differ: each corner has its own colour."""
    pixels = np.full((48, 80, 3), 128, dtype=np.uint8)
    pixels[:24, :40] = (230, 20, 20)
    pixels[:24, 40:] = (20, 200, 20)
    pixels[24:, :40] = (20, 20, 230)
    pixels[16:32, 8:16] = (240, 240, 240)
    return pixels


@pytest.fixture(scope="session")
def scenery() -> NDArray[np.uint8]:
    """A picture with smooth and fine parts, 300 rows x 420 columns."""
    random = np.random.default_rng(7)
    rows, columns = np.mgrid[0:300, 0:420]
    base = np.stack([columns * 255 / 419, rows * 255 / 299, (rows + columns) * 255 / 718], axis=2)
    return np.clip(base + random.normal(0, 12, (300, 420, 1)), 0, 255).astype(np.uint8)


def _tag_block(tags: list[tuple[bytes, bytes]]) -> bytes:
    offset = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, content in tags:
        padded = content + b"\0" * (-len(content) % 4)
        table += name + struct.pack(">II", offset + len(body), len(content))
        body += padded
    return table + body


def _profile(space: bytes, connection: bytes, kind: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    text = b"made for a test\0"
    tags = [
        (b"desc", b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + b"\0" * 78),
        (b"cprt", b"text\0\0\0\0" + text),
        (b"wtpt", _xyz(_WHITE_D50)),
        *tags,
    ]
    block = _tag_block(tags)
    header = struct.pack(">I4sI4s4s4s", 128 + len(block), b"test", 0x02400000, kind, space, connection)
    header += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + _xyz(_WHITE_D50)[8:]
    return header.ljust(128, b"\0") + block


def _xyz(value: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(part * 65536) for part in value))


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


@pytest.fixture(scope="session")
def rgb_profile() -> Callable[..., bytes]:
    """Makes a matrix profile: ``rgb_profile(gamma, colorants=...)``."""

    def make(gamma: float, colorants: tuple[tuple[float, ...], ...] = SRGB_COLORANTS) -> bytes:
        tags = [
            (name, _xyz(value)) for name, value in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants, strict=True)
        ]
        tags += [(name, _gamma(gamma)) for name in (b"rTRC", b"gTRC", b"bTRC")]
        return _profile(b"RGB ", b"XYZ ", b"mntr", tags)

    return make


@pytest.fixture(scope="session")
def swapped_profile(rgb_profile: Callable[..., bytes]) -> bytes:
    """A profile whose channels are green, blue and red."""
    red, green, blue = SRGB_COLORANTS
    return rgb_profile(2.2, (green, blue, red))


@pytest.fixture(scope="session")
def gray_profile() -> Callable[[float], bytes]:
    """Makes a gray profile of a gamma."""
    return lambda gamma: _profile(b"GRAY", b"XYZ ", b"mntr", [(b"kTRC", _gamma(gamma))])


@pytest.fixture(scope="session")
def cmyk_profile() -> bytes:
    """A CMYK profile that shows every ink as white paper but black, which it shows as mid-gray."""
    identity = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0))
    table += struct.pack(">9i", *(65536 if index in {0, 4, 8} else 0 for index in range(9)))
    table += identity * 4
    for corner in range(16):
        table += bytes((128 if corner & 1 else 255, 128, 128))
    return _profile(b"CMYK", b"Lab ", b"prtr", [(b"A2B0", table + identity * 3)])


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@pytest.fixture(scope="session")
def deep_png() -> Callable[..., bytes]:
    """Makes a 16-bit PNG of shape (H, W, C), C 1 to 4: ``deep_png(pixels, before=, after=)`` with chunks."""

    def make(pixels: NDArray[np.uint16], *, before: bytes = b"", after: bytes = b"") -> bytes:
        rows, columns, channels = pixels.shape
        colour = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
        raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
        header = _chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 16, colour, 0, 0, 0))
        body = before + _chunk(b"IDAT", zlib.compress(raw)) + after
        return b"\x89PNG\r\n\x1a\n" + header + body + _chunk(b"IEND", b"")

    return make


@pytest.fixture(scope="session")
def png_chunk() -> Callable[[bytes, bytes], bytes]:
    """Makes a PNG chunk of a name and a content."""
    return _chunk


@pytest.fixture(scope="session")
def tiff() -> Callable[..., bytes]:
    """Makes a plain TIFF, directory first: ``tiff(pixels, order="<", extra={tag: (type, values)})``."""

    def make(
        pixels: NDArray[np.generic],
        order: Literal["<", ">"] = "<",
        extra: dict[int, tuple[str, tuple[int, ...]]] | None = None,
    ) -> bytes:
        rows, columns, channels = pixels.shape
        content = pixels.astype(pixels.dtype.newbyteorder(order)).tobytes()
        kind = 3 if pixels.dtype.kind == "f" else 1
        tags: dict[int, tuple[str, tuple[int, ...]]] = {
            256: ("I", (columns,)),
            257: ("I", (rows,)),
            258: ("H", (pixels.dtype.itemsize * 8,) * channels),
            259: ("H", (1,)),
            262: ("H", (2 if channels >= 3 else 1,)),
            273: ("I", (0,)),
            277: ("H", (channels,)),
            278: ("I", (rows,)),
            279: ("I", (len(content),)),
            284: ("H", (1,)),
            339: ("H", (kind,) * channels),
            **({338: ("H", (2,))} if channels in {2, 4} else {}),
            **(extra or {}),
        }
        types = {"B": 1, "H": 3, "I": 4, "U": 7}
        after_directory = 8 + 2 + 12 * len(tags) + 4
        sizes = {
            tag: struct.calcsize(order + code.replace("U", "B") * len(values))
            for tag, (code, values) in tags.items()
        }
        tags[273] = ("I", (after_directory + sum(size for size in sizes.values() if size > 4),))
        entries, outside = b"", b""
        for tag, (code, values) in sorted(tags.items()):
            packed = struct.pack(order + code.replace("U", "B") * len(values), *values)
            entries += struct.pack(order + "HHI", tag, types[code], len(values))
            if len(packed) > 4:
                entries += struct.pack(order + "I", after_directory + len(outside))
                outside += packed
            else:
                entries += packed.ljust(4, b"\0")
        magic = b"II*\0" if order == "<" else b"MM\0*"
        directory = struct.pack(order + "H", len(tags)) + entries + b"\0\0\0\0"
        return magic + struct.pack(order + "I", 8) + directory + outside + content

    return make


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file of a name and a content, and returns its path."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture(scope="session")
def jpeg_bytes(scenery: NDArray[np.uint8]) -> bytes:
    """The scenery as a JPEG of about 70 KiB."""
    return bytes(cv2.imencode(".jpg", scenery[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes())


@pytest.fixture(scope="session")
def png_bytes(scenery: NDArray[np.uint8]) -> bytes:
    """A corner of the scenery as a PNG of about 60 KiB."""
    return bytes(cv2.imencode(".png", scenery[:150, :150, ::-1])[1].tobytes())


@pytest.fixture(scope="session")
def dng() -> Callable[..., bytes]:
    """Makes a camera RAW file; see ``make_dng`` in tests/dng_file.py."""
    spec = importlib.util.spec_from_file_location("dng_file", Path(__file__).parents[2] / "dng_file.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    make: Callable[..., bytes] = module.make_dng
    return make
