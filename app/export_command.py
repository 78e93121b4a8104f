"""The verb `export`: photos of a shoot with their edits to a folder, without a window. Never imports Qt."""

import argparse
import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from app.export_options import add_output_options, output_settings
from app.export_report import failures, format_report, plan_values, report_values, summary_line
from app.export_selection import Selected, Selection, select_photos
from app.export_wish import PairFile
from app.result_output import check_output, write_file, write_stream
from app.scan_progress import ScanProgress
from app.user_folders import data_folder
from editor.core.cancellation import Cancellation
from editor.core.encode import FileFormat
from editor.core.errors import FileError
from editor.core.export import ExportResult, export_batch
from editor.core.export_estimate import estimate_export
from editor.core.export_name import DEFAULT_TEMPLATE, check_template
from editor.core.export_plan import plan_export
from editor.core.export_settings import Conflict, ExportSettings
from editor.core.marks import MOST_STARS
from editor.core.shoot_errors import StoreError

_DONE, _FAILED, _BAD_CALL, _STOPPED = 0, 1, 2, 130
_JOBS = 2


def add_export(verbs: Any) -> None:
    """Adds the verb to a parser's verbs."""
    export: argparse.ArgumentParser = verbs.add_parser(
        "export",
        help="export the photos of a shoot, with their edits",
        description="Renders the photos of a shoot by the edits in its store and writes each as a whole or "
        "not at all. Originals are only read. The same command again goes on where it was stopped or killed: "
        "what is there stays, and nothing is written twice.",
        epilog="Exit status: 0 all done, 1 some photos failed or the report could not be written, 2 bad "
        "call, 130 stopped.",
    )
    export.add_argument("shoot", metavar="SHOOT", type=Path, help="the folder with the photos")
    export.add_argument("--to", metavar="DIR", type=Path, required=True, help="where the files go")
    export.add_argument("--picked", action="store_true", help="only picks; the default if nothing is chosen")
    export.add_argument(
        "--rated",
        metavar="N",
        type=int,
        choices=range(1, MOST_STARS + 1),
        help="only N stars or more",
    )
    export.add_argument("--all", action="store_true", help="all photos, whatever their marks")
    export.add_argument("--files", metavar="FILE", nargs="+", type=Path, help="only these photos")
    export.add_argument(
        "--pairs",
        choices=[each.value for each in PairFile],
        default=PairFile.JPEG.value,
        help="of a RAW+JPEG pair render the JPEG as it is shown, or the RAW file by the same edits; "
        "default: jpeg",
    )
    export.add_argument("--recursive", action="store_true", help="the folders inside as well")
    add_output_options(export)
    export.add_argument(
        "--name",
        metavar="TEMPLATE",
        default=DEFAULT_TEMPLATE,
        help="names of the files, of {name} {number:4} {date} {time} {year} {month} {day} {camera} {rating} "
        "{label}; default: {name}",
    )
    export.add_argument(
        "--conflict",
        choices=[each.value for each in Conflict],
        default=Conflict.NUMBER.value,
        help="where a name is taken: another number, skip, or replace an earlier export; default: number",
    )
    export.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
    export.add_argument("--jobs", metavar="N", type=_jobs, default=_JOBS, help="photos at once; default: 2")
    export.add_argument("--report", metavar="FILE", type=Path, help="write what was done as JSON")


def run_export(options: argparse.Namespace, errors: TextIO) -> int:
    """Carries out the verb.

    Args:
        options: What was parsed.
        errors: Where progress and failures go.

    Returns:
        The exit status.

    Raises:
        OutputError: if the report or the summary cannot be written.
        FolderError: if the shoot cannot be listed.
    """
    check_output(options.report)
    try:
        check_template(options.name)
        kind = FileFormat(options.format or FileFormat.JPEG)
        settings = output_settings(options, options.to, kind, options.name, Conflict(options.conflict))
        selected = select_photos(options.shoot, _selection(options), options.name, data_folder())
    except (ValueError, StoreError) as error:
        return _refuse(errors, getattr(error, "reason", None) or str(error))
    except FileError as error:
        return _refuse(errors, f"{error.path}: {error.reason}")
    if not selected.items and not selected.refused:
        return _refuse(errors, _nothing(options, selected))
    try:
        values = (
            _dry_run(selected, settings) if options.dry_run else _export(selected, settings, options, errors)
        )
    except OSError as error:
        return _refuse(errors, f"{settings.folder}: {error.strerror or error}")
    for sentence in failures(values):
        print(f"framesift: {sentence}", file=errors)
    if options.report is not None:
        write_file(format_report(values), options.report)
    write_stream(f"{summary_line(values)}\n", sys.stdout)
    if values.get("cancelled"):
        return _STOPPED
    return _FAILED if values["counts"]["failed"] else _DONE


def _selection(options: argparse.Namespace) -> Selection:
    """What the options choose.

    Raises:
        ValueError: if they contradict each other.
    """
    if options.all and (options.picked or options.rated or options.files):
        raise ValueError("--all does not go with --picked, --rated or --files")
    if options.files and (options.picked or options.rated):
        raise ValueError("--files does not go with --picked or --rated")
    nothing = not (options.all or options.files or options.rated)
    return Selection(
        picked=options.picked or nothing,
        stars=options.rated or 0,
        files=tuple(options.files or ()),
        recursive=options.recursive or bool(options.files),
        pairs=PairFile(options.pairs),
    )


def _nothing(options: argparse.Namespace, selected: Selected) -> str:
    if not selected.photos:
        return f"{options.shoot}: There is no photo in this folder."
    return f"{options.shoot}: None of {selected.photos} photos is chosen; --all exports every one."


def _dry_run(selected: Selected, settings: ExportSettings) -> dict[str, Any]:
    plan = plan_export(selected.items, settings)
    return plan_values(plan, selected.refused, settings.folder, estimate_export(plan, settings))


def _export(
    selected: Selected, settings: ExportSettings, options: argparse.Namespace, errors: TextIO
) -> dict[str, Any]:
    cancellation, lock = Cancellation(), threading.Lock()
    progress = ScanProgress(errors, len(selected.items))

    def step(_result: ExportResult) -> None:
        with lock:
            progress.step()

    try:
        with _stopped_by_interrupt(cancellation):
            report = export_batch(selected.items, settings, step, cancellation, options.jobs)
    finally:
        progress.finish()
    return report_values(report, selected.refused, settings.folder)


@contextlib.contextmanager
def _stopped_by_interrupt(cancellation: Cancellation) -> Iterator[None]:
    """Lets Ctrl+C end the export between two steps of every photo, with nothing half-written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda _number, _frame: cancellation.cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _refuse(errors: TextIO, sentence: str) -> int:
    print(f"framesift: {sentence}", file=errors)
    return _BAD_CALL


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"jobs are 1 to 64, not {text!r}")
    return int(text)
