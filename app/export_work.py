"""What a worker does for the export dialog: the dry run, and the export with its progress; no widget."""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.core.cancellation import Cancellation
from editor.core.export import ExportReport, ExportResult, export_batch
from editor.core.export_plan import Action, PlannedFile, plan_export
from editor.core.export_settings import ExportItem, ExportSettings, estimate_bytes
from editor.core.frame import make_frame

_USUAL = (6000, 4000)
"""Taken for a photo whose size nobody has read yet, where no other size is known."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an export would do.

    Attributes:
        counts: How many photos come to each end.
        size: Roughly how many bytes are written.
        free: Bytes free where they would go; None where nobody can say.
        example: The first original's name and the name it gets; None without photos.
        first_error: Why the first photo fails, in words; empty if none does.
    """

    counts: dict[Action, int]
    size: int
    free: int | None
    example: tuple[str, str] | None
    first_error: str = ""

    @property
    def written(self) -> int:
        """How many files are written."""
        return self.counts.get(Action.WRITE, 0) + self.counts.get(Action.REPLACE, 0)


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """How far an export is.

    Attributes:
        done: Photos that are finished with.
        total: All photos.
        size: Bytes written.
        seconds: Since it began.
        written: Photos among those done that were written now.
    """

    done: int
    total: int
    size: int
    seconds: float
    written: int

    @property
    def rate(self) -> float:
        """Photos written in a second; 0 while nobody can say."""
        return self.written / self.seconds if self.written and self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Until the end at this rate; None while nobody can say."""
        return (self.total - self.done) / self.rate if self.rate else None


def dry_run(items: Sequence[ExportItem], settings: ExportSettings) -> DryRun:
    """Works out what an export would do; writes nothing.

    Raises:
        TemplateError: if the template cannot be filled.
        OSError: if the folder is there but cannot be read.
    """
    plan = plan_export(items, settings)
    counts: dict[Action, int] = {}
    for planned in plan:
        counts[planned.action] = counts.get(planned.action, 0) + 1
    sizes = [item.full_size for item in items if item.full_size is not None]
    usual = sizes[len(sizes) // 2] if sizes else _USUAL
    size = sum(_estimate(planned, settings, usual) for planned in plan)
    example = (plan[0].item.path.name, plan[0].name) if plan else None
    error = next((str(planned.error) for planned in plan if planned.error is not None), "")
    return DryRun(counts, size, _free(settings.folder), example, error)


def run_export(
    items: Sequence[ExportItem],
    settings: ExportSettings,
    cancellation: Cancellation,
    tell: Callable[[ExportProgress], None],
) -> ExportReport:
    """Exports and tells how far it is after every photo, on the threads that export.

    Raises:
        TemplateError: if the template cannot be filled.
        OSError: if the folder cannot be made, read or written.
    """
    counter = _Counter(len(items), tell)
    return export_batch(items, settings, counter.note, cancellation)


class _Counter:
    """Adds up results; only sums of whole numbers, so that a late one does no harm."""

    def __init__(self, total: int, tell: Callable[[ExportProgress], None]) -> None:
        self._total, self._tell, self._began = total, tell, time.monotonic()
        self._results: list[ExportResult] = []

    def note(self, result: ExportResult) -> None:
        self._results.append(result)
        found = list(self._results)
        written = sum(1 for each in found if each.size)
        size = sum(each.size for each in found)
        seconds = time.monotonic() - self._began
        self._tell(ExportProgress(len(found), self._total, size, seconds, written))


def _estimate(planned: PlannedFile, settings: ExportSettings, usual: tuple[int, int]) -> int:
    if planned.action not in (Action.WRITE, Action.REPLACE):
        return 0
    frame = make_frame(planned.item.recipe.crop, planned.item.full_size or usual, settings.fit)
    return estimate_bytes(frame.width, frame.height, settings.encoding)


def _free(folder: Path) -> int | None:
    """Bytes free on the disk of a folder that may not be there yet."""
    for place in (folder, *folder.parents):
        if place.is_dir():
            try:
                return shutil.disk_usage(place).free
            except OSError:
                return None
    return None
