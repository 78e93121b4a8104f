"""The report after picks were copied or moved: what became of every photo, in words; does nothing."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.numbers import number
from app.pick_work import PicksEnded
from app.sheet import Sheet
from editor.core.copy_picks import CopyOutcome, CopyResult


def ended_words(ended: PicksEnded) -> str:
    """What was done, in one sentence: ``40 picks copied, 1 was there already``."""
    texts = {
        CopyOutcome.COPIED: _tr("{n} picks copied"),
        CopyOutcome.MOVED: _tr("{n} picks moved"),
        CopyOutcome.THERE: _tr("{n} there already"),
        CopyOutcome.SKIPPED: _tr("{n} left out"),
        CopyOutcome.FAILED: _tr("{n} failed"),
    }
    counts = {outcome: ended.count(outcome) for outcome in texts}
    parts = [texts[outcome].format(n=number(count)) for outcome, count in counts.items() if count]
    rest = ended.total - len(ended.results)
    if ended.problem:
        parts.append(_tr("nothing was copied: {reason}").format(reason=ended.problem))
    elif rest:
        parts.append(_tr("{n} not begun").format(n=number(rest)))
    return ", ".join(parts) or _tr("nothing was copied")


def report_sheet(ended: PicksEnded, words: str, window: QWidget) -> Sheet:
    """The list of every photo; what did not go as wished comes first."""
    sentence = _tr("{words}. Folder: {folder}").format(
        words=words[0].upper() + words[1:], folder=ended.wish.folder
    )
    if len(ended.results) < ended.total:
        sentence += "\n" + _tr("The same command with the same folder and names goes on where it stopped.")
    sheet = Sheet(_tr("Picks moved") if ended.wish.move else _tr("Picks copied"), sentence, "", window)
    for result in sorted(ended.results, key=_rank):
        names = ", ".join(target.relative_to(ended.wish.folder).as_posix() for target in result.targets)
        reason = [(result.reason, "")] if result.reason else []
        sheet.add(f"{result.photo.name} → {names}" if names else result.photo.name, _said(result), reason)
    if not ended.results:
        sheet.hide_list()
    return sheet


def _rank(result: CopyResult) -> int:
    order = (
        CopyOutcome.FAILED,
        CopyOutcome.SKIPPED,
        CopyOutcome.COPIED,
        CopyOutcome.MOVED,
        CopyOutcome.THERE,
    )
    return -1 if result.reason and result.outcome is CopyOutcome.COPIED else order.index(result.outcome)


def _said(result: CopyResult) -> str:
    return {
        CopyOutcome.COPIED: _tr("copied"),
        CopyOutcome.MOVED: _tr("moved"),
        CopyOutcome.THERE: _tr("there already"),
        CopyOutcome.SKIPPED: _tr("left out"),
        CopyOutcome.FAILED: _tr("failed"),
    }[result.outcome]


def _tr(text: str) -> str:
    return QCoreApplication.translate("PickReport", text)
