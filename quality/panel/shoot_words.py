"""The shoot in words: what is flagged and why, and the one thing worth asking; counts nothing itself."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from quality.core.cause import CauseCount
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.series import DarkSeries
from quality.core.thresholds import Mode, Modes, Thresholds
from quality.panel.defect_text import defect_name

ALMOST_ALL = 0.8
"""From this share on a defect flags almost everything."""

FEWEST = 12
"""Fewer judged photos say nothing about a shoot."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShootWords", text)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the panel says above its rows, and the answers it offers; empty texts where there are none."""

    key: str
    text: str
    yes: str = ""
    no: str = ""


def flood_notice(flagged: PerDefect[int], judged: int) -> Notice | None:
    """Almost every photo is flagged for one defect: offers to switch it to hints."""
    if judged < FEWEST:
        return None
    defect = max(DEFECTS, key=flagged.of)
    share = flagged.of(defect) / judged
    if share < ALMOST_ALL:
        return None
    name = defect_name(defect)
    question = _tr("A night shoot?") if defect is Defect.UNDER else _tr("Perhaps it is meant to be so.")
    text = _tr("{share} of the photos are over the line for {name}. {question}")
    return Notice(
        f"flood-{defect.value}",
        text.format(share=f"{share * 100:.0f} %", name=name, question=question),
        _tr("Switch {name} to hints").format(name=name),
        _tr("Leave it"),
    )


def series_notice(series: DarkSeries) -> Notice:
    """A run of dark frames: asks once whether it was night."""
    text = _tr("{count} frames from {first} to {last} are dark: treat as night?").format(
        count=len(series.rows), first=f"{series.first:%H:%M}", last=f"{series.last:%H:%M}"
    )
    if len(series.odd) == 1:
        text += " " + _tr("One far darker than its neighbours stays flagged.")
    elif series.odd:
        text += " " + _tr("{count} far darker than their neighbours stay flagged.").format(
            count=len(series.odd)
        )
    return Notice(f"series-{series.rows[0]}", text, _tr("Treat as night"), _tr("No"))


def calm_notice(highest: PerDefect[float | None], thresholds: Thresholds, modes: Modes) -> Notice | None:
    """Nothing is over a line: says how near the nearest photo comes; None where every defect is off."""
    parts = [
        _tr("{name} {score} (line {line})").format(
            name=defect_name(defect), score=f"{score:.2f}", line=f"{thresholds.of(defect):.2f}"
        )
        for defect in DEFECTS
        if modes.of(defect) is not Mode.OFF and (score := highest.of(defect)) is not None
    ]
    if not parts:
        return None
    return Notice(
        "calm", _tr("Nothing is over a line. The highest scores: {parts}.").format(parts=", ".join(parts))
    )


def summary_sentence(flagged: int, flagged_by: PerDefect[int], hinted: int, unreadable: int) -> str:
    """For example ``17 flagged (Blur 10, Over 7), 14 with hints only, 1 unreadable.``; empty without any."""
    parts = []
    if flagged:
        names = ", ".join(f"{defect_name(one)} {flagged_by.of(one)}" for one in DEFECTS if flagged_by.of(one))
        parts.append(_tr("{count} flagged ({names})").format(count=flagged, names=names))
    if hinted:
        parts.append(_tr("{count} with hints only").format(count=hinted))
    if unreadable:
        parts.append(_tr("{count} unreadable").format(count=unreadable))
    return ", ".join(parts) + "." if parts else ""


def cause_sentence(cause: CauseCount) -> str:
    """For example ``31 of 38 blurred frames were slower than 1/(2 × focal length).``; empty without any."""
    if not cause.flagged:
        return ""
    if not cause.known:
        return _unknown_cause(cause.defect)
    if cause.defect is Defect.BLUR:
        limit = _tr("1/(2 × focal length)").replace(" × ", "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}")
        text = _tr("{caused} of {flagged} blurred frames were slower than {limit}").replace("{limit}", limit)
    else:
        text = _tr("{caused} of {flagged} dark frames show a scene that was dark")
    text = text.format(caused=cause.caused, flagged=cause.flagged)
    unknown = cause.flagged - cause.known
    return text + (_tr("; of {n} nothing is known.").format(n=unknown) if unknown else ".")


def _unknown_cause(defect: Defect) -> str:
    if defect is Defect.BLUR:
        return _tr("Blurred frames do not tell their focal length, so not whether the shutter was too slow.")
    return _tr("Dark frames do not tell their exposure, so not whether the scene was dark.")
