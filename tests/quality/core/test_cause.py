"""Causes are counted among flagged photos, and only where the camera wrote enough."""

import pytest

from editor.core.metadata import NO_METADATA, PhotoMetadata
from quality.core.cause import CauseCount, blur_causes, shutter_is_slow, under_causes
from quality.core.labels import Defect
from quality.core.photo_facts import PhotoFacts
from quality.core.scene_light import SceneLight


@pytest.mark.parametrize(
    ("seconds", "focal", "equivalent", "slow"),
    [
        (1 / 15, 200.0, None, True),
        (1 / 500, 200.0, None, False),
        (1 / 400, 200.0, None, False),  # exactly 1 / (2 f)
        (1 / 150, 50.0, 75.0, False),
        (1 / 149, 50.0, 75.0, True),
        (None, 50.0, None, None),
        (1 / 100, None, None, None),
    ],
)
def test_a_slow_shutter(
    seconds: float | None, focal: float | None, equivalent: float | None, slow: bool | None
) -> None:
    assert shutter_is_slow(PhotoMetadata(exposure_s=seconds, focal_mm=focal, focal_35mm=equivalent)) is slow


def test_counts() -> None:
    slow = PhotoFacts(PhotoMetadata(exposure_s=1.0, focal_mm=50.0))
    fast = PhotoFacts(PhotoMetadata(exposure_s=0.001, focal_mm=50.0))
    unknown = PhotoFacts(NO_METADATA)
    assert blur_causes([slow, slow, fast, unknown]) == CauseCount(Defect.BLUR, 4, 3, 2)
    night = PhotoFacts(scene=SceneLight(1.0, is_dark=True, by_content=False))
    day = PhotoFacts(scene=SceneLight(14.0, is_dark=False, by_content=False))
    said = PhotoFacts(scene=day.scene, as_night=True)
    assert under_causes([night, day, unknown, said]) == CauseCount(Defect.UNDER, 4, 3, 2)
    assert blur_causes([]) == CauseCount(Defect.BLUR, 0, 0, 0)
