"""The baseline everybody starts with: variance of the Laplacian, mean, clipped share, percentiles."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from quality.core.labels import DEFECTS, PerDefect
from training.metrics import Figures, measure

Floats = NDArray[np.float64]

MEASURES = ("laplacian_variance", "mean", "dark_share", "clipped_share", "p5", "p50", "p95")
CANDIDATES = PerDefect(
    ("-laplacian_variance",),
    ("-mean", "dark_share", "-p50", "-p95"),
    ("mean", "clipped_share", "p5", "p50"),
)
"""What may stand for each defect; a minus where less of it means more of the defect."""
DARK, CLIPPED = 8, 250
"""Luma at or below which a pixel counts as black, and at or above which as clipped, of 0..255."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One measure with a line: a photo has the defect where its score is at the line or above."""

    measure: str
    line: float


Baseline = PerDefect[Rule]


def measures_of(picture: NDArray[np.uint8]) -> Floats:
    """The measures of a picture at the network's input size, in the order of `MEASURES`.

    Args:
        picture: Shape (H, W, 3), sRGB.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    sharpness = float(cv2.Laplacian(grey, cv2.CV_64F).var())
    low, middle, high = np.percentile(grey, (5, 50, 95))
    return np.array(
        [sharpness, grey.mean(), (grey <= DARK).mean(), (grey >= CLIPPED).mean(), low, middle, high]
    )


def scores(measures: Floats, rule: Rule) -> Floats:
    """How much of the defect a rule sees in each picture, shape (N,)."""
    column = measures[:, MEASURES.index(rule.measure.removeprefix("-"))]
    return -column if rule.measure.startswith("-") else column


def fit_baseline(measures: Floats, labels: Floats) -> Baseline:
    """Chooses for each defect the measure with the best AUC and the line with the best F1.

    Args:
        measures: Of pictures of the training part, shape (N, 7).
        labels: Shape (N, 3): 0, 1, or below 0 for unknown.

    Raises:
        ValueError: If a defect is never or always there.
    """
    rules = []
    for column, defect in enumerate(DEFECTS):
        known = labels[:, column] >= 0
        truth = labels[known, column] == 1
        if truth.all() or not truth.any():
            raise ValueError(f"a baseline for {defect.value} needs pictures with it and without it")
        trials = [Rule(name, 0.0) for name in CANDIDATES.of(defect)]
        best = max(trials, key=lambda rule: float(roc_auc_score(truth, scores(measures[known], rule))))
        rules.append(Rule(best.measure, _best_line(scores(measures[known], best), truth)))
    return PerDefect(*rules)


def baseline_figures(measures: Floats, labels: Floats, baseline: Baseline) -> Figures:
    """The published figures of a baseline; its scores stand where a network's probabilities would."""
    columns = [scores(measures, rule) for rule in baseline]
    return measure(np.stack(columns, axis=1), labels, PerDefect(*(rule.line for rule in baseline)))


def to_json(baseline: Baseline) -> dict[str, Any]:
    """Plain JSON values."""
    return {defect.value: asdict(baseline.of(defect)) for defect in DEFECTS}


def from_json(values: Mapping[str, Any]) -> Baseline:
    """The baseline whose `to_json` is `values`."""
    return PerDefect(*(Rule(**values[defect.value]) for defect in DEFECTS))


def _best_line(values: Floats, truth: NDArray[np.bool_]) -> float:
    order = np.argsort(-values, kind="stable")
    found = np.cumsum(truth[order])
    f1 = 2 * found / (np.arange(1, len(order) + 1) + truth.sum())
    # Only the last of equal values can be a line.
    is_last = np.append(values[order][1:] != values[order][:-1], True)
    return float(values[order][int(np.argmax(np.where(is_last, f1, -1.0)))])
