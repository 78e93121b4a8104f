"""The verb `scan`: judges the photos of a folder, without a window. Never imports Qt."""

import argparse
import math
import os
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from app.path_argument import path_argument
from app.result_output import check_output, write_file, write_stream
from app.scan_known import IDENTITIES_FILE, KnownFirst
from app.scan_progress import ScanProgress
from app.scan_report import ScanReport, format_csv, format_json, photo_lines
from app.scan_run import ScanRow, scan_photos
from app.scan_table import format_table
from app.user_folders import cache_folder
from editor.core.folder import FolderListing, scan_folder
from editor.core.identity_cache import IdentityCache
from quality.core.contract import BALANCED, QualityContract
from quality.core.inference import open_contract, open_model
from quality.core.labels import DEFECTS
from quality.core.score_cache import ScoreCache
from quality.core.scorer import KnownScores, Scorer
from quality.core.thresholds import Mode, Modes, Thresholds, default_modes

SCORE_CACHE_FILE = "scores.sqlite"


def add_scan(verbs: Any) -> None:
    """Adds the verb to a parser's verbs."""
    scan: argparse.ArgumentParser = verbs.add_parser(
        "scan",
        help="judge the photos of a folder without a window",
        description="Judges every photo of a folder for blur, under- and overexposure. Advice only: no "
        "photo is changed, moved or deleted. Hidden entries and folders called _rejected are left out.",
        epilog="A defect is over its line when its probability reaches the threshold. Exit status: 0 the "
        "scan ran, 1 the result could not be written, 2 bad call, 130 stopped.",
    )
    scan.add_argument("folder", metavar="FOLDER", type=path_argument, help="the folder to judge")
    scan.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")
    scan.add_argument("--output", metavar="FILE", type=path_argument, help="write the result to a file")
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


def run_scan(options: argparse.Namespace, errors: TextIO) -> int:
    """Carries out the verb.

    Args:
        options: What was parsed.
        errors: Where progress and complaints go.

    Returns:
        The exit status, always 0: the scan ran.

    Raises:
        FolderError: if the folder cannot be listed.
        QualityError: if the model cannot be used.
        OutputError: if the result cannot be written.
    """
    folder: Path = options.folder
    check_output(options.output)
    listing = scan_folder(folder, recursive=options.recursive)
    for subfolder in listing.unreadable:
        print(f"framesift: {subfolder}: this folder could not be listed and is left out", file=errors)
    contract = open_contract()
    thresholds, modes = _thresholds(options, contract), _modes(options)
    rows, device = _judge(listing, contract, errors)
    report = ScanReport(
        model_name=contract.name,
        model_sha256=contract.model_sha256,
        device=device,
        thresholds=thresholds,
        modes=modes,
        photos=photo_lines(folder, rows, thresholds, modes),
    )
    _write(_formatted(report, options), options.output)
    return 0


def _judge(
    listing: FolderListing, contract: QualityContract, errors: TextIO
) -> tuple[list[ScanRow], str | None]:
    """A row per photo, and where the networks ran: nowhere if all were known, and they stayed closed."""
    cache = ScoreCache(cache_folder() / SCORE_CACHE_FILE)
    identities = IdentityCache(cache_folder() / IDENTITIES_FILE)
    devices: list[str] = []

    def scorer() -> Scorer:
        model = open_model()
        devices.append(model.device)
        return Scorer(model, cache)

    try:
        scores = KnownScores(contract, contract.key, cache)
        judge = KnownFirst(scores, identities, listing.photos, scorer)
        rows = _rows(listing, judge, ScanProgress(errors, len(listing.photos)))
    finally:
        identities.close()
        cache.close()
    if cache.problem:
        print(f"framesift: {cache.problem}", file=errors)
    return rows, next(iter(devices), None)


def _rows(listing: FolderListing, judge: KnownFirst, progress: ScanProgress) -> list[ScanRow]:
    rows = []
    try:
        with closing(scan_photos(listing.photos, judge.score, os.cpu_count() or 1, judge.known)) as found:
            for row in found:
                rows.append(row)
                progress.step()
    finally:
        progress.finish()
    return rows


def _thresholds(options: argparse.Namespace, contract: QualityContract) -> Thresholds:
    given = {name: value for name in DEFECTS if (value := getattr(options, name)) is not None}
    return replace(contract.operating_points[BALANCED].thresholds, **given)


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
