"""How many of the defects that anybody would reject are found while few good photos are."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quality.core.labels import DEFECTS, PerDefect
from quality.core.probability import to_probabilities
from training.judge import Judged
from training.operating_points import share_over, thresholds_for
from training.report import found_share, rounded, shown_share

Floats = NDArray[np.float64]

ALLOWED_FALSE_REJECTS = 0.03
CLEAR = {"defocus": 3.0, "shake": 8.0, "under": -2.5, "over": 2.0}
"""From which strength on a defect is beyond doubt."""
COLUMN = {"defocus": 0, "shake": 0, "under": 1, "over": 2}
"""The head that must find each kind of defect."""
_WIDTHS = {"recall": 14, "levelled": 11, "alone": 12}
"""Of the table's columns, in characters."""


class _Clear(NamedTuple):
    """Probabilities: of the good photos, shape (N, 3), and what the head says that must find each kind.

    The latter fall.
    """

    good: Floats
    found: dict[str, Floats]

    def recall(self, kind: str, line: float) -> float | None:
        return found_share(self.found[kind] >= line)


def recall_of_clear_defects(physical: Judged, temperature: PerDefect[float]) -> dict[str, Any]:
    """Recall at lines that reject 3 % of this set's own good photos, by three ways to share these out.

    All heads together may reject them: as many each (`recall`), or so that the kind found least is found as
    often as can be (`levelled`). Or each head alone may, with the other two switched off (`alone`).

    Returns:
        The share of good photos over any line, for `recall` and for `levelled`; and for each kind its least
        strength, the number of pictures at least that strong, and the three shares found.
    """
    clear = _clear(physical, temperature)
    lines = np.array(list(thresholds_for(clear.good, ALLOWED_FALSE_REJECTS)))
    levelled = _levelled_lines(clear)
    alone = [_line_alone(clear.good[:, column]) for column in range(len(DEFECTS))]
    table: dict[str, Any] = {
        "false_rejects": rounded(share_over(clear.good, lines)),
        "levelled_false_rejects": rounded(share_over(clear.good, levelled)),
    }
    for kind, least in CLEAR.items():
        column = COLUMN[kind]
        table[kind] = {
            "least": least,
            "pictures": len(clear.found[kind]),
            "recall": clear.recall(kind, lines[column]),
            "levelled": clear.recall(kind, levelled[column]),
            "alone": clear.recall(kind, alone[column]),
        }
    return table


def clear_lines(table: Mapping[str, Any]) -> str:
    """The recall of clear defects as text, a kind a line."""
    head = f"{'':26}{'as many each':>14}{'levelled':>11}{'head alone':>12}{'pictures':>10}"
    return "\n".join([head, *(_kind_line(kind, table[kind]) for kind in CLEAR)])


def _kind_line(kind: str, row: Mapping[str, Any]) -> str:
    name = f"{kind:8}{row['least']:g} and stronger"
    columns = (f"{shown_share(row[key]):>{width}}" for key, width in _WIDTHS.items())
    return f"{name:26}{''.join(columns)}{row['pictures']:>10}"


def _clear(physical: Judged, temperature: PerDefect[float]) -> _Clear:
    probabilities = to_probabilities(physical.logits, temperature)
    found = {}
    for kind, least in CLEAR.items():
        is_clear = (physical.kinds == kind) & (np.abs(physical.strengths) >= abs(least))
        found[kind] = -np.sort(-probabilities[is_clear, COLUMN[kind]])
    return _Clear(probabilities[physical.kinds == "pristine"], found)


def _line_alone(good: Floats) -> float:
    """The lowest line of one head that rejects no more good photos than allowed."""
    falling = -np.sort(-good)
    return float(np.nextafter(falling[math.floor(ALLOWED_FALSE_REJECTS * len(good))], np.inf))


def _levelled_lines(clear: _Clear) -> Floats:
    """The lines by which every kind is found in the highest common share that is allowed."""
    counts = {len(scores) for scores in clear.found.values()}
    shares = {place / count for count in counts for place in range(1, count + 1)}
    for share in sorted({0.0, *shares}, reverse=True):
        lines = _lines_of_share(clear, share)
        if share_over(clear.good, lines) <= ALLOWED_FALSE_REJECTS:
            break
    return lines


def _lines_of_share(clear: _Clear, share: float) -> Floats:
    """The highest line of each head that finds this share of each of its kinds."""
    lines = np.full(len(DEFECTS), np.inf)
    for kind, scores in clear.found.items():
        count = math.ceil(share * len(scores) - 1e-9)
        if count:
            lines[COLUMN[kind]] = min(lines[COLUMN[kind]], scores[count - 1])
    return lines
