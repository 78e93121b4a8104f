"""Exports photos: decodes, renders, encodes and writes each as a whole or not at all.

Originals are only read. It must not decide names: ``export_plan`` does.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from editor.core.atomic_file import write_atomically
from editor.core.cancellation import Cancellation, JobCancelled
from editor.core.color_space import SRGB
from editor.core.decode import decode
from editor.core.encode import EncodeError, encode
from editor.core.errors import PhotoError
from editor.core.export_exif import export_exif
from editor.core.export_journal import Exported, ExportJournal, content_digest
from editor.core.export_plan import Action, PlannedFile, plan_export
from editor.core.export_settings import ExportItem, ExportSettings, OutputProfile
from editor.core.export_xmp import export_xmp
from editor.core.render import RenderSettings, render

_WORKERS = 2

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What became of one photo.

    Attributes:
        planned: What was planned.
        size: Bytes written now.
        error: A sentence for a person where it failed; None otherwise.
    """

    planned: PlannedFile
    size: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What became of a batch.

    Attributes:
        results: Every photo that was finished with, in the order of the batch.
        cancelled: Whether the rest was given up.
    """

    results: tuple[ExportResult, ...]
    cancelled: bool

    def count(self, *actions: Action) -> int:
        """How many photos came to one of these ends; failures are counted as FAIL only."""
        return sum(
            (Action.FAIL if result.error is not None else result.planned.action) in actions
            for result in self.results
        )

    @property
    def size(self) -> int:
        """Bytes written."""
        return sum(result.size for result in self.results)


def export_content(
    item: ExportItem, settings: ExportSettings, cancellation: Cancellation | None = None
) -> bytes:
    """The bytes of one exported file.

    Raises:
        PhotoError: if the original cannot be decoded.
        EncodeError: if the format cannot hold the result.
        JobCancelled: if cancelled.
    """
    cancellation = cancellation or Cancellation()
    picture = decode(item.path)
    cancellation.raise_if_cancelled()
    wanted = RenderSettings(
        fit=settings.fit,
        space=settings.profile.space,
        dtype=settings.encoding.dtype,
        output_sharpen=settings.sharpening.stored,
    )
    rendered = render(picture, item.recipe, wanted, cancellation=cancellation)
    del picture
    cancellation.raise_if_cancelled()
    exif = export_exif(
        item.path,
        settings.metadata,
        keep_gps=settings.keep_gps,
        size=(rendered.width, rendered.height),
        is_srgb=settings.profile is OutputProfile.SRGB,
    )
    profiled = rendered if rendered.profile is not None else replace(rendered, profile=SRGB.profile)
    xmp = export_xmp(item.path, settings.metadata, keep_gps=settings.keep_gps)
    return encode(profiled, settings.encoding, exif, xmp)


def export_batch(
    items: Sequence[ExportItem],
    settings: ExportSettings,
    on_result: Callable[[ExportResult], None] | None = None,
    cancellation: Cancellation | None = None,
    workers: int = _WORKERS,
) -> ExportReport:
    """Exports many photos; one that fails never stops the others.

    Called again after it was cancelled or killed, it goes on where it stopped: what is there stays, what
    was half-written is removed, and nothing is written twice.

    Args:
        items: The photos in the order of their numbers.
        settings: Where and how.
        on_result: Told of every photo, on a worker's thread.
        cancellation: Asked between the steps of every photo; a finished file stays.
        workers: How many photos are worked on at once; memory grows with it.

    Raises:
        TemplateError: if the template cannot be filled.
        OSError: if the folder cannot be made, read or written.
    """
    settings.folder.mkdir(parents=True, exist_ok=True)
    plan = plan_export(items, settings)
    batch = _Batch(settings, cancellation or Cancellation(), on_result)
    with ThreadPoolExecutor(max(1, workers), thread_name_prefix="export") as pool:
        results = list(pool.map(batch.one, plan))
    finished = tuple(result for result in results if result is not None)
    return ExportReport(finished, len(finished) < len(plan))


class _Batch:
    """One batch under way."""

    def __init__(
        self,
        settings: ExportSettings,
        cancellation: Cancellation,
        on_result: Callable[[ExportResult], None] | None,
    ) -> None:
        self._settings = settings
        self._cancellation = cancellation
        self._on_result = on_result
        self._journal = ExportJournal(settings.folder)
        removed = self._journal.remove_parts()
        if removed:
            _logger.info("%d half-written files of an interrupted export removed", removed)

    def one(self, planned: PlannedFile) -> ExportResult | None:
        """One photo; None if the batch was cancelled before it was done."""
        if self._cancellation.cancelled:
            return None
        try:
            result = self._finish(planned)
        except JobCancelled:
            return None
        if self._on_result is not None:
            self._on_result(result)
        return result

    def _finish(self, planned: PlannedFile) -> ExportResult:
        if planned.error is not None:
            return ExportResult(planned, error=str(planned.error))
        if planned.action not in {Action.WRITE, Action.REPLACE}:
            return ExportResult(planned)
        try:
            content = export_content(planned.item, self._settings, self._cancellation)
            self._write(planned, content)
        except PhotoError as error:
            return ExportResult(planned, error=str(error))
        except (EncodeError, OSError, MemoryError, ValueError) as error:  # the per-photo boundary
            _logger.warning("%s was not exported: %r", planned.item.path.name, error)
            return ExportResult(planned, error=f"{planned.item.path.name}: {_sentence(error)}")
        return ExportResult(planned, len(content))

    def _write(self, planned: PlannedFile, content: bytes) -> None:
        target = self._settings.folder / planned.name
        if planned.action is Action.WRITE and _is_there(target):
            raise FileExistsError(f"{planned.name} has appeared meanwhile; export again.")
        if planned.action is Action.REPLACE and not self._journal.is_ours(planned.name):
            raise FileExistsError(f"{planned.name} was changed meanwhile; export again.")
        self._journal.promise(Exported(planned.key, planned.name, len(content), content_digest(content)))
        write_atomically(target, content)


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"It cannot be written: {error.strerror}."
    return str(error) or "There is not enough memory; export fewer at once or smaller."
