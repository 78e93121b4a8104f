"""Repairs what was flagged: the exposure that brings a photo back, and the series it belongs to; no Qt."""

from collections.abc import Iterable

from app.shoot import OverLines, Shoot
from editor.core.exposure import EV, Exposure
from quality.core.labels import DEFECTS, Defect
from quality.core.series import LONGEST_GAP

LEAST_EV = 0.1
"""A recoverable exposure below this changes nothing worth a step."""

_UNDER, _OVER = DEFECTS.index(Defect.UNDER), DEFECTS.index(Defect.OVER)


def recovery(shoot: Shoot, row: int) -> Exposure | None:
    """The exposure that would bring a photo back; None where none is called for or nothing was measured.

    Args:
        shoot: The photos with their light.
        row: Which photo.
    """
    light = shoot.scenes.lights.get(row)
    if light is None or abs(light.recoverable_ev) < LEAST_EV:
        return None
    steps = round(light.recoverable_ev / EV.step)
    return Exposure(EV.clamp(round(steps * EV.step, EV.decimals)))


def series_of(shoot: Shoot, over: OverLines, row: int, order: Iterable[int]) -> list[int]:
    """The flagged photos around one that have the same fault of exposure.

    A series goes on while photos follow one another in the order of the view and lie no further apart than
    `quality.core.series.LONGEST_GAP`, where the camera says when they were taken; photos without that fault
    do not end it, they are left out.

    Args:
        shoot: The photos.
        over: Which are over which line, judged as their originals.
        row: The photo it starts from; in the result.
        order: The rows in the order of the view.
    """
    fault = _fault(over, row)
    if fault is None:
        return [row]
    rows = list(order)
    if row not in rows:
        return [row]
    place = rows.index(row)
    before = _run(shoot, over, fault, rows[place::-1])
    after = _run(shoot, over, fault, rows[place:])
    return [*reversed(before[1:]), *after]


def _run(shoot: Shoot, over: OverLines, fault: int, rows: list[int]) -> list[int]:
    found, last = [rows[0]], rows[0]
    for row in rows[1:]:
        if _apart(shoot, last, row):
            break
        last = row
        if over.reasons[row, fault] or over.hints[row, fault]:
            found.append(row)
    return found


def _apart(shoot: Shoot, one: int, other: int) -> bool:
    times = [shoot.metadata[row].taken_at if row in shoot.metadata else None for row in (one, other)]
    if times[0] is None or times[1] is None:
        return False
    return abs(times[0].replace(tzinfo=None) - times[1].replace(tzinfo=None)) > LONGEST_GAP


def _fault(over: OverLines, row: int) -> int | None:
    """Whether a photo is too dark or too bright by its lines; None for neither."""
    for fault in (_UNDER, _OVER):
        if over.reasons[row, fault] or over.hints[row, fault]:
            return fault
    return None
