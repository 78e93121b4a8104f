"""The verb `corrections`: writes where marks disagree with the advice. Never imports Qt."""

import argparse
from typing import Any, TextIO

from app.corrections_table import corrections_csv
from app.path_argument import path_argument
from app.result_output import check_output, write_file
from app.user_folders import data_folder
from editor.core.shoot_errors import StoreError

_DONE, _BAD_CALL = 0, 2


def add_corrections(verbs: Any) -> None:
    """Adds the verb to a parser's verbs."""
    corrections: argparse.ArgumentParser = verbs.add_parser(
        "corrections",
        help="write where your marks disagree with the advice, for training",
        description="Writes a table with one row for every mark that disagreed with the advice when it was "
        "given: a pick of a flagged photo says that the flagged defect is none, a reject names no defect "
        "and labels nothing. `python -m training evaluate --table` and `train --corrections` read it.",
    )
    corrections.add_argument(
        "shoots", metavar="SHOOT", type=path_argument, nargs="+", help="a folder of photos"
    )
    corrections.add_argument(
        "--output", metavar="FILE", type=path_argument, required=True, help="the table, CSV"
    )


def run_corrections(options: argparse.Namespace, errors: TextIO) -> int:
    """Carries out the verb.

    Args:
        options: What was parsed.
        errors: Where the count and complaints go.

    Returns:
        The exit status.

    Raises:
        FolderError: if a shoot is no folder.
        OutputError: if the table cannot be written.
    """
    check_output(options.output)
    try:
        text, count = corrections_csv(options.shoots, data_folder(), options.output)
    except (StoreError, OSError) as error:
        print(f"framesift: {getattr(error, 'reason', str(error))}", file=errors)
        return _BAD_CALL
    write_file(text, options.output)
    print(f"{count} corrections in {options.output}", file=errors)
    return _DONE
