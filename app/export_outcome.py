"""The report after an export: what became of every photo, in words; does nothing."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.numbers import data_size, number
from app.sheet import Sheet
from editor.core.export import ExportReport, ExportResult
from editor.core.export_plan import Action


def ended_words(report: ExportReport, total: int) -> str:
    """What was done, in one sentence: ``40 photos exported, 34 MB, 1 was there already``."""
    texts = (
        ((Action.ALREADY,), _tr("{n} there already")),
        ((Action.SKIP,), _tr("{n} left out")),
        ((Action.FAIL,), _tr("{n} failed")),
    )
    written = report.count(Action.WRITE, Action.REPLACE)
    parts = []
    if written:
        size = data_size(report.size)
        parts.append(_tr("{n} photos exported, {size}").format(n=number(written), size=size))
    for actions, text in texts:
        count = report.count(*actions)
        if count:
            parts.append(text.format(n=number(count)))
    left = total - len(report.results)
    if left > 0:
        parts.append(_tr("{n} not begun").format(n=number(left)))
    return ", ".join(parts) or _tr("Nothing was exported")


def report_sheet(report: ExportReport, words: str, folder: Path, window: QWidget) -> Sheet:
    """The list of every photo; what did not go as wished comes first."""
    sentence = _tr("{words}. Folder: {folder}").format(words=words, folder=folder)
    if report.cancelled:
        sentence += "\n" + _tr("It was stopped; the same export goes on where it stopped.")
    sheet = Sheet(_tr("Exported"), sentence, "", window)
    for result in sorted(report.results, key=_rank):
        name = result.planned.item.path.name
        reason = [(result.error, "")] if result.error is not None else []
        text = name if result.error is not None else f"{name} → {result.planned.name}"
        sheet.add(text, _said(result), reason)
    if not report.results:
        sheet.hide_list()
    return sheet


def _rank(result: ExportResult) -> int:
    order = (Action.FAIL, Action.SKIP, Action.WRITE, Action.REPLACE, Action.ALREADY)
    return order.index(Action.FAIL if result.error is not None else result.planned.action)


def _said(result: ExportResult) -> str:
    if result.error is not None:
        return _tr("failed")
    return {
        Action.WRITE: data_size(result.size),
        Action.REPLACE: _tr("replaced, {size}").format(size=data_size(result.size)),
        Action.ALREADY: _tr("there already"),
        Action.SKIP: _tr("left out, the name is taken"),
        Action.FAIL: _tr("failed"),
    }[result.planned.action]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExportOutcome", text)
