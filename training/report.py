"""The published figures of an evaluation, as text for people and as JSON for programs."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.core.labels import DEFECTS, PerDefect
from quality.core.probability import to_probabilities
from training.judge import Judged
from training.metrics import Figures, HeadFigures, measure

HALF = PerDefect(0.5, 0.5, 0.5)
"""The threshold of the published figures."""


def figures_table(title: str, figures: Figures) -> str:
    """The published table: counts, precision, recall, F1, accuracy and AUC of each head."""
    lines = [
        f"{title}: {figures.pictures} pictures, AUC {figures.auc:.4f}, "
        f"micro-accuracy {figures.micro_accuracy:.4f}, exact match {figures.exact_match:.4f}",
        f"{'':6}{'TP':>6}{'FP':>6}{'FN':>6}{'TN':>6}{'precision':>11}{'recall':>8}{'F1':>8}{'accuracy':>10}{'AUC':>8}",
    ]
    lines += [_head_line(defect.value, figures.heads.of(defect)) for defect in DEFECTS]
    return "\n".join(lines)


def _head_line(name: str, head: HeadFigures) -> str:
    counts = (head.true_positives, head.false_positives, head.false_negatives, head.true_negatives)
    return (
        f"{name:6}"
        + "".join(f"{count:>6}" for count in counts)
        + (f"{head.precision:>11.4f}{head.recall:>8.4f}{head.f1:>8.4f}{head.accuracy:>10.4f}{head.auc:>8.4f}")
    )


def figures_json(figures: Figures) -> dict[str, Any]:
    """The same as plain JSON values; a figure that cannot be computed is null."""
    return {
        "pictures": figures.pictures,
        "auc": rounded(figures.auc),
        "micro_accuracy": rounded(figures.micro_accuracy),
        "exact_match": rounded(figures.exact_match),
        "heads": {defect.value: _head_json(figures.heads.of(defect)) for defect in DEFECTS},
    }


def _head_json(head: HeadFigures) -> dict[str, Any]:
    return {
        "true_positives": head.true_positives,
        "false_positives": head.false_positives,
        "false_negatives": head.false_negatives,
        "true_negatives": head.true_negatives,
        "precision": rounded(head.precision),
        "recall": rounded(head.recall),
        "f1": rounded(head.f1),
        "accuracy": rounded(head.accuracy),
        "auc": rounded(head.auc),
    }


def kadis_figures(judged: Judged, temperature: PerDefect[float]) -> dict[str, Figures]:
    """The published figures at 0.5: of all, of whole frames, and of crops at native scale."""
    groups = {
        "all": judged,
        "whole frames": judged.where(judged.is_whole),
        "native crops": judged.where(~judged.is_whole),
    }
    return {
        name: measure(to_probabilities(group.logits, temperature), group.labels, HALF)
        for name, group in groups.items()
        if len(group.labels)
    }


def found_share(found: NDArray[np.bool_]) -> float | None:
    """The share of True in shape (N,) as JSON can hold it; None where there is none to find."""
    return rounded(float(found.mean())) if len(found) else None


def shown_share(share: float | None) -> str:
    """A share with three decimals, a dash where it could not be computed."""
    return "-" if share is None else f"{share:.3f}"


def rounded(value: float) -> float | None:
    """A figure as JSON can hold it: six decimals, null where it could not be computed."""
    return None if math.isnan(value) else round(value, 6)
