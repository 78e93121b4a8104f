"""What a photo of the shoot says on its tooltip and to a screen reader; paints nothing."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QCoreApplication

from app.mark_edit import spoken_marks
from app.shoot import Shoot
from quality.core.thresholds import Thresholds
from quality.panel.badge import BadgeMark
from quality.panel.defect_text import spoken, tooltip

RowWords: TypeAlias = Callable[[Shoot, int, Thresholds, Sequence[BadgeMark]], str]


def row_tooltip(shoot: Shoot, row: int, lines: Thresholds, badges: Sequence[BadgeMark]) -> str:
    """Name and scores, or why there are none."""
    name, scores = shoot.photos[row].name, shoot.shown_scores_of(row)
    if scores is not None:
        return f"{name}\n{tooltip(scores, lines, badges)}"
    return f"{name}\n{shoot.faults.get(row) or _tr('Not judged yet')}"


def row_spoken(shoot: Shoot, row: int, lines: Thresholds, badges: Sequence[BadgeMark]) -> str:
    """Name, advice and what a person decided, in one sentence."""
    said = _spoken_state(shoot, row, lines, badges)
    marks = spoken_marks(shoot.marks.marks(row))
    if not marks and badges:
        marks = _tr("not decided")
    return f"{said}, {marks}" if marks else said


def _spoken_state(shoot: Shoot, row: int, lines: Thresholds, badges: Sequence[BadgeMark]) -> str:
    name, scores = shoot.photos[row].name, shoot.shown_scores_of(row)
    if scores is not None:
        return spoken(name, scores, lines, badges)
    fault = shoot.faults.get(row)
    if fault:
        return f"{name}, {_tr('cannot be read')}: {fault}"
    return f"{name}, {_tr('not judged yet')}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PhotoListModel", text)
