"""Light values against known exposures, and who says that a scene was dark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.metadata import PhotoMetadata
from quality.core.light_measure import LightMeasure
from quality.core.scene_light import DARK_LINE, DARK_LINES, SceneLight, light_value, scene_light

NIGHT = LightMeasure(0.0, 0.01, 0.8, 0.0, 0.1)
UNDER = LightMeasure(0.0, 0.01, 0.1, 0.0, 0.1)
APERTURE, SECONDS, SPEED = st.floats(0.9, 45), st.floats(1 / 16000, 3600), st.integers(25, 409_600)


def shot(aperture: float, seconds: float, iso: int) -> PhotoMetadata:
    return PhotoMetadata(aperture=aperture, exposure_s=seconds, iso=iso)


@pytest.mark.parametrize(
    ("aperture", "seconds", "iso", "value"),
    [
        (1.0, 1.0, 100, 0.0),  # the definition
        (16.0, 1 / 100, 100, 14.6),  # sunny sixteen
        (16.0, 1 / 200, 200, 14.6),
        (8.0, 1 / 125, 100, 13.0),  # hazy sun
        (5.6, 1 / 125, 100, 11.9),  # open shade
        (2.8, 1 / 60, 800, 5.9),  # lit living room
        (1.4, 1 / 15, 1600, 0.9),  # candles
        (4.0, 2.0, 100, 3.0),  # floodlit building
        (8.0, 30.0, 100, 1.1),  # city at night
        (2.8, 25.0, 3200, -6.7),  # milky way
    ],
)
def test_known_exposures(aperture: float, seconds: float, iso: int, value: float) -> None:
    assert light_value(shot(aperture, seconds, iso)) == pytest.approx(value, abs=0.06)


@given(APERTURE, SECONDS, SPEED)
def test_one_stop_is_one(aperture: float, seconds: float, iso: int) -> None:
    value = light_value(shot(aperture, seconds, iso))
    assert value is not None
    assert light_value(shot(aperture, seconds / 2, iso)) == pytest.approx(value + 1)
    assert light_value(shot(aperture, seconds, iso * 2)) == pytest.approx(value - 1)
    assert light_value(shot(aperture * 2, seconds, iso)) == pytest.approx(value + 2)


@pytest.mark.parametrize("missing", ["aperture", "exposure_s", "iso"])
def test_without_a_part_there_is_no_value(missing: str) -> None:
    parts = {"aperture": 2.8, "exposure_s": 0.5, "iso": 100} | {missing: None}
    metadata = PhotoMetadata(**parts)  # type: ignore[arg-type]
    assert light_value(metadata) is None
    assert scene_light(metadata, NIGHT) == SceneLight(None, is_dark=True, by_content=True)
    assert scene_light(metadata, UNDER) == SceneLight(None, is_dark=False, by_content=True)
    assert scene_light(metadata, None) == SceneLight(None, is_dark=None, by_content=False)


def test_the_camera_has_the_first_word() -> None:
    night, day = shot(2.0, 1.0, 400), shot(8.0, 1 / 250, 100)
    assert scene_light(night, UNDER).is_dark is True
    assert scene_light(day, NIGHT).is_dark is False
    assert not scene_light(day, NIGHT).by_content


def test_the_line_can_be_moved() -> None:
    room = shot(2.8, 1 / 60, 800)
    assert scene_light(room, None).is_dark is False
    assert scene_light(room, None, 6.5).is_dark is True
    assert DARK_LINES[0] < DARK_LINE < DARK_LINES[1]


@given(APERTURE, SECONDS, SPEED, st.floats(*DARK_LINES), st.floats(*DARK_LINES))
def test_a_higher_line_makes_no_scene_brighter(
    aperture: float, seconds: float, iso: int, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    metadata = shot(aperture, seconds, iso)
    assert not scene_light(metadata, None, low).is_dark or scene_light(metadata, None, high).is_dark
