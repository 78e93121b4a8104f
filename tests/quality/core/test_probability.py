"""Logits become probabilities head by head, without overflow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.core.labels import PerDefect
from quality.core.probability import to_probabilities

ONE = PerDefect(1.0, 1.0, 1.0)
LOGITS = st.floats(-1e6, 1e6)
TEMPERATURES = st.floats(0.05, 20)


def test_known_values() -> None:
    found = to_probabilities(np.array([[0.0, np.log(3), -np.log(3)]]), ONE)
    np.testing.assert_allclose(found, [[0.5, 0.75, 0.25]], atol=1e-12)
    assert found.dtype == np.float64


def test_each_head_has_its_own_temperature() -> None:
    found = to_probabilities(np.array([2.0, 2.0, 2.0]), PerDefect(1.0, 2.0, 4.0))
    np.testing.assert_allclose(found, to_probabilities(np.array([2.0, 1.0, 0.5]), ONE))


def test_extremes_overflow_nothing() -> None:
    found = to_probabilities(np.array([1e30, -1e30, 0.0]), PerDefect(1e-3, 1e-3, 1e-3))
    assert found.tolist() == [1.0, 0.0, 0.5]


def test_float32_in_any_shape() -> None:
    logits = np.linspace(-9, 9, 24, dtype=np.float32).reshape(2, 4, 3)
    found = to_probabilities(logits, ONE)
    assert found.shape == (2, 4, 3)
    np.testing.assert_array_equal(found[1, 2], to_probabilities(logits[1, 2], ONE))


@pytest.mark.parametrize("shape", [(), (2,), (3, 2)])
def test_other_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="axis of 3"):
        to_probabilities(np.zeros(shape), ONE)


@given(LOGITS, LOGITS, TEMPERATURES)
def test_a_higher_logit_is_never_less_probable(one: float, other: float, temperature: float) -> None:
    low, high = sorted((one, other))
    found = to_probabilities(np.array([low, high, 0.0]), PerDefect(temperature, temperature, 1.0))
    assert 0 <= found[0] <= found[1] <= 1


@given(LOGITS, TEMPERATURES)
def test_both_answers_add_up_to_one(logit: float, temperature: float) -> None:
    found = to_probabilities(np.array([logit, -logit, 0.0]), PerDefect(temperature, temperature, 1.0))
    assert found[0] + found[1] == pytest.approx(1)
