"""The command line: `scan` judges, `export` and `render` make files, without a window. Never imports Qt."""

import argparse
import io
import math
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TextIO

from app.corrections_table import corrections_csv
from app.export_command import add_export, run_export
from app.render_command import add_render, run_render
from app.result_output import OutputError, check_output, write_file, write_stream
from app.scan_known import IDENTITIES_FILE, KnownFirst
from app.scan_progress import ScanProgress
from app.scan_report import ScanReport, format_csv, format_json, photo_lines
from app.scan_run import ScanRow, scan_photos
from app.scan_table import format_table
from app.user_folders import cache_folder, data_folder
from editor.core.errors import FolderError
from editor.core.folder import FolderListing, scan_folder
from editor.core.identity_cache import IdentityCache
from editor.core.shoot_errors import StoreError
from quality.core.contract import BALANCED
from quality.core.errors import QualityError
from quality.core.inference import QualityModel, open_model
from quality.core.labels import DEFECTS
from quality.core.score_cache import ScoreCache
from quality.core.scorer import Scorer
from quality.core.thresholds import Mode, Modes, Thresholds, default_modes

VERBS = ("scan", "corrections", "export", "render")
"""First words that this module handles."""

SCORE_CACHE_FILE = "scores.sqlite"

_DONE, _FAILED, _BAD_CALL, _STOPPED = 0, 1, 2, 130


class _Parser(argparse.ArgumentParser):
    """Answers a bad call with one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(_BAD_CALL, f"{self.prog}: {message}\n")


def run(arguments: Sequence[str]) -> int:
    """Carries out a command line.

    Args:
        arguments: What follows the program's name, beginning with a verb or an option.

    Returns:
        The exit status: 0 when the verb did its work, 1 when a result could not be made or written, 2 on a
        bad call, 130 when stopped by Ctrl+C.
    """
    try:
        options = _parser().parse_args(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else _BAD_CALL
    try:
        return _carry_out(options)
    except (FolderError, QualityError, OutputError) as error:
        _complain(f"{error.path}: {error.reason}")
        return _FAILED if isinstance(error, OutputError) and error.late else _BAD_CALL
    except KeyboardInterrupt:
        _complain("stopped")
        return _STOPPED


def _carry_out(options: argparse.Namespace) -> int:
    if options.verb == "export":
        return run_export(options, _standard_error())
    if options.verb == "render":
        return run_render(options, _standard_error())
    return _corrections(options) if options.verb == "corrections" else _scan(options)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="framesift",
        description="A desktop photo editor with built-in culling. `framesift [FOLDER]` opens the window.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    scan = verbs.add_parser(
        "scan",
        help="judge the photos of a folder without a window",
        description="Judges every photo of a folder for blur, under- and overexposure. Advice only: no "
        "photo is changed, moved or deleted. Hidden entries and folders called _rejected are left out.",
        epilog="A defect is over its line when its probability reaches the threshold. Exit status: 0 the "
        "scan ran, 1 the result could not be written, 2 bad call, 130 stopped.",
    )
    scan.add_argument("folder", metavar="FOLDER", type=_path, help="the folder to judge")
    scan.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")
    scan.add_argument("--output", metavar="FILE", type=_path, help="write the result to a file")
    for defect in DEFECTS:
        scan.add_argument(
            f"--{defect.value}",
            metavar="T",
            type=_threshold,
            help=f"threshold for {defect.value}, 0 to 1; default: the model's operating point Balanced",
        )
    scan.add_argument(
        "--under-mode",
        choices=[mode.value for mode in Mode],
        default=Mode.AUTO.value,
        help="what underexposure may do, for example hint at a night shoot; auto rejects, but only hints "
        "where the camera's settings, or else the picture, say that the scene was dark; default: auto",
    )
    scan.add_argument("--recursive", action="store_true", help="judge the folders inside as well")
    _add_corrections(verbs)
    add_export(verbs)
    add_render(verbs)
    return parser


def _add_corrections(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    corrections = verbs.add_parser(
        "corrections",
        help="write where your marks disagree with the advice, for training",
        description="Writes a table with one row for every mark that disagreed with the advice when it was "
        "given: a pick of a flagged photo says that the flagged defect is none, a reject names no defect "
        "and labels nothing. `python -m training evaluate --table` and `train --corrections` read it.",
    )
    corrections.add_argument("shoots", metavar="SHOOT", type=_path, nargs="+", help="a folder of photos")
    corrections.add_argument("--output", metavar="FILE", type=_path, required=True, help="the table, CSV")


def _corrections(options: argparse.Namespace) -> int:
    check_output(options.output)
    try:
        text, count = corrections_csv(options.shoots, data_folder(), options.output)
    except (StoreError, OSError) as error:
        _complain(getattr(error, "reason", str(error)))
        return _BAD_CALL
    write_file(text, options.output)
    print(f"{count} corrections in {options.output}", file=_standard_error())
    return _DONE


def _scan(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    check_output(options.output)
    listing = scan_folder(folder, recursive=options.recursive)
    for subfolder in listing.unreadable:
        _complain(f"{subfolder}: this folder could not be listed and is left out")
    model = open_model()
    thresholds, modes = _thresholds(options, model), _modes(options)
    rows = _judge(listing, model)
    report = ScanReport(
        model_name=model.contract.name,
        model_sha256=model.sha256,
        device=model.device,
        thresholds=thresholds,
        modes=modes,
        photos=photo_lines(folder, rows, thresholds, modes),
    )
    _write(_formatted(report, options), options.output)
    return _DONE


def _judge(listing: FolderListing, model: QualityModel) -> list[ScanRow]:
    cache = ScoreCache(cache_folder() / SCORE_CACHE_FILE)
    identities = IdentityCache(cache_folder() / IDENTITIES_FILE)
    progress = ScanProgress(_standard_error(), len(listing.photos))
    rows = []
    try:
        judge = KnownFirst(Scorer(model, cache), identities, listing.photos)
        found = scan_photos(listing.photos, judge.score, os.cpu_count() or 1)
        with closing(found):
            for row in found:
                rows.append(row)
                progress.step()
    finally:
        identities.close()
        cache.close()
        progress.finish()
    if cache.problem:
        _complain(cache.problem)
    return rows


def _thresholds(options: argparse.Namespace, model: QualityModel) -> Thresholds:
    given = {name: value for name in DEFECTS if (value := getattr(options, name)) is not None}
    return replace(model.contract.operating_points[BALANCED].thresholds, **given)


def _modes(options: argparse.Namespace) -> Modes:
    return replace(default_modes(), under=Mode(options.under_mode))


def _formatted(report: ScanReport, options: argparse.Namespace) -> str:
    if options.format == "json":
        return format_json(report)
    if options.format == "csv":
        return format_csv(report)
    on_screen = options.output is None and sys.stdout is not None and sys.stdout.isatty()
    return format_table(report, shutil.get_terminal_size().columns if on_screen else None)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        write_stream(text, sys.stdout)
    else:
        write_file(text, output)


def _threshold(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"a threshold is a number from 0 to 1, not {text!r}")
    return value


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def _complain(sentence: str) -> None:
    print(f"framesift: {sentence}", file=_standard_error())


def _standard_error() -> TextIO:
    """Standard error, or nowhere if the program was started with it closed."""
    return io.StringIO() if sys.stderr is None else sys.stderr
