"""Generated faults, seeded: cut, flipped, misnamed, boasting, looping and vanishing photos."""

import io
import os
import random
import struct
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.errors import (
    PhotoError,
    PhotoMissingError,
    PhotoTooLargeError,
    PhotoUnreadableError,
    PhotoUnsupportedError,
)
from editor.core.folder import scan_folder
from editor.core.metadata import PhotoMetadata, read_metadata
from editor.core.photo import read_identity
from editor.core.pixels import Picture

Write = Callable[[str, bytes], Path]
Make = Callable[..., bytes]
LONGEST_CPU_SECONDS = 5.0


def outcome(path: Path, at_least: tuple[int, int] | None = None) -> Picture | PhotoError:
    """What decoding gives: never anything else, never for long; the metadata is read along the way."""
    started = time.process_time()
    try:
        assert isinstance(read_metadata(path), PhotoMetadata)
        picture = decode(path, at_least)
        to_srgb8(picture)
    except PhotoError as error:
        found: Picture | PhotoError = error
        assert error.path == path  # noqa: PT017 (both ends are fine)
        assert error.reason.endswith(".")  # noqa: PT017
    else:
        found = picture
    assert time.process_time() - started < LONGEST_CPU_SECONDS
    return found


@pytest.fixture(scope="module")
def contents(dng: Make, tiff: Make, deep_png: Make) -> dict[str, bytes]:
    """A photo of about 10 KiB in every format, by ending."""
    noise = np.random.default_rng(4).integers(0, 256, (64, 96, 3), np.uint8)
    smooth = cv2.GaussianBlur(noise, (0, 0), 1)
    image = Image.fromarray(smooth)
    kinds = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "bmp": "BMP", "avif": "AVIF", "mpo": "MPO"}
    found: dict[str, bytes] = {}
    for suffix, kind in kinds.items():
        content = io.BytesIO()
        exif = Image.Exif()
        exif[0x0112], exif[0x0110] = 6, "Camera"
        image.save(content, kind, quality=97, exif=exif)
        found[suffix] = content.getvalue()
    deep = smooth.astype(np.uint16) * np.uint16(257)
    preview = io.BytesIO()
    image.save(preview, "JPEG", quality=90)
    found["tif"] = tiff(smooth)
    found["deep.tif"] = tiff(deep[:32])
    found["deep.png"] = deep_png(deep[:32])
    found["dng"] = dng((deep // 16).astype(np.uint16), preview=preview.getvalue(), orientation=6)
    progressive = io.BytesIO()
    image.convert("CMYK").save(progressive, "JPEG", quality=97, progressive=True)
    found["cmyk.jpg"] = progressive.getvalue()
    return found


KINDS = ["jpg", "png", "webp", "bmp", "avif", "mpo", "tif", "deep.tif", "deep.png", "dng", "cmyk.jpg"]


@pytest.mark.parametrize("kind", KINDS)
def test_cut_at_every_kilobyte(written: Write, contents: dict[str, bytes], kind: str) -> None:
    content = contents[kind]
    name = f"a.{kind.rpartition('.')[2]}"
    assert isinstance(outcome(written(name, content)), Picture)
    for end in [1, 16, 200, *range(1024, len(content) - 64, 1024)]:
        assert isinstance(outcome(written(name, content[:end])), PhotoError), end


@pytest.mark.parametrize("kind", KINDS)
def test_flipped_bytes_and_blocks(written: Write, contents: dict[str, bytes], kind: str) -> None:
    dice = random.Random(f"flips of {kind}")  # noqa: S311 (no secret)
    name = f"a.{kind.rpartition('.')[2]}"
    for number in range(60):
        broken = bytearray(contents[kind])
        for _ in range(dice.choice([1, 3, 30])):
            broken[dice.randrange(dice.choice([128, 1024, len(broken)]))] = dice.randrange(256)
        if number % 5 == 0:
            start = dice.randrange(len(broken))
            broken[start : start + dice.choice([16, 512])] = bytes(dice.choice([16, 512]))
        outcome(written(name, bytes(broken)), dice.choice([None, (20, 20)]))


@pytest.mark.parametrize("kind", KINDS)
def test_photos_under_wrong_endings(written: Write, contents: dict[str, bytes], kind: str) -> None:
    opened = {
        suffix
        for suffix in ("jpg", "png", "tif", "heic", "avif", "cr2", "nef", "raf", "x3f", "webp")
        if isinstance(outcome(written(f"a.{suffix}", contents[kind])), Picture)
    }
    if kind in {"tif", "deep.tif"}:  # may be a RAW photo inside, of which it would be a tiny preview
        assert opened == {"jpg", "png", "tif", "webp"}
    elif kind == "dng":
        assert opened >= {"jpg", "tif", "cr2", "nef"}
    else:
        assert opened == {"jpg", "png", "tif", "heic", "avif", "cr2", "nef", "raf", "x3f", "webp"}


@pytest.mark.parametrize(
    "suffix", ["jpg", "png", "tif", "webp", "bmp", "heic", "avif", "cr2", "dng", "crw", "raf"]
)
@pytest.mark.parametrize("content", [b"\0", b"\0" * 4096, b"\xff" * 4096, b"no photo at all\n" * 64])
def test_things_that_are_no_photos(written: Write, suffix: str, content: bytes) -> None:
    found = outcome(written(f"a.{suffix}", content))
    assert isinstance(found, PhotoUnreadableError | PhotoUnsupportedError)


def boasting(side: int, png_chunk: Make, tiff: Make, dng: Make) -> dict[str, bytes]:
    """Files whose headers claim a picture of side x side pixels."""
    small = np.zeros((4, 4, 3), np.uint8)
    light = np.zeros((4, 4, 3), np.uint16)
    avif = io.BytesIO()
    Image.fromarray(small).save(avif, "AVIF")
    size = struct.pack(">II", side, side)
    raw = bytearray(dng(light))
    for tag in (256, 257):
        place = raw.rindex(struct.pack("<HHII", tag, 4, 1, 4))
        raw[place + 8 : place + 12] = struct.pack("<I", side)
    return {
        "a.png": b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", size + b"\x08\x02\0\0\0")
        + png_chunk(b"IDAT", b"\0" * 9),
        "b.jpg": b"\xff\xd8\xff\xc0"
        + struct.pack(">HBHHB", 17, 8, side, side, 3)
        + bytes((1, 17, 0, 2, 17, 0, 3, 17, 0))
        + b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0"
        + b"\0" * 10,
        "c.tif": tiff(small, extra={256: ("I", (side,)), 257: ("I", (side,))}),
        "d.avif": avif.getvalue().replace(struct.pack(">II", 4, 4), size),
        "e.dng": bytes(raw),
    }


def test_headers_of_65535_pixels_are_refused_at_once(
    written: Write, png_chunk: Make, tiff: Make, dng: Make
) -> None:
    for name, content in boasting(65535, png_chunk, tiff, dng).items():
        path = written(name, content)
        for at_least in (None, (512, 384)):
            found = outcome(path, at_least)
            assert isinstance(found, PhotoError), (name, found)
            if name in {"a.png", "b.jpg", "c.tif"}:
                assert isinstance(found, PhotoTooLargeError), (name, found)


def test_headers_of_15000_pixels_without_pixels_are_refused(
    written: Write, png_chunk: Make, tiff: Make, dng: Make
) -> None:
    for name, content in boasting(15000, png_chunk, tiff, dng).items():
        assert isinstance(outcome(written(name, content), (512, 384)), PhotoError), name


def test_a_compressed_bomb_is_refused(written: Write, png_chunk: Make) -> None:
    import zlib

    side = 16000
    packed = zlib.compress(bytes(1 << 20), 9) * 700
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 16, 6, 0, 0, 0))
    path = written("a.png", b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", packed))
    assert isinstance(outcome(path), PhotoError)


@pytest.mark.parametrize("suffix", ["tif", "dng", "nef", "cr2", "arw", "rw2", "orf", "pef"])
def test_directories_that_lead_in_circles(written: Write, suffix: str) -> None:
    magic = {"rw2": b"IIU\0", "orf": b"IIRO"}.get(suffix, b"II*\0")
    entries = [
        (254, 4, 1, 0),
        (256, 4, 1, 64),
        (257, 4, 1, 64),
        (330, 4, 1, 8),
        (34665, 4, 1, 8),
        (34853, 4, 1, 8),
        (40965, 4, 1, 8),
        (50706, 1, 4, 0x00000401),
    ]
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    own = magic + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + table + struct.pack("<I", 8)
    assert isinstance(outcome(written(f"a.{suffix}", own + bytes(4096))), PhotoError)
    count = 3000  # a chain of directories, each with the next as its child and its follower
    chain = magic + struct.pack("<I", 8)
    for number in range(count):
        following = 8 + (number + 1) * 30
        chain += struct.pack("<H", 2) + struct.pack("<HHII", 330, 4, 1, following)
        chain += struct.pack("<HHII", 34665, 4, 1, following) + struct.pack("<I", following)
    assert isinstance(outcome(written(f"b.{suffix}", chain + bytes(64))), PhotoError)


def test_boxes_that_lead_in_circles_or_lie(written: Write) -> None:
    def box(kind: bytes, content: bytes, size: int | None = None) -> bytes:
        return struct.pack(">I4s", 8 + len(content) if size is None else size, kind) + content

    nested = b""
    for _ in range(2000):
        nested = box(b"meta", b"\0\0\0\0" + nested)
    brands = {"heic": b"heic", "avif": b"avif", "cr3": b"crx "}
    for suffix, brand in brands.items():
        start = box(b"ftyp", brand + b"\0\0\0\0" + brand)
        for rest in (
            nested,
            box(b"meta", b"", 0),
            box(b"meta", b"", 0xFFFFFFFF),
            box(b"meta", b"\0" * 8, 1),
            box(b"meta", b"\xff" * 8, 1),
            box(b"moov", box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48"))),
            box(b"free", b"") * 5000,
        ):
            assert isinstance(outcome(written(f"a.{suffix}", start + rest)), PhotoError)


@pytest.mark.parametrize("suffix", ["jpg", "heic", "dng", "avif", "cr3"])
def test_things_named_like_photos(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"folder.{suffix}").mkdir()
    (tmp_path / f"dangling.{suffix}").symlink_to(tmp_path / "gone")
    (tmp_path / f"circle.{suffix}").symlink_to(tmp_path / f"circle.{suffix}")
    (tmp_path / f"empty.{suffix}").touch()
    os.mkfifo(tmp_path / f"pipe.{suffix}")
    listing = scan_folder(tmp_path)
    assert len(listing.photos) == 5
    for path in listing.photos:
        expected = PhotoMissingError if path.stem == "dangling" else PhotoUnreadableError
        for at_least in (None, (512, 384)):
            with pytest.raises(expected):
                decode(path, at_least)
        with pytest.raises(expected):
            read_identity(path)
        with pytest.raises(expected):
            read_metadata(path)


@pytest.mark.parametrize("suffix", ["jpg", "dng", "avif"])
def test_names_of_every_kind_open(tmp_path: Path, contents: dict[str, bytes], suffix: str) -> None:
    stems = [
        "two\nlines",
        "tab\t",
        "'\"",
        "$(reboot)",
        "été",
        "写真",
        "صورة",
        "😀",
        "-rf",
        "%s %d",
        "a" * 200,
    ]
    for stem in stems:
        (tmp_path / f"{stem}.{suffix}").write_bytes(contents[suffix])
    (tmp_path / os.fsdecode(b"no text \xff." + suffix.encode())).write_bytes(contents[suffix])
    listing = scan_folder(tmp_path)
    assert len(listing.photos) == len(stems) + 1
    for path in listing.photos:
        assert isinstance(outcome(path), Picture), path


@pytest.mark.parametrize("suffix", ["jpg", "dng", "avif"])
def test_photos_that_vanish_change_or_shrink_after_listing(
    tmp_path: Path, contents: dict[str, bytes], suffix: str
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.{suffix}").write_bytes(contents[suffix])
    gone, emptied, cut, exchanged = scan_folder(tmp_path).photos
    gone.unlink()
    emptied.write_bytes(b"")
    cut.write_bytes(contents[suffix][: len(contents[suffix]) // 2])
    exchanged.write_bytes(contents["png"])
    assert isinstance(outcome(gone), PhotoMissingError)
    assert isinstance(outcome(emptied), PhotoUnreadableError)
    assert isinstance(outcome(cut), PhotoError)
    assert isinstance(outcome(exchanged), Picture)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_photos_that_may_not_be_read_say_so(written: Write, contents: dict[str, bytes]) -> None:
    for suffix in ("jpg", "dng", "avif"):
        path = written(f"a.{suffix}", contents[suffix])
        path.chmod(0)
        found = outcome(path)
        assert isinstance(found, PhotoUnreadableError)
        assert "permission" in found.reason


def test_real_raw_and_heic_photos_with_flipped_bytes(written: Write, shared: Path) -> None:
    dice = random.Random(8)  # noqa: S311 (no secret)
    photos = [path for path in (shared / "formats").iterdir() if path.suffix in {".dng", ".rw2", ".KDC"}]
    photos += sorted((shared / "broken").glob("heif_*"))[::6]
    for path in sorted(photos):
        for _ in range(4):
            content = bytearray(path.read_bytes())
            for _ in range(20):
                content[dice.randrange(min(len(content), dice.choice([500, 5000, len(content)])))] ^= 255
            outcome(written(f"a{path.suffix}", bytes(content)), (512, 384))
