"""What an export will do before it does anything: every file's name, and which are already there.

It must not write: a plan is the dry run that a person sees.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from editor.core.errors import PhotoError
from editor.core.export_journal import ExportJournal
from editor.core.export_name import check_template, fill_template
from editor.core.export_settings import Conflict, ExportItem, ExportSettings
from editor.core.name_template import NameFields
from editor.core.photo import read_identity
from editor.core.recipe_json import recipe_to_json


class Action(StrEnum):
    """What happens with one photo."""

    WRITE = "write"
    REPLACE = "replace"
    ALREADY = "already"
    SKIP = "skip"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One photo's part of a plan.

    Attributes:
        item: The photo.
        action: What will happen.
        name: The file's name in the folder; of a skipped photo the name that is taken.
        key: What the journal knows the export by.
        error: Why it fails; None otherwise.
    """

    item: ExportItem
    action: Action
    name: str
    key: str
    error: PhotoError | None = None


def plan_export(items: Sequence[ExportItem], settings: ExportSettings) -> tuple[PlannedFile, ...]:
    """Plans an export; the folder need not exist yet.

    A photo that was exported before with the same recipe and settings, by an export that was interrupted
    or finished, is not exported again as long as its file is there unchanged. A file is replaced only if
    an export wrote it, nobody changed it since, and it is no photo of this batch; any other name that is
    taken gives way to one with a number.

    Args:
        items: The photos in the order of their numbers.
        settings: Where and how.

    Raises:
        TemplateError: if the template cannot be filled.
        OSError: if the folder is there but cannot be read.
    """
    check_template(settings.template)
    return _Planner(items, settings).plan()


class _Planner:
    """One plan under way: the names that are taken grow with every photo."""

    def __init__(self, items: Sequence[ExportItem], settings: ExportSettings) -> None:
        self._items = items
        self._settings = settings
        self._journal = ExportJournal(settings.folder)
        self._taken = _names(settings.folder)
        self._planned: set[str] = set()
        self._keys: Counter[str] = Counter()
        self._originals = _places(item.path for item in items)

    def plan(self) -> tuple[PlannedFile, ...]:
        return tuple(self._one(item, number) for number, item in enumerate(self._items, start=1))

    def _one(self, item: ExportItem, number: int) -> PlannedFile:
        suffix = self._settings.encoding.format.suffix
        stem = fill_template(self._settings.template, _name_fields(item, number))
        try:
            key = self._key(item, stem)
        except PhotoError as error:
            return PlannedFile(item, Action.FAIL, stem + suffix, "", error)
        done = self._journal.finished(key)
        if done is not None:
            self._planned.add(done.name.casefold())
            return PlannedFile(item, Action.ALREADY, done.name, key)
        promised = self._journal.promised_name(key)
        name = promised if promised is not None and self._is_free(promised) else stem + suffix
        action = Action.WRITE
        if not self._is_free(name):
            if self._settings.conflict is Conflict.SKIP:
                return PlannedFile(item, Action.SKIP, name, key)
            if self._settings.conflict is Conflict.REPLACE and self._may_replace(name):
                action = Action.REPLACE
            else:
                name = self._numbered(stem, suffix)
        self._planned.add(name.casefold())
        return PlannedFile(item, action, name, key)

    def _key(self, item: ExportItem, stem: str) -> str:
        identity = read_identity(item.path).key
        made = "\n".join((recipe_to_json(item.recipe), self._settings.fingerprint, stem))
        key = f"{identity}-{hashlib.blake2b(made.encode(), digest_size=12).hexdigest()}"
        self._keys[key] += 1
        return f"{key}-{self._keys[key]}"

    def _is_free(self, name: str) -> bool:
        return name.casefold() not in self._taken and name.casefold() not in self._planned

    def _may_replace(self, name: str) -> bool:
        path = self._settings.folder / name
        unplanned = name.casefold() not in self._planned
        return unplanned and self._journal.is_ours(name) and not (_places([path]) & self._originals)

    def _numbered(self, stem: str, suffix: str) -> str:
        number = 2
        while not self._is_free(f"{stem} ({number}){suffix}"):
            number += 1
        return f"{stem} ({number}){suffix}"


def _name_fields(item: ExportItem, number: int) -> NameFields:
    return NameFields(item.path.stem, number, item.taken_at, item.camera, item.rating, item.label)


def _names(folder: Path) -> set[str]:
    return {entry.name.casefold() for entry in folder.iterdir()} if folder.is_dir() else set()


def _places(paths: Iterable[Path]) -> set[tuple[int, int]]:
    """Device and number of every file that is there: the same for all its names and links."""
    found = set()
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        found.add((status.st_dev, status.st_ino))
    return found
