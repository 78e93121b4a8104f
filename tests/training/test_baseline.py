"""The baseline's measures by hand, and lines that are the best there are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from quality.core.labels import PerDefect
from training.baseline import (
    MEASURES,
    Rule,
    baseline_figures,
    fit_baseline,
    from_json,
    measures_of,
    scores,
    to_json,
)


def test_measures_by_hand() -> None:
    picture = np.zeros((10, 10, 3), np.uint8)
    picture[:5] = 255
    values = dict(zip(MEASURES, measures_of(picture), strict=True))
    assert values["mean"] == 127.5
    assert values["dark_share"] == values["clipped_share"] == 0.5
    assert (values["p5"], values["p95"]) == (0, 255)
    assert values["laplacian_variance"] == pytest.approx(255**2 * 0.2)
    assert measures_of(np.full((8, 8, 3), 90, np.uint8))[0] == 0


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=30)
def test_the_line_has_the_best_f1(seed: int) -> None:
    random = np.random.default_rng(seed)
    measures = random.integers(0, 6, (40, len(MEASURES))).astype(np.float64)
    labels = random.integers(0, 2, (40, 3)).astype(np.float64)
    labels[:2] = [[0, 0, 0], [1, 1, 1]]
    blur = fit_baseline(measures, labels).blur
    values = scores(measures, blur)
    every = [_f1(labels[:, 0], values >= line) for line in np.unique(values)]
    assert _f1(labels[:, 0], values >= blur.line) == pytest.approx(max(every))


def _f1(truth: NDArray[np.float64], said: NDArray[np.bool_]) -> float:
    return float(2 * (said * truth).sum() / (said.sum() + truth.sum()))


def test_the_measure_that_tells_best_is_chosen_and_figures_follow() -> None:
    random = np.random.default_rng(1)
    labels = random.integers(0, 2, (200, 3)).astype(np.float64)
    measures = random.random((200, len(MEASURES)))
    measures[:, MEASURES.index("clipped_share")] += 2 * labels[:, 2]
    measures[:, MEASURES.index("p95")] -= 2 * labels[:, 1]
    measures[:, MEASURES.index("laplacian_variance")] -= 2 * labels[:, 0]
    baseline = fit_baseline(measures, labels)
    assert [rule.measure for rule in baseline] == ["-laplacian_variance", "-p95", "clipped_share"]
    assert baseline_figures(measures, labels, baseline).exact_match == 1.0
    assert from_json(to_json(baseline)) == baseline


def test_a_minus_turns_a_measure_round() -> None:
    measures = np.arange(2 * len(MEASURES), dtype=np.float64).reshape(2, -1)
    np.testing.assert_array_equal(scores(measures, Rule("-mean", 0.0)), [-1, -8])


def test_a_defect_that_is_never_there_is_refused() -> None:
    with pytest.raises(ValueError, match="blur"):
        fit_baseline(np.zeros((4, len(MEASURES))), np.zeros((4, 3)))


def test_unknown_labels_are_left_out() -> None:
    measures = np.random.default_rng(2).random((60, len(MEASURES)))
    labels = (np.random.default_rng(3).random((60, 3)) < 0.5).astype(np.float64)
    hidden = np.concatenate([labels, np.full((20, 3), -1.0)])
    more = np.concatenate([measures, np.full((20, len(MEASURES)), 9.0)])
    assert fit_baseline(more, hidden) == fit_baseline(measures, labels)
    assert isinstance(fit_baseline(measures, labels), PerDefect)
