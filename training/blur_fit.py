"""Fits one blur probability on what both witnesses said of validation scenes; scikit-learn stays outside."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from quality.core.blur_evidence import CombinedBlur
from quality.core.labels import PerDefect
from quality.core.probability import to_probabilities
from quality.core.sharpness_contract import WEIGHTS
from training.tile_views import CLEAR
from training.tile_witnesses import Testimony

Floats = NDArray[np.float64]

_RIDGE = 1e-3
"""Weight of the squared coefficients, so that two witnesses that agree share the work."""
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Witness:
    """One way to judge blur: what it is called, and its score for every photo, higher for blurred."""

    name: str
    scores: Floats


def fit_combined(heard: Testimony) -> CombinedBlur:
    """A logistic regression whose weights are not negative: no witness may plead against itself.

    Both classes count alike in sum. Photos in which no tile was judged are left out: there the frame
    stands alone.

    Raises:
        ValueError: If photos of one class are missing.
    """
    mask = heard.judged > 0
    truth = heard.labels[mask, 0] == 1
    if truth.all() or not truth.any():
        raise ValueError("the regression needs photos with blur and without")
    values = heard.features[mask]
    weights = np.where(truth, 0.5 / truth.sum(), 0.5 / (~truth).sum())

    def loss(parameters: Floats) -> tuple[float, Floats]:
        logits = parameters[0] + values @ parameters[1:]
        cross = np.logaddexp(0, logits) - truth * logits
        slope = weights * (1 / (1 + np.exp(-logits)) - truth)
        gradient = np.concatenate([[slope.sum()], values.T @ slope])
        gradient[1:] += 2 * _RIDGE * parameters[1:]
        return float(weights @ cross + _RIDGE * (parameters[1:] ** 2).sum()), gradient

    bounds = [(None, None)] + [(0.0, None)] * values.shape[1]
    found = minimize(loss, np.zeros(values.shape[1] + 1), jac=True, bounds=bounds, method="L-BFGS-B")
    return CombinedBlur(*(round(float(value), 6) for value in found.x))


def combined_scores(heard: Testimony, combined: CombinedBlur, temperature: PerDefect[float]) -> Floats:
    """The blur probability the program reports: of both witnesses, or of the frame where no tile speaks."""
    weights = np.array([getattr(combined, key) for key in WEIGHTS[1:]])
    logits = combined.bias + heard.features @ weights
    both = 1 / (1 + np.exp(-logits))
    frame = to_probabilities(heard.logits, temperature)[:, 0]
    return np.where(heard.judged > 0, both, frame)


def held_out_scores(heard: Testimony, temperature: PerDefect[float]) -> Floats:
    """The same, each scene by a regression that was fitted without it (five folds)."""
    scenes = np.unique(heard.refs)
    fold_of = {str(scene): place % _FOLDS for place, scene in enumerate(scenes)}
    folds = np.array([fold_of[str(ref)] for ref in heard.refs])
    scores = np.empty(len(heard.refs))
    for fold in range(_FOLDS):
        mask = folds == fold
        if mask.any():
            combined = fit_combined(heard.where(~mask))
            scores[mask] = combined_scores(heard.where(mask), combined, temperature)
    return scores


def is_good(heard: Testimony) -> NDArray[np.bool_]:
    """Photos that must not be rejected: good ones, soft backgrounds included."""
    return np.asarray(np.isin(heard.kinds, ("pristine", "composed")), dtype=np.bool_)


def is_clear(heard: Testimony, kind: str) -> NDArray[np.bool_]:
    """Blurred photos whose blur must be found."""
    return np.asarray((heard.kinds == kind) & (heard.strengths >= CLEAR[kind]), dtype=np.bool_)


def line_at(good: Floats, rate: float) -> float:
    """The score that at most this share of good photos reaches or exceeds."""
    ordered = np.sort(good)[::-1]
    return float(np.nextafter(ordered[min(len(ordered) - 1, int(rate * len(ordered)))], np.inf))
