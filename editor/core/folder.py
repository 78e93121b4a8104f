"""Lists the photos of a folder in the order a person expects.

It must not open a photo: a pipe or a broken link named like one is listed and gets its error when read.
"""

import logging
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from editor.core.errors import FolderError
from editor.core.photo_formats import PHOTO_SUFFIXES

__all__ = ["PHOTO_SUFFIXES", "REJECTED_FOLDER", "FolderListing", "natural_key", "scan_folder"]

REJECTED_FOLDER = "_rejected"
"""Where rejected photos are moved to on command; never listed."""

_logger = logging.getLogger(__name__)
_ENDINGS = tuple(PHOTO_SUFFIXES)
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class FolderListing:
    """What was found in a folder.

    Attributes:
        folder: The folder that was asked for.
        photos: Its photos in natural order of their names; of a folder first its own, then its subfolders'.
        ignored: How many visible files were left out because they are no photos.
        unreadable: Subfolders that could not be listed.
    """

    folder: Path
    photos: tuple[Path, ...]
    ignored: int
    unreadable: tuple[Path, ...] = ()


@dataclass(slots=True)
class _Walk:
    """What a listing has gathered so far."""

    photos: dict[Path, list[str]] = field(default_factory=dict)
    ignored: int = 0
    unreadable: list[Path] = field(default_factory=list)
    waiting: list[Path] = field(default_factory=list)
    visited: set[tuple[int, int]] = field(default_factory=set)


def natural_key(name: str) -> tuple[tuple[str | int, ...], str]:
    """The sort key that puts IMG_2 before IMG_10, whatever the case; equal names keep a fixed order.

    Args:
        name: A file's name in any script.
    """
    parts = _DIGITS.split(unicodedata.normalize("NFC", name).casefold())
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts)), name


def scan_folder(folder: Path, *, recursive: bool = False) -> FolderListing:
    """Lists a folder's photos by their endings.

    Hidden entries (a name beginning with a dot) and folders called ``_rejected`` are left out. Linked
    folders are not entered, and no folder is entered twice, so no loop is followed.

    Args:
        folder: The folder; it is listed even if it is itself hidden or a link.
        recursive: Whether subfolders are listed as well.

    Raises:
        FolderError: if the folder cannot be listed.
    """
    walk = _Walk()
    try:
        _list_one(folder, walk)
    except (OSError, ValueError) as error:
        raise FolderError(folder, _folder_reason(error)) from error
    while recursive and walk.waiting:
        subfolder = walk.waiting.pop()
        try:
            _list_one(subfolder, walk)
        except OSError as error:
            _logger.warning("Subfolder left out: %s", error)
            walk.unreadable.append(subfolder)
    photos = [place / name for place in _in_order(walk.photos, folder) for name in walk.photos[place]]
    return FolderListing(folder, tuple(photos), walk.ignored, tuple(sorted(walk.unreadable)))


def _list_one(folder: Path, walk: _Walk) -> None:
    status = folder.stat()
    place = (status.st_dev, status.st_ino)
    if place in walk.visited:
        return
    walk.visited.add(place)
    names = []
    for entry in _visible_entries(folder):
        is_folder = _is_real_folder(entry)
        if is_folder and entry.name.casefold() != REJECTED_FOLDER:
            walk.waiting.append(folder / entry.name)
        if entry.name.lower().endswith(_ENDINGS):
            names.append(entry.name)
        elif not is_folder:
            walk.ignored += 1
    # Names are sorted before they become paths, which takes half as long for thousands.
    walk.photos[folder] = sorted(names, key=natural_key)


def _visible_entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if not entry.name.startswith("."))


def _is_real_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _in_order(places: Iterable[Path], folder: Path) -> list[Path]:
    """Folders in natural order, each before those inside it."""
    depth = len(folder.parts)
    return sorted(places, key=lambda place: tuple(natural_key(part) for part in place.parts[depth:]))


def _folder_reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "The folder is not there; it was moved, renamed or deleted."
    if isinstance(error, NotADirectoryError):
        return "This is a file, not a folder; open the folder it lies in."
    if isinstance(error, PermissionError):
        return "The folder may not be read; give yourself permission to read it."
    return f"The folder could not be listed ({error}); check the drive and try again."
