"""Sizes of photos from their headers, and the estimate of a dry run that stands on them."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.ExifTags import Base

from editor.core.crop import Crop
from editor.core.decode import decode
from editor.core.encode import EncodeSettings, FileFormat
from editor.core.errors import PhotoError
from editor.core.export_estimate import estimate_export, exported_size
from editor.core.export_plan import plan_export
from editor.core.export_settings import ExportItem, ExportSettings, estimate_bytes
from editor.core.photo_size import read_upright_size
from editor.core.recipe import Recipe

PIXELS = np.random.default_rng(1).integers(0, 256, (40, 60, 3)).astype(np.uint8)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "tif", "avif"])
def test_the_size_is_that_of_the_decoded_photo(tmp_path: Path, kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    path = tmp_path / f"a.{kind}"
    Image.fromarray(PIXELS).save(path, exif=exif)
    picture = decode(path)
    assert read_upright_size(path) == (picture.full_width, picture.full_height)


def test_the_size_of_a_raw_photo(tmp_path: Path, dng: Callable[..., bytes]) -> None:
    preview = io.BytesIO()
    Image.fromarray(PIXELS).save(preview, "JPEG")
    path = tmp_path / "a.dng"
    path.write_bytes(dng(np.full((40, 60, 3), 2000, np.uint16), preview=preview.getvalue()))
    picture = decode(path)
    assert read_upright_size(path) == (picture.full_width, picture.full_height)


@pytest.mark.parametrize("content", [b"", b"nothing", b"\xff\xd8\xff\xe0broken"])
def test_a_broken_photo_is_a_photo_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    with pytest.raises(PhotoError):
        read_upright_size(path)


def test_the_estimate_counts_what_will_be_written(tmp_path: Path) -> None:
    path, broken = tmp_path / "a.png", tmp_path / "b.png"
    Image.fromarray(PIXELS).save(path)
    broken.write_bytes(b"nothing")
    settings = ExportSettings(
        tmp_path / "out", encoding=EncodeSettings(FileFormat.TIFF, bits=16), fit=(20, 20)
    )
    item = ExportItem(path, Recipe(crop=Crop(right=0.5)))
    assert exported_size(item, settings) == (15, 20)
    plan = plan_export([item, ExportItem(broken)], settings)
    assert estimate_export(plan, settings) == estimate_bytes(15, 20, settings.encoding)
