"""Capture data of RAW and HEIC photos: from TIFF-like files, RAF, CR3 and real ones."""

import io
import struct
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from editor.core.metadata import PhotoMetadata, read_metadata

Write = Callable[[str, bytes], Path]
EXPECTED = PhotoMetadata(
    taken_at=datetime(2024, 5, 6, 7, 8, 9),
    camera="Maker One",
    exposure_s=0.004,
    aperture=2.8,
    iso=400,
    orientation=6,
)
_CANON_UUID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")


def exif(*, first: bool = True, second: bool = True) -> Image.Exif:
    entries = Image.Exif()
    entries.endian = "<"
    if first:
        entries[Base.Make], entries[Base.Model], entries[Base.Orientation] = "Maker", "Maker One", 6
    if second:
        directory = entries if not first else entries.get_ifd(IFD.Exif)
        directory[Base.DateTimeOriginal] = "2024:05:06 07:08:09"
        directory[Base.ExposureTime], directory[Base.FNumber] = 0.004, 2.8
        directory[Base.ISOSpeedRatings] = 400
    return entries


def block(entries: Image.Exif) -> bytes:
    return entries.tobytes()[6:]


def jpeg(entries: Image.Exif) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "JPEG", exif=entries)
    return content.getvalue()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


@pytest.mark.parametrize(
    ("suffix", "magic"), [("nef", None), ("dng", None), ("rw2", b"IIU\0"), ("orf", b"IIRO"), ("orf", b"IIRS")]
)
def test_raw_photos_that_are_tiff_inside(written: Write, suffix: str, magic: bytes | None) -> None:
    content = block(exif())
    assert content.startswith(b"II*\0")
    path = written(f"a.{suffix}", (magic or content[:4]) + content[4:])
    assert read_metadata(path) == EXPECTED


def test_fujifilms(written: Write) -> None:
    inside = jpeg(exif())
    head = b"FUJIFILMCCD-RAW 0201FF000000Camera".ljust(84, b"\0") + struct.pack(">II", 200, len(inside))
    assert read_metadata(written("a.raf", head.ljust(200, b"\0") + inside)) == EXPECTED
    assert read_metadata(written("b.raf", head)) == PhotoMetadata()


def test_canons(written: Write) -> None:
    directories = box(b"CMT1", block(exif(second=False))) + box(b"CMT2", block(exif(first=False)))
    movie = box(b"moov", box(b"uuid", _CANON_UUID + box(b"CNCV", b"CanonCR3") + directories))
    start = box(b"ftyp", b"crx \0\0\0\1crx isom")
    assert read_metadata(written("a.cr3", start + movie)) == EXPECTED
    assert read_metadata(written("b.cr3", start + movie[:60])) == PhotoMetadata()
    assert read_metadata(written("c.cr3", start + box(b"moov", b""))) == PhotoMetadata()


def test_others_say_nothing(written: Write) -> None:
    for name, content in (("a.x3f", b"FOVb" + bytes(100)), ("a.mrw", b"\0MRM"), ("a.heic", b"no boxes")):
        assert read_metadata(written(name, content)) == PhotoMetadata()


def test_real_photos(shared: Path) -> None:
    phone = read_metadata(shared / "formats" / "iphone.heic")
    assert phone.camera == "Apple iPhone 7"
    assert phone.taken_at == datetime(2019, 3, 21, 11, 4, 22, 348000)
    assert (phone.iso, phone.aperture, phone.focal_35mm) == (20, 1.8, 28.0)
    canon = read_metadata(shared / "formats" / "canon.hif")
    assert (canon.exposure_s, canon.aperture, canon.iso) == (0.001, 4.0, 100)
    assert canon.lens == "RF24-70mm F2.8 L IS USM"
    compact = read_metadata(shared / "formats" / "small.rw2")
    assert (compact.camera, compact.exposure_s, compact.iso) == ("Panasonic DMC-LX3", 0.004, 80)
    reflex = read_metadata(shared / "formats" / "small.dng")
    assert (reflex.camera, reflex.iso, reflex.focal_mm) == ("Canon EOS 350D DIGITAL", 400, 55.0)
