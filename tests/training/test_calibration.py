"""Calibration finds a known scale and a known offset again, whatever is not known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from training.calibration import fit_calibration, fit_temperature

Floats = NDArray[np.float64]


def _honest(seed: int, count: int = 20_000) -> tuple[Floats, Floats]:
    """Logits that say how often they are right when half of the photos are good, and labels.

    One photo in six has the defect of each head; no photo has two.
    """
    random = np.random.default_rng(seed)
    defect = np.where(random.random(count) < 0.5, 3, random.integers(0, 3, count))
    labels = (defect[:, None] == np.arange(3)).astype(np.float64)
    # Of two normal distributions as far apart as their variance, the logit of the posterior is the value.
    prior = np.log((1 / 6) / (5 / 6))
    return random.normal(4.0 * (labels - 0.5) + prior, 2.0), labels


@pytest.mark.parametrize("scale", [0.4, 1.0, 3.0])
def test_temperature_recovers_a_known_scale(scale: float) -> None:
    logits, labels = _honest(1)
    assert fit_temperature(logits[:, 0] * scale, labels[:, 0]) == pytest.approx(scale, rel=0.06)


@pytest.mark.parametrize(("scale", "offset"), [(0.4, 0.0), (1.0, 2.0), (3.0, -1.5)])
def test_calibration_recovers_a_known_scale_and_offset(scale: float, offset: float) -> None:
    logits, labels = _honest(2)
    found = fit_calibration(logits * scale - offset, labels)
    assert list(found.temperature) == pytest.approx([scale] * 3, rel=0.08)
    assert list(found.offset) == pytest.approx([offset] * 3, abs=0.15 * max(1, scale))


def test_few_good_photos_do_not_make_it_surer_of_a_defect() -> None:
    logits, labels = _honest(3)
    kept = (labels.any(axis=1)) | (np.arange(len(labels)) % 4 == 0)
    whole, part = fit_calibration(logits, labels), fit_calibration(logits[kept], labels[kept])
    assert list(part.offset) == pytest.approx(list(whole.offset), abs=0.12)


def test_unknown_labels_do_not_move_it() -> None:
    logits, labels = _honest(4, 4000)
    noisy = np.concatenate([logits * 2, np.full((500, 3), 40.0)])
    known = np.concatenate([labels, np.full((500, 3), -1.0)])
    found, expected = fit_calibration(noisy, known), fit_calibration(logits * 2, labels)
    assert list(found.temperature) == pytest.approx(list(expected.temperature))
    assert list(found.offset) == pytest.approx(list(expected.offset))


def test_a_head_without_labels_stays_as_it_is() -> None:
    found = fit_calibration(np.ones((4, 3)), np.full((4, 3), -1.0))
    assert (found.offset.under, found.temperature.under) == (0.0, 1.0)


def test_a_head_that_is_never_wrong_gets_bounded_values() -> None:
    labels = np.repeat(np.eye(4)[:, :3], 5, axis=0)
    found = fit_calibration(labels * 8 - 4, labels)
    assert all(0.05 <= value <= 20 for value in found.temperature)
    assert all(abs(value) <= 10 for value in found.offset)
