"""The words for defects, modes and judgements, translated; nothing here decides anything."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.thresholds import Mode
from quality.panel.badge import BadgeMark


def _tr(text: str) -> str:
    return QCoreApplication.translate("DefectText", text)


def defect_name(defect: Defect) -> str:
    """The short name on screen: Blur, Under, Over."""
    names = {Defect.BLUR: _tr("Blur"), Defect.UNDER: _tr("Under"), Defect.OVER: _tr("Over")}
    return names[defect]


def defect_meaning(defect: Defect) -> str:
    """One sentence on what the defect is."""
    meanings = {
        Defect.BLUR: _tr("The picture is unsharp: out of focus or shaken."),
        Defect.UNDER: _tr("The picture is underexposed: too dark."),
        Defect.OVER: _tr("The picture is overexposed: too bright."),
    }
    return meanings[defect]


def mode_name(mode: Mode) -> str:
    """The short name of a mode: Off, Hint, Auto, Reject."""
    names = {
        Mode.OFF: _tr("Off"),
        Mode.HINT: _tr("Hint"),
        Mode.AUTO: _tr("Auto"),
        Mode.REJECT: _tr("Reject"),
    }
    return names[mode]


def mode_meaning(mode: Mode) -> str:
    """One sentence on what the mode does."""
    meanings = {
        Mode.OFF: _tr("Never shown."),
        Mode.HINT: _tr("Shown small and grey, never counted as a reject."),
        Mode.AUTO: _tr("Advises rejecting, but is only a hint where the scene itself was dark."),
        Mode.REJECT: _tr("Shown as a badge that advises rejecting. Nothing is moved or deleted."),
    }
    return meanings[mode]


def score_line(defect: Defect, probability: float, threshold: float) -> str:
    """For example ``Blur 0.91 (line 0.80)``."""
    return _tr("{name} {score} (line {line})").format(
        name=defect_name(defect), score=f"{probability:.2f}", line=f"{threshold:.2f}"
    )


def tooltip(probabilities: PerDefect[float], thresholds: PerDefect[float], marks: Iterable[BadgeMark]) -> str:
    """One line for every badge, or for every score where there is no badge."""
    shown = [mark.defect for mark in marks] or list(DEFECTS)
    return "\n".join(score_line(d, probabilities.of(d), thresholds.of(d)) for d in shown)


def spoken(
    name: str, probabilities: PerDefect[float], thresholds: PerDefect[float], marks: Iterable[BadgeMark]
) -> str:
    """A cell in words for a screen reader: ``IMG_1.jpg, Blur 0.91, above 0.80, flagged``."""
    parts = [name]
    for mark in marks:
        text = (
            _tr("{name} {score}, above {line}, hint")
            if mark.hint
            else _tr("{name} {score}, above {line}, flagged")
        )
        score, line = probabilities.of(mark.defect), thresholds.of(mark.defect)
        parts.append(text.format(name=defect_name(mark.defect), score=f"{score:.2f}", line=f"{line:.2f}"))
    if len(parts) == 1:
        parts.append(_tr("nothing flagged"))
    return ", ".join(parts)


def reason_sentence(marks: Iterable[BadgeMark]) -> str:
    """Why a photo has its badges, in one or two sentences."""
    marks = tuple(marks)
    advised = [defect_name(mark.defect) for mark in marks if not mark.hint]
    hinted = [defect_name(mark.defect) for mark in marks if mark.hint]
    if not marks:
        return _tr("Below every line: not flagged.")
    sentences = []
    if advised:
        sentences.append(
            _tr("Over the line for {names}: a suggestion to look again.").format(names=_listed(advised))
        )
    if hinted:
        sentences.append(_tr("Hint only: {names}.").format(names=_listed(hinted)))
    return " ".join(sentences)


def _listed(names: list[str]) -> str:
    """Joins names as in speech: ``Blur``, ``Blur and Under``, ``Blur, Under and Over``."""
    if len(names) == 1:
        return names[0]
    return _tr("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
