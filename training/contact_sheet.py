"""The worst mistakes of a network on one sheet, each with what it said and what is true."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from quality.core.labels import DEFECTS, PerDefect
from quality.core.probability import to_probabilities
from training.judge import Judged
from training.testsets import TestPicture

WORST = 20
_COLUMNS, _WIDTH, _HEIGHT, _TEXT = 5, 320, 240, 44


def worst_places(judged: Judged, temperature: PerDefect[float], count: int = WORST) -> NDArray[np.intp]:
    """Places of the pictures with a wrong verdict at one half whose worst head is most wrong, worst first."""
    probabilities = to_probabilities(judged.logits, temperature)
    wrong = np.where(judged.labels < 0, 0.0, np.abs(probabilities - judged.labels)).max(axis=1)
    order = np.argsort(-wrong, kind="stable")
    return np.asarray([place for place in order if wrong[place] > 0.5][:count], dtype=np.intp)


def draw_sheet(
    shown: Sequence[tuple[TestPicture, NDArray[np.float64]]], sheet: Path, columns: int = _COLUMNS
) -> None:
    """Draws pictures in a grid.

    Args:
        shown: Pictures with their probabilities of blur, under and over, shape (3,).
        sheet: PNG to write.
        columns: Pictures in a row.

    Raises:
        OSError: If it can't be written.
    """
    rows = max(1, -(-len(shown) // columns))
    page = Image.new("RGB", (columns * _WIDTH, rows * (_HEIGHT + _TEXT)), (40, 40, 40))
    pen = ImageDraw.Draw(page)
    for place, (picture, chances) in enumerate(shown):
        left, top = place % columns * _WIDTH, place // columns * (_HEIGHT + _TEXT)
        small = Image.fromarray(picture.picture)
        small.thumbnail((_WIDTH - 8, _HEIGHT - 4))
        page.paste(small, (left + 4, top + 4))
        pen.text((left + 6, top + _HEIGHT + 2), _caption(picture, chances), fill=(230, 230, 230))
    page.save(sheet, format="PNG")


def _caption(picture: TestPicture, chances: NDArray[np.float64]) -> str:
    true = [defect.value for defect, label in zip(DEFECTS, picture.labels, strict=True) if label == 1]
    said = " ".join(f"{defect.value} {chance:.2f}" for defect, chance in zip(DEFECTS, chances, strict=True))
    name = f"{Path(picture.ref).stem[:20]} {picture.kind} {picture.strength:g}"
    return f"{name}: {' '.join(true) or 'good'}\n{said}"
