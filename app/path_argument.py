"""The argument of a command that names a file or a folder."""

import argparse
from pathlib import Path


def path_argument(text: str) -> Path:
    """The path that was named.

    Raises:
        argparse.ArgumentTypeError: The name is empty, as from a variable that is not set.
    """
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)
