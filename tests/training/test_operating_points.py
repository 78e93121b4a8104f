"""Temperature recovers a known scale; thresholds respect the allowed rate of false rejects."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from training.operating_points import fit_temperature, thresholds_for


@pytest.mark.parametrize("scale", [0.4, 1.0, 3.0])
def test_temperature_recovers_a_known_scale(scale: float) -> None:
    random = np.random.default_rng(1)
    honest = random.normal(0, 2, (20_000, 3))
    labels = (random.random(honest.shape) < 1 / (1 + np.exp(-honest))).astype(np.float64)
    assert list(fit_temperature(honest * scale, labels)) == pytest.approx([scale] * 3, rel=0.06)


def test_unknown_labels_do_not_move_the_temperature() -> None:
    random = np.random.default_rng(2)
    honest = random.normal(0, 2, (4000, 3))
    labels = (random.random(honest.shape) < 1 / (1 + np.exp(-honest))).astype(np.float64)
    noisy = np.concatenate([honest * 2, np.full((500, 3), 40.0)])
    known = np.concatenate([labels, np.full((500, 3), -1.0)])
    assert list(fit_temperature(noisy, known)) == pytest.approx(list(fit_temperature(honest * 2, labels)))


def test_a_head_without_labels_keeps_temperature_one() -> None:
    assert fit_temperature(np.ones((4, 3)), np.full((4, 3), -1.0)).under == 1.0


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
