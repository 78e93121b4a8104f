"""The whole report of an evaluation on drawn defects, as text and as JSON; the baseline beside it."""

from typing import Any

from quality.core.contract import BALANCED, QualityContract
from quality.core.labels import PerDefect
from training.baseline import Baseline, baseline_figures, to_json
from training.evaluate import Evaluation
from training.judge import Judged
from training.physical_report import (
    advised_rejects,
    clear_lines,
    composed_blur,
    false_rejects,
    recall_by_strength,
    recall_of_clear_defects,
    reject_lines,
    strength_lines,
)
from training.report import figures_json, figures_table, kadis_figures


def report_json(
    evaluation: Evaluation,
    temperature: PerDefect[float],
    thresholds: PerDefect[float],
    baseline: Baseline | None = None,
) -> dict[str, Any]:
    """All figures as plain JSON values."""
    physical = evaluation.physical
    groups = kadis_figures(evaluation.kadis, temperature)
    values: dict[str, Any] = {
        "kadis": {name: figures_json(figures) for name, figures in groups.items()},
        "physical_recall": recall_by_strength(physical, temperature, thresholds),
        "physical_clear": recall_of_clear_defects(physical, temperature),
        "false_rejects": false_rejects(physical, temperature, thresholds),
        "advised_rejects": advised_rejects(physical, temperature, thresholds),
        "composed_blur": composed_blur(evaluation.composed, temperature, thresholds),
    }
    if baseline is not None:
        values["baseline"] = {
            "rules": to_json(baseline),
            **{name: figures_json(_baseline(judged, baseline)) for name, judged in _sets(evaluation)},
        }
    return values


def report_text(evaluation: Evaluation, contract: QualityContract, baseline: Baseline | None = None) -> str:
    """The tables for people: the published one first."""
    temperature = contract.temperature
    thresholds = contract.operating_points[BALANCED].thresholds
    physical = evaluation.physical
    composed = {"composed": composed_blur(evaluation.composed, temperature, thresholds)}
    parts = [
        *(
            figures_table(f"KADIS protocol, {name}, threshold 0.5", figures)
            for name, figures in kadis_figures(evaluation.kadis, temperature).items()
        ),
        "Physical defects found at Balanced, by strength (pixels of a 512-pixel frame, or EV):\n"
        + strength_lines(recall_by_strength(physical, temperature, thresholds)),
        "Clear physical defects found at 3 % false rejects:\n"
        + clear_lines(recall_of_clear_defects(physical, temperature)),
        "Good photos wrongly rejected at Balanced:\n"
        + reject_lines(false_rejects(physical, temperature, thresholds)),
        "The same as the program advises, `under` on Auto; hinted: photos of -2.5 EV and darker it spares:\n"
        + reject_lines(advised_rejects(physical, temperature, thresholds)),
        "Sharp subjects on soft backgrounds called blurred at Balanced:\n" + reject_lines(composed),
    ]
    if baseline is not None:
        parts += [baseline_table(name, judged, baseline) for name, judged in _sets(evaluation)]
    return "\n\n".join(parts)


def baseline_table(name: str, judged: Judged, baseline: Baseline) -> str:
    """The published table for the baseline's rules on the same pictures."""
    rules = ", ".join(f"{rule.measure} at {rule.line:g}" for rule in baseline)
    return figures_table(f"Baseline, {name} ({rules})", _baseline(judged, baseline))


def _sets(evaluation: Evaluation) -> tuple[tuple[str, Judged], ...]:
    return (("kadis", evaluation.kadis), ("physical", evaluation.physical))


def _baseline(judged: Judged, baseline: Baseline) -> Any:
    return baseline_figures(judged.measures, judged.labels, baseline)
