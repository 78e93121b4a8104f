"""A monitor's profile: applied straight from the photo's colours, nothing for sRGB, wrong files refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import ImageCms

from editor.core.color import to_monitor8, to_srgb8
from editor.core.color_space import DISPLAY_P3, SRGB
from editor.core.monitor_profile import MonitorProfileError, checked_profile, read_monitor_profile
from editor.core.pixels import Picture, Pixels

MakeProfile = Callable[..., bytes]
SWAPPED = ((0.1431, 0.0606, 0.7141), (0.3851, 0.7169, 0.0971), (0.4360, 0.2225, 0.0139))
"""The colorants of sRGB with red and blue exchanged: pixels for it are pixels with both exchanged."""


def picture(pixels: Pixels, profile: bytes | None = None) -> Picture:
    return Picture(pixels, profile, pixels.shape[1], pixels.shape[0])


@pytest.fixture(scope="module")
def colours() -> NDArray[np.uint8]:
    return np.random.default_rng(5).integers(0, 256, (40, 60, 3)).astype(np.uint8)


def test_without_a_profile_it_is_srgb_bit_for_bit(colours: NDArray[np.uint8]) -> None:
    np.testing.assert_array_equal(to_monitor8(picture(colours), None), colours)
    wide = picture(colours, DISPLAY_P3.profile)
    np.testing.assert_array_equal(to_monitor8(wide, None), to_srgb8(wide))


def test_a_monitor_with_red_and_blue_exchanged_gets_them_exchanged(
    rgb_profile: MakeProfile, colours: NDArray[np.uint8]
) -> None:
    straight, swapped = rgb_profile(2.2), rgb_profile(2.2, SWAPPED)
    shown = to_monitor8(picture(colours, straight), swapped)
    found = np.abs(shown.astype(int) - colours[..., ::-1])
    assert found.max() <= 2  # the engine's own rounding in the darkest levels
    assert found.mean() < 0.1


def test_colours_of_the_monitor_itself_pass_bit_for_bit(colours: NDArray[np.uint8]) -> None:
    np.testing.assert_array_equal(
        to_monitor8(picture(colours, DISPLAY_P3.profile), DISPLAY_P3.profile), colours
    )


def test_a_red_beyond_srgb_keeps_its_strength_on_a_monitor_that_has_it() -> None:
    red = np.full((2, 2, 3), (255, 0, 0), np.uint8)
    shown = to_monitor8(picture(red, DISPLAY_P3.profile), DISPLAY_P3.profile)
    clipped = to_monitor8(picture(to_srgb8(picture(red, DISPLAY_P3.profile))), DISPLAY_P3.profile)
    assert shown[0, 0].tolist() == [255, 0, 0]
    np.testing.assert_allclose(clipped[0, 0], (234, 51, 35), atol=2)  # sRGB's red in Display P3


def test_sixteen_bits_reach_the_monitor_without_being_rounded_first(rgb_profile: MakeProfile) -> None:
    dark = np.random.default_rng(3).integers(600, 6000, (20, 30, 3)).astype(np.uint16)
    shown = to_monitor8(picture(dark, rgb_profile(1.0)), rgb_profile(2.2))
    assert np.abs(shown - (dark / 65535) ** (1 / 2.2) * 255).max() < 2.5


def test_a_profile_that_means_srgb_asks_for_nothing(tmp_path: Path) -> None:
    file = tmp_path / "monitor.icc"
    file.write_bytes(SRGB.profile)
    assert read_monitor_profile(file) is None
    assert checked_profile(SRGB.profile) is None


def test_a_profile_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "monitor.icc"
    file.write_bytes(DISPLAY_P3.profile)
    assert read_monitor_profile(file) == checked_profile(file.read_bytes()) == DISPLAY_P3.profile


def test_a_wrong_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    printer = DISPLAY_P3.profile[:12] + b"prtr" + DISPLAY_P3.profile[16:]
    cases = {
        "a.icc": (b"no profile at all", "no ICC profile"),
        "b.icc": (lab, "no monitor"),
        "c.icc": (printer, "no monitor"),
        "d.icc": (DISPLAY_P3.profile[:300], "damaged"),
        "e.icc": (b"", "empty"),
    }
    for name, (content, words) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(MonitorProfileError, match=f"^{name}: .*{words}"):
            read_monitor_profile(tmp_path / name)
        assert checked_profile(content) is None
    with pytest.raises(MonitorProfileError, match="no longer there"):
        read_monitor_profile(tmp_path / "gone.icc")
