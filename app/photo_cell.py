"""What a cell of a view shows of one photo: plain values, read all at once; no widget, no painting."""

from dataclasses import dataclass
from pathlib import Path

from editor.core.marks import Marks
from quality.panel.badge import BadgeMark


@dataclass(frozen=True, slots=True)
class CellFace:
    """All of a cell that is no advice; equal faces look the same.

    Attributes:
        path: The photo.
        caption: The name below it.
        broken: Whether it cannot be read.
        fault: Why it cannot be read; empty where that is not known.
        marks: What a person decided.
        edited: Whether it has a recipe.
    """

    path: Path
    caption: str
    broken: bool
    fault: str
    marks: Marks
    edited: bool


@dataclass(frozen=True, slots=True)
class PhotoCell:
    """One photo.

    Attributes:
        row: Its row in the shoot.
        face: What stays while lines move.
        badges: The advice of now.
    """

    row: int
    face: CellFace
    badges: tuple[BadgeMark, ...]
