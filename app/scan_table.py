"""A scan's report as a table for people: aligned, no wider than asked for, safe on any terminal."""

import unicodedata

from app.scan_report import PhotoLine, ScanReport
from quality.core.labels import DEFECTS, Defect

_LETTERS = {Defect.BLUR: "B", Defect.UNDER: "U", Defect.OVER: "O"}
_HEADER = ("Photo", "Size", "Blur", "Under", "Over", "Verdict", "Why")
_RIGHT_ALIGNED = {1, 2, 3, 4}
_GAP = "  "
_NARROWEST_PHOTO = 16
_NARROWEST_WHY = 12


def format_table(report: ScanReport, columns: int | None = None) -> str:
    """One line per photo and a summary.

    In the last column stand the letters of the defects over their line (B, U, O; hints in brackets), or why
    the photo could not be judged.

    Args:
        report: What was found.
        columns: Width that no line of the table exceeds, where names and errors can be cut to fit it; None
            cuts nothing.
    """
    rows = [_HEADER, *(_cells(photo) for photo in report.photos)]
    widths = _widths(rows, columns)
    lines = [_aligned(row, widths) for row in rows]
    return "\n".join([*lines, "", *_summary(report)]) + "\n"


def _cells(photo: PhotoLine) -> tuple[str, ...]:
    path = _printable(photo.path)
    if photo.size is None or photo.probabilities is None:
        return (path, "-", "-", "-", "-", "not judged", _printable(photo.error or ""))
    scores = (f"{probability:.2f}" for probability in photo.probabilities)
    reasons = [_LETTERS[defect] for defect in photo.decision.reasons]
    hints = [f"({_LETTERS[defect]})" for defect in photo.decision.hints]
    size = f"{photo.size[0]}x{photo.size[1]}"
    return (path, size, *scores, str(photo.decision.verdict), " ".join(reasons + hints))


def _widths(rows: list[tuple[str, ...]], columns: int | None) -> list[int]:
    """The width of each column; the error gives way first, then the photo's name."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    if columns is None:
        return widths
    for column, narrowest in ((len(widths) - 1, _NARROWEST_WHY), (0, _NARROWEST_PHOTO)):
        excess = sum(widths) + len(_GAP) * (len(widths) - 1) - columns
        if excess > 0:
            widths[column] = min(widths[column], max(narrowest, widths[column] - excess))
    return widths


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    cells = []
    for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
        text = _shortened(cell, width, keep_end=column == 0)
        space = " " * (width - _width(text))
        cells.append(space + text if column in _RIGHT_ALIGNED else text + space)
    return _GAP.join(cells).rstrip()


def _summary(report: ScanReport) -> list[str]:
    counts = report.summary()
    flagged = ", ".join(f"{defect.value} {counts.flagged.of(defect)}" for defect in DEFECTS)
    lines = ", ".join(
        f"{defect.value} {report.thresholds.of(defect):.2f} ({report.modes.of(defect).value})"
        for defect in DEFECTS
    )
    where = f"on {report.device}" if report.device else "(all known before)"
    model = f"{_printable(report.model_name)} {report.model_sha256[:12]} {where}"
    return [
        f"{counts.photos} photos: {counts.judged} judged, {counts.rejected} rejected, "
        f"{counts.hinted} hinted, {counts.errors} not judged. Flagged: {flagged}.",
        f"Lines: {lines}. Model: {model}.",
    ]


def _printable(text: str) -> str:
    """The text with everything that could steer a terminal written as an escape."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text
    )


def _width(text: str) -> int:
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _shortened(text: str, width: int, *, keep_end: bool) -> str:
    """The text, cut to a width: in its middle where the end tells most, else at its end."""
    if _width(text) <= width:
        return text
    room = width - 3
    end = _fitting(text[::-1], room // 2)[::-1] if keep_end else ""
    return _fitting(text, room - _width(end)) + "..." + end


def _fitting(text: str, width: int) -> str:
    """The longest beginning that is no wider."""
    used = 0
    for index, letter in enumerate(text):
        used += _letter_width(letter)
        if used > width:
            return text[:index]
    return text
