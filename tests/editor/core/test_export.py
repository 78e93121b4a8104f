"""Export: formats, metadata, names, and a batch that survives being killed."""

import io
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.ExifTags import IFD, Base

from editor.core.cancellation import Cancellation
from editor.core.color_space import DISPLAY_P3
from editor.core.decode import decode
from editor.core.encode import EncodeError, EncodeSettings, FileFormat, encode
from editor.core.export import ExportResult, export_batch, export_content
from editor.core.export_journal import JOURNAL_NAME
from editor.core.export_name import check_template, fill_template
from editor.core.export_plan import Action, plan_export
from editor.core.export_policy import MetadataPolicy
from editor.core.export_settings import (
    Conflict,
    ExportItem,
    ExportSettings,
    OutputProfile,
    OutputSharpening,
    estimate_bytes,
)
from editor.core.exposure import Exposure
from editor.core.name_template import NameFields, TemplateError
from editor.core.pixels import Picture
from editor.core.recipe import Recipe

PIXELS = skimage.data.coffee()[:120, :180].copy()
KINDS = [(each, 8) for each in FileFormat] + [(FileFormat.PNG, 16), (FileFormat.TIFF, 16)]


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A photo that says a lot about itself and lies on its side."""
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.Make] = "Maker"
    exif[Base.Copyright] = "(c) Somebody"
    exif[Base.Artist] = "Somebody"
    exif[IFD.Exif] = {Base.ISOSpeedRatings: 400, Base.MakerNote: b"serial 123", Base.BodySerialNumber: "77"}
    exif[IFD.GPSInfo] = {1: "N", 2: (52.0, 30.0, 0.0)}
    path = tmp_path / "shoot" / "IMG 1.jpg"
    path.parent.mkdir()
    Image.fromarray(PIXELS).save(path, quality=95, exif=exif)
    return path


def settings_for(tmp_path: Path, **fields: object) -> ExportSettings:
    return ExportSettings(tmp_path / "out", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "bits"), KINDS)
def test_every_format_holds_pixels_profile_and_exif(
    original: Path, tmp_path: Path, kind: FileFormat, bits: int
) -> None:
    chosen = settings_for(
        tmp_path,
        encoding=EncodeSettings(kind, 95, bits),
        profile=OutputProfile.DISPLAY_P3,
        fit=(100, 100),
    )
    content = export_content(ExportItem(original), chosen)
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        assert image.size == (67, 100)
        assert image.info["icc_profile"] == DISPLAY_P3.profile
        exif = image.getexif()
        assert exif.get(Base.Orientation, 1) == 1
        assert exif[Base.Software] == "Framesift"
        assert exif[Base.Make] == "Maker"
        camera = exif.get_ifd(IFD.Exif)
        assert (camera[Base.ExifImageWidth], camera[Base.ExifImageHeight]) == (67, 100)
        assert camera[Base.ISOSpeedRatings] == 400
        assert camera[Base.ColorSpace] == 0xFFFF
        assert Base.MakerNote not in camera
        assert not exif.get_ifd(IFD.GPSInfo)


@pytest.mark.parametrize("kind", [FileFormat.PNG, FileFormat.TIFF])
def test_sixteen_bits_come_back_exactly(tmp_path: Path, kind: FileFormat) -> None:
    pixels = np.random.default_rng(1).integers(0, 65536, (70, 50, 3)).astype(np.uint16)
    path = tmp_path / f"deep{kind.suffix}"
    path.write_bytes(encode(Picture(pixels, None, 50, 70), EncodeSettings(kind, bits=16)))
    np.testing.assert_array_equal(decode(path).pixels, pixels)
    read = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert read is not None
    np.testing.assert_array_equal(read[:, :, ::-1], pixels)


@pytest.mark.parametrize("kind", [FileFormat.PNG, FileFormat.TIFF])
def test_eight_bits_without_loss_come_back_exactly(kind: FileFormat) -> None:
    content = encode(Picture(PIXELS, None, 180, 120), EncodeSettings(kind))
    with Image.open(io.BytesIO(content)) as image:
        np.testing.assert_array_equal(np.asarray(image), PIXELS)


def test_srgb_carries_its_profile(original: Path, tmp_path: Path) -> None:
    content = export_content(ExportItem(original), settings_for(tmp_path))
    with Image.open(io.BytesIO(content)) as image:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)
        assert image.getexif().get_ifd(IFD.Exif)[Base.ColorSpace] == 1


def test_metadata_by_policy(original: Path, tmp_path: Path) -> None:
    def exported(policy: MetadataPolicy, keep_gps: bool) -> Image.Exif:
        chosen = settings_for(tmp_path, metadata=policy, keep_gps=keep_gps)
        with Image.open(io.BytesIO(export_content(ExportItem(original), chosen))) as image:
            return image.getexif()

    assert exported(MetadataPolicy.ALL, True).get_ifd(IFD.GPSInfo)[1] == "N"
    rights = exported(MetadataPolicy.COPYRIGHT, True)
    assert rights[Base.Copyright] == "(c) Somebody"
    assert Base.Make not in rights
    assert Base.BodySerialNumber not in rights.get_ifd(IFD.Exif)
    assert not rights.get_ifd(IFD.GPSInfo)
    assert len(exported(MetadataPolicy.NONE, True)) == 0


@pytest.mark.parametrize(("quality", "bits", "kind"), [(0, 8, "jpeg"), (101, 8, "webp"), (90, 16, "jpeg")])
def test_settings_that_do_not_go_together_are_refused(quality: int, bits: int, kind: str) -> None:
    with pytest.raises(ValueError, match=r"quality|hold"):
        EncodeSettings(FileFormat(kind), quality, bits)


def test_a_picture_too_long_for_its_format_is_refused() -> None:
    long = np.zeros((1, 16_384, 3), dtype=np.uint8)
    with pytest.raises(EncodeError, match="16383"):
        encode(Picture(long, None, 16_384, 1), EncodeSettings(FileFormat.WEBP))
    with pytest.raises(ValueError, match="other pixels"):
        encode(Picture(long, None, 16_384, 1), EncodeSettings(FileFormat.PNG, bits=16))


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(0, 10**9))
def test_no_name_leaves_its_folder(name: str, number: int) -> None:
    filled = fill_template("{name}", NameFields(name, number))
    assert Path(filled).name == filled
    assert Path("/folder").joinpath(filled).parent == Path("/folder")
    assert filled[0] != "."
    assert len(filled.encode()) <= 181
    assert not set(filled) & set('<>:"/\\|?*\0\n')
    assert fill_template("{name}", NameFields(filled, number)) == filled


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{name}", "IMG_1"),
        ("{date}_{time}_{name}", "2024-05-06_07-08-09_IMG_1"),
        ("../{number:4}", "__0007"),
        ("a/b{number}", "a_b7"),
        ("{year}{month}{day}-{camera}-{rating}{label}-{number:2}", "20240506-EOS 5D-4Red-07"),
        ("{{{name}}}", "{IMG_1}"),
    ],
)
def test_templates_are_filled(template: str, expected: str) -> None:
    parts = NameFields("IMG_1", 7, datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC), "EOS 5D", 4, "Red")
    assert fill_template(template, parts) == expected


@pytest.mark.parametrize(
    "template", ["{nmae}", "{name", "name}", "{date}", "fixed", "{{name}}", "{name.__class__}", "{0}"]
)
def test_templates_that_cannot_be_filled_are_refused(template: str) -> None:
    with pytest.raises(TemplateError):
        check_template(template)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.name != JOURNAL_NAME)


def test_a_batch_goes_on_past_a_broken_photo_and_reports(original: Path, tmp_path: Path) -> None:
    broken = original.with_name("broken.jpg")
    broken.write_bytes(b"nothing")
    missing = original.with_name("missing.jpg")
    seen: list[ExportResult] = []
    items = [ExportItem(broken), ExportItem(original), ExportItem(missing)]
    report = export_batch(items, settings_for(tmp_path), seen.append)
    assert (report.count(Action.WRITE), report.count(Action.FAIL)) == (1, 2)
    assert not report.cancelled
    assert len(seen) == 3
    assert all(result.error for result in report.results if result.planned.item.path != original)
    assert names(tmp_path / "out") == ["IMG 1.jpg"]
    assert report.size == (tmp_path / "out" / "IMG 1.jpg").stat().st_size


def test_a_second_run_writes_nothing_and_a_changed_recipe_does(original: Path, tmp_path: Path) -> None:
    chosen = settings_for(tmp_path)
    assert export_batch([ExportItem(original)], chosen).count(Action.WRITE) == 1
    assert export_batch([ExportItem(original)], chosen).count(Action.ALREADY) == 1
    brighter = ExportItem(original, Recipe().with_(Exposure(1.0)))
    assert export_batch([brighter], chosen).count(Action.WRITE) == 1
    assert names(tmp_path / "out") == ["IMG 1 (2).jpg", "IMG 1.jpg"]
    skipping = settings_for(tmp_path, conflict=Conflict.SKIP)
    darker = ExportItem(original, Recipe().with_(Exposure(-1.0)))
    assert export_batch([darker], skipping).count(Action.SKIP) == 1
    replacing = settings_for(tmp_path, conflict=Conflict.REPLACE)
    assert export_batch([darker], replacing).count(Action.REPLACE) == 1
    assert names(tmp_path / "out") == ["IMG 1 (2).jpg", "IMG 1.jpg"]


@pytest.mark.parametrize("conflict", list(Conflict))
def test_no_original_is_ever_written(original: Path, conflict: Conflict) -> None:
    other = original.with_name("IMG 2.png")
    neighbour = original.with_name("IMG 2.jpg")  # an original that is not part of the batch
    Image.fromarray(PIXELS).save(other)
    Image.fromarray(PIXELS).save(neighbour, quality=50)
    before = {path: path.read_bytes() for path in (original, other, neighbour)}
    chosen = ExportSettings(original.parent, conflict=conflict)
    for _ in range(2):
        export_batch([ExportItem(original), ExportItem(other)], chosen)
    assert {path: path.read_bytes() for path in before} == before


def test_an_export_that_became_an_original_is_not_replaced(original: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_batch([ExportItem(original)], ExportSettings(out))
    exported = out / "IMG 1.jpg"
    before = exported.read_bytes()
    chosen = ExportSettings(out, conflict=Conflict.REPLACE)
    export_batch([ExportItem(exported, Recipe().with_(Exposure(1.0)))], chosen)
    assert exported.read_bytes() == before


def test_a_link_is_not_followed(original: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "IMG 1.jpg").symlink_to(original)
    before = original.read_bytes()
    export_batch([ExportItem(original)], ExportSettings(out, conflict=Conflict.REPLACE))
    assert original.read_bytes() == before
    assert names(out) == ["IMG 1 (2).jpg", "IMG 1.jpg"]


def test_a_cancelled_batch_says_so_and_can_go_on(original: Path, tmp_path: Path) -> None:
    items = [ExportItem(original, Recipe().with_(Exposure(step / 10))) for step in range(6)]
    cancellation = Cancellation()
    lock = threading.Lock()

    def stop(_result: ExportResult) -> None:
        with lock:
            cancellation.cancel()

    report = export_batch(items, settings_for(tmp_path), stop, cancellation, workers=1)
    assert report.cancelled
    assert report.count(Action.WRITE) == 1
    again = export_batch(items, settings_for(tmp_path))
    assert (again.count(Action.ALREADY), again.count(Action.WRITE)) == (1, 5)
    assert len(names(tmp_path / "out")) == 6


_KILLED = """
import os, sys
from pathlib import Path
import editor.core.atomic_file as atomic_file
import editor.core.export as export
from editor.core.export_settings import ExportItem, ExportSettings
from editor.core.exposure import Exposure
from editor.core.recipe import Recipe
photo, out, step = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
count = 0
if step == "promised":
    def write(path, content):
        global count
        count += 1
        if count == 3:
            os._exit(9)
        atomic_file.write_atomically(path, content)
    export.write_atomically = write
else:
    replace = Path.replace
    def stop(self, target):
        global count
        count += 1
        if count == 3:
            os._exit(9)
        return replace(self, target)
    Path.replace = stop
items = [ExportItem(photo, Recipe().with_(Exposure(n / 10))) for n in range(5)]
export.export_batch(items, ExportSettings(out), workers=1)
"""


@pytest.mark.parametrize("step", ["promised", "half-written"])
def test_a_killed_batch_goes_on_without_a_duplicate_or_a_part(
    original: Path, tmp_path: Path, step: str
) -> None:
    out = tmp_path / "out"
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(original), str(out), step], check=False)
    assert killed.returncode == 9
    items = [ExportItem(original, Recipe().with_(Exposure(n / 10))) for n in range(5)]
    report = export_batch(items, ExportSettings(out))
    assert (report.count(Action.ALREADY), report.count(Action.WRITE)) == (2, 3)
    expected = ["IMG 1.jpg", *(f"IMG 1 ({n}).jpg" for n in range(2, 6))]
    assert names(out) == sorted(expected)
    for name in expected:
        decode(out / name)


def test_a_torn_journal_is_read_as_far_as_it_goes(original: Path, tmp_path: Path) -> None:
    chosen = settings_for(tmp_path)
    export_batch([ExportItem(original)], chosen)
    journal = tmp_path / "out" / JOURNAL_NAME
    evil = (
        b'{"key":"k","name":"../../x","size":1,"digest":"d"}\n[1]\n{"key":1,"name":2,"size":"","digest":0}\n'
    )
    journal.write_bytes(journal.read_bytes() + evil + b'{"key": "to')
    assert export_batch([ExportItem(original)], chosen).count(Action.ALREADY) == 1


def test_a_plan_writes_nothing(original: Path, tmp_path: Path) -> None:
    planned = plan_export([ExportItem(original), ExportItem(original)], settings_for(tmp_path))
    assert [(each.action, each.name) for each in planned] == [
        (Action.WRITE, "IMG 1.jpg"),
        (Action.WRITE, "IMG 1 (2).jpg"),
    ]
    assert not (tmp_path / "out").exists()


def test_output_sharpening_shows_and_sizes_are_estimated(original: Path, tmp_path: Path) -> None:
    plain, sharp = (
        export_content(
            ExportItem(original),
            settings_for(tmp_path, encoding=EncodeSettings(FileFormat.PNG), sharpening=amount),
        )
        for amount in (OutputSharpening.NONE, OutputSharpening.HIGH)
    )
    spread = [
        cv2.Laplacian(cv2.imdecode(np.frombuffer(each, np.uint8), 0), 6).std() for each in (plain, sharp)
    ]
    assert spread[1] > 1.2 * spread[0]
    jpeg = EncodeSettings(FileFormat.JPEG, 92)
    assert 0.2 < estimate_bytes(180, 120, jpeg) / len(encode(Picture(PIXELS, None, 180, 120), jpeg)) < 5
    with pytest.raises(ValueError, match="at least 1"):
        ExportSettings(tmp_path, fit=(0, 5))
