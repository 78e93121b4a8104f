"""The command line: finds the verb and carries it out, without a window. Never imports Qt.

Each verb is a module of its own, imported only when it is called: a scan of known photos takes less time than
the import of what an export needs.
"""

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TextIO, TypeAlias

from app.result_output import OutputError
from editor.core.errors import FolderError
from quality.core.errors import QualityError

VERBS = ("scan", "corrections", "export", "render")
"""First words that this module handles."""

_FAILED, _BAD_CALL, _STOPPED = 1, 2, 130

_Run: TypeAlias = Callable[[argparse.Namespace, TextIO], int]


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
    errors = _standard_error()
    try:
        return _carry_out(list(arguments), errors)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else _BAD_CALL
    except (FolderError, QualityError, OutputError) as error:
        print(f"framesift: {error.path}: {error.reason}", file=errors)
        return _FAILED if isinstance(error, OutputError) and error.late else _BAD_CALL
    except KeyboardInterrupt:
        print("framesift: stopped", file=errors)
        return _STOPPED


def _carry_out(arguments: list[str], errors: TextIO) -> int:
    parser = _Parser(
        prog="framesift",
        description="A desktop photo editor with built-in culling. `framesift [FOLDER]` opens the window.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    called = [verb for verb in VERBS if verb in arguments[:1]] or VERBS
    ways = {verb: _set_up(verb, verbs) for verb in called}
    options = parser.parse_args(arguments)
    return ways[options.verb](options, errors)


def _set_up(verb: str, verbs: Any) -> _Run:
    """Adds a verb to the parser; returns what carries it out."""
    if verb == "scan":
        from app.scan_command import add_scan, run_scan

        add_scan(verbs)
        return run_scan
    if verb == "corrections":
        from app.corrections_command import add_corrections, run_corrections

        add_corrections(verbs)
        return run_corrections
    if verb == "export":
        from app.export_command import add_export, run_export

        add_export(verbs)
        return run_export
    from app.render_command import add_render, run_render

    add_render(verbs)
    return run_render


def _standard_error() -> TextIO:
    """Standard error, or nowhere if the program was started with it closed."""
    return io.StringIO() if sys.stderr is None else sys.stderr
