"""Metadata: what cameras write is read, what they write wrongly is left out, and pixels are left alone."""

import os
import random
import struct
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageFile

from editor.core.errors import PhotoError, PhotoMissingError
from editor.core.metadata import PhotoMetadata, read_metadata

TAGS = ExifTags.Base
WHOLE = PhotoMetadata(
    taken_at=datetime(2024, 2, 29, 12, 30, 59, 420000, timezone(timedelta(hours=-3, minutes=-30))),
    camera="NIKON Z 8",
    camera_serial="3012345",
    lens="NIKKOR Z 50mm f/1.2 S",
    exposure_s=0.004,
    aperture=1.2,
    iso=640,
    focal_mm=50.0,
    focal_35mm=75.0,
    orientation=6,
)


def whole_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[TAGS.Make] = "NIKON CORPORATION"
    exif[TAGS.Model] = "NIKON Z 8\0\0"
    exif[TAGS.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            TAGS.DateTimeOriginal: "2024:02:29 12:30:59",
            TAGS.SubsecTimeOriginal: "42",
            TAGS.OffsetTimeOriginal: "-03:30",
            TAGS.BodySerialNumber: "3012345",
            TAGS.LensModel: " NIKKOR Z 50mm f/1.2 S ",
            TAGS.ExposureTime: 0.004,
            TAGS.FNumber: 1.2,
            TAGS.ISOSpeedRatings: 640,
            TAGS.FocalLength: 50.0,
            TAGS.FocalLengthIn35mmFilm: 75,
        }
    )
    return exif


def save(path: Path, exif: Image.Exif | bytes) -> Path:
    block = exif if isinstance(exif, bytes) else exif.tobytes()  # a TIFF keeps the whole only so
    Image.new("RGB", (40, 30)).save(path, exif=block)
    return path


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_everything_is_read_from_every_format(tmp_path: Path, name: str) -> None:
    assert read_metadata(save(tmp_path / name, whole_exif())) == WHOLE


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.bmp"])
def test_without_exif_nothing_is_known(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / name)
    assert read_metadata(tmp_path / name) in {PhotoMetadata(), PhotoMetadata(orientation=1)}


def test_the_exif_of_a_png_may_stand_behind_the_pixels(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (40, 30)).save(path)
    block = whole_exif().tobytes().removeprefix(b"Exif\0\0")
    chunk = b"eXIf" + block
    late = struct.pack(">I", len(block)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    content = path.read_bytes()
    path.write_bytes(content[:-12] + late + content[-12:])
    assert read_metadata(path) == WHOLE
    path.write_bytes(content[:-12])
    assert read_metadata(path) == PhotoMetadata()


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_no_pixel_is_decoded(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / name, whole_exif())
    bare = tmp_path / f"bare-{name}"
    Image.new("RGB", (40, 30)).save(bare)

    def refuse(_image: ImageFile.ImageFile) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", refuse)
    assert read_metadata(path) == WHOLE
    read_metadata(bare)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({TAGS.DateTimeOriginal: "0000:00:00 00:00:00"}, {"taken_at": None}),
        ({TAGS.DateTimeOriginal: "    :  :     :  :  "}, {"taken_at": None}),
        (
            {TAGS.DateTimeOriginal: "2024-01-02T03:04", TAGS.SubsecTimeOriginal: "x"},
            {"taken_at": datetime(2024, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))},
        ),
        (
            {TAGS.OffsetTimeOriginal: "Z"},
            {"taken_at": datetime(2024, 2, 29, 12, 30, 59, 420000, timezone(timedelta(0)))},
        ),
        (
            {TAGS.OffsetTimeOriginal: "+99:00"},
            {"taken_at": datetime(2024, 2, 29, 12, 30, 59, 420000)},
        ),
        ({TAGS.OffsetTimeOriginal: "local"}, {"taken_at": datetime(2024, 2, 29, 12, 30, 59, 420000)}),
        ({TAGS.BodySerialNumber: "0000000"}, {"camera_serial": None}),
        ({TAGS.LensModel: "----"}, {"lens": None}),
        ({TAGS.ExposureTime: 0.0}, {"exposure_s": None}),
        ({TAGS.ExposureTime: 0.0, TAGS.ShutterSpeedValue: 3.0}, {"exposure_s": 0.125}),
        ({TAGS.ISOSpeedRatings: 65535, TAGS.RecommendedExposureIndex: 102400}, {"iso": 102400}),
        ({TAGS.ISOSpeedRatings: 0}, {"iso": None}),
        ({TAGS.FNumber: 0.0, TAGS.FocalLength: 0.0}, {"aperture": None, "focal_mm": None}),
        ({TAGS.FocalLengthIn35mmFilm: 0}, {"focal_35mm": None}),
    ],
)
def test_what_makes_no_sense_is_left_out(
    tmp_path: Path, changes: dict[int, object], expected: dict[str, object]
) -> None:
    exif = whole_exif()
    exif.get_ifd(ExifTags.IFD.Exif).update(changes)
    metadata = read_metadata(save(tmp_path / "a.jpg", exif))
    assert {name: getattr(metadata, name) for name in expected} == expected


def test_the_other_times_stand_in_for_the_capture_time(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[TAGS.DateTime] = "2021:01:01 00:00:00"
    assert read_metadata(save(tmp_path / "a.jpg", exif)).taken_at == datetime(2021, 1, 1)
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {TAGS.DateTimeDigitized: "2020:01:01 00:00:60", TAGS.SubsecTimeDigitized: "1234567"}
    )
    assert read_metadata(save(tmp_path / "b.jpg", exif)).taken_at == datetime(2020, 1, 1, 0, 0, 59, 123456)


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS R5", "Canon EOS R5"),
        ("SONY", "ILCE-7M4", "SONY ILCE-7M4"),
        ("Apple", "", "Apple"),
        ("", "iPhone", "iPhone"),
        ("", "", None),
    ],
)
def test_maker_and_model_become_one_name(tmp_path: Path, make: str, model: str, camera: str | None) -> None:
    exif = Image.Exif()
    exif[TAGS.Make], exif[TAGS.Model] = make, model
    assert read_metadata(save(tmp_path / "a.jpg", exif)).camera == camera


def test_broken_exif_is_never_an_error(tmp_path: Path) -> None:
    block = whole_exif().tobytes()
    draw = random.Random(5)  # noqa: S311 (no secret)
    for index in range(200):
        broken = bytearray(block)
        for _ in range(draw.randint(1, 40)):
            broken[draw.randrange(6, len(broken))] = draw.randrange(256)
        if index % 4 == 0:
            del broken[draw.randrange(6, len(broken)) :]
        path = tmp_path / f"{index}.{('jpg', 'png', 'webp')[index % 3]}"
        read_metadata(save(path, bytes(broken)))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_a_damaged_file_is_never_an_error(tmp_path: Path, name: str) -> None:
    content = save(tmp_path / name, whole_exif()).read_bytes()
    draw = random.Random(6)  # noqa: S311 (no secret)
    for _ in range(100):
        broken = bytearray(content)
        for _ in range(draw.randint(1, 20)):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        (tmp_path / name).write_bytes(broken[: draw.randint(1, len(broken))])
        read_metadata(tmp_path / name)


def test_a_file_of_another_kind_has_no_metadata(tmp_path: Path) -> None:
    for name in ("a.cr3", "a.heic", "a.txt"):
        (tmp_path / name).write_bytes(b"something else")
        assert read_metadata(tmp_path / name) == PhotoMetadata()


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PhotoMissingError):
        read_metadata(tmp_path / "gone.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(PhotoError):
        read_metadata(tmp_path / "pipe.jpg")


def test_real_cameras(shared: Path) -> None:
    folder = shared / "cameras"
    known = {path.stem: read_metadata(path) for path in folder.iterdir()}
    assert known["Canon_EOS_450D"] == PhotoMetadata(
        taken_at=datetime(2008, 4, 15, 13, 11, 23, 30000),
        camera="Canon EOS 450D",
        exposure_s=0.001,
        aperture=4.5,
        iso=100,
        focal_mm=100.0,
        orientation=1,
    )
    assert known["Canon_EOS_5D_Mark_III"].camera_serial == "072024000973"
    assert known["Canon_EOS_5D_Mark_III"].lens == "EF24-70mm f/2.8L USM"
    assert known["Leica_T_Typ_701"].focal_35mm == 27.0
    assert known["Leica_T_Typ_701"].orientation == 8
    assert known["Samsung_SM-G965W"].taken_at == datetime(2020, 10, 27, 13, 23, 33, 860627)
    assert known["Canon_PowerShot_A85"].iso is None
    assert all(metadata.taken_at and metadata.exposure_s and metadata.aperture for metadata in known.values())
