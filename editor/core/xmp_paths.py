"""Where the sidecars of a photo lie: ``IMG.CR3.xmp`` before ``IMG.xmp``.

It must not read them.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

_ENDINGS = (".xmp", ".XMP")


class SidecarNaming(StrEnum):
    """How a new sidecar is called; one that exists is never renamed."""

    ADOBE = "adobe"
    """``IMG.xmp``: Lightroom and Bridge; shared by all files of that stem."""
    DARKTABLE = "darktable"
    """``IMG.CR3.xmp``: darktable and digiKam; one for each file."""


def new_sidecar_path(photo: Path, naming: SidecarNaming) -> Path:
    """Where a new sidecar of a photo belongs."""
    if naming is SidecarNaming.ADOBE:
        return photo.with_suffix(_ENDINGS[0])
    return photo.with_name(photo.name + _ENDINGS[0])


def find_sidecars(photo: Path) -> tuple[Path, ...]:
    """The sidecars of a photo that exist, the one that is read first in front.

    Where there are two, the first one wins where they differ, and both are written, so that no program
    is left with old marks.
    """
    found: list[Path] = []
    for naming in (SidecarNaming.DARKTABLE, SidecarNaming.ADOBE):
        usual = new_sidecar_path(photo, naming)
        for ending in _ENDINGS:
            path = usual.with_suffix(ending)
            if path.is_file() and not any(path.samefile(other) for other in found):
                found.append(path)
                break
    return tuple(found)


def with_sidecars(photos: Iterable[Path]) -> list[Path]:
    """Those photos beside which a file lies that may be their sidecar, in their order.

    Lists each folder once, which costs far less than asking for every name a sidecar might have. A photo
    that is left out has no sidecar; of one that is not, `find_sidecars` tells.
    """
    names: dict[str, frozenset[str]] = {}
    found = []
    for photo in photos:
        folder, name = os.path.split(photo)
        if folder not in names:
            names[folder] = _sidecar_names(folder)
        beside = names[folder]
        if beside and not beside.isdisjoint(_may_be(name)):
            found.append(photo)
    return found


def _sidecar_names(folder: str) -> frozenset[str]:
    """Case-folded names of the files in a folder that end like a sidecar; none where it cannot be listed."""
    with suppress(OSError), os.scandir(folder) as entries:
        return frozenset(name for entry in entries if (name := entry.name.casefold()).endswith(".xmp"))
    return frozenset()


def _may_be(name: str) -> tuple[str, str]:
    """What the sidecars of a photo may be called, case-folded."""
    return f"{name}.xmp".casefold(), f"{name.rpartition('.')[0] or name}.xmp".casefold()


def sidecars_to_write(photo: Path, naming: SidecarNaming) -> tuple[Path, ...]:
    """The sidecars that publish a photo's marks: those that exist, else the new one."""
    return find_sidecars(photo) or (new_sidecar_path(photo, naming),)
