"""Copies picked photos with their sidecars to a folder: checked by reading back, never over another file.

Copying can be stopped or killed and begun again: what is there already with the same bytes is not copied
twice. It must not change or remove the originals.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import file_digest
from itertools import count
from pathlib import Path

from editor.core.cancellation import Cancellation
from editor.core.file_move import copy_verified, move_reason
from editor.core.name_template import NameFields, fill_template

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
    THERE = "there"
    """The same bytes were there already."""
    SKIPPED = "skipped"
    """Another file has the name."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CopyJob:
    """A photo to copy: its files, the photo first, and what its name is made from."""

    files: tuple[Path, ...]
    fields: NameFields


@dataclass(frozen=True, slots=True)
class CopyResult:
    """What became of a photo.

    Attributes:
        photo: The photo.
        outcome: What became of it.
        targets: Its files in the target folder; empty if it is not there.
        reason: Why it failed, in words; empty if it did not.
    """

    photo: Path
    outcome: CopyOutcome
    targets: tuple[Path, ...] = ()
    reason: str = ""


def copy_picks(
    jobs: Sequence[CopyJob],
    folder: Path,
    template: str,
    conflict: Conflict,
    *,
    cancellation: Cancellation | None = None,
    on_result: Callable[[CopyResult], None] | None = None,
) -> tuple[CopyResult, ...]:
    """Copies photos into a folder under the names a template gives them.

    Args:
        jobs: The photos.
        folder: The target; made if need be.
        template: See fill_template; the endings of the files stay.
        conflict: What to do where another file has the name.
        cancellation: Stops between two photos.
        on_result: Called after each photo, on this thread.

    Returns:
        One result for each photo, fewer if it was stopped.

    Raises:
        TemplateError: if the template makes no sense; nothing is copied.
    """
    stems = [fill_template(template, job.fields) for job in jobs]
    results: list[CopyResult] = []
    for job, stem in zip(jobs, stems, strict=True):
        if cancellation is not None and cancellation.cancelled:
            break
        try:
            result = _copy_job(job, folder, stem, conflict)
        except OSError as error:
            _logger.warning("%s cannot be copied: %s", job.files[0], error)
            result = CopyResult(
                job.files[0], CopyOutcome.FAILED, (), f"It was not copied: {move_reason(error)}."
            )
        results.append(result)
        if on_result is not None:
            on_result(result)
    return tuple(results)


def _copy_job(job: CopyJob, folder: Path, stem: str, conflict: Conflict) -> CopyResult:
    photo = job.files[0]
    for number in count(1):
        targets = _targets(job.files, folder, stem if number == 1 else f"{stem} ({number})")
        there = [target.exists() or target.is_symlink() for target in targets]
        same = [
            is_there and _same_content(file, target)
            for file, target, is_there in zip(job.files, targets, there, strict=True)
        ]
        if all(same):
            return CopyResult(photo, CopyOutcome.THERE, targets)
        if same == there:  # what is there was copied from these files before a stop
            break
        if conflict is Conflict.SKIP:
            return CopyResult(photo, CopyOutcome.SKIPPED, (), "Another file has the name.")
    for file, target, is_there in zip(job.files, targets, there, strict=True):
        if not is_there:
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_verified(file, target)
    return CopyResult(photo, CopyOutcome.COPIED, targets)


def _targets(files: Iterable[Path], folder: Path, stem: str) -> tuple[Path, ...]:
    """The names of a photo's files: the stem they share is exchanged, what follows it stays."""
    files = tuple(files)
    old = files[0].stem
    endings = (file.name[len(old) :] if file.name.startswith(old) else file.suffix for file in files)
    return tuple(folder / f"{stem}{ending}" for ending in endings)


def _same_content(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return file_digest(first, "blake2b").digest() == file_digest(second, "blake2b").digest()
