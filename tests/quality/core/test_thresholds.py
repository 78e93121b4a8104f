"""Thresholds stay in 0..1."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.core.thresholds import (
    Mode,
    Modes,
    Thresholds,
    clamp_threshold,
    clamp_thresholds,
    default_modes,
)


def test_every_defect_may_reject_by_default_but_a_dark_scene_is_not_underexposed() -> None:
    assert default_modes() == Modes(Mode.REJECT, Mode.AUTO, Mode.REJECT)
    assert [mode.value for mode in Mode] == ["off", "hint", "auto", "reject"]


@given(st.floats(allow_nan=False))
def test_a_clamped_threshold_lies_in_its_range(value: float) -> None:
    found = clamp_threshold(value)
    assert 0 <= found <= 1
    assert found == value or not 0 <= value <= 1


@pytest.mark.parametrize(("value", "clamped"), [(-math.inf, 0), (-0.1, 0), (0.3, 0.3), (1, 1), (math.inf, 1)])
def test_known_values(value: float, clamped: float) -> None:
    assert clamp_threshold(value) == clamped


def test_all_three_are_clamped() -> None:
    assert clamp_thresholds(Thresholds(-1, 0.5, 7)) == Thresholds(0, 0.5, 1)


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="must be a number"):
        clamp_thresholds(Thresholds(0.5, math.nan, 0.5))
