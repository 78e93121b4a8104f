"""Where the sidecars of a photo lie: ``IMG.CR3.xmp`` before ``IMG.xmp``.

It must not read them.
"""

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


def sidecars_to_write(photo: Path, naming: SidecarNaming) -> tuple[Path, ...]:
    """The sidecars that publish a photo's marks: those that exist, else the new one."""
    return find_sidecars(photo) or (new_sidecar_path(photo, naming),)
