"""Thresholds respect the allowed rate of false rejects."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from training.operating_points import thresholds_for


def _rate(pristine: NDArray[np.float64], rate: float) -> float:
    lines = np.array(list(thresholds_for(pristine, rate)))
    assert ((lines >= 0) & (lines <= 1)).all()
    return float((pristine >= lines).any(axis=1).mean())


@given(
    arrays(np.float64, st.tuples(st.integers(1, 80), st.just(3)), elements=st.floats(0, 0.999)),
    st.floats(0, 1),
)
def test_the_rate_is_never_exceeded(pristine: NDArray[np.float64], rate: float) -> None:
    assert _rate(pristine, rate) <= rate


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.10])
def test_the_rate_is_nearly_used_up(rate: float) -> None:
    pristine = np.random.default_rng(3).random((3000, 3))
    assert rate * 0.9 <= _rate(pristine, rate) <= rate


def test_equal_values_in_one_head_do_not_hold_the_others_back() -> None:
    pristine = np.full((100, 3), 0.1)
    pristine[:, 0] = np.linspace(0.1, 0.2, 100)
    lines = thresholds_for(pristine, 0.03)
    assert pristine[-4, 0] < lines.blur < pristine[-3, 0]
    assert lines.under > 0.1


def test_no_good_photos_is_an_error() -> None:
    with pytest.raises(ValueError, match="good photo"):
        thresholds_for(np.empty((0, 3)), 0.03)
