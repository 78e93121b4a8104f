"""The values of `quality.json`: what a network is, and what was measured of it."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality.core.contract import BALANCED, CONTRACT_SCHEMA, OPERATING_POINTS
from quality.core.labels import DEFECTS, PerDefect
from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS, RESIZE_RULE
from quality.core.probability import to_probabilities
from training import config
from training.baseline import Baseline
from training.calibration import Calibration
from training.config import RunConfig
from training.evaluate import Evaluation
from training.evaluation_report import report_json, report_of
from training.metrics import measure
from training.operating_points import FALSE_REJECT_RATES, share_over, thresholds_for

Json = dict[str, Any]
MODEL_FILE = "quality.onnx"
INPUT = "image"
OUTPUT = "logits"


def plain_contract(content: bytes, run: RunConfig) -> Json:
    """What is known of a network, given as its bytes, before it is measured: every line at one half."""
    half = {defect.value: 0.5 for defect in DEFECTS}
    point = {"thresholds": half, "false_reject_rate": 0.0, "precision": half, "recall": half}
    return {
        "schema": CONTRACT_SCHEMA,
        "name": "framesift-quality",
        "version": datetime.now(UTC).strftime("%Y.%m.%d"),
        "model": {"file": MODEL_FILE, "sha256": hashlib.sha256(content).hexdigest()},
        "input": {
            "name": INPUT,
            "rows": INPUT_ROWS,
            "columns": INPUT_COLUMNS,
            "channels": "RGB",
            "range": [0, 255],
            "resize": RESIZE_RULE,
        },
        "output": {"name": OUTPUT, "labels": [defect.value for defect in DEFECTS]},
        "temperature": {defect.value: 1.0 for defect in DEFECTS},
        "operating_points": dict.fromkeys(OPERATING_POINTS, point),
        "figures": {},
        "training": config.to_json(run),
    }


def measured_contract(
    contract: Json, evaluation: Evaluation, baseline: Baseline, calibration: Calibration
) -> Json:
    """The same with calibration, operating points and figures, all from validation scenes.

    Args:
        contract: From `plain_contract`.
        evaluation: Of the network with the offsets of the calibration in it.
        baseline: To hold beside it.
        calibration: Fitted on the same pictures.
    """
    both, temperature = evaluation.both(), calibration.temperature
    probabilities = to_probabilities(both.logits, temperature)
    points = {
        name: operating_point(probabilities, both.labels, rate) for name, rate in FALSE_REJECT_RATES.items()
    }
    balanced = PerDefect(**points[BALANCED]["thresholds"])
    report = report_of(evaluation, temperature, balanced, baseline)
    return contract | {
        "offset": _per_defect(calibration.offset),
        "temperature": _per_defect(temperature),
        "operating_points": points,
        "figures": {"validation": report_json(report)},
    }


def operating_point(probabilities: NDArray[np.float64], labels: NDArray[np.float64], rate: float) -> Json:
    """Lines under which at most this share of the photos without any defect is over one, and their figures.

    Args:
        probabilities: Shape (N, 3).
        labels: Shape (N, 3), 0 or 1, below 0 unknown.
        rate: Allowed false rejects, 0..1.
    """
    pristine = probabilities[(labels == 0).all(axis=1)]
    # Rounded first, so that the figures are those of the lines that stand in the contract.
    thresholds = PerDefect(*(round(line, 6) for line in thresholds_for(pristine, rate)))
    figures = measure(probabilities, labels, thresholds)
    return {
        "thresholds": _per_defect(thresholds),
        "false_reject_rate": share_over(pristine, thresholds),
        "precision": {defect.value: round(figures.heads.of(defect).precision, 6) for defect in DEFECTS},
        "recall": {defect.value: round(figures.heads.of(defect).recall, 6) for defect in DEFECTS},
    }


def _per_defect(values: PerDefect[float]) -> dict[str, float]:
    return {defect.value: round(values.of(defect), 6) for defect in DEFECTS}
