"""Fits the combined blur of a model folder anew: regression, operating points and figures in its contract."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from editor.core.atomic_file import write_atomically
from quality.core.blur_evidence import CombinedBlur
from quality.core.contract import BALANCED, CONTRACT_FILE, load_contract
from quality.core.inference import QualityModel, TileModel
from quality.core.labels import DEFECTS, PerDefect
from quality.core.probability import to_probabilities
from quality.core.sharpness_contract import SECTION, WEIGHTS
from quality.core.tiles import TILE_RULE
from training.blur_fit import combined_scores, fit_combined, held_out_scores
from training.errors import TrainingError
from training.metrics import Floats, measure
from training.operating_points import FALSE_REJECT_RATES, share_over, thresholds_for
from training.photos import PictureStore, SourcePhoto
from training.split import Part, select
from training.tile_files import FACTS_FILE, MODEL_FILE, TILE_INPUT, TILE_OUTPUT
from training.tile_report import witness_figures
from training.tile_views import views_of
from training.tile_witnesses import Testimony, hear

Json = dict[str, Any]


def fit_sharpness(folder: Path, photos: Sequence[SourcePhoto], store: PictureStore) -> Json:
    """Measures both networks of a folder on validation scenes and rewrites its `quality.json`.

    Args:
        folder: Holds `quality.onnx`, `quality.json`, `sharpness.onnx` and `sharpness.json`.
        photos: All photos; the validation scenes are used.
        store: Their pixels.

    Returns:
        The new contract.

    Raises:
        TrainingError: If a file of the tile network is missing.
        QualityError: If a network or the contract is missing or wrong.
        OSError: If the contract can't be written.
    """
    facts = _read_facts(folder)
    contract: Json = json.loads((folder / CONTRACT_FILE).read_text(encoding="utf-8"))
    undecided = section_of(facts, CombinedBlur(0.0, 0.0, 0.0, 0.0, 0.0, 0.0), {})
    with tempfile.TemporaryDirectory() as name:
        _write(Path(name), contract | {SECTION: undecided})
        loaded = load_contract(Path(name) / CONTRACT_FILE)
    model = QualityModel(loaded, folder / loaded.model_file, device="cpu")
    assert model.sharpness is not None  # noqa: S101 - the section was just written
    heard = hear_part(photos, store, (model, model.sharpness), Part.VALIDATION)
    fitted = fitted_contract(contract, facts, heard, loaded.temperature)
    _write(folder, fitted)
    load_contract(folder / CONTRACT_FILE)
    return fitted


def hear_part(
    photos: Sequence[SourcePhoto],
    store: PictureStore,
    models: tuple[QualityModel, TileModel],
    part: Part,
) -> Testimony:
    """What both witnesses say of the scenes of a part.

    Raises:
        ValueError: If the part has no scene.
    """
    views = (view for photo in select(photos, part) for view in views_of(photo, store[photo]))
    return hear(views, *models)


def fitted_contract(contract: Json, facts: Json, heard: Testimony, temperature: PerDefect[float]) -> Json:
    """A contract with the section of the tile network, and operating points for the combined blur."""
    combined = fit_combined(heard)
    probabilities = to_probabilities(heard.logits, temperature)
    probabilities[:, 0] = combined_scores(heard, combined, temperature)
    points = {
        name: _point(contract["operating_points"][name], probabilities, heard, rate)
        for name, rate in FALSE_REJECT_RATES.items()
    }
    line = float(points[BALANCED]["thresholds"]["blur"])
    figures = witness_figures(heard, held_out_scores(heard, temperature), line)
    return contract | {SECTION: section_of(facts, combined, figures), "operating_points": points}


def _point(before: Json, probabilities: Floats, heard: Testimony, rate: float) -> Json:
    """A point whose three lines keep the rate of pristine scenes, now that blur has two witnesses.

    Composed soft backgrounds, which are many more here than in a shoot, are measured beside it in the
    figures.
    """
    good = probabilities[heard.kinds == "pristine"]
    lines = PerDefect(*(round(line, 6) for line in thresholds_for(good, rate)))
    heads = measure(probabilities, heard.labels, lines).heads
    return before | {
        "thresholds": {defect.value: lines.of(defect) for defect in DEFECTS},
        "false_reject_rate": share_over(good, lines),
        "precision": {defect.value: round(heads.of(defect).precision, 6) for defect in DEFECTS},
        "recall": {defect.value: round(heads.of(defect).recall, 6) for defect in DEFECTS},
    }


def section_of(facts: Json, combined: CombinedBlur, figures: Json) -> Json:
    """The section ``sharpness`` of a contract."""
    return {
        "model": {"file": MODEL_FILE, "sha256": facts["sha256"]},
        "input": {"name": TILE_INPUT, "side": facts["side"], "channels": "RGB", "range": [0, 255]},
        "output": {"name": TILE_OUTPUT},
        "tiles": {"rule": TILE_RULE, "count": facts["count"], "texture": facts["texture"]},
        "temperature": facts["temperature"],
        "combined": {key: getattr(combined, key) for key in WEIGHTS},
        "figures": {"validation": figures, "network": facts},
    }


def _read_facts(folder: Path) -> Json:
    path = folder / FACTS_FILE
    if not path.is_file():
        raise TrainingError(f"{path} is missing; export a tile network with sharpness-export first.")
    facts: Json = json.loads(path.read_text(encoding="utf-8"))
    return facts


def _write(folder: Path, contract: Json) -> None:
    write_atomically(folder / CONTRACT_FILE, (json.dumps(contract, indent=2) + "\n").encode("utf-8"))


def summary_of(contract: Json) -> str:
    """A few lines on what was fitted."""
    section, points = contract[SECTION], contract["operating_points"]
    weights = ", ".join(f"{key} {value:.3f}" for key, value in section["combined"].items())
    lines = ", ".join(
        f"{name}: "
        + " ".join(f"{defect.value} {point['thresholds'][defect.value]:.3f}" for defect in DEFECTS)
        for name, point in points.items()
    )
    return f"combined blur: {weights}\nlines: {lines}"
