"""What the verbs of the training command line do; results go to standard output."""

import argparse
import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from quality.core.inference import model_folder, open_model
from training.config import RunConfig
from training.errors import TrainingError
from training.generate import generate
from training.manifest import read_manifest, write_manifest
from training.measuring_verbs import evaluate_part, run_compare, run_evaluate, say
from training.near_duplicates import keep_together
from training.photos import PictureStore, SourcePhoto, limited, read_photos
from training.recipes import recipe, without_stage_0
from training.split import Part, published_split

NETWORK_FILE = "quality.keras"


def run_generate(options: argparse.Namespace) -> int:
    """`generate`: pictures and table of the KADIS protocol."""
    table = generate(read_photos(options.photos), options.output, options.seed)
    say(f"wrote {table}")
    return 0


def run_split(options: argparse.Namespace) -> int:
    """`split`: the published split by scene."""
    _split_table(options.labels, options.output, options.seed)
    return 0


def run_train(options: argparse.Namespace) -> int:
    """`train`: all stages of all recipes that are not done yet."""
    runs, start = _asked(options)
    photos = keep_together(limited(read_photos(options.photos), runs[0]))
    _train(photos, runs, options.output, PictureStore(), start)
    return 0


def _asked(options: argparse.Namespace) -> tuple[tuple[RunConfig, ...], Path | None]:
    """The runs a call asks for, one after another, and the network the first starts from."""
    start: Path | None = options.start
    names: tuple[str, ...] = options.recipe
    changes: dict[str, Any] = {}
    if options.corrections is not None:
        names, changes["corrections"] = ("corrections",), str(options.corrections.resolve())
        start = start or model_folder() / NETWORK_FILE
    if options.night_table is not None:
        changes["night_table"] = str(options.night_table.resolve())
    if start is not None and not start.is_file():
        raise TrainingError(f"{start} is missing; name a .keras network with --from.")
    if options.backbone_weights is not None:
        changes["backbone_weights"] = options.backbone_weights
    if options.precision is not None:
        changes["precision"] = options.precision
    runs = tuple(dataclasses.replace(recipe(name), **changes) for name in names)
    if runs[0].backbone_weights not in ("none", "lite0"):
        runs = tuple(without_stage_0(run) for run in runs)
    return runs, start


def run_export(options: argparse.Namespace) -> int:
    """`export`: network, contract and card from a finished run."""
    photos = keep_together(read_photos(options.photos))
    _export(photos, PictureStore(), options.run, options.output)
    return 0


def run_all(options: argparse.Namespace) -> int:
    """`all`: the whole chain in one folder."""
    runs = tuple(recipe(name) for name in (("quick",) if options.quick else options.recipe))
    photos, store = keep_together(limited(read_photos(options.photos), runs[0])), PictureStore()
    table = generate(photos, options.output / "kadis", runs[0].seed)
    _split_table(table, options.output, runs[0].seed)
    _train(photos, runs, options.output, store, None)
    _export(photos, store, options.output, options.output / "model")
    model = open_model(options.output / "model", device="cpu")
    evaluate_part(photos, store, model, (options.output / "model", Part.VALIDATION), "table")
    return 0


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "generate": run_generate,
    "split": run_split,
    "train": run_train,
    "evaluate": run_evaluate,
    "compare": run_compare,
    "export": run_export,
    "all": run_all,
}


def _split_table(labels: Path, output: Path, seed: int) -> None:
    rows = read_manifest(labels)
    train, _ = published_split((row.ref for row in rows), seed)
    output.mkdir(parents=True, exist_ok=True)
    write_manifest(output / "train.csv", [row for row in rows if row.ref in train])
    write_manifest(output / "val.csv", [row for row in rows if row.ref not in train])
    say(f"wrote {output / 'train.csv'} and {output / 'val.csv'}")


def _train(
    photos: tuple[SourcePhoto, ...],
    runs: Sequence[RunConfig],
    folder: Path,
    store: PictureStore,
    start: Path | None,
) -> None:
    from training.chain import fit_chain

    say(f"trained {fit_chain(photos, runs, folder, store, start)}")


def _export(photos: tuple[SourcePhoto, ...], store: PictureStore, run: Path, output: Path) -> None:
    from training.export import export

    parity = export(run, photos, store, output)["parity"]
    say(f"wrote {output}; on {parity['photos']} photos the logits differ by {parity['logit_difference']:.1e}")
