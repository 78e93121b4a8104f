"""Bad files: always a PhotoError with a sentence, never another exception, a warning or a wait."""

import io
import os
import random
import struct
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from editor.core import decode_limits
from editor.core.decode import MAX_PIXELS, decode
from editor.core.decode_failure import DAMAGED, ENDS_EARLY, NO_MEMORY, TOO_LARGE, decode_error
from editor.core.errors import (
    PhotoError,
    PhotoMissingError,
    PhotoTooLargeError,
    PhotoUnreadableError,
    PhotoUnsupportedError,
)
from editor.core.pixels import Picture

Write = Callable[[str, bytes], Path]
Make = Callable[..., bytes]


def outcome(path: Path, at_least: tuple[int, int] | None = None) -> Picture | PhotoError:
    try:
        return decode(path, at_least)
    except PhotoError as error:
        found = error
    assert found.path == path
    assert found.reason.endswith(".")
    return found


def test_a_jpeg_cut_anywhere_is_an_error(written: Write, jpeg_bytes: bytes) -> None:
    assert isinstance(outcome(written("whole.jpg", jpeg_bytes)), Picture)
    for end in range(1024, len(jpeg_bytes) - 64, 1024):
        for at_least in (None, (100, 70)):
            assert isinstance(outcome(written("a.jpg", jpeg_bytes[:end]), at_least), PhotoUnreadableError), (
                end
            )


def test_a_png_cut_anywhere_is_an_error(written: Write, png_bytes: bytes) -> None:
    assert isinstance(outcome(written("whole.png", png_bytes)), Picture)
    for end in range(1024, len(png_bytes) - 64, 1024):
        assert isinstance(outcome(written("a.png", png_bytes[:end])), PhotoUnreadableError), end


def test_deep_files_cut_anywhere_are_errors(
    written: Write, asymmetric: NDArray[np.uint8], deep_png: Make, tiff: Make
) -> None:
    deep = asymmetric.astype(np.uint16) * np.uint16(257)
    noise = np.random.default_rng(1).integers(0, 65536, deep.shape).astype(np.uint16)
    contents = [
        deep_png(noise),
        tiff(deep),
        tiff(deep, ">"),
        tiff(deep.astype(np.float32)),
        tiff(deep[:, :, :1]),
    ]
    for content in contents:
        assert isinstance(outcome(written("whole", content)), Picture)
        for end in range(1, len(content) - 16, 997):
            assert isinstance(outcome(written("a", content[:end])), PhotoUnreadableError), end


def test_a_file_that_ends_early_says_what_to_do(written: Write, jpeg_bytes: bytes) -> None:
    error = outcome(written("IMG_1.jpg", jpeg_bytes[:20_000]))
    assert str(error) == "IMG_1.jpg: The file ends too early; copy it from the card again."


@pytest.mark.parametrize(
    "kind", ["jpeg", "png", "tiff", "webp", "bmp", "deep png", "deep tiff", "float tiff"]
)
def test_flipped_bytes_never_raise_anything_else(
    written: Write, asymmetric: NDArray[np.uint8], deep_png: Make, tiff: Make, kind: str
) -> None:
    deep = asymmetric.astype(np.uint16) * np.uint16(257)
    if kind == "deep png":
        content = deep_png(deep)
    elif kind == "deep tiff":
        content = tiff(deep)
    elif kind == "float tiff":
        content = tiff(deep.astype(np.float32))
    else:
        path = written("good", b"x")
        exif = Image.Exif()
        exif[0x0112] = 6
        Image.fromarray(asymmetric).save(path, kind, exif=exif)
        content = path.read_bytes()
    dice = random.Random(20)  # noqa: S311 (no secret)
    for _ in range(300):
        broken = bytearray(content)
        for _ in range(dice.choice([1, 1, 3, 20])):
            place = dice.randrange(min(len(broken), dice.choice([64, 400, len(broken)])))
            broken[place] = dice.randrange(256)
        assert isinstance(
            outcome(written("a", bytes(broken)), dice.choice([None, (10, 10)])), Picture | PhotoError
        )


@pytest.mark.parametrize(
    "content", [b"x", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0+", b"RIFF", b"BM", b"\0" * 5000]
)
def test_beginnings_of_nothing_are_errors(written: Write, content: bytes) -> None:
    assert isinstance(outcome(written("a.jpg", content)), PhotoUnreadableError)


def test_missing_empty_pipe_folder_and_dangling_link(written: Write, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.cr2")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "dangling.jpg").symlink_to(tmp_path / "gone")
    assert isinstance(outcome(tmp_path / "gone.jpg"), PhotoMissingError)
    assert isinstance(outcome(tmp_path / "dangling.jpg"), PhotoMissingError)
    assert isinstance(outcome(written("empty.jpg", b"")), PhotoUnreadableError)
    for name in ("pipe.jpg", "pipe.cr2", "folder.jpg"):
        assert isinstance(outcome(tmp_path / name), PhotoUnreadableError)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.gif", b"GIF89a", "a GIF file"),
        ("a.tga", b"anything", "a TGA file"),
        ("a.png", b"GIF89a\1\0\1\0", "a GIF file"),
        ("a.jxl", b"\xff\x0a\1\2\3", "a JPEG XL file"),
    ],
)
def test_known_formats_that_are_not_decoded_say_so(
    written: Write, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(PhotoUnsupportedError, match=words) as caught:
        decode(written(name, content))
    assert "export it as JPEG or TIFF" in caught.value.reason


def test_a_bomb_is_refused_by_its_header(
    written: Write, png_chunk: Make, tiff: Make, asymmetric: NDArray[np.uint8]
) -> None:
    side = int(MAX_PIXELS**0.5) + 1
    files = {
        "a.png": b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + png_chunk(b"IDAT", b"\0" * 9),
        "b.jpg": b"\xff\xd8\xff\xc0"
        + struct.pack(">HBHHB", 17, 8, side, side, 3)
        + bytes((1, 17, 0, 2, 17, 0, 3, 17, 0))
        + b"\xff\xda\0\x0c"
        + b"\0" * 10,
        "c.bmp": b"BM"
        + struct.pack("<IHHI", 60, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, side, side, 1, 24, 0, 0, 0, 0, 0, 0)
        + b"\0" * 9,
        "d.tif": tiff(asymmetric, extra={256: ("I", (side,)), 257: ("I", (side,))}),
        "e.tif": tiff(asymmetric.astype(np.float32), extra={256: ("I", (side,)), 257: ("I", (side,))}),
        "f.png": b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 16, 2, 0, 0, 0))
        + png_chunk(b"IDAT", b"\0" * 9),
    }
    for name, content in files.items():
        error = outcome(written(name, content))
        assert isinstance(error, PhotoTooLargeError), (name, error)
        assert error.reason == TOO_LARGE


def test_the_limit_is_the_largest_that_opens(
    written: Write, png_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written("a.png", png_bytes)
    monkeypatch.setattr(decode_limits, "MAX_PIXELS", 150 * 150)
    assert isinstance(outcome(path), Picture)
    monkeypatch.setattr(decode_limits, "MAX_PIXELS", 150 * 150 - 1)
    assert isinstance(outcome(path), PhotoTooLargeError)


@pytest.mark.parametrize("size", [(0, 5), (5, 0)])
def test_a_tiff_without_pixels_is_damaged(
    written: Write, tiff: Make, asymmetric: NDArray[np.uint8], size: tuple[int, int]
) -> None:
    error = outcome(written("a.tif", tiff(asymmetric, extra={256: ("I", size[:1]), 257: ("I", size[1:])})))
    assert isinstance(error, PhotoUnreadableError)
    assert error.reason == DAMAGED


@pytest.mark.parametrize(
    ("raised", "kind", "reason"),
    [
        (OSError("image file is truncated (3 bytes not processed)"), PhotoUnreadableError, ENDS_EARLY),
        (EOFError(), PhotoUnreadableError, ENDS_EARLY),
        (SyntaxError("broken PNG file"), PhotoUnreadableError, DAMAGED),
        (struct.error("odd"), PhotoUnreadableError, DAMAGED),
        (KeyError(7), PhotoUnreadableError, DAMAGED),
        (RecursionError("deep"), PhotoUnreadableError, DAMAGED),
        (MemoryError(), PhotoTooLargeError, NO_MEMORY),
        (OSError(12, "Cannot allocate memory"), PhotoTooLargeError, NO_MEMORY),
        (Image.DecompressionBombError("big"), PhotoTooLargeError, TOO_LARGE),
    ],
)
def test_whatever_a_codec_raises_becomes_a_sentence(
    raised: Exception, kind: type[PhotoError], reason: str
) -> None:
    error = decode_error(Path("a.jpg"), raised)
    assert type(error) is kind
    assert error.reason == reason


def test_a_failing_disk_is_not_taken_for_a_damaged_photo() -> None:
    assert "check the card or drive" in decode_error(Path("a.jpg"), OSError(5, "Input/output error")).reason
    assert "known format" in decode_error(Path("a.jpg"), UnidentifiedImageError("what")).reason


def test_no_warning_leaves_the_decoder(written: Write, asymmetric: NDArray[np.uint8], tiff: Make) -> None:
    path = written("a.jpg", b"x")
    Image.fromarray(asymmetric).save(path, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x09\0\x12\x01\x03\0\x09")
    many = written("b.tif", tiff(asymmetric, extra={274: ("H", (1, 1, 1)), 305: ("B", (1, 2, 3, 4, 5, 6))}))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert isinstance(outcome(path), Picture)
        assert isinstance(outcome(many), Picture)
    assert caught == []


@pytest.mark.skipif(sys.platform == "win32", reason="Pillow's libtiff is hidden there")
def test_libtiff_prints_nothing_about_a_damaged_file(
    written: Write, capfd: pytest.CaptureFixture[str]
) -> None:
    content = io.BytesIO()
    drawing = np.random.default_rng(5).integers(0, 2, (64, 64)).astype(bool)
    Image.fromarray(drawing).save(content, "TIFF", compression="group4")
    damaged = bytearray(content.getvalue())
    damaged[40:200] = b"\x00\x5a" * 80
    outcome(written("fax.tif", bytes(damaged)))
    assert capfd.readouterr() == ("", "")
