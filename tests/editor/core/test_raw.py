"""RAW photos: the camera's preview where it serves, else developed; upright and of the right size."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from rawpy import ImageSizes

from editor.core.decode import decode
from editor.core.decode_failure import ENDS_EARLY
from editor.core.errors import PhotoError, PhotoUnreadableError, PhotoUnsupportedError
from editor.core.pixels import Picture
from editor.core.raw import UNKNOWN_RAW
from editor.core.raw_extent import raw_is_cut
from editor.core.raw_frame import raw_frame

Write = Callable[[str, bytes], Path]
Make = Callable[..., bytes]
PREVIEW = (250, 5, 250)


@pytest.fixture(scope="module")
def light() -> NDArray[np.uint16]:
    """Sensor light, 200 rows x 320 columns: red, green, blue and gray corners."""
    pixels = np.empty((200, 320, 3), np.uint16)
    pixels[:100, :160], pixels[:100, 160:] = (3000, 200, 200), (200, 3000, 200)
    pixels[100:, :160], pixels[100:, 160:] = (200, 200, 3000), (882, 882, 882)
    return pixels


def jpeg(width: int, height: int, orientation: int | None = None) -> bytes:
    content = io.BytesIO()
    entries = Image.Exif()
    if orientation is not None:
        entries[0x0112] = orientation
    Image.new("RGB", (width, height), PREVIEW).save(content, "JPEG", exif=entries)
    return content.getvalue()


def shows_preview(picture: Picture) -> bool:
    return bool(np.abs(picture.pixels.astype(int) - PREVIEW).max() < 12)


def corners(picture: Picture) -> list[int]:
    """The strongest channel of the corners from the upper left clockwise; 3 for gray."""
    found = []
    for row, column in ((8, 8), (8, -8), (-8, -8), (-8, 8)):
        pixel = picture.pixels[row, column].astype(float)
        found.append(3 if pixel.max() < 1.1 * pixel.min() else int(pixel.argmax()))
    return found


def test_full_development_has_16_bits_the_white_balance_and_the_srgb_curve(
    written: Write, dng: Make, light: NDArray[np.uint16]
) -> None:
    picture = decode(written("a.dng", dng(light)))
    assert picture.pixels.dtype == np.uint16
    assert picture.profile is None
    assert (picture.width, picture.height, picture.full_width, picture.full_height) == (320, 200, 320, 200)
    assert corners(picture) == [0, 1, 3, 2]
    linear = 882 / 4095
    encoded = 1.055 * linear ** (1 / 2.4) - 0.055
    assert np.abs(picture.pixels[150:190, 200:300] / 65535 - encoded).max() < 0.01


def test_a_dark_photo_is_not_made_brighter(written: Write, dng: Make, light: NDArray[np.uint16]) -> None:
    path = written("a.dng", dng((light // 16).astype(np.uint16)))
    for at_least in (None, (10, 10)):
        picture = decode(path, at_least)
        white = 65535 if picture.pixels.dtype == np.uint16 else 255
        assert picture.pixels.max() / white < 0.3


@pytest.mark.parametrize(("orientation", "order"), [(1, "0132"), (3, "3201"), (6, "2013"), (8, "1320")])
@pytest.mark.parametrize("at_least", [None, (90, 90)])
def test_a_developed_photo_is_upright(
    written: Write,
    dng: Make,
    light: NDArray[np.uint16],
    orientation: int,
    order: str,
    at_least: tuple[int, int] | None,
) -> None:
    picture = decode(written("a.dng", dng(light, orientation=orientation)), at_least)
    assert "".join(map(str, corners(picture))) == order
    upright = (200, 320) if orientation in {6, 8} else (320, 200)
    assert (picture.full_width, picture.full_height) == upright
    assert (picture.width, picture.height) == (
        upright if at_least is None else (upright[0] // 2, upright[1] // 2)
    )


def test_half_size_serves_only_where_it_is_large_enough(
    written: Write, dng: Make, light: NDArray[np.uint16]
) -> None:
    path = written("a.dng", dng(light))
    assert decode(path, (160, 100)).width == 160
    assert decode(path, (161, 100)).width == 320
    assert decode(path, (10, 101)).height == 200
    assert decode(path, (5000, 5000)).width == 320


def test_the_preview_serves_where_it_is_large_enough(
    written: Write, dng: Make, light: NDArray[np.uint16]
) -> None:
    path = written("a.dng", dng(light, preview=jpeg(240, 150)))
    picture = decode(path, (200, 120))
    assert shows_preview(picture)
    assert (picture.width, picture.height, picture.full_width, picture.full_height) == (240, 150, 320, 200)
    assert decode(path, (100, 70)).width == 120  # reduced by 2
    assert not shows_preview(decode(path, (241, 100)))
    assert not shows_preview(decode(path))


@pytest.mark.parametrize(
    ("own", "size"), [(None, (240, 150)), (6, (240, 150)), (1, (150, 240)), (None, (150, 240))]
)
def test_a_preview_is_upright_by_its_own_orientation_or_the_photos(
    written: Write, dng: Make, light: NDArray[np.uint16], own: int | None, size: tuple[int, int]
) -> None:
    picture = decode(written("a.dng", dng(light, preview=jpeg(*size, own), orientation=6)), (150, 240))
    assert shows_preview(picture)
    assert (picture.width, picture.height, picture.full_width, picture.full_height) == (150, 240, 200, 320)


@pytest.mark.parametrize("size", [(240, 200), (240, 120), (60, 38)])
def test_a_preview_of_another_shape_or_too_small_does_not_stand_for_the_photo(
    written: Write, dng: Make, light: NDArray[np.uint16], size: tuple[int, int]
) -> None:
    picture = decode(written("a.dng", dng(light, preview=jpeg(*size))), (100, 100))
    assert not shows_preview(picture)
    assert corners(picture) == [0, 1, 3, 2]


def test_a_broken_preview_is_passed_over(written: Write, dng: Make, light: NDArray[np.uint16]) -> None:
    whole = jpeg(240, 150)
    content = dng(light, preview=whole)
    for start, end in ((2, len(whole)), (200, len(whole) - 20)):
        place = content.index(whole)
        broken = content[: place + start] + b"\0" * (end - start) + content[place + end :]
        picture = decode(written("a.dng", broken), (100, 100))
        assert (picture.full_width, picture.full_height) == (320, 200)


def test_a_dng_that_calls_itself_tiff_is_not_its_preview(
    written: Write, dng: Make, light: NDArray[np.uint16]
) -> None:
    picture = decode(written("a.tif", dng(light, preview=jpeg(60, 38))))
    assert (picture.width, picture.height) == (320, 200)


def test_a_tiff_that_calls_itself_raw_says_so(
    written: Write, tiff: Make, asymmetric: NDArray[np.uint8]
) -> None:
    with pytest.raises(PhotoUnsupportedError) as caught:
        decode(written("a.nef", tiff(asymmetric)))
    assert caught.value.reason == UNKNOWN_RAW


def test_a_raw_photo_cut_anywhere_is_an_error_even_if_its_preview_is_whole(
    written: Write, dng: Make, light: NDArray[np.uint16]
) -> None:
    content = dng(light, preview=jpeg(240, 150))
    preview_end = len(content) - 200 * 320 * 2
    for end in [*range(100, preview_end, 512), *range(preview_end, len(content) - 8 * 1024, 8 * 1024)]:
        path = written("a.dng", content[:end])
        for at_least in (None, (200, 120)):
            with pytest.raises(PhotoError) as caught:
                decode(path, at_least)
            assert isinstance(caught.value, PhotoUnreadableError | PhotoUnsupportedError)
        assert end < preview_end or caught.value.reason == ENDS_EARLY


def directory(*entries: tuple[int, int, int, int], order: str = "<", follows: int = 0) -> bytes:
    table = b"".join(struct.pack(f"{order}HHII", *entry) for entry in entries)
    return struct.pack(f"{order}H", len(entries)) + table + struct.pack(f"{order}I", follows)


@pytest.mark.parametrize(
    ("content", "cut"),
    [
        (b"II*\0\x08\0\0\0" + directory((273, 4, 1, 100), (279, 4, 1, 200)) + bytes(300), False),
        (b"II*\0\x08\0\0\0" + directory((273, 4, 1, 100), (279, 4, 1, 9000)) + bytes(300), True),
        (b"MM\0*\0\0\0\x08" + directory((273, 4, 1, 100), (279, 4, 1, 9000), order=">"), True),
        (b"IIU\0\x08\0\0\0" + directory((279, 4, 1, 9000), (280, 4, 1, 100)) + bytes(300), True),
        (b"IIU\0\x08\0\0\0" + directory((279, 4, 1, 200), (280, 4, 1, 100)) + bytes(300), False),
        (
            b"II*\0\x08\0\0\0"
            + directory(
                (256, 4, 1, 512), (257, 4, 1, 512), (322, 4, 1, 256), (323, 4, 1, 256), (324, 4, 1, 9)
            ),
            True,
        ),
        (b"II*\0\x08\0\0\0" + directory((330, 4, 1, 8), follows=8), False),
        (b"II*\0\x08\0\0\0" + directory((330, 4, 90000, 8), (273, 9, 1, 1), follows=4), False),
        (b"II*\0\xff\xff\xff\xff", False),
        (
            b"FUJIFILMCCD-RAW ".ljust(84, b"0") + struct.pack(">6I", 108, 10, 0, 0, 118, 90) + bytes(100),
            False,
        ),
        (
            b"FUJIFILMCCD-RAW ".ljust(84, b"0") + struct.pack(">6I", 108, 10, 0, 0, 118, 9000) + bytes(100),
            True,
        ),
        (b"\0\0\0\x10ftypcrx \0\0\0\0" + struct.pack(">I4s", 4000, b"mdat") + bytes(100), True),
        (b"FOVb" + bytes(300), False),
        (b"II", False),
    ],
)
def test_files_that_hold_less_than_they_say(written: Write, content: bytes, cut: bool) -> None:
    with written("a.dng", content).open("rb") as file:
        assert raw_is_cut(file) is cut


def test_hollow_files_are_not_taken_for_photos(shared: Path) -> None:
    for name in ("small.dng", "small.rw2"):
        for at_least in (None, (512, 384)):
            with pytest.raises(PhotoUnreadableError) as caught:
                decode(shared / "formats" / name, at_least)
            assert caught.value.reason == ENDS_EARLY


def test_an_old_cameras_photo(shared: Path) -> None:
    (path,) = (shared / "formats").glob("*.KDC")
    picture = decode(path)
    assert (picture.width, picture.height, picture.pixels.dtype) == (768, 512, np.uint16)
    assert 0.3 < picture.pixels.mean() / 65535 < 0.55


def sizes(**changes: float) -> ImageSizes:
    plain = {
        "raw_height": 110, "raw_width": 170, "height": 104, "width": 156, "top_margin": 4, "left_margin": 10,
        "iheight": 104, "iwidth": 156, "pixel_aspect": 1.0, "flip": 0, "crop_left_margin": 13,
        "crop_top_margin": 6, "crop_width": 150, "crop_height": 100,
    }  # fmt: skip
    return ImageSizes(**{**plain, **changes})  # type: ignore[arg-type]


def test_the_frame_is_what_the_camera_shows() -> None:
    frame = raw_frame(sizes())
    assert (frame.left, frame.top, frame.width, frame.height) == (3, 2, 150, 100)
    developed = np.arange(104 * 156 * 3, dtype=np.uint32).reshape(104, 156, 3).astype(np.uint16)
    np.testing.assert_array_equal(frame.upright(developed), developed[2:102, 3:153])
    assert frame.upright(developed[::2, ::2]).shape == (50, 75, 3)
    turned = raw_frame(sizes(flip=6))
    assert turned.upright_size == (100, 150)
    np.testing.assert_array_equal(turned.upright(developed), np.rot90(developed[2:102, 3:153], -1))
    assert turned.upright(np.zeros((7, 9, 3), np.uint8)).shape == (9, 7, 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"crop_width": 0},
        {"crop_left_margin": 0},
        {"crop_width": 60000},
        {"crop_height": 40},
        {"crop_top_margin": 9},
    ],
)
def test_a_frame_that_makes_no_sense_is_all_there_is(changes: dict[str, float]) -> None:
    frame = raw_frame(sizes(**changes))
    assert (frame.left, frame.top, frame.width, frame.height) == (0, 0, 156, 104)


def test_pixels_that_are_not_square_count_as_they_are_developed() -> None:
    assert raw_frame(sizes(pixel_aspect=0.5)).upright_size == (156, 208)
    assert raw_frame(sizes(pixel_aspect=2.0)).upright_size == (312, 104)
