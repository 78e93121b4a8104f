"""The report on labelled photos: figures at one half and at Balanced, false rejects, the baseline beside."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.core.contract import BALANCED, QualityContract
from quality.core.probability import to_probabilities
from training.baseline import Baseline, baseline_figures
from training.evaluation_report import baseline_table
from training.judge import Judged
from training.metrics import measure
from training.physical_report import over_lines, reject_lines, wilson_interval
from training.report import HALF, figures_json, figures_table


@dataclass(frozen=True, slots=True)
class Gate:
    """What decides between two models: good photos rejected, then defects found, both at Balanced."""

    good: int
    """Photos whose three labels are all known and all 0."""
    false_rejects: int
    defects: int
    """Labels that are 1."""
    found: int

    def is_worse_than(self, other: "Gate") -> bool:
        """On the same photos: more false rejects, or as many and fewer defects found."""
        return (self.false_rejects, -self.found) > (other.false_rejects, -other.found)


def gate_of(judged: Judged, contract: QualityContract) -> Gate:
    """Counts what decides."""
    flagged = flagged_at_balanced(judged, contract)
    good, defects = (judged.labels == 0).all(axis=1), judged.labels == 1
    return Gate(
        good=int(good.sum()),
        false_rejects=int(flagged[good].any(axis=1).sum()),
        defects=int(defects.sum()),
        found=int((flagged & defects).sum()),
    )


def flagged_at_balanced(judged: Judged, contract: QualityContract) -> NDArray[np.bool_]:
    """Which heads are over their line at the operating point Balanced, shape (N, 3)."""
    probabilities = to_probabilities(judged.logits, contract.temperature)
    return over_lines(probabilities, contract.operating_points[BALANCED].thresholds)


def table_text(judged: Judged, contract: QualityContract, baseline: Baseline | None) -> str:
    """For people."""
    probabilities = to_probabilities(judged.logits, contract.temperature)
    balanced = contract.operating_points[BALANCED].thresholds
    gate = gate_of(judged, contract)
    rejects = {"good": wilson_interval(gate.false_rejects, gate.good)}
    parts = [
        figures_table("Labelled photos, threshold 0.5", measure(probabilities, judged.labels, HALF)),
        figures_table("Labelled photos, Balanced", measure(probabilities, judged.labels, balanced)),
        "Good photos over a line at Balanced:\n" + reject_lines(rejects),
    ]
    if baseline is not None:
        parts.append(baseline_table("labelled photos", judged, baseline))
    return "\n\n".join(parts)


def table_json(judged: Judged, contract: QualityContract, baseline: Baseline | None) -> dict[str, Any]:
    """The same as plain JSON values."""
    probabilities = to_probabilities(judged.logits, contract.temperature)
    balanced = contract.operating_points[BALANCED].thresholds
    gate = gate_of(judged, contract)
    values: dict[str, Any] = {
        "half": figures_json(measure(probabilities, judged.labels, HALF)),
        "balanced": figures_json(measure(probabilities, judged.labels, balanced)),
        "false_rejects": wilson_interval(gate.false_rejects, gate.good),
    }
    if baseline is not None:
        figures = baseline_figures(judged.measures, judged.labels, baseline)
        values["baseline"] = figures_json(figures)
    return values
