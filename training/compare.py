"""Two models side by side: on labelled photos, where the gate decides, or on photos without labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.core.errors import PhotoError
from quality.core.contract import BALANCED
from quality.core.inference import QualityModel
from quality.core.labels import PerDefect
from quality.core.preprocess import to_model_input
from quality.core.probability import to_probabilities
from quality.core.thresholds import default_modes
from quality.core.verdict import Decision, decide
from training.judge import judge
from training.labelled import UNKNOWN_LABEL, LabelledPhoto, pictures
from training.table_report import Gate, gate_of, table_text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both models' reports on the same labelled photos, and what decides between them."""

    text: str
    old: Gate
    new: Gate

    @property
    def is_worse(self) -> bool:
        """Whether the new model must not replace the old one."""
        return self.new.is_worse_than(self.old)


def compare_on_table(photos: Sequence[LabelledPhoto], old: QualityModel, new: QualityModel) -> Comparison:
    """Judges labelled photos by both models.

    Raises:
        ValueError: If no photo can be read.
    """
    judged = [judge(pictures(photos), model.run) for model in (old, new)]
    gates = [gate_of(seen, model.contract) for seen, model in zip(judged, (old, new), strict=True)]
    parts = [
        f"{name}: {model.contract.name} {model.contract.version}\n\n{table_text(seen, model.contract, None)}"
        for name, model, seen in zip(("OLD", "NEW"), (old, new), judged, strict=True)
    ]
    return Comparison("\n\n".join([*parts, _gate_lines(gates[0], gates[1])]), gates[0], gates[1])


def _gate_lines(old: Gate, new: Gate) -> str:
    verdict = "worse" if new.is_worse_than(old) else "not worse"
    return (
        f"{'Balanced':24}{'OLD':>8}{'NEW':>8}\n"
        f"{f'false rejects of {old.good}':24}{old.false_rejects:>8}{new.false_rejects:>8}\n"
        f"{f'defects found of {old.defects}':24}{old.found:>8}{new.found:>8}\n"
        f"The new model is {verdict} on the gate."
    )


def changed_verdicts(paths: Sequence[Path], old: QualityModel, new: QualityModel) -> Iterator[str]:
    """A line for each photo whose decision changes, and one for each that can't be judged."""
    for path in paths:
        try:
            picture = to_model_input(LabelledPhoto(path, (UNKNOWN_LABEL,) * 3).picture)[None]
        except PhotoError as error:
            yield f"{path.name}: not judged: {error.reason}"
            continue
        before, after = (_decision(model, picture) for model in (old, new))
        if before != after:
            yield f"{path.name}: {_shown(before)} -> {_shown(after)}"


def _decision(model: QualityModel, picture: NDArray[np.float32]) -> Decision:
    contract = model.contract
    probabilities = to_probabilities(model.run(picture)[0], contract.temperature)
    thresholds = contract.operating_points[BALANCED].thresholds
    return decide(PerDefect(*map(float, probabilities)), thresholds, default_modes())


def _shown(decision: Decision) -> str:
    return " and ".join(reason.value for reason in decision.reasons) or "keep"
