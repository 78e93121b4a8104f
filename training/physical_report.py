"""The physical protocol's figures: recall by strength, and good photos wrongly rejected."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.core.labels import Defect, PerDefect
from quality.core.probability import to_probabilities
from quality.core.thresholds import default_modes
from quality.core.verdict import Verdict, decide
from training.clear_defects import CLEAR, COLUMN
from training.judge import Judged
from training.report import found_share, shown_share
from training.testsets import STRENGTHS

NATURAL = ("night", "lowkey", "highkey")
"""Scenes that are dark or bright on purpose."""


def recall_by_strength(
    judged: Judged, temperature: PerDefect[float], thresholds: PerDefect[float]
) -> dict[str, Any]:
    """How strong a physical defect must be to be found.

    Returns:
        For every kind and strength the number of pictures and the share found.
    """
    probabilities = to_probabilities(judged.logits, temperature)
    flagged = over_lines(probabilities, thresholds)
    table: dict[str, Any] = {}
    for kind, strengths in STRENGTHS.items():
        column = COLUMN[kind]
        rows = [(strength, (judged.kinds == kind) & (judged.strengths == strength)) for strength in strengths]
        table[kind] = {
            f"{strength:g}": {"pictures": int(mask.sum()), "recall": found_share(flagged[mask, column])}
            for strength, mask in rows
        }
    return table


def composed_blur(
    composed: Judged, temperature: PerDefect[float], thresholds: PerDefect[float]
) -> dict[str, Any]:
    """Sharp subjects on soft backgrounds that are called blurred, with the 95 % interval."""
    flagged = over_lines(to_probabilities(composed.logits, temperature), thresholds)[:, 0]
    return wilson_interval(int(flagged.sum()), flagged.size)


def false_rejects(
    judged: Judged, temperature: PerDefect[float], thresholds: PerDefect[float]
) -> dict[str, Any]:
    """Good photos over any line: all of them, and those dark or bright on purpose.

    Returns:
        For each group the number of pictures, how many of them (`rejected`), and the 95 %
        interval of the rate (Wilson 1927).
    """
    good = judged.where(judged.kinds == "pristine")
    over = over_lines(to_probabilities(good.logits, temperature), thresholds)
    return _by_group(good, np.asarray(over.any(axis=1), dtype=np.bool_))


def advised_rejects(
    judged: Judged, temperature: PerDefect[float], thresholds: PerDefect[float]
) -> dict[str, Any]:
    """What the program advises with the modes it starts with: `under` is a hint where the scene was dark.

    Returns:
        The groups of `false_rejects`, and as ``hinted`` the clearly underexposed photos over the line
        that become a hint: the price.
    """
    probabilities = to_probabilities(judged.logits, temperature).tolist()
    modes = default_modes()
    decisions = [
        decide(PerDefect(*row), thresholds, modes, is_dark)
        for row, is_dark in zip(probabilities, judged.are_dark.tolist(), strict=True)
    ]
    rejected = np.array([decision.verdict is Verdict.REJECT for decision in decisions], dtype=np.bool_)
    good, too_dark = judged.kinds == "pristine", judged.kinds == "under"
    too_dark &= judged.strengths <= CLEAR["under"]
    found = [decisions[place] for place in np.flatnonzero(too_dark)]
    hinted = sum(Defect.UNDER in decision.hints for decision in found)
    flagged = hinted + sum(Defect.UNDER in decision.reasons for decision in found)
    return {**_by_group(judged.where(good), rejected[good]), "hinted": wilson_interval(hinted, flagged)}


def _by_group(good: Judged, rejected: NDArray[np.bool_]) -> dict[str, Any]:
    groups = {"all": rejected}
    groups |= {name: rejected[good.naturals == name] for name in NATURAL}
    return {name: wilson_interval(int(group.sum()), group.size) for name, group in groups.items()}


def strength_lines(table: Mapping[str, Any]) -> str:
    """The recall by strength as text, a kind a line."""
    return "\n".join(
        f"{kind:8}"
        + "  ".join(
            f"{strength}: {shown_share(cell['recall'])} of {cell['pictures']}"
            for strength, cell in row.items()
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


def over_lines(probabilities: NDArray[np.float64], thresholds: PerDefect[float]) -> NDArray[np.bool_]:
    """Which probabilities, shape (N, 3), are at their head's threshold or above it."""
    return np.asarray(probabilities >= np.array(list(thresholds)), dtype=np.bool_)


def wilson_interval(found: int, total: int) -> dict[str, Any]:
    """A count with the 95 % interval of its share (Wilson 1927); 0..1 where nothing was counted."""
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
