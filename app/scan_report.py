"""What a scan found, as JSON, CSV or the values of a table; decides by `decide`, prints nothing."""

import csv
import io
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.scan_run import ScanRow
from quality.core.blur_evidence import BlurWitnesses
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.scene_light import scene_light
from quality.core.thresholds import Modes, Thresholds
from quality.core.verdict import Decision, Verdict, decide

CSV_COLUMNS = (
    "path",
    "width",
    "height",
    "blur",
    "under",
    "over",
    "verdict",
    "reasons",
    "hints",
    "error",
    "blur_frame",
    "blur_sharpest",
)


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """One photo of a report.

    Attributes:
        path: Relative to the folder, with forward slashes.
        size: Width and height of the whole upright photo in pixels; None if it could not be judged.
        probabilities: One per defect; None if it could not be judged.
        decision: The advice; without a verdict if it could not be judged.
        error: Why it could not be judged; None if it could.
        witnesses: What frame and tiles each said about blur; None where the frame alone was asked.
    """

    path: str
    size: tuple[int, int] | None
    probabilities: PerDefect[float] | None
    decision: Decision
    error: str | None
    witnesses: BlurWitnesses | None = None


@dataclass(frozen=True, slots=True)
class ScanSummary:
    """Counts of photos.

    Attributes:
        photos: All of them.
        judged: Those with a verdict.
        errors: Those without.
        rejected: Those with the verdict reject.
        hinted: Those with at least one hint.
        flagged: Per defect, those that show it, as a reason or as a hint.
    """

    photos: int
    judged: int
    errors: int
    rejected: int
    hinted: int
    flagged: PerDefect[int]


@dataclass(frozen=True, slots=True)
class ScanReport:
    """Everything a scan found, with what it was judged by; the device is None where all was known before."""

    model_name: str
    model_sha256: str
    device: str | None
    thresholds: Thresholds
    modes: Modes
    photos: tuple[PhotoLine, ...]

    def summary(self) -> ScanSummary:
        """Counts the photos."""
        decisions = [photo.decision for photo in self.photos]
        judged = sum(decision.verdict is not None for decision in decisions)
        return ScanSummary(
            photos=len(decisions),
            judged=judged,
            errors=len(decisions) - judged,
            rejected=sum(decision.verdict is Verdict.REJECT for decision in decisions),
            hinted=sum(bool(decision.hints) for decision in decisions),
            flagged=PerDefect(*(sum(_shows(one, defect) for one in decisions) for defect in DEFECTS)),
        )


def photo_lines(
    folder: Path, rows: Iterable[ScanRow], thresholds: Thresholds, modes: Modes
) -> tuple[PhotoLine, ...]:
    """Decides on every row.

    Args:
        folder: What the paths are made relative to; every row lies below it.
        rows: What the scan found.
        thresholds: One line per defect.
        modes: What each defect may do.
    """
    return tuple(_line(folder, row, thresholds, modes) for row in rows)


def format_json(report: ScanReport) -> str:
    """One JSON object in plain ASCII, so that any path survives any encoding; a line a photo."""
    summary = report.summary()
    photos = ",\n".join(f"    {_json(_photo_values(photo))}" for photo in report.photos)
    counts = {
        "photos": summary.photos,
        "judged": summary.judged,
        "errors": summary.errors,
        "rejected": summary.rejected,
        "hinted": summary.hinted,
        "flagged": _by_name(summary.flagged),
    }
    members = {
        "model": _json({"name": report.model_name, "sha256": report.model_sha256}),
        "thresholds": _json(_by_name(report.thresholds)),
        "modes": _json(_by_name(report.modes)),
        "photos": f"[\n{photos}\n  ]" if photos else "[]",
        "summary": _json(counts),
    }
    return "{\n" + ",\n".join(f'  "{name}": {value}' for name, value in members.items()) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, allow_nan=False)


def format_csv(report: ScanReport) -> str:
    """RFC 4180 with a header; several reasons or hints of a photo are parted by a space."""
    content = io.StringIO(newline="")
    writer = csv.writer(content)
    writer.writerow(CSV_COLUMNS)
    for photo in report.photos:
        values = _photo_values(photo)
        values |= {key: " ".join(values[key]) for key in ("reasons", "hints")}
        writer.writerow(values[column] for column in CSV_COLUMNS)
    return content.getvalue()


def _line(folder: Path, row: ScanRow, thresholds: Thresholds, modes: Modes) -> PhotoLine:
    path = _below(row.path, folder)
    if row.score is None:
        return PhotoLine(path, None, None, decide(None, thresholds, modes), row.error)
    probabilities = row.score.probabilities
    size = (row.score.width, row.score.height)
    is_dark = scene_light(row.score.metadata, row.score.light).is_dark
    witnesses = row.score.witnesses
    cannot_tell = witnesses is not None and witnesses.cannot_tell
    decision = decide(probabilities, thresholds, modes, is_dark, cannot_tell)
    return PhotoLine(path, size, probabilities, decision, None, witnesses)


def _below(path: Path, folder: Path) -> str:
    """The way from a folder to a path in it; by its letters: for thousands that is much faster."""
    way, start = str(path), f"{folder}{os.sep}"
    return (way[len(start) :] if way.startswith(start) else str(path.relative_to(folder))).replace(
        os.sep, "/"
    )


def _photo_values(photo: PhotoLine) -> dict[str, Any]:
    width, height = photo.size or (None, None)
    blur, under, over = photo.probabilities or (None, None, None)
    return {
        "path": photo.path,
        "width": width,
        "height": height,
        "blur": blur,
        "under": under,
        "over": over,
        "verdict": photo.decision.verdict,
        "reasons": list(photo.decision.reasons),
        "hints": list(photo.decision.hints),
        "error": photo.error,
        "blur_frame": blur if photo.witnesses is None else photo.witnesses.frame,
        "blur_sharpest": None if photo.witnesses is None else photo.witnesses.sharpest,
    }


def _by_name(values: PerDefect[Any]) -> dict[str, Any]:
    return {defect.value: values.of(defect) for defect in DEFECTS}


def _shows(decision: Decision, defect: Defect) -> bool:
    return defect in decision.reasons or defect in decision.hints
