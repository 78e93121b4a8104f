"""Causes are counted among flagged photos, and only where the camera wrote enough."""

import numpy as np
import pytest

from editor.core.metadata import PhotoMetadata
from quality.core.cause import CauseCount, answer_code, count_causes, shutter_is_slow
from quality.core.labels import Defect


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
    answers = [answer_code(answer) for answer in (True, True, False, None)]
    assert count_causes(Defect.BLUR, np.array(answers, np.int8)) == CauseCount(Defect.BLUR, 4, 3, 2)
    assert count_causes(Defect.UNDER, np.empty(0, np.int8)) == CauseCount(Defect.UNDER, 0, 0, 0)
