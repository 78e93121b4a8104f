"""Brings moved picks back to where they were; never over another file."""

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from editor.core.file_move import move_file, move_reason

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """What bringing back did.

    Attributes:
        done: The files that are back, by their old places.
        left: Files that stayed in the target, and why.
    """

    done: tuple[Path, ...]
    left: tuple[tuple[Path, str], ...]


def return_picks(moved: Iterable[tuple[Path, Path]]) -> ReturnReport:
    """Brings files back.

    Args:
        moved: Old and new place of each, in the order in which they were moved.
    """
    done: list[Path] = []
    left: list[tuple[Path, str]] = []
    for old, new in reversed(list(moved)):
        try:
            if not (os.path.lexists(old) and not os.path.lexists(new)):
                old.parent.mkdir(parents=True, exist_ok=True)
                move_file(new, old)
            done.append(old)
        except OSError as error:
            _logger.warning("%s cannot be brought back: %s", new, error)
            left.append((new, f"It was not brought back: {move_reason(error)}."))
    return ReturnReport(tuple(done), tuple(left))
