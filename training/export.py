"""Exports a trained network with its contract and card, and refuses one that does not agree."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from editor.core.atomic_file import write_atomically
from quality.core.contract import CONTRACT_FILE, CONTRACT_SCHEMA, OPERATING_POINTS, load_contract
from quality.core.inference import QualityModel, open_model
from quality.core.labels import DEFECTS, PerDefect
from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS, RESIZE_RULE, to_model_input
from quality.core.probability import to_probabilities
from training import config
from training.card import model_card
from training.config import RunConfig
from training.evaluate import Evaluation, evaluate, report_json
from training.generate import reference_frame
from training.metrics import measure
from training.model import load_network
from training.onnx_graph import INPUT, OUTPUT, ExportRefusedError, convert, save_network
from training.operating_points import FALSE_REJECT_RATES, fit_temperature, thresholds_for
from training.photos import PictureStore, SourcePhoto
from training.split import Part, select

MODEL_FILE = "quality.onnx"
NETWORK_FILE = "quality.keras"
CARD_FILE = "MODEL_CARD.md"
PARITY_PHOTOS = 64
LARGEST_LOGIT_DIFFERENCE = 3e-3
LARGEST_PROBABILITY_DIFFERENCE = 1e-3

Json = dict[str, Any]


def export(run_folder: Path, photos: Sequence[SourcePhoto], store: PictureStore, output: Path) -> Json:
    """Converts, checks, calibrates and measures a trained network, then writes all its files.

    Args:
        run_folder: Holds `network.keras` and `config.json`.
        photos: All photos; validation scenes calibrate and measure.
        store: Their pixels.
        output: Folder for the network, the contract and the card.

    Returns:
        What the contract says.

    Raises:
        ExportRefusedError: If the exported network disagrees with the trained one.
        OSError: If something can't be read or written.
    """
    run = config.load(run_folder / "config.json")
    network = load_network(run_folder / "network.keras")
    output.mkdir(parents=True, exist_ok=True)
    content = convert(network)
    write_atomically(output / MODEL_FILE, content)
    _write_contract(output, _contract(content, run))
    model = open_model(output, device="cpu")
    parity = check_parity(network, model, photos, store)
    evaluation = evaluate(select(photos, Part.VALIDATION), store, model.run)
    contract = _measured(_contract(content, run), evaluation) | {"parity": parity}
    _write_contract(output, contract)
    save_network(network, output / NETWORK_FILE)
    card = model_card(contract, photos, evaluation, load_contract(output / CONTRACT_FILE))
    write_atomically(output / CARD_FILE, card.encode("utf-8"))
    return contract


def check_parity(
    network: keras.Model, model: QualityModel, photos: Sequence[SourcePhoto], store: PictureStore
) -> Json:
    """Compares both forms of the network on real photos, through the class the program uses.

    Raises:
        ExportRefusedError: If they differ by more than the export allows.
    """
    chosen = photos[:: max(1, len(photos) // PARITY_PHOTOS)][:PARITY_PHOTOS]
    pairs = [_both(network, model, to_model_input(reference_frame(store[photo]))[None]) for photo in chosen]
    trained = np.concatenate([pair[0] for pair in pairs]).astype(np.float64)
    exported = np.concatenate([pair[1] for pair in pairs]).astype(np.float64)
    plain = PerDefect(1.0, 1.0, 1.0)
    logits = float(np.abs(trained - exported).max())
    chances = float(np.abs(to_probabilities(trained, plain) - to_probabilities(exported, plain)).max())
    if logits > LARGEST_LOGIT_DIFFERENCE or chances > LARGEST_PROBABILITY_DIFFERENCE:
        raise ExportRefusedError(
            f"exported and trained network differ by {logits:.2g} in a logit and {chances:.2g} in a "
            f"probability; allowed are {LARGEST_LOGIT_DIFFERENCE:g} and {LARGEST_PROBABILITY_DIFFERENCE:g}"
        )
    return {"photos": len(chosen), "logit_difference": logits, "probability_difference": chances}


def _both(
    network: keras.Model, model: QualityModel, batch: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return np.asarray(network(batch, training=False)), model.run(batch)


def _contract(content: bytes, run: RunConfig) -> Json:
    """What is known before anything is measured; every line still at one half."""
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


def _measured(contract: Json, evaluation: Evaluation) -> Json:
    both = evaluation.kadis.joined(evaluation.physical)
    temperature = fit_temperature(both.logits, both.labels)
    probabilities = to_probabilities(both.logits, temperature)
    points = {
        name: _operating_point(probabilities, both.labels, rate) for name, rate in FALSE_REJECT_RATES.items()
    }
    balanced = PerDefect(**points["balanced"]["thresholds"])
    return contract | {
        "temperature": _per_defect(temperature),
        "operating_points": points,
        "figures": {"validation": report_json(evaluation, temperature, balanced)},
    }


def _operating_point(probabilities: NDArray[np.float64], labels: NDArray[np.float64], rate: float) -> Json:
    pristine = probabilities[(labels == 0).all(axis=1)]
    thresholds = thresholds_for(pristine, rate)
    figures = measure(probabilities, labels, thresholds)
    return {
        "thresholds": _per_defect(thresholds),
        "false_reject_rate": float((pristine >= np.array(list(thresholds))).any(axis=1).mean()),
        "precision": {defect.value: round(figures.heads.of(defect).precision, 6) for defect in DEFECTS},
        "recall": {defect.value: round(figures.heads.of(defect).recall, 6) for defect in DEFECTS},
    }


def _per_defect(values: PerDefect[float]) -> dict[str, float]:
    return {defect.value: round(values.of(defect), 6) for defect in DEFECTS}


def _write_contract(folder: Path, contract: Json) -> None:
    write_atomically(folder / CONTRACT_FILE, (json.dumps(contract, indent=2) + "\n").encode("utf-8"))
    load_contract(folder / CONTRACT_FILE)
