"""The badges of every photo as one small number each, so that thousands are compared at once."""

import numpy as np
from numpy.typing import NDArray

from app.shoot import OverLines
from quality.core.labels import DEFECTS
from quality.panel.badge import BadgeMark

_DEFECT_COUNT = len(DEFECTS)


def badge_codes(over: OverLines) -> NDArray[np.uint8]:
    """A number for the badges of each photo: a bit for each reason, and above them one for each hint.

    Args:
        over: Which photos are over which line.

    Returns:
        Shape (photos,); an index into `BADGES_BY_CODE`.
    """
    codes = np.zeros(len(over.reasons), np.uint8)
    for place in range(_DEFECT_COUNT):
        codes |= over.reasons[:, place].astype(np.uint8) << np.uint8(place)
        codes |= over.hints[:, place].astype(np.uint8) << np.uint8(_DEFECT_COUNT + place)
    return codes


def _badges(code: int) -> tuple[BadgeMark, ...]:
    return tuple(
        BadgeMark(defect, bool(code >> _DEFECT_COUNT + place & 1))
        for place, defect in enumerate(DEFECTS)
        if code >> place & 1 or code >> _DEFECT_COUNT + place & 1
    )


BADGES_BY_CODE = tuple(_badges(code) for code in range(1 << 2 * _DEFECT_COUNT))
"""The badges of a code, in the order of the defects."""
