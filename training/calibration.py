"""Makes probabilities say how often they are right: an offset and a temperature for each head."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from quality.core.labels import DEFECTS, PerDefect

Floats = NDArray[np.float64]

_LOG_TEMPERATURES = (float(np.log(0.05)), float(np.log(20.0)))
_OFFSETS = (-10.0, 10.0)


class Calibration(NamedTuple):
    """The probability of a defect is sigmoid((logit + offset) / temperature)."""

    offset: PerDefect[float]
    temperature: PerDefect[float]


def fit_calibration(logits: Floats, labels: Floats) -> Calibration:
    """Offset and temperature with the lowest cross-entropy (Platt 1999), where half of the photos are good.

    A network that knows its training scenes by heart is too sure of a defect on others, which a temperature
    alone can't mend: it leaves the logit 0 where it is.

    Args:
        logits: Shape (N, 3).
        labels: Shape (N, 3), 0 or 1, below 0 unknown. Photos without any defect weigh as much together as
            all others, as in the KADIS protocol.

    Returns:
        Offsets -10..10, temperatures 0.05..20; 0 and 1 for a head without known labels.
    """
    is_good = np.asarray((labels <= 0).all(axis=1), dtype=np.bool_)
    pairs = [_offset(logits[:, head], labels[:, head], is_good) for head in range(len(DEFECTS))]
    return Calibration(
        PerDefect(*(offset for offset, _ in pairs)), PerDefect(*(temperature for _, temperature in pairs))
    )


def fit_temperature(logits: Floats, labels: Floats) -> float:
    """The divisor of one head's logits that gives the lowest cross-entropy (Guo et al. 2017).

    Args:
        logits: Shape (N,).
        labels: Shape (N,), 0 or 1.

    Returns:
        0.05..20.
    """
    best = minimize_scalar(
        lambda log_temperature: _cross_entropy(logits / np.exp(log_temperature), labels).mean(),
        bounds=_LOG_TEMPERATURES,
        method="bounded",
    )
    return float(np.exp(best.x))


def _half_good(is_good: NDArray[np.bool_]) -> Floats:
    good = is_good.mean()
    if good in (0, 1):
        return np.ones(len(is_good))
    return np.asarray(np.where(is_good, 0.5 / good, 0.5 / (1 - good)), dtype=np.float64)


def _offset(logits: Floats, labels: Floats, is_good: NDArray[np.bool_]) -> tuple[float, float]:
    known = labels >= 0
    if not known.any():
        return 0.0, 1.0
    logits, labels, weights = logits[known], labels[known], _half_good(is_good[known])

    def mean_cross_entropy(place: Floats) -> float:
        each = _cross_entropy((logits + place[0]) / np.exp(place[1]), labels)
        return float(np.average(each, weights=weights))

    best = minimize(mean_cross_entropy, (0.0, 0.0), bounds=(_OFFSETS, _LOG_TEMPERATURES))
    return float(best.x[0]), float(np.exp(best.x[1]))


def _cross_entropy(logits: Floats, labels: Floats) -> Floats:
    return np.asarray(np.logaddexp(0, logits) - labels * logits)
