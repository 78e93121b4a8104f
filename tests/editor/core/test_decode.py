"""Decoding whole files: every format, mode, depth and orientation, by value."""

import io
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from editor.core.color import to_srgb8
from editor.core.decode import Decoder, DecodeRequest, PhotoDecoder, decode
from editor.core.pixels import Picture

Write = Callable[[str, bytes], Path]
Make = Callable[..., bytes]
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def exif(orientation: int) -> Image.Exif:
    entries = Image.Exif()
    entries[0x0112] = orientation
    return entries


def turned(upright: NDArray[Any], orientation: int) -> NDArray[Any]:
    """What a camera stores for an orientation."""
    across = {5: 1, 6: 1, 7: 1, 8: 1}.get(orientation, 0)
    array = np.swapaxes(upright, 0, 1) if across else upright
    rows, columns = {
        1: (1, 1),
        2: (1, -1),
        3: (-1, -1),
        4: (-1, 1),
        5: (1, 1),
        6: (-1, 1),
        7: (-1, -1),
        8: (1, -1),
    }[orientation]
    return np.ascontiguousarray(array[::rows, ::columns])


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("WEBP", {"lossless": True}),
        ("BMP", {}),
        ("DIB", {}),
    ],
)
def test_lossless_formats_come_out_bit_for_bit(
    written: Write, asymmetric: NDArray[np.uint8], kind: str, options: dict[str, Any]
) -> None:
    picture = decode(written("a", saved(Image.fromarray(asymmetric), kind, **options)))
    np.testing.assert_array_equal(picture.pixels, asymmetric)
    assert (picture.width, picture.height, picture.full_width, picture.full_height) == (80, 48, 80, 48)
    assert picture.profile is None


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("kind", "options"), [("PNG", {}), ("TIFF", {}), ("WEBP", {"lossless": True}), ("JPEG", {"quality": 95})]
)
def test_every_format_comes_out_upright(
    written: Write, asymmetric: NDArray[np.uint8], kind: str, options: dict[str, Any], orientation: int
) -> None:
    image = Image.fromarray(turned(asymmetric, orientation))
    picture = decode(written("a", saved(image, kind, exif=exif(orientation), **options)))
    assert (picture.full_width, picture.full_height) == (80, 48)
    assert np.abs(picture.pixels.astype(int) - asymmetric).mean() < (3 if kind == "JPEG" else 0.001)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", [np.uint16, np.float32])
def test_a_deep_tiff_keeps_its_depth_upright(
    written: Write, tiff: Make, asymmetric: NDArray[np.uint8], orientation: int, order: str, kind: type[Any]
) -> None:
    upright = (
        asymmetric.astype(kind) * kind(257) if kind is np.uint16 else asymmetric.astype(kind) / kind(255)
    )
    content = tiff(turned(upright, orientation), order, {274: ("H", (orientation,))})
    picture = decode(written("a.tif", content))
    assert picture.pixels.dtype == kind
    np.testing.assert_array_equal(picture.pixels, upright)
    np.testing.assert_array_equal(to_srgb8(picture), asymmetric)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_deep_png_keeps_its_depth_upright(
    written: Write,
    deep_png: Make,
    png_chunk: Make,
    asymmetric: NDArray[np.uint8],
    orientation: int,
    place: str,
) -> None:
    upright = asymmetric.astype(np.uint16) * np.uint16(257) ^ np.uint16(3)
    chunk = png_chunk(b"eXIf", exif(orientation).tobytes()[6:])
    content = deep_png(turned(upright, orientation), **{place: chunk})
    picture = decode(written("a.png", content))
    assert picture.pixels.dtype == np.uint16
    np.testing.assert_array_equal(picture.pixels, upright)


def test_alpha_is_laid_on_white_at_every_depth(written: Write, deep_png: Make, tiff: Make) -> None:
    shallow = np.array([[[200, 0, 100, 255], [200, 0, 100, 0], [200, 0, 100, 51]]], dtype=np.uint8)
    expected = np.array([[[200, 0, 100], [255, 255, 255], [244, 204, 224]]], dtype=np.uint8)
    deep = shallow.astype(np.uint16) * np.uint16(257)
    files = {
        "a.png": saved(Image.fromarray(shallow), "PNG"),
        "b.webp": saved(Image.fromarray(shallow), "WEBP", lossless=True, exact=True),
        "c.tif": saved(Image.fromarray(shallow), "TIFF"),
        "d.png": deep_png(deep),
        "e.tif": tiff(deep),
        "f.tif": tiff(shallow.astype(np.float32) / np.float32(255)),
    }
    for name, content in files.items():
        picture = decode(written(name, content))
        assert np.abs(to_srgb8(picture).astype(int) - expected).max() <= 1, name
        assert (picture.pixels.dtype == np.uint8) == (name[0] in "abc"), name


def test_gray_palette_and_bilevel_become_rgb(written: Write) -> None:
    gray = np.arange(0, 240, 10, dtype=np.uint8).reshape(4, 6)
    expected = np.repeat(gray[:, :, None], 3, axis=2)
    palette = Image.fromarray(expected).quantize(64, dither=Image.Dither.NONE)
    veiled = Image.merge("LA", (Image.fromarray(gray), Image.new("L", (6, 4), 255)))
    bilevel = Image.fromarray(gray > 100)
    hole = palette.copy()
    hole.info["transparency"] = 0
    for number, (image, wanted) in enumerate(
        [
            (Image.fromarray(gray), expected),
            (palette, np.asarray(palette.convert("RGB"))),
            (veiled, expected),
            (bilevel, np.where(expected > 100, 255, 0)),
            (hole, np.where(np.asarray(palette)[:, :, None] == 0, 255, np.asarray(palette.convert("RGB")))),
        ]
    ):
        np.testing.assert_array_equal(decode(written(f"{number}.png", saved(image, "PNG"))).pixels, wanted)


@pytest.mark.parametrize("order", ["<", ">"])
def test_deep_gray_keeps_its_depth(written: Write, tiff: Make, deep_png: Make, order: str) -> None:
    gray = (np.arange(24, dtype=np.uint16).reshape(4, 6, 1) * np.uint16(2700)) ^ np.uint16(5)
    expected = np.repeat(gray, 3, axis=2)
    for name, content in {"a.tif": tiff(gray, order), "b.png": deep_png(gray)}.items():
        picture = decode(written(name, content))
        assert picture.pixels.dtype == np.uint16
        np.testing.assert_array_equal(picture.pixels, expected)
    floats = decode(written("c.tif", tiff((gray / 65535).astype(np.float32), order)))
    assert floats.pixels.dtype == np.float32
    np.testing.assert_allclose(floats.pixels, expected / 65535, atol=1e-6)


def test_deep_gray_with_a_transparent_value_and_with_alpha(
    written: Write, deep_png: Make, png_chunk: Make
) -> None:
    gray = np.array([[[1000], [30000]]], dtype=np.uint16)
    keyed = decode(written("a.png", deep_png(gray, before=png_chunk(b"tRNS", b"\x03\xe8"))))
    np.testing.assert_array_equal(keyed.pixels[0, :, 0], [65535, 30000])
    veiled = np.array([[[1000, 0], [30000, 65535]]], dtype=np.uint16)
    np.testing.assert_array_equal(decode(written("b.png", deep_png(veiled))).pixels[0, :, 1], [65535, 30000])


def test_cmyk_is_converted_where_its_inks_still_exist(written: Write, cmyk_profile: bytes) -> None:
    inks = Image.merge("CMYK", [Image.new("L", (16, 16), ink) for ink in (255, 0, 255, 0)])
    plain = decode(written("a.jpg", saved(inks, "JPEG", quality=100)))
    assert plain.profile is None
    assert np.abs(plain.pixels.astype(int) - (0, 255, 0)).max() <= 3
    managed = decode(written("b.jpg", saved(inks, "JPEG", quality=100, icc_profile=cmyk_profile)))
    assert managed.profile is None
    assert managed.pixels.min() >= 250
    lossless = decode(written("c.tif", saved(inks, "TIFF", icc_profile=cmyk_profile)))
    assert lossless.pixels.min() >= 250
    broken = decode(written("d.tif", saved(inks, "TIFF", icc_profile=cmyk_profile[:200])))
    assert np.abs(broken.pixels.astype(int) - (0, 255, 0)).max() == 0


def test_gray_with_a_gray_profile_is_converted_where_it_is_gray(
    written: Write, gray_profile: Callable[[float], bytes], tiff: Make
) -> None:
    gray = np.full((4, 4), 64, dtype=np.uint8)
    linear = 255 * (1.055 * (64 / 255) ** (1 / 2.4) - 0.055)
    for name, content in {
        "a.png": saved(Image.fromarray(gray), "PNG", icc_profile=gray_profile(1.0)),
        "b.tif": tiff(gray[:, :, None] * np.uint16(257), extra={34675: ("U", tuple(gray_profile(1.0)))}),
        "c.tif": tiff(
            (gray[:, :, None] / 255).astype(np.float32), extra={34675: ("U", tuple(gray_profile(1.0)))}
        ),
    }.items():
        picture = decode(written(name, content))
        assert picture.profile is None
        assert np.abs(to_srgb8(picture).astype(float) - linear).max() <= 1.5, name


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_profile_of_rgb_is_kept_and_others_are_not(
    written: Write, asymmetric: NDArray[np.uint8], swapped_profile: bytes, cmyk_profile: bytes, kind: str
) -> None:
    image = Image.fromarray(asymmetric)
    for mode in ("RGB", "L") if kind != "WEBP" else ("RGB",):
        kept = decode(written("a", saved(image.convert(mode), kind, icc_profile=swapped_profile)))
        assert kept.profile == swapped_profile
        for wrong in (cmyk_profile, b"no profile at all", swapped_profile[:100]):
            assert decode(written("b", saved(image.convert(mode), kind, icc_profile=wrong))).profile is None


def test_a_deep_file_keeps_its_profile(
    written: Write, tiff: Make, asymmetric: NDArray[np.uint8], swapped_profile: bytes
) -> None:
    deep = asymmetric.astype(np.uint16) * np.uint16(257)
    picture = decode(written("a.tif", tiff(deep, extra={34675: ("U", tuple(swapped_profile))})))
    assert picture.profile == swapped_profile
    red = to_srgb8(picture)[40, 5]
    assert red.argmax() == 0  # stored as blue, and the profile says that channel is red


def test_the_content_decides_not_the_ending(written: Write, asymmetric: NDArray[np.uint8]) -> None:
    image = Image.fromarray(asymmetric)
    for kind in ("PNG", "TIFF", "BMP", "WEBP"):
        options = {"lossless": True} if kind == "WEBP" else {}
        for name in ("a.jpg", "a.webp", "no ending", "a.txt"):
            np.testing.assert_array_equal(
                decode(written(name, saved(image, kind, **options))).pixels, asymmetric
            )


def test_the_first_frame_of_several_is_the_picture(written: Write, asymmetric: NDArray[np.uint8]) -> None:
    first, second = Image.fromarray(asymmetric), Image.new("RGB", (80, 48))
    several: dict[str, dict[str, Any]] = {
        "TIFF": {},
        "PNG": {},
        "WEBP": {"lossless": True},
        "MPO": {"quality": 95},
    }
    for kind, options in several.items():
        content = saved(first, kind, save_all=True, append_images=[second], **options)
        picture = decode(written("a", content), at_least=(80, 48))
        assert np.abs(picture.pixels.astype(int) - asymmetric).mean() < 3, kind


def test_a_request_crosses_processes_and_the_decoder_is_one(
    written: Write, asymmetric: NDArray[np.uint8]
) -> None:
    decoder: Decoder = PhotoDecoder()
    request = DecodeRequest(written("a.png", saved(Image.fromarray(asymmetric), "PNG")), (10, 10))
    again = pickle.loads(pickle.dumps(request))  # noqa: S301 (our own bytes)
    assert again == request
    assert isinstance(decoder.decode(again), Picture)


def test_a_picture_refuses_pixels_of_another_shape_or_type() -> None:
    for pixels in (np.zeros((2, 2), np.uint8), np.zeros((2, 2, 4), np.uint8), np.zeros((0, 2, 3), np.uint8)):
        with pytest.raises(ValueError, match="shape"):
            Picture(pixels, None, 2, 2)
    with pytest.raises(ValueError, match="uint8, uint16 or float32"):
        Picture(np.zeros((2, 2, 3), np.int64), None, 2, 2)


def test_deep_gray_with_a_broken_gray_profile_stays_as_it_is(
    written: Write, gray_profile: Callable[[float], bytes], tiff: Make
) -> None:
    gray = np.full((2, 2, 1), 5000, dtype=np.uint16)
    broken = gray_profile(2.2)[:200]
    picture = decode(written("a.tif", tiff(gray, extra={34675: ("U", tuple(broken))})))
    assert picture.profile is None
    assert (picture.pixels == 5000).all()


def test_many_threads_decode_at_once(written: Write, asymmetric: NDArray[np.uint8], deep_png: Make) -> None:
    image = Image.fromarray(asymmetric)
    paths = [
        written("a.jpg", saved(image, "JPEG", quality=95, icc_profile=SRGB)),
        written("b.png", saved(image, "PNG")),
        written("c.tif", saved(image, "TIFF", exif=exif(1))),
        written("d.png", deep_png(asymmetric.astype(np.uint16) * np.uint16(257))),
    ]
    with ThreadPoolExecutor(8) as threads:
        for pixels in threads.map(lambda number: to_srgb8(decode(paths[number % 4])), range(80)):
            assert np.abs(pixels.astype(int) - asymmetric).mean() < 3
