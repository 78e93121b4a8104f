"""The whole report of an evaluation on drawn defects, as text and as JSON; the baseline beside it."""

from dataclasses import dataclass
from typing import Any

from quality.core.labels import PerDefect
from training.baseline import Baseline, baseline_figures, to_json
from training.clear_defects import clear_lines, recall_of_clear_defects
from training.evaluate import Evaluation
from training.judge import Judged
from training.metrics import Figures
from training.physical_report import (
    advised_rejects,
    composed_blur,
    false_rejects,
    recall_by_strength,
    reject_lines,
    strength_lines,
)
from training.report import figures_json, figures_table, kadis_figures


@dataclass(frozen=True)
class Report:
    """Every figure of an evaluation, worked out once; `report_json` and `report_text` show it."""

    kadis: dict[str, Figures]
    """The published figures at 0.5, see `kadis_figures`."""
    physical: dict[str, dict[str, Any]]
    """The tables of the physical protocol by their names in the JSON, see `physical_report`."""
    rules: Baseline | None
    """The baseline to hold beside it."""
    baseline: dict[str, Figures]
    """The published figures of the baseline's rules on each test set; empty without a baseline."""


def report_of(
    evaluation: Evaluation,
    temperature: PerDefect[float],
    thresholds: PerDefect[float],
    baseline: Baseline | None = None,
) -> Report:
    """Works out all figures.

    Args:
        evaluation: What the network said.
        temperature: Of each head.
        thresholds: Of Balanced.
        baseline: To hold beside it.
    """
    physical, sets = evaluation.physical, {"kadis": evaluation.kadis, "physical": evaluation.physical}
    return Report(
        kadis=kadis_figures(evaluation.kadis, temperature),
        physical={
            "physical_recall": recall_by_strength(physical, temperature, thresholds),
            "physical_clear": recall_of_clear_defects(physical, temperature),
            "false_rejects": false_rejects(physical, temperature, thresholds),
            "advised_rejects": advised_rejects(physical, temperature, thresholds),
            "composed_blur": composed_blur(evaluation.composed, temperature, thresholds),
        },
        rules=baseline,
        baseline={
            name: baseline_figures(judged.measures, judged.labels, baseline) for name, judged in sets.items()
        }
        if baseline is not None
        else {},
    )


def report_json(report: Report) -> dict[str, Any]:
    """All figures as plain JSON values."""
    values: dict[str, Any] = {
        "kadis": {name: figures_json(figures) for name, figures in report.kadis.items()},
        **report.physical,
    }
    if report.rules is not None:
        values["baseline"] = {
            "rules": to_json(report.rules),
            **{name: figures_json(figures) for name, figures in report.baseline.items()},
        }
    return values


def report_text(report: Report) -> str:
    """The tables for people: the published one first."""
    tables = report.physical
    parts = [
        *(
            figures_table(f"KADIS protocol, {name}, threshold 0.5", figures)
            for name, figures in report.kadis.items()
        ),
        "Physical defects found at Balanced, by strength (pixels of a 512-pixel frame, or EV):\n"
        + strength_lines(tables["physical_recall"]),
        "Clear physical defects found at 3 % false rejects of all heads together, as many by each or\n"
        "levelled for the kind found least, and at 3 % of a head alone:\n"
        + clear_lines(tables["physical_clear"]),
        "Good photos over a line at Balanced, in whatever mode:\n" + reject_lines(tables["false_rejects"]),
        "Good photos wrongly rejected at Balanced, as the program starts: `under` on Auto, where a dark\n"
        "scene is a hint; hinted: photos of -2.5 EV and darker that this spares:\n"
        + reject_lines(tables["advised_rejects"]),
        "Sharp subjects on soft backgrounds called blurred at Balanced:\n"
        + reject_lines({"composed": tables["composed_blur"]}),
    ]
    if report.rules is not None:
        parts += [_baseline_text(name, report.rules, figures) for name, figures in report.baseline.items()]
    return "\n\n".join(parts)


def baseline_table(name: str, judged: Judged, baseline: Baseline) -> str:
    """The published table for the baseline's rules on the same pictures."""
    return _baseline_text(name, baseline, baseline_figures(judged.measures, judged.labels, baseline))


def _baseline_text(name: str, baseline: Baseline, figures: Figures) -> str:
    rules = ", ".join(f"{rule.measure} at {rule.line:g}" for rule in baseline)
    return figures_table(f"Baseline, {name} ({rules})", figures)
