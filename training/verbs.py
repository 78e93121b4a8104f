"""What the verbs of the training command line do; results go to standard output."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from quality.core.contract import BALANCED
from quality.core.inference import QualityModel, model_folder, open_model
from training.config import RunConfig
from training.evaluate import evaluate, report_json, report_text
from training.generate import generate
from training.manifest import read_manifest, write_manifest
from training.photos import PictureStore, SourcePhoto, limited, read_photos
from training.recipes import recipe
from training.split import Part, published_split, select

TEST_LOG = "test_log.csv"
"""Every opening of the test part, beside the model card."""


def run_generate(options: argparse.Namespace) -> int:
    """`generate`: pictures and table of the KADIS protocol."""
    table = generate(read_photos(options.photos), options.output, options.seed)
    _say(f"wrote {table}")
    return 0


def run_split(options: argparse.Namespace) -> int:
    """`split`: the published split by scene."""
    _split_table(options.labels, options.output, options.seed)
    return 0


def run_train(options: argparse.Namespace) -> int:
    """`train`: all stages that are not done yet."""
    run = dataclasses.replace(recipe(options.recipe), backbone_weights=options.backbone_weights)
    photos = limited(read_photos(options.photos), run)
    _train(photos, run, options.output, PictureStore(), options.start)
    return 0


def run_evaluate(options: argparse.Namespace) -> int:
    """`evaluate`: the tables of both protocols for a model."""
    folder = options.model or model_folder()
    part = Part.TEST if options.test else Part.VALIDATION
    photos = select(read_photos(options.photos), part)
    _evaluate(photos, PictureStore(), open_model(folder, device="cpu"), options.format, folder, part)
    return 0


def run_export(options: argparse.Namespace) -> int:
    """`export`: network, contract and card from a finished run."""
    photos = read_photos(options.photos)
    _export(photos, PictureStore(), options.run, options.output)
    return 0


def run_all(options: argparse.Namespace) -> int:
    """`all`: the whole chain in one folder."""
    run = recipe("quick" if options.quick else options.recipe)
    photos, store = limited(read_photos(options.photos), run), PictureStore()
    table = generate(photos, options.output / "kadis", run.seed)
    _split_table(table, options.output, run.seed)
    _train(photos, run, options.output, store, None)
    _export(photos, store, options.output, options.output / "model")
    model = open_model(options.output / "model", device="cpu")
    _evaluate(
        select(photos, Part.VALIDATION), store, model, "table", options.output / "model", Part.VALIDATION
    )
    return 0


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "generate": run_generate,
    "split": run_split,
    "train": run_train,
    "evaluate": run_evaluate,
    "export": run_export,
    "all": run_all,
}


def _split_table(labels: Path, output: Path, seed: int) -> None:
    rows = read_manifest(labels)
    train, _ = published_split((row.ref for row in rows), seed)
    output.mkdir(parents=True, exist_ok=True)
    write_manifest(output / "train.csv", [row for row in rows if row.ref in train])
    write_manifest(output / "val.csv", [row for row in rows if row.ref not in train])
    _say(f"wrote {output / 'train.csv'} and {output / 'val.csv'}")


def _train(
    photos: tuple[SourcePhoto, ...], run: RunConfig, folder: Path, store: PictureStore, start: Path | None
) -> None:
    from training.fit import fit

    _say(f"trained {fit(photos, run, folder, store, start)}")


def _export(photos: tuple[SourcePhoto, ...], store: PictureStore, run: Path, output: Path) -> None:
    from training.export import export

    parity = export(run, photos, store, output)["parity"]
    _say(
        f"wrote {output}; on {parity['photos']} photos the logits differ by {parity['logit_difference']:.1e}"
    )


def _evaluate(
    photos: tuple[SourcePhoto, ...],
    store: PictureStore,
    model: QualityModel,
    form: str,
    folder: Path,
    part: Part,
) -> None:
    evaluation = evaluate(photos, store, model.run)
    contract = model.contract
    values = report_json(evaluation, contract.temperature, contract.operating_points[BALANCED].thresholds)
    if part is Part.TEST:
        _log_opening(folder / TEST_LOG, model.sha256, values["kadis"]["all"])
    _say(
        json.dumps({"part": part.value, **values}, indent=2)
        if form == "json"
        else report_text(evaluation, contract)
    )


def _log_opening(log: Path, sha256: str, figures: dict[str, float]) -> None:
    is_new = not log.exists()
    with log.open("a", encoding="utf-8") as file:
        if is_new:
            file.write("date,sha256,auc,micro_accuracy,exact_match\n")
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        shown = (figures["auc"], figures["micro_accuracy"], figures["exact_match"])
        file.write(",".join([moment, sha256, *(f"{value:.4f}" for value in shown)]) + "\n")


def _say(text: str, stream: TextIO | None = None) -> None:
    (stream or sys.stdout).write(text + "\n")
