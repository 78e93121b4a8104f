"""The command line of training: generate, split, train, evaluate, export, all."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from editor.core.errors import PhotoError
from quality.core.errors import QualityError

DEFAULT_PHOTOS = Path("../shared/photos")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb.

    Args:
        arguments: Without the program's name; None takes the command line.

    Returns:
        0 when the verb did its work, 1 when it could not, 2 on a bad call.
    """
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    options = build_parser().parse_args(arguments)
    try:
        return run_verb(options)
    except (PhotoError, QualityError, OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"training {options.verb}: {error}\n")
        return 1


def run_verb(options: argparse.Namespace) -> int:
    """Loads the verbs only now, so that `--help` needs no TensorFlow."""
    from training import verbs

    return verbs.RUN[options.verb](options)


def build_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Makes the network Framesift ships."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, text, add_options in _VERBS:
        add_options(verbs.add_parser(name, help=text, description=text))
    return parser


def _generate(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    _output(parser, "folder for the pictures and labels.csv")
    parser.add_argument("--seed", type=int, default=42, help="of the draws (default 42)")


def _split(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--labels", type=Path, required=True, help="a labels.csv that generate wrote")
    _output(parser, "folder for train.csv and val.csv")
    parser.add_argument("--seed", type=int, default=42, help="of the shuffle (default 42)")


def _train(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    _output(parser, "folder of the run; a run that stands there is resumed")
    _recipe(parser)
    parser.add_argument(
        "--backbone-weights",
        default="none",
        metavar="none|imagenet|FILE",
        help="what the backbone starts from (default none: random)",
    )
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="MODEL", help="a .keras network to train on"
    )


def _evaluate(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    parser.add_argument("--model", type=Path, help="folder with quality.json (default: the model that ships)")
    parser.add_argument("--test", action="store_true", help="open the test part instead of validation")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def _export(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    parser.add_argument("--run", type=Path, required=True, help="folder of a finished run")
    _output(parser, "folder for the network, its contract and its card")


def _all(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    _output(parser, "folder of the run")
    _recipe(parser)
    parser.add_argument("--quick", action="store_true", help="a tiny run that proves the chain in minutes")


def _photos(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--photos",
        type=Path,
        default=DEFAULT_PHOTOS,
        help=f"folder of sharp, well exposed photos (default {DEFAULT_PHOTOS.as_posix()})",
    )


def _output(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--output", type=Path, required=True, help=text)


def _recipe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--recipe", default="generation-2", help="generation-2 (default) or quick")


_VERBS = (
    ("generate", "Write the KADIS protocol's pictures and their table.", _generate),
    ("split", "Split a table of generated pictures 80/20 by scene.", _split),
    ("train", "Train a network through the stages of a recipe.", _train),
    ("evaluate", "Measure a network on scenes it never saw.", _evaluate),
    ("export", "Export a trained network with its contract and card.", _export),
    ("all", "Generate, split, train, evaluate and export.", _all),
)

if __name__ == "__main__":
    sys.exit(main())
