"""HEIC, HIF and AVIF photos: upright, with their colours, deep ones in 16 bits."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from editor.core.cicp import cicp_profile
from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.errors import PhotoError, PhotoUnreadableError
from editor.core.heif import _deep_pixels
from editor.core.heif_boxes import Cicp, heif_cicp, heif_exif
from editor.core.pixels import Picture

Write = Callable[[str, bytes], Path]
SRGB, P3, BT2020, PQ, HLG = 1, 12, 9, 16, 18


def avif(pixels: NDArray[np.uint8], **options: object) -> bytes:
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, "AVIF", **{"quality": 95, "subsampling": "4:4:4", **options})
    return content.getvalue()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def test_an_avif_photo_comes_out_as_it_went_in(written: Write, asymmetric: NDArray[np.uint8]) -> None:
    picture = decode(written("a.avif", avif(asymmetric)))
    assert picture.pixels.dtype == np.uint8
    assert (picture.width, picture.height, picture.full_width, picture.full_height) == (80, 48, 80, 48)
    assert np.abs(to_srgb8(picture).astype(int) - asymmetric).mean() < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_avif_photo_is_upright(written: Write, asymmetric: NDArray[np.uint8], orientation: int) -> None:
    stored = Image.fromarray(asymmetric)
    entries = Image.Exif()
    entries[0x0112] = orientation
    content = avif(np.asarray(stored), exif=entries.tobytes())
    with Image.open(io.BytesIO(content)) as image:
        assert image.getexif().get(0x0112, 1) == orientation
    plain, turned = decode(written("a.avif", avif(asymmetric))), decode(written("b.avif", content))
    expected = {
        1: plain.pixels,
        2: plain.pixels[:, ::-1],
        3: plain.pixels[::-1, ::-1],
        4: plain.pixels[::-1],
        5: plain.pixels.swapaxes(0, 1),
        6: np.rot90(plain.pixels, -1),
        7: plain.pixels[::-1, ::-1].swapaxes(0, 1),
        8: np.rot90(plain.pixels),
    }[orientation]
    assert np.abs(turned.pixels.astype(int) - expected).mean() < 2


def test_the_profile_and_the_alpha_of_an_avif_photo_count(
    written: Write, asymmetric: NDArray[np.uint8], swapped_profile: bytes
) -> None:
    picture = decode(written("a.avif", avif(asymmetric, icc_profile=swapped_profile)))
    assert picture.profile == swapped_profile
    layers = np.dstack([asymmetric, np.zeros((48, 80), np.uint8)])
    assert (decode(written("b.avif", avif(layers))).pixels >= 250).all()


def test_where_less_is_asked_for_the_pixels_are_averaged(written: Write, scenery: NDArray[np.uint8]) -> None:
    path = written("a.avif", avif(scenery))
    full = decode(path)
    for at_least, size in {(105, 75): (105, 75), (106, 75): (210, 150), (211, 75): (420, 300)}.items():
        picture = decode(path, at_least)
        assert (picture.width, picture.height, picture.full_width, picture.full_height) == (*size, 420, 300)
        assert abs(float(picture.pixels.mean()) - float(full.pixels.mean())) < 1


def test_an_avif_photo_of_any_name_opens(written: Write, asymmetric: NDArray[np.uint8]) -> None:
    for name in ("a.jpg", "a.heic", "a.png"):
        assert decode(written(name, avif(asymmetric))).full_width == 80


def test_colour_codes_become_profiles_of_the_same_colours() -> None:
    assert cicp_profile(Cicp(SRGB, 13)) is None
    assert cicp_profile(Cicp(2, 2)) is None
    pixels = np.array([[[255, 0, 0], [0, 255, 0], [128, 128, 128], [255, 255, 255]]], np.uint8)
    shown = {
        name: to_srgb8(Picture(pixels, cicp_profile(codes), 4, 1))[0]
        for name, codes in {"p3": Cicp(P3, 13), "wide": Cicp(BT2020, 1), "gamma": Cicp(SRGB, 4)}.items()
    }
    for name in ("p3", "wide"):
        assert tuple(shown[name][0]) == (255, 0, 0)
        assert shown[name][1][1] == 255
        assert np.abs(shown[name][2].astype(int) - 128).max() <= 1
        assert (shown[name][3] == 255).all()
    encoded = 1.055 * ((128 / 255) ** 2.2) ** (1 / 2.4) - 0.055
    assert abs(int(shown["gamma"][2][1]) - encoded * 255) < 1.5


@pytest.mark.parametrize(("transfer", "gray"), [(PQ, (92.2 / 203, 0.5)), (HLG, (0.2496, 0.5))])
def test_the_light_of_hdr_photos_is_kept_below_the_knee_and_rolled_off_above(
    transfer: int, gray: tuple[float, float]
) -> None:
    light, value = gray
    ramp = np.linspace(0, 65535, 512).astype(np.uint16)[np.newaxis, :, np.newaxis].repeat(3, axis=2)
    shown = to_srgb8(Picture(ramp, cicp_profile(Cicp(SRGB, transfer)), 512, 1))[0, :, 1].astype(int)
    assert (np.diff(shown) >= -1).all()
    assert shown[-1] >= 254
    assert shown[0] == 0
    near = shown[round(value * 511)] / 255
    linear = ((near + 0.055) / 1.055) ** 2.4
    assert linear == pytest.approx(light, rel=0.03)
    assert len(np.unique(shown[shown > 220])) > 10  # no flat white


def test_deep_values_fill_16_bits() -> None:
    stored = np.array([[[0, 512, 1023]]], np.uint16)
    assert _deep_pixels(stored, 10, premultiplied=False).tolist() == [[[0, 32800, 65535]]]
    gray = np.array([[4095, 0]], np.uint16)
    assert _deep_pixels(gray, 12, premultiplied=False).tolist() == [[[65535] * 3, [0] * 3]]
    clear = np.array([[[0, 0, 0, 0], [1023, 0, 0, 1023]]], np.uint16)
    for premultiplied in (False, True):
        laid = _deep_pixels(clear, 10, premultiplied=premultiplied)
        assert laid.tolist() == [[[65535] * 3, [65535, 0, 0]]]


def meta(exif: bytes, at: int, *, colour: bytes = b"nclx\0\x0c\0\x0d\0\0\x80") -> bytes:
    item = box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 7, 0, b"Exif") + b"\0")
    items = box(b"iinf", struct.pack(">IH", 0, 1) + item)
    place = box(b"iloc", b"\0\0\0\0\x44\0" + struct.pack(">HHHHII", 1, 7, 0, 1, at, len(exif)))
    colours = box(b"iprp", box(b"ipco", box(b"ispe", b"\0" * 12) + box(b"colr", colour)))
    return box(b"meta", b"\0\0\0\0" + items + place + colours)


def container(exif: bytes) -> bytes:
    beginning = box(b"ftyp", b"heic\0\0\0\0")
    at = len(beginning) + len(meta(exif, 0)) + 8
    return beginning + meta(exif, at) + box(b"mdat", exif)


def test_exif_and_colours_are_found_in_the_boxes(written: Write) -> None:
    block = Image.Exif()
    block[0x0110] = "Camera"
    tiff_block = block.tobytes()[6:]
    content = container(b"\0\0\0\6Exif\0\0" + tiff_block)
    with written("a.heic", content).open("rb") as file:
        assert heif_exif(file) == tiff_block
        assert heif_cicp(file) == Cicp(P3, 13)


def test_broken_boxes_are_never_more_than_nothing(written: Write) -> None:
    content = container(b"\0\0\0\6Exif\0\0II*\0")
    dice = np.random.default_rng(3)
    for number in range(400):
        broken = bytearray(content)
        for _ in range(int(dice.integers(1, 6))):
            broken[int(dice.integers(0, len(broken)))] = int(dice.integers(0, 256))
        path = written("a.heic", bytes(broken[: len(broken) - (number % 7) * 11]))
        with path.open("rb") as file:
            found = heif_exif(file)
            assert found is None or isinstance(found, bytes)
            heif_cicp(file)


def test_an_avif_photo_cut_anywhere_is_an_error(written: Write, scenery: NDArray[np.uint8]) -> None:
    content = avif(scenery[:200, :200])
    assert len(content) > 8 * 1024
    for end in [*range(8, 1024, 128), *range(1024, len(content) - 16, 1024)]:
        with pytest.raises(PhotoUnreadableError):
            decode(written("a.avif", content[:end]))


def test_a_real_heic_photo(shared: Path) -> None:
    picture = decode(shared / "formats" / "iphone.heic", (512, 384))
    assert (picture.full_width, picture.full_height) == (4032, 3024)
    assert picture.profile is not None
    assert b"Display P3" in picture.profile or b"D\0i\0s\0p\0l\0a\0y" in picture.profile
    shown = to_srgb8(picture)
    assert shown.shape == (756, 1008, 3)
    mean = shown.reshape(-1, 3).mean(axis=0)
    assert mean[2] > mean[0] + 5  # the blue car behind


def test_ten_bits_of_a_hif_photo_become_sixteen(shared: Path) -> None:
    picture = decode(shared / "formats" / "canon.hif")
    assert picture.pixels.dtype == np.uint16
    assert (picture.full_width, picture.full_height) == (2400, 1600)
    assert picture.profile == cicp_profile(Cicp(BT2020, PQ))
    assert len(np.unique(picture.pixels)) > 30  # more steps than 8 bits have in so dark a photo


def test_an_hdr_avif_photo_looks_like_daylight(shared: Path) -> None:
    picture = decode(shared / "formats" / "p3_10bit.avif", (512, 384))
    assert picture.profile == cicp_profile(Cicp(P3, PQ))
    shown = to_srgb8(picture)[::4, ::4].astype(float)
    assert 90 < shown.mean() < 160
    sky = shown[: shown.shape[0] // 4].mean(axis=(0, 1))
    assert sky[2] > sky[1] > sky[0]


def test_a_real_heic_photo_cut_anywhere_is_an_error(written: Write, shared: Path) -> None:
    content = (shared / "formats" / "iphone.heic").read_bytes()
    for end in [64, 1024, 4096, *range(16 * 1024, len(content), 128 * 1024)]:
        with pytest.raises(PhotoError):
            decode(written("a.heic", content[:end]), (100, 100))
