"""What the verbs `evaluate` and `compare` do; results go to standard output."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from editor.core.folder import scan_folder
from quality.core.contract import BALANCED
from quality.core.inference import QualityModel, model_folder, open_model
from training import baseline as baselines
from training.baseline import Baseline
from training.compare import changed_verdicts, compare_on_table
from training.errors import TableError
from training.evaluate import Evaluation, baseline_of, evaluate
from training.evaluation_report import report_json, report_of, report_text
from training.judge import judge
from training.labelled import pictures, read_labelled
from training.near_duplicates import keep_together
from training.openings import log_frame_opening
from training.photos import PictureStore, SourcePhoto, read_photos
from training.report_folder import drawn_sets, write_pages
from training.split import Part, select
from training.table_report import table_json, table_text
from training.testsets import TestPicture


def run_evaluate(options: argparse.Namespace) -> int:
    """`evaluate`: on drawn defects by both protocols, or on a table of labelled photos."""
    folder = options.model or model_folder()
    model = open_model(folder, device="cpu")
    if options.table is not None:
        return _evaluate_table(options, model)
    photos = keep_together(read_photos(options.photos))
    part = Part.TEST if options.test else Part.VALIDATION
    store = PictureStore()
    evaluation = evaluate_part(photos, store, model, (folder, part), options.format)
    if options.pages is not None:
        sets = drawn_sets(evaluation, select(photos, part), store)
        _say_pages(write_pages(sets, model.contract, options.pages))
    return 0


def _say_pages(files: list[Path]) -> None:
    sys.stderr.write("".join(f"wrote {file}\n" for file in files))


def run_compare(options: argparse.Namespace) -> int:
    """`compare`: 1 when the new model is worse on the gate."""
    old, new = (open_model(folder, device="cpu") for folder in (options.old, options.new))
    if options.table is not None:
        comparison = compare_on_table(read_labelled(options.table), old, new)
        say(comparison.text)
        return int(comparison.is_worse)
    paths = scan_folder(options.photos).photos
    if not paths:
        raise TableError(f"{options.photos} holds no photos.")
    changed = 0
    for line in changed_verdicts(paths, old, new):
        changed += 1
        say(line)
    say(f"{changed} of {len(paths)} photos listed")
    return 0


def evaluate_part(
    photos: tuple[SourcePhoto, ...],
    store: PictureStore,
    model: QualityModel,
    where: tuple[Path, Part],
    form: str,
) -> Evaluation:
    """Measures a model on one part of the scenes and prints the report.

    Args:
        photos: All scenes.
        store: Their pixels.
        model: To measure.
        where: Folder of the model, where an opening of the test part is logged; and the part.
        form: ``table`` or ``json``.

    Returns:
        What was measured.
    """
    folder, part = where
    contract = model.contract
    evaluation = evaluate(select(photos, part), store, model.run)
    baseline = _stored_baseline(model) or baseline_of(select(photos, Part.TRAIN), store)
    thresholds = contract.operating_points[BALANCED].thresholds
    report = report_of(evaluation, contract.temperature, thresholds, baseline)
    if part is Part.TEST:
        log_frame_opening(folder, model.sha256, report_json(report))
    say(
        json.dumps({"part": part.value, **report_json(report)}, indent=2)
        if form == "json"
        else report_text(report)
    )
    return evaluation


def say(text: str) -> None:
    """A line on standard output."""
    sys.stdout.write(text + "\n")


def _evaluate_table(options: argparse.Namespace, model: QualityModel) -> int:
    photos = read_labelled(options.table)
    judged = judge(pictures(photos), model.run)
    baseline = _stored_baseline(model)
    if options.format == "json":
        say(json.dumps(table_json(judged, model.contract, baseline), indent=2))
    else:
        say(table_text(judged, model.contract, baseline))
    if options.pages is not None:

        def redraw(refs: frozenset[str]) -> Iterable[TestPicture]:
            return pictures([photo for photo in photos if str(photo.path) in refs])

        _say_pages(write_pages({"table": (judged, redraw)}, model.contract, options.pages))
    return 0


def _stored_baseline(model: QualityModel) -> Baseline | None:
    """The baseline that was fitted when the model was exported; None for a model without one."""
    rules = model.contract.figures.get("validation", {}).get("baseline", {}).get("rules")
    return None if rules is None else baselines.from_json(rules)
