"""Reduced decoding: never coarser than 1/4, never below what was asked, the same picture."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from editor.core.decode import decode

Write = Callable[[str, bytes], Path]


def jpeg(
    size: tuple[int, int], orientation: int = 1, *, progressive: bool = False, mode: str = "RGB"
) -> bytes:
    entries = Image.Exif()
    entries[0x0112] = orientation
    content = io.BytesIO()
    image = Image.radial_gradient("L").resize(size).convert(mode)
    image.save(content, "JPEG", exif=entries, progressive=progressive)
    return content.getvalue()


@pytest.mark.parametrize(
    ("size", "at_least", "orientation", "decoded"),
    [
        ((2400, 1600), (512, 384), 1, (600, 400)),
        ((2400, 1600), (512, 384), 6, (800, 1200)),  # 1/4 would give 400 columns, fewer than 512
        ((1600, 1200), (512, 384), 6, (600, 800)),
        ((2048, 1536), (512, 384), 1, (512, 384)),
        ((2045, 1533), (512, 384), 1, (512, 384)),
        ((2044, 1536), (512, 384), 1, (1022, 768)),
        ((1536, 2048), (512, 384), 8, (512, 384)),
        ((6000, 400), (16, 16), 1, (1500, 100)),
        ((4000, 3000), (1, 1), 1, (1000, 750)),
        ((600, 400), (512, 384), 1, (600, 400)),
        ((300, 200), (512, 384), 1, (300, 200)),
        ((3, 2), (1, 1), 1, (2, 1)),
        ((1, 1), (1, 1), 1, (1, 1)),
    ],
)
def test_known_sizes(
    written: Write,
    size: tuple[int, int],
    at_least: tuple[int, int],
    orientation: int,
    decoded: tuple[int, int],
) -> None:
    picture = decode(written("a.jpg", jpeg(size, orientation)), at_least)
    assert (picture.width, picture.height) == decoded
    assert (picture.full_width, picture.full_height) == (size if orientation < 5 else size[::-1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    size=st.tuples(st.integers(1, 300), st.integers(1, 300)),
    at_least=st.tuples(st.integers(1, 200), st.integers(1, 200)),
    orientation=st.integers(1, 8),
    progressive=st.booleans(),
    mode=st.sampled_from(["RGB", "L", "CMYK"]),
)
def test_neither_side_falls_below_and_a_quarter_is_the_coarsest(
    tmp_path: Path,
    size: tuple[int, int],
    at_least: tuple[int, int],
    orientation: int,
    progressive: bool,
    mode: str,
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(size, orientation, progressive=progressive, mode=mode))
    picture = decode(path, at_least)
    full = (picture.full_width, picture.full_height)
    assert full == (size if orientation < 5 else size[::-1])
    for side, whole, least in zip((picture.width, picture.height), full, at_least, strict=True):
        assert side >= min(least, whole)
        assert side in {whole, -(-whole // 2), -(-whole // 4)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(orientation=st.integers(1, 8), at_least=st.sampled_from([(100, 70), (140, 140), (1, 1)]))
def test_the_reduced_picture_is_the_full_one_made_smaller(
    tmp_path: Path, scenery: NDArray[np.uint8], orientation: int, at_least: tuple[int, int]
) -> None:
    entries = Image.Exif()
    entries[0x0112] = orientation
    path = tmp_path / "a.jpg"
    Image.fromarray(scenery).save(path, quality=95, subsampling=0, exif=entries)
    full, reduced = decode(path), decode(path, at_least)
    assert reduced.width < full.width
    size = (reduced.width, reduced.height)
    smaller = np.asarray(Image.fromarray(full.pixels).resize(size, Image.Resampling.BOX))
    assert np.abs(smaller.astype(int) - reduced.pixels).mean() < 2


def test_other_formats_are_decoded_in_full(written: Write, asymmetric: NDArray[np.uint8]) -> None:
    for kind in ("PNG", "TIFF", "WEBP", "BMP"):
        content = io.BytesIO()
        Image.fromarray(asymmetric).save(content, kind)
        picture = decode(written("a", content.getvalue()), (1, 1))
        assert (picture.width, picture.height) == (80, 48)
