"""Exports a trained network with its contract and card, and refuses one that does not agree."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras

from editor.core.atomic_file import write_atomically
from quality.core.contract import CONTRACT_FILE, load_contract
from quality.core.inference import QualityModel, open_model
from training import config
from training.calibration import fit_calibration
from training.card import model_card
from training.config import RunConfig
from training.contract_values import MODEL_FILE, measured_contract, plain_contract
from training.evaluate import baseline_of, evaluate
from training.model import load_network, shift_logits
from training.onnx_graph import convert, save_network
from training.openings import CARD_FILE, FRAME_LOG
from training.parity import check_parity
from training.photos import PictureStore, SourcePhoto
from training.split import Part, select

NETWORK_FILE = "quality.keras"


def export(
    run_folder: Path, photos: Sequence[SourcePhoto], store: PictureStore, output: Path
) -> dict[str, Any]:
    """Converts, checks, calibrates and measures a trained network, then writes all its files.

    Everything is made and checked beside `output` first, so a refused network leaves the one that
    stands there as it is.

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
        ValueError: If there are no validation scenes.
    """
    run = config.load(run_folder / "config.json")
    network = load_network(run_folder / "network.keras")
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="unfinished-", dir=output) as name:
        trial = Path(name)
        model, _ = _converted(network, run, trial / "uncalibrated")
        raw = evaluate(select(photos, Part.VALIDATION), store, model.run)
        both = raw.both()
        calibration = fit_calibration(both.logits, both.labels)
        shift_logits(network, calibration.offset)
        model, plain = _converted(network, run, trial)
        parity = check_parity(network, model, photos, store)
        evaluation = raw.shifted(calibration.offset)
        baseline = baseline_of(select(photos, Part.TRAIN), store)
        contract = measured_contract(plain, evaluation, baseline, calibration) | {"parity": parity}
        _write_contract(trial, contract)
        loaded = load_contract(trial / CONTRACT_FILE)
        card = model_card(contract, photos, (evaluation, baseline), loaded, FRAME_LOG.section(output))
        write_atomically(trial / CARD_FILE, card.encode("utf-8"))
        save_network(network, trial / NETWORK_FILE)
        for file in (NETWORK_FILE, MODEL_FILE, CONTRACT_FILE, CARD_FILE):
            (trial / file).replace(output / file)
    return contract


def _converted(network: keras.Model, run: RunConfig, folder: Path) -> tuple[QualityModel, dict[str, Any]]:
    """The network as the program opens it, and its contract with every line at one half, in a folder."""
    content = convert(network)
    contract = plain_contract(content, run)
    folder.mkdir(exist_ok=True)
    write_atomically(folder / MODEL_FILE, content)
    _write_contract(folder, contract)
    return open_model(folder, device="cpu"), contract


def _write_contract(folder: Path, contract: dict[str, Any]) -> None:
    write_atomically(folder / CONTRACT_FILE, (json.dumps(contract, indent=2) + "\n").encode("utf-8"))
    load_contract(folder / CONTRACT_FILE)
