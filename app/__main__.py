"""Starts Framesift: a verb goes to the command line, anything else opens the window."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from editor.core.decode_worker import serve_if_asked


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program.

    Args:
        argv: Arguments without the program's name; None takes those of the process.

    Returns:
        The exit status: 0 when all went well, 2 on a bad call.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if serve_if_asked(arguments):
        return 0
    # Imported only here, so that a decoder of the frozen program loads no network.
    from app import cli

    if arguments and arguments[0] in cli.VERBS:
        return cli.run(arguments)
    options = _parser().parse_args(arguments)
    if options.screenshot is not None:
        _paint_without_screen()
    # Qt is imported only here, so that the command line works where no Qt library is installed.
    from app.start import open_window

    return open_window(options.folder, options.screenshot)


def _parser() -> argparse.ArgumentParser:
    # Imported only here: the verbs need not wait for what finds the version.
    from app.version import version

    parser = argparse.ArgumentParser(
        prog="framesift",
        description="A desktop photo editor with built-in culling.",
        epilog="framesift scan FOLDER judges a folder without a window; framesift scan --help says more. "
        "A folder called scan is opened as ./scan",
    )
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, help="the shoot to open, or one photo of it"
    )
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=Path,
        help="wait until everything is judged, save a picture of the window, and quit",
    )
    parser.add_argument("--version", action="version", version=f"framesift {version()}")
    return parser


def _paint_without_screen() -> None:
    """Lets Qt paint into memory where there is no screen."""
    has_screen = sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not has_screen:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


if __name__ == "__main__":
    sys.exit(main())
