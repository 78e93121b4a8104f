"""The command line of training: generate, split, train, evaluate, compare, export, all."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence

from editor.core.errors import FolderError, PhotoError
from quality.core.errors import QualityError
from training.arguments import build_parser
from training.errors import TrainingError


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
    except (PhotoError, FolderError, QualityError, TrainingError, OSError, ValueError) as error:
        sys.stderr.write(f"training {options.verb}: {error}\n")
        return 1


def run_verb(options: argparse.Namespace) -> int:
    """Loads the verbs only now, so that `--help` needs no TensorFlow."""
    from training import tile_verbs, verbs

    return (verbs.RUN | tile_verbs.RUN)[options.verb](options)


if __name__ == "__main__":
    sys.exit(main())
