"""Moves rejects to ``_rejected`` and brings them back, each shot wholly or not at all.

It must never delete: a file that cannot be moved stays, and one whose name is taken gets another.
"""

import errno
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from editor.core.file_move import move_file, move_reason, read_fingerprint
from editor.core.folder import REJECTED_FOLDER
from editor.core.reject_journal import (
    JournalEntry,
    MoveState,
    RejectError,
    RejectJournal,
    new_journal_path,
    write_journal,
)
from editor.core.rejects import KeptBack, RejectedShot, RejectReview

Shot = tuple[JournalEntry, ...]

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MoveReport:
    """What a move, or its undo, did.

    Attributes:
        journal: What is in ``_rejected`` now; None if nothing is.
        done: The files that are where they belong, by their places in the shoot.
        left: Photos that stayed where they were, and why.
        renamed: Files that came back under another name because theirs was taken: old and new.
    """

    journal: RejectJournal | None
    done: tuple[Path, ...]
    left: tuple[KeptBack, ...]
    renamed: tuple[tuple[Path, Path], ...] = ()


def move_rejects(review: RejectReview) -> MoveReport:
    """Moves what a review lists into ``_rejected``, under the same names.

    Where a name is taken there, the whole shot goes to a numbered folder inside. A shot that cannot be
    moved stays whole.

    Raises:
        RejectError: if nothing can be moved there at all (full, read-only); nothing was moved.
    """
    planned: set[str] = set()
    shots: list[Shot] = []
    left: list[KeptBack] = []
    for shot in review.shots:
        try:
            shots.append(_plan(review.shoot, shot, planned))
        except OSError as error:
            left.append(KeptBack(shot.photos[0], f"It was not moved: {move_reason(error)}."))
    journal = RejectJournal(new_journal_path(review.shoot), review.shoot, MoveState.MOVING, tuple(shots))
    if not shots:
        return MoveReport(None, (), tuple(left))
    try:
        write_journal(journal)
    except OSError as error:
        _remove_empty_folders(journal)
        target = review.shoot / REJECTED_FOLDER
        raise RejectError(target, f"Nothing was moved: {move_reason(error)}.") from error
    report = finish_move(journal)
    return replace(report, left=(*left, *report.left))


def finish_move(journal: RejectJournal) -> MoveReport:
    """Moves what a journal lists and is not moved yet; also after a kill.

    Raises:
        RejectError: if the journal cannot be brought up to date; what is moved can be undone by it.
    """
    moved: list[Shot] = []
    left: list[KeptBack] = []
    for shot in journal.shots:
        reason = _move_shot(journal.shoot, shot)
        if reason is None:
            moved.append(shot)
        else:
            left.append(KeptBack(journal.shoot / shot[0].source, f"It was not moved: {reason}."))
    kept = _settle(journal, MoveState.MOVED, tuple(moved))
    return MoveReport(kept, _sources(journal, moved), tuple(left))


def undo_move(journal: RejectJournal) -> MoveReport:
    """Brings back everything that a journal lists; also after a kill.

    Where another file has taken a name meanwhile, the whole shot comes back under a numbered name.

    Raises:
        RejectError: if the journal cannot be brought up to date.
    """
    planned = tuple(_plan_return(journal.shoot, shot) for shot in journal.shots)
    renamed = [
        (journal.shoot / old.source, journal.shoot / new.source)
        for shot, again in zip(journal.shots, planned, strict=True)
        for old, new in zip(shot, again, strict=True)
        if old.source != new.source
    ]
    journal = journal.with_state(MoveState.UNDOING, planned)
    _write(journal)
    back: list[Shot] = []
    still: list[Shot] = []
    left: list[KeptBack] = []
    for shot in journal.shots:
        reason = _return_shot(journal.shoot, shot)
        if reason is None:
            back.append(shot)
        else:
            still.append(shot)
            left.append(KeptBack(journal.shoot / shot[0].target, f"It was not brought back: {reason}."))
    kept = _settle(journal, MoveState.MOVED, tuple(still))
    done = _sources(journal, back)
    return MoveReport(kept, done, tuple(left), tuple(pair for pair in renamed if pair[1] in done))


def _plan(shoot: Path, shot: RejectedShot, planned: set[str]) -> Shot:
    """Where the files of a shot go: the first folder in which all their names are free."""
    for number in count(1):
        folder = Path(REJECTED_FOLDER) if number == 1 else Path(REJECTED_FOLDER, str(number))
        pairs = [(file, folder / file.relative_to(shoot)) for file in shot.files]
        taken = any(
            str(target).casefold() in planned or os.path.lexists(shoot / target) for _, target in pairs
        )
        if not taken:
            planned.update(str(target).casefold() for _, target in pairs)
            break
    return tuple(
        JournalEntry(file.relative_to(shoot).as_posix(), target.as_posix(), read_fingerprint(file))
        for file, target in pairs
    )


def _move_shot(shoot: Path, shot: Shot) -> str | None:
    """Moves a shot's files; on a failure those already moved go back. Gives the reason of a failure."""
    try:
        for entry in shot:
            _move(shoot / entry.source, shoot / entry.target, entry)
    except OSError as error:
        _logger.warning("%s cannot be moved: %s", shot[0].source, error)
        moved = tuple(entry for entry in shot if _holds(shoot / entry.target, entry))
        _return_shot(shoot, moved)
        return move_reason(error)
    return None


def _holds(path: Path, entry: JournalEntry) -> bool:
    """Whether the very file of an entry lies at a path, and not another that came there meanwhile."""
    try:
        return read_fingerprint(path) == entry.fingerprint
    except OSError:
        return False


def _return_shot(shoot: Path, shot: Shot) -> str | None:
    """Brings a shot's files back, as many as can be. Gives the reason of the first failure."""
    reason: str | None = None
    for entry in shot:
        try:
            _move(shoot / entry.target, shoot / entry.source, entry)
        except OSError as error:
            _logger.warning("%s cannot be brought back: %s", entry.target, error)
            reason = reason or move_reason(error)
    return reason


def _move(source: Path, target: Path, entry: JournalEntry) -> None:
    """Moves a file unless that is done already."""
    if not os.path.lexists(source) and _holds(target, entry):
        return
    before = read_fingerprint(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    move_file(source, target)
    if read_fingerprint(target) != before:
        raise OSError(errno.EIO, "it reads differently after the move")


def _plan_return(shoot: Path, shot: Shot) -> Shot:
    """The shot with names that are free, or that hold what was brought back already."""
    if not any(_is_taken(shoot, entry) for entry in shot):
        return shot
    for number in count(2):
        again = tuple(
            replace(entry, source=_numbered(entry.source, shot, number))
            if os.path.lexists(shoot / entry.target)
            else entry
            for entry in shot
        )
        if not any(_is_taken(shoot, entry) for entry in again):
            return again
    raise AssertionError("some number is always free")


def _is_taken(shoot: Path, entry: JournalEntry) -> bool:
    source, target = shoot / entry.source, shoot / entry.target
    return (
        os.path.lexists(source)
        and os.path.lexists(target)
        and not (source.exists() and target.exists() and source.samefile(target))
    )


def _numbered(name: str, shot: Shot, number: int) -> str:
    """A name with a number behind the stem that all files of the shot have in common."""
    stem = Path(shot[0].source).stem
    path = Path(name)
    return path.with_name(f"{stem} ({number}){path.name[len(stem) :]}").as_posix()


def _settle(journal: RejectJournal, state: MoveState, shots: tuple[Shot, ...]) -> RejectJournal | None:
    """Brings the journal up to date, or removes it once it lists nothing."""
    if shots:
        kept = journal.with_state(state, shots)
        _write(kept)
        return kept
    try:
        journal.path.unlink(missing_ok=True)
    except OSError as error:
        raise RejectError(journal.path, f"It cannot be removed: {move_reason(error)}.") from error
    _remove_empty_folders(journal)
    return None


def _write(journal: RejectJournal) -> None:
    try:
        write_journal(journal)
    except OSError as error:
        raise RejectError(journal.path, f"It cannot be written: {move_reason(error)}.") from error


def _remove_empty_folders(journal: RejectJournal) -> None:
    """Removes the folders in ``_rejected`` that a move has made and that are empty again."""
    for folder in sorted(set(_folders(journal)), key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _folders(journal: RejectJournal) -> Iterator[Path]:
    top = journal.shoot / REJECTED_FOLDER
    yield from (top, journal.path.parent)
    for entry in (entry for shot in journal.shots for entry in shot):
        folder = (journal.shoot / entry.target).parent
        yield from (part for part in (folder, *folder.parents) if part.is_relative_to(top))


def _sources(journal: RejectJournal, shots: Iterable[Shot]) -> tuple[Path, ...]:
    return tuple(journal.shoot / entry.source for shot in shots for entry in shot)
