"""A lit subject keeps its light while the ground around it darkens by the EV asked."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from training import light
from training.config import PhysicalRanges
from training.scene_light import lit_subject

Texture = Callable[..., NDArray[np.uint8]]


def test_the_ground_darkens_and_the_subject_stays(texture: Texture) -> None:
    frame = texture(4)
    linear = light.to_linear(frame)
    ranges = PhysicalRanges(dark_ground_ev=(-3.0, -3.0))
    lit = lit_subject(linear, frame, ranges, np.random.default_rng(1))
    steps = np.log2((lit.sum(axis=2) + 1e-6) / (linear.sum(axis=2) + 1e-6))
    assert min(steps[0, 0], steps[0, -1], steps[-1, 0], steps[-1, -1]) == pytest.approx(-3, abs=0.05)
    assert steps.max() == pytest.approx(0, abs=0.2)
    assert steps.min() >= -3.001
