"""Measures a network on scenes it never saw, by both protocols, and says what came out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quality.core.contract import BALANCED, QualityContract
from quality.core.labels import PerDefect
from training.judge import Judged, LogitModel, judge
from training.photos import PictureStore, SourcePhoto
from training.physical_report import false_rejects, recall_by_strength, reject_lines, strength_lines
from training.report import figures_json, figures_table, kadis_figures
from training.testsets import draw_set, kadis_scene, physical_scene


@dataclass(frozen=True)
class Evaluation:
    """What a network said about both test sets of some scenes."""

    kadis: Judged
    physical: Judged


def evaluate(photos: Sequence[SourcePhoto], store: PictureStore, model: LogitModel) -> Evaluation:
    """Draws both test sets of these scenes and runs the network over them.

    Raises:
        PhotoError: If a photo can't be decoded.
        ValueError: If there are no photos.
    """
    return Evaluation(
        kadis=judge(draw_set(photos, store, kadis_scene), model),
        physical=judge(draw_set(photos, store, physical_scene), model),
    )


def report_json(
    evaluation: Evaluation, temperature: PerDefect[float], thresholds: PerDefect[float]
) -> dict[str, Any]:
    """All figures as plain JSON values."""
    groups = kadis_figures(evaluation.kadis, temperature)
    return {
        "kadis": {name: figures_json(figures) for name, figures in groups.items()},
        "physical_recall": recall_by_strength(evaluation.physical, temperature, thresholds),
        "false_rejects": false_rejects(evaluation.physical, temperature, thresholds),
    }


def report_text(evaluation: Evaluation, contract: QualityContract) -> str:
    """The tables for people: the published one first."""
    temperature = contract.temperature
    thresholds = contract.operating_points[BALANCED].thresholds
    groups = kadis_figures(evaluation.kadis, temperature)
    parts = [
        figures_table(f"KADIS protocol, {name}, threshold 0.5", figures) for name, figures in groups.items()
    ]
    parts.append(
        "Physical defects found at Balanced, by strength (pixels of a 512-pixel frame, or EV):\n"
        + strength_lines(recall_by_strength(evaluation.physical, temperature, thresholds))
    )
    parts.append(
        "Good photos wrongly rejected at Balanced:\n"
        + reject_lines(false_rejects(evaluation.physical, temperature, thresholds))
    )
    return "\n\n".join(parts)
