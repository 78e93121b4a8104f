"""One photo in words: settings, scene, losses, what can be brought back, the reason of each badge."""

import pytest

from editor.core.metadata import NO_METADATA, PhotoMetadata
from quality.core.labels import Defect
from quality.core.light_measure import LightMeasure
from quality.core.photo_facts import PhotoFacts
from quality.core.scene_light import SceneLight, scene_light
from quality.panel.badge import BadgeMark
from quality.panel.photo_words import (
    camera_settings,
    explain,
    lost_words,
    recoverable_words,
    scene_words,
    shutter,
)

BLUR, UNDER, OVER = (BadgeMark(defect) for defect in Defect)
DARK_PICTURE = LightMeasure(0.001, 0.01, 0.277, 0.0, 0.004)
BRIGHT_PICTURE = LightMeasure(0.2, 0.8, 1.0, 0.32, 0.0)


def facts(light: LightMeasure | None = None, *, as_night: bool = False, **known: float) -> PhotoFacts:
    metadata = PhotoMetadata(**known)  # type: ignore[arg-type]
    return PhotoFacts(metadata, light, scene_light(metadata, light), as_night)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1 / 8000, "1/8000 s"),
        (1 / 15, "1/15 s"),
        (0.25, "1/4 s"),
        (0.5, "0.5 s"),
        (2.0, "2 s"),
        (30.0, "30 s"),
    ],
)
def test_shutter(seconds: float, words: str) -> None:
    assert shutter(seconds) == words


def test_settings_as_far_as_they_are_known() -> None:
    metadata = PhotoMetadata(exposure_s=1 / 15, aperture=2.8, iso=800, focal_mm=200.0)
    assert plain(camera_settings(metadata)) == "1/15 s · f/2.8 · ISO 800 · 200 mm"
    assert plain(camera_settings(PhotoMetadata(iso=100))) == "ISO 100"
    assert camera_settings(NO_METADATA) == "No camera settings in the file"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-3.0, "-3.0, a scene without lamps"),
        (2.1, "2.1, a night scene"),
        (5.0, "5.0, dim light"),
        (8.0, "8.0, indoor light"),
        (12.0, "12.0, clouds or shade"),
        (15.0, "15.0, daylight"),
    ],
)
def test_scenes(value: float, words: str) -> None:
    assert scene_words(SceneLight(value, is_dark=False, by_content=False)) == words


def test_scenes_that_are_not_known() -> None:
    assert "picture decides" in scene_words(SceneLight(None, is_dark=True, by_content=True))
    assert scene_words(SceneLight(None, is_dark=None, by_content=False)) == "unknown"


def test_what_is_lost() -> None:
    assert lost_words(LightMeasure(0, 0.2, 0.9, 0.0311, 0.004)) == "3.1 % of highlights, 0.4 % of shadows"
    assert lost_words(BRIGHT_PICTURE) == "32 % of highlights"
    assert lost_words(LightMeasure(0, 0.2, 0.9, 0.0, 0.0001)) == "nothing"


def test_what_can_be_brought_back_is_said_only_of_dark_and_bright_photos() -> None:
    assert recoverable_words(DARK_PICTURE, [UNDER]) == "+1.7 EV"
    assert recoverable_words(DARK_PICTURE, [BLUR]) == ""
    assert recoverable_words(DARK_PICTURE, [OVER]) == ""
    assert recoverable_words(BRIGHT_PICTURE, [OVER]).startswith("about −1.5 EV")
    assert recoverable_words(LightMeasure(0, 0.01, 0.85, 0, 0), [UNDER]) == ""


@pytest.mark.parametrize(
    ("mark", "known", "words"),
    [
        (BLUR, facts(exposure_s=1 / 15, focal_mm=200.0), "Soft everywhere: 1/15 s at 200 mm"),
        (BLUR, facts(exposure_s=1 / 1000, focal_mm=50.0), "rather out of focus"),
        (BLUR, facts(), "out of focus or shaken"),
        (
            BadgeMark(Defect.UNDER, hint=True),
            facts(exposure_s=1.0, aperture=2.0, iso=100),
            "Dark, but the scene was: light value 2.0, a night scene.",
        ),
        (UNDER, facts(exposure_s=0.001, aperture=8.0, iso=100), "Too dark for its scene: light value 16.0"),
        (UNDER, facts(LightMeasure(0, 0.01, 0.8, 0, 0)), "with true highlights"),
        (UNDER, facts(DARK_PICTURE), "without true highlights"),
        (UNDER, facts(DARK_PICTURE, as_night=True), "a night series"),
        (OVER, facts(BRIGHT_PICTURE), "32 % of the picture"),
        (OVER, facts(), "Too bright."),
    ],
)
def test_every_badge_has_its_reason(mark: BadgeMark, known: PhotoFacts, words: str) -> None:
    assert words in explain([mark], known)


def test_one_sentence_per_badge() -> None:
    assert len(explain([BLUR, OVER], facts()).splitlines()) == 2
    assert explain([], facts()) == "Below every line: not flagged."
