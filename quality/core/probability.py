"""From logits to calibrated probabilities; pure arithmetic, never looks at thresholds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.core.labels import PerDefect


def to_probabilities(logits: NDArray[np.floating[Any]], temperature: PerDefect[float]) -> NDArray[np.float64]:
    """Computes sigmoid(logit / temperature) for each head by itself; never a softmax.

    Args:
        logits: Shape (..., 3), one per defect in the order of `DEFECTS`.
        temperature: One positive number per defect; 1 leaves the logits as they are.

    Returns:
        Shape (..., 3), float64 in 0..1. Large logits overflow nothing.

    Raises:
        ValueError: The last axis is not 3 long.
    """
    if logits.ndim == 0 or logits.shape[-1] != 3:
        raise ValueError(f"logits must end in an axis of 3 defects, not in shape {logits.shape}")
    scaled = logits.astype(np.float64) / np.array(list(temperature), dtype=np.float64)
    small = np.exp(-np.abs(scaled))
    positive = 1.0 / (1.0 + small)
    return np.where(scaled >= 0, positive, small / (1.0 + small))
