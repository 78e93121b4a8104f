"""The decoder on real camera files, odd formats and files that broke other programs."""

import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.core.color import to_srgb8
from editor.core.decode import decode
from editor.core.errors import PhotoError

LONGEST_SECONDS = 5.0


@pytest.mark.parametrize("folder", ["formats", "broken", "cameras"])
@pytest.mark.parametrize("at_least", [None, (512, 384)])
def test_every_file_ends_with_a_picture_or_a_photo_error(
    shared: Path, folder: str, at_least: tuple[int, int] | None
) -> None:
    pictures = 0
    for path in sorted((shared / folder).iterdir()):
        started = time.process_time()
        try:
            to_srgb8(decode(path, at_least))
            pictures += 1
        except PhotoError as error:
            assert error.path == path  # noqa: PT017 (both ends are fine)
        assert time.process_time() - started < LONGEST_SECONDS, path
    assert pictures >= {"formats": 24, "broken": 1, "cameras": 10}[folder]


def test_the_eight_orientations_of_one_photo_look_the_same(shared: Path) -> None:
    pictures = [decode(shared / "formats" / f"orientation_landscape_{number}.jpg") for number in range(1, 9)]
    reference = pictures[0].pixels[::8, ::8].astype(int)
    for picture in pictures:
        assert (picture.full_width, picture.full_height) == (1800, 1200)
        difference = np.abs(picture.pixels[::8, ::8].astype(int) - reference)
        assert np.median(difference) <= 3
        assert difference.mean() < 12  # each has its own number drawn in the middle


def test_a_profile_that_swaps_channels_is_undone(shared: Path) -> None:
    wheel = to_srgb8(decode(shared / "formats" / "gbr_profile.jpg"))
    red, green, blue = wheel[60, 480], wheel[900, 60], wheel[900, 940]
    assert [int(colour.argmax()) for colour in (red, green, blue)] == [0, 1, 2]


def test_sixteen_bits_stay_and_agree_with_eight(shared: Path) -> None:
    path = shared / "formats" / "sixteen_bit.png"
    picture = decode(path)
    assert picture.pixels.dtype == np.uint16
    with Image.open(path) as image:
        assert np.abs(to_srgb8(picture).astype(int) - np.asarray(image.convert("RGB"))).max() <= 1


def test_cameras_report_their_upright_size(shared: Path) -> None:
    sizes = {
        "Canon_EOS_5D_Mark_III.jpg": (5760, 3840),
        "Leica_T_Typ_701.jpg": (3264, 4928),
        "Oppo_R7_Plus.jpg": (3120, 4160),
    }
    for name, size in sizes.items():
        picture = decode(shared / "cameras" / name, (512, 384))
        assert (picture.full_width, picture.full_height) == size
        assert picture.width < size[0]
