"""Copies or moves picked photos with their sidecars to a folder: checked, never over another file.

It can be stopped or killed and begun again: what is there already with the same bytes is not copied twice,
and every photo keeps the name it was promised. An original goes, in a move, only once all files of its shot
stand in the target with every byte.
"""

import logging
import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import file_digest
from itertools import count
from pathlib import Path

from editor.core.cancellation import Cancellation, JobCancelled
from editor.core.file_move import copy_verified, give_second_name, move_reason, sync_folder
from editor.core.name_template import NameFields
from editor.core.pick_names import promise_names

_PART = re.compile(r"\.[0-9a-f]{16}\.part")

_logger = logging.getLogger(__name__)


class Conflict(StrEnum):
    """What to do where another file has the name."""

    NUMBER = "number"
    """Copy under a name with a number."""
    SKIP = "skip"
    """Leave the photo out and say so."""


class CopyOutcome(StrEnum):
    """What became of a photo."""

    COPIED = "copied"
    MOVED = "moved"
    THERE = "there"
    """The same bytes were there already."""
    SKIPPED = "skipped"
    """Another file has the name."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CopyJob:
    """A photo to copy.

    Attributes:
        files: Its files, the photo first.
        fields: What its name is made from.
        stays: Those of the files that a move copies only.
    """

    files: tuple[Path, ...]
    fields: NameFields
    stays: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class CopyResult:
    """What became of a photo.

    Attributes:
        photo: The photo.
        outcome: What became of it.
        targets: Its files in the target folder; empty if it is not there.
        reason: Why it failed, in words; empty if it did not.
        moved: The files that are no longer where they were: their old and new places.
    """

    photo: Path
    outcome: CopyOutcome
    targets: tuple[Path, ...] = ()
    reason: str = ""
    moved: tuple[tuple[Path, Path], ...] = ()


def copy_picks(
    jobs: Sequence[CopyJob],
    folder: Path,
    template: str,
    conflict: Conflict,
    *,
    move: bool = False,
    cancellation: Cancellation | None = None,
    on_result: Callable[[CopyResult], None] | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> tuple[CopyResult, ...]:
    """Copies or moves photos into a folder under the names a template gives them.

    Args:
        jobs: The photos.
        folder: The target; made if need be.
        template: See fill_template; the endings of the files stay.
        conflict: What to do where another file has the name.
        move: Whether the originals leave their places.
        cancellation: Stops within a moment; a photo under way stays where it was.
        on_result: Called after each photo, on this thread.
        on_bytes: Called with the bytes of each block written, on this thread.

    Returns:
        One result for each photo, fewer if it was stopped.

    Raises:
        TemplateError: if the template makes no sense; nothing is copied.
        OSError: if the folder cannot be made or written; nothing is copied.
    """
    stems = promise_names([(job.files[0], job.fields) for job in jobs], folder, template)
    _remove_parts({(folder / stem).parent for stem in stems})
    transfer = _Transfer(folder, conflict, cancellation or Cancellation(), on_bytes, move=move)
    results: list[CopyResult] = []
    for job, stem in zip(jobs, stems, strict=True):
        try:
            result = transfer.one(job, stem)
        except JobCancelled:
            break
        except OSError as error:
            _logger.warning("%s cannot be copied: %s", job.files[0], error)
            reason = f"It was not {'moved' if move else 'copied'}: {move_reason(error)}."
            result = CopyResult(job.files[0], CopyOutcome.FAILED, (), reason)
        results.append(result)
        if on_result is not None:
            on_result(result)
    return tuple(results)


class _Transfer:
    """One copy or move under way."""

    def __init__(
        self,
        folder: Path,
        conflict: Conflict,
        cancellation: Cancellation,
        on_bytes: Callable[[int], None] | None,
        *,
        move: bool,
    ) -> None:
        self._folder, self._conflict, self._move = folder, conflict, move
        self._cancellation, self._on_bytes = cancellation, on_bytes

    def one(self, job: CopyJob, stem: str) -> CopyResult:
        """Copies or moves one photo with its files.

        Raises:
            JobCancelled: if it was stopped; the originals are where they were.
            OSError: if it cannot be done; the originals are where they were.
        """
        self._cancellation.raise_if_cancelled()
        found = self._free_names(job, stem)
        if found is None:
            return CopyResult(job.files[0], CopyOutcome.SKIPPED, (), "Another file has the name.")
        targets, there = found
        for file, target, is_there in zip(job.files, targets, there, strict=True):
            if not is_there:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._place(file, target, leaves=self._move and file not in job.stays)
        outcome = CopyOutcome.THERE if all(there) else CopyOutcome.COPIED
        if not self._move:
            return CopyResult(job.files[0], outcome, targets)
        return self._let_go(job, targets, outcome)

    def _free_names(self, job: CopyJob, stem: str) -> tuple[tuple[Path, ...], list[bool]] | None:
        """The first names that are free or hold the very same files, and which of them do."""
        for number in count(1):
            targets = _targets(job.files, self._folder, stem if number == 1 else f"{stem} ({number})")
            there = [os.path.lexists(target) for target in targets]
            same = [
                is_there and self._same_content(file, target)
                for file, target, is_there in zip(job.files, targets, there, strict=True)
            ]
            if same == there:  # nothing is there, or what is there was copied from these files before
                return targets, there
            if self._conflict is Conflict.SKIP:
                return None
        raise AssertionError("some number is always free")

    def _place(self, file: Path, target: Path, *, leaves: bool) -> None:
        """Makes a file's bytes stand under the new name too; a file that leaves its disk is copied."""
        if leaves and not file.is_symlink() and give_second_name(file, target):
            sync_folder(target.parent)
            return
        copy_verified(file, target, self._tell)

    def _let_go(self, job: CopyJob, targets: tuple[Path, ...], outcome: CopyOutcome) -> CopyResult:
        """Takes the originals' names away, the photo's last: until then a killed move finds it again."""
        photo, moved = job.files[0], []
        try:
            for file, target in reversed(list(zip(job.files, targets, strict=True))):
                if file not in job.stays and not _is_same_name(file, target):
                    file.unlink()
                    moved.append((file, target))
        except OSError as error:
            reason = f"It was copied, but stays here as well: {move_reason(error)}."
            return CopyResult(photo, CopyOutcome.COPIED, targets, reason, tuple(moved))
        sync_folder(photo.parent)
        return CopyResult(photo, CopyOutcome.MOVED if moved else outcome, targets, "", tuple(moved))

    def _same_content(self, one: Path, other: Path) -> bool:
        self._cancellation.raise_if_cancelled()
        if not other.is_file() or one.stat().st_size != other.stat().st_size:
            return False
        if one.samefile(other):
            return True
        with one.open("rb") as first, other.open("rb") as second:
            return file_digest(first, "blake2b").digest() == file_digest(second, "blake2b").digest()

    def _tell(self, done: int) -> None:
        self._cancellation.raise_if_cancelled()
        if done and self._on_bytes is not None:
            self._on_bytes(done)


def _targets(files: Iterable[Path], folder: Path, stem: str) -> tuple[Path, ...]:
    """The names of a photo's files: the stem they share is exchanged, what follows it stays."""
    files = tuple(files)
    old = files[0].stem
    endings = (file.name[len(old) :] if file.name.startswith(old) else file.suffix for file in files)
    return tuple(folder / f"{stem}{ending}" for ending in endings)


def _is_same_name(one: Path, other: Path) -> bool:
    """Whether two paths are one name of one file: taking one away would take the file.

    A file with a single name has no second one. One with more is told apart by folder and name, the case
    left out, since some disks do not know it.
    """
    if not one.samefile(other):
        return False
    same_place = one.parent.samefile(other.parent) and one.name.casefold() == other.name.casefold()
    return one.lstat().st_nlink < 2 or same_place


def _remove_parts(folders: Iterable[Path]) -> None:
    """Removes what a killed copy left half-written."""
    for folder in folders:
        with suppress(OSError):
            for entry in list(folder.iterdir()):
                if _PART.fullmatch(entry.name):
                    entry.unlink()
