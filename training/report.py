"""The report of an evaluation, as text for people and as JSON for programs."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from quality.core.labels import DEFECTS, PerDefect
from quality.core.probability import to_probabilities
from training.judge import Judged
from training.metrics import Figures, HeadFigures, measure
from training.testsets import STRENGTHS

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
        "auc": _number(figures.auc),
        "micro_accuracy": _number(figures.micro_accuracy),
        "exact_match": _number(figures.exact_match),
        "heads": {defect.value: _head_json(figures.heads.of(defect)) for defect in DEFECTS},
    }


def _head_json(head: HeadFigures) -> dict[str, Any]:
    return {
        "true_positives": head.true_positives,
        "false_positives": head.false_positives,
        "false_negatives": head.false_negatives,
        "true_negatives": head.true_negatives,
        "precision": _number(head.precision),
        "recall": _number(head.recall),
        "f1": _number(head.f1),
        "accuracy": _number(head.accuracy),
        "auc": _number(head.auc),
    }


def recall_by_strength(
    judged: Judged, temperature: PerDefect[float], thresholds: PerDefect[float]
) -> dict[str, Any]:
    """How strong a physical defect must be to be found.

    Returns:
        For every kind and strength the number of pictures and the share found.
    """
    probabilities = to_probabilities(judged.logits, temperature)
    flagged = probabilities >= np.array(list(thresholds))
    table: dict[str, Any] = {}
    for kind, strengths in STRENGTHS.items():
        column = {"defocus": 0, "shake": 0, "under": 1, "over": 2}[kind]
        rows = [(strength, (judged.kinds == kind) & (judged.strengths == strength)) for strength in strengths]
        table[kind] = {
            f"{strength:g}": {"pictures": int(mask.sum()), "recall": _number(_mean(flagged[mask, column]))}
            for strength, mask in rows
        }
    return table


def false_rejects(
    judged: Judged, temperature: PerDefect[float], thresholds: PerDefect[float]
) -> dict[str, Any]:
    """Good photos over any line: all of them, and those dark or bright on purpose.

    Returns:
        For each group the number of pictures, how many were wrongly rejected, and the 95 %
        interval of the rate (Wilson 1927).
    """
    good = judged.where(judged.kinds == "pristine")
    rejected = (to_probabilities(good.logits, temperature) >= np.array(list(thresholds))).any(axis=1)
    groups = {"all": rejected}
    groups |= {name: rejected[good.naturals == name] for name in ("night", "lowkey", "highkey")}
    return {name: _interval(int(group.sum()), group.size) for name, group in groups.items()}


def strength_lines(table: Mapping[str, Any]) -> str:
    """The recall by strength as text, a kind a line."""
    return "\n".join(
        f"{kind:8}"
        + "  ".join(
            f"{strength}: {_shown(cell['recall'])} of {cell['pictures']}" for strength, cell in row.items()
        )
        for kind, row in table.items()
    )


def reject_lines(table: Mapping[str, Any]) -> str:
    """The false rejects as text, a group a line."""
    return "\n".join(
        f"{name:8}{group['rejected']:>5} of {group['pictures']:<5} 95 % interval "
        f"{group['low']:.3f} to {group['high']:.3f}"
        for name, group in table.items()
    )


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


def _interval(found: int, total: int) -> dict[str, Any]:
    if total == 0:
        return {"pictures": 0, "rejected": 0, "low": 0.0, "high": 1.0}
    z, share = 1.96, found / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return {
        "pictures": total,
        "rejected": found,
        "low": max(0.0, middle - half),
        "high": min(1.0, middle + half),
    }


def _mean(values: Any) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
