"""Figures against scikit-learn and by hand, unknown labels included."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, precision_recall_fscore_support, roc_auc_score

from quality.core.labels import PerDefect
from training.metrics import measure

HALF = PerDefect(0.5, 0.5, 0.5)


@given(st.integers(0, 2**32 - 1), st.integers(2, 60), st.floats(0.05, 0.95))
def test_as_scikit_learn_says(seed: int, count: int, line: float) -> None:
    random = np.random.default_rng(seed)
    labels = random.integers(0, 2, (count, 3)).astype(np.float64)
    probabilities = random.random((count, 3)).round(2)
    figures = measure(probabilities, labels, PerDefect(line, 0.5, 0.5))
    truth, said = labels[:, 0], probabilities[:, 0] >= line
    precision, recall, f1, _ = precision_recall_fscore_support(
        truth, said, average="binary", zero_division=0.0
    )
    head = figures.heads.blur
    assert (head.precision, head.recall, head.f1) == pytest.approx((precision, recall, f1))
    assert head.accuracy == pytest.approx(accuracy_score(truth, said))
    if 0 < truth.sum() < count:
        assert head.auc == pytest.approx(roc_auc_score(truth, probabilities[:, 0]))
    else:
        assert math.isnan(head.auc)


def test_by_hand() -> None:
    probabilities = np.array([[0.9, 0.1, 0.1], [0.6, 0.1, 0.1], [0.2, 0.8, 0.1], [0.5, 0.1, 0.7]])
    labels = np.array([[1, 0, 0], [0, 0, 0], [1, 1, 0], [1, 0, 0]], dtype=np.float64)
    figures = measure(probabilities, labels, HALF)
    blur = figures.heads.blur
    assert (blur.true_positives, blur.false_positives, blur.false_negatives, blur.true_negatives) == (
        2,
        1,
        1,
        0,
    )
    assert blur.precision == blur.recall == blur.f1 == pytest.approx(2 / 3)
    assert figures.heads.over.false_positives == 1
    assert figures.micro_accuracy == pytest.approx(9 / 12)
    assert figures.exact_match == pytest.approx(1 / 4)


def test_an_unknown_label_counts_nowhere() -> None:
    probabilities = np.array([[0.9, 0.9, 0.1], [0.1, 0.9, 0.9]])
    labels = np.array([[1, -1, 0], [0, -1, 0]], dtype=np.float64)
    figures = measure(probabilities, labels, HALF)
    under = figures.heads.under
    assert under.true_positives + under.false_positives + under.false_negatives + under.true_negatives == 0
    assert figures.micro_accuracy == pytest.approx(3 / 4)
    assert figures.exact_match == pytest.approx(1 / 2)
    assert figures.auc == pytest.approx(1.0)


@given(arrays(np.float64, (20, 3), elements=st.floats(0, 1)), st.integers(0, 2**32 - 1))
def test_hidden_labels_change_nothing_but_their_own_head(
    probabilities: NDArray[np.float64], seed: int
) -> None:
    labels = np.random.default_rng(seed).integers(0, 2, (20, 3)).astype(np.float64)
    hidden = labels.copy()
    hidden[:, 1] = -1
    whole, part = (measure(probabilities, values, HALF) for values in (labels, hidden))
    for defect in ("blur", "over"):
        assert repr(getattr(whole.heads, defect)) == repr(getattr(part.heads, defect))


def test_no_pictures_give_no_figures() -> None:
    figures = measure(np.empty((0, 3)), np.empty((0, 3)), HALF)
    assert (figures.micro_accuracy, figures.exact_match) == (0.0, 0.0)
    assert math.isnan(figures.auc)
