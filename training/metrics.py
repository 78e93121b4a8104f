"""Figures of a binary verdict per head: counts, precision, recall, AUC and the shared accuracies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from quality.core.labels import DEFECTS, PerDefect

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class HeadFigures:
    """What one head did at one threshold."""

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int
    auc: float
    """Area under the ROC curve over all thresholds; NaN where only one class is present."""

    @property
    def precision(self) -> float:
        """Share of flagged photos that have the defect; 0 where none is flagged."""
        return _share(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        """Share of photos with the defect that are flagged; 0 where none has it."""
        return _share(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(
            2 * self.true_positives, 2 * self.true_positives + self.false_positives + self.false_negatives
        )

    @property
    def accuracy(self) -> float:
        """Share of right verdicts."""
        right = self.true_positives + self.true_negatives
        return _share(right, right + self.false_positives + self.false_negatives)


@dataclass(frozen=True, slots=True)
class Figures:
    """All heads together."""

    pictures: int
    heads: PerDefect[HeadFigures]
    micro_accuracy: float
    """Share of right verdicts over all known labels."""
    exact_match: float
    """Share of pictures whose known labels were all right."""

    @property
    def auc(self) -> float:
        """Mean of the heads that have one."""
        values = [head.auc for head in self.heads if not np.isnan(head.auc)]
        return float(np.mean(values)) if values else float("nan")


def measure(probabilities: Floats, labels: Floats, thresholds: PerDefect[float]) -> Figures:
    """Compares verdicts with labels.

    Args:
        probabilities: Shape (N, 3), 0..1.
        labels: Shape (N, 3): 0, 1, or below 0 for unknown.
        thresholds: A probability at or above the threshold is a verdict "has the defect".
    """
    flagged = probabilities >= np.array(list(thresholds))
    known = labels >= 0
    right = (flagged == (labels == 1)) | ~known
    heads = [
        _head(probabilities[known[:, column], column], labels[known[:, column], column], threshold)
        for column, threshold in zip(range(len(DEFECTS)), thresholds, strict=True)
    ]
    return Figures(
        pictures=len(labels),
        heads=PerDefect(*heads),
        micro_accuracy=_share(int((right & known).sum()), int(known.sum())),
        exact_match=_share(int(right.all(axis=1).sum()), len(labels)),
    )


def _head(probabilities: Floats, labels: Floats, threshold: float) -> HeadFigures:
    flagged, positive = probabilities >= threshold, labels == 1
    both_classes = bool(positive.any() and not positive.all())
    return HeadFigures(
        true_positives=int((flagged & positive).sum()),
        false_positives=int((flagged & ~positive).sum()),
        false_negatives=int((~flagged & positive).sum()),
        true_negatives=int((~flagged & ~positive).sum()),
        auc=float(roc_auc_score(positive, probabilities)) if both_classes else float("nan"),
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
