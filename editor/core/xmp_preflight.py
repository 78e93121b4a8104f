"""Says beforehand what publishing would show to other programs, and what stands in its way.

It must not write anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.core.marks import NO_MARKS, Flag, Marks
from editor.core.xmp_errors import SidecarError
from editor.core.xmp_paths import SidecarNaming, sidecars_to_write
from editor.core.xmp_sidecar import read_sidecar


@dataclass(frozen=True, slots=True)
class Preflight:
    """What publishing would do.

    Attributes:
        picks: How many photos other programs will see as picked.
        rejects: How many they will see as rejected.
        rated: How many with stars.
        labelled: How many with a label.
        new: How many sidecars would be made.
        changed: How many sidecars would be patched, if they do not say the same already.
        clashes: Sidecars that photos with different marks share, with these photos: none of them can be
            published there.
        refused: Sidecars that cannot be read, which stay as they are.
    """

    picks: int
    rejects: int
    rated: int
    labelled: int
    new: int
    changed: int
    clashes: Mapping[Path, tuple[Path, ...]]
    refused: tuple[SidecarError, ...]


def preflight(marks: Mapping[Path, Marks], naming: SidecarNaming) -> Preflight:
    """Looks at every sidecar that publishing some marks would touch.

    Args:
        marks: The marks of all photos to publish. The two of a RAW+JPEG pair are marked as one, so that
            they do not clash.
        naming: How new sidecars are called.
    """
    users: dict[Path, list[Path]] = {}
    for photo in marks:
        for sidecar in sidecars_to_write(photo, naming):
            users.setdefault(sidecar, []).append(photo)
    refused: list[SidecarError] = []
    new = changed = 0
    for sidecar, photos in users.items():
        try:
            exists = read_sidecar(sidecar) is not None
        except SidecarError as error:
            refused.append(error)
            continue
        changed += exists
        new += not exists and any(marks[photo] != NO_MARKS for photo in photos)
    values = list(marks.values())
    return Preflight(
        picks=sum(mark.flag is Flag.PICK for mark in values),
        rejects=sum(mark.flag is Flag.REJECT for mark in values),
        rated=sum(mark.rating > 0 for mark in values),
        labelled=sum(mark.label is not None for mark in values),
        new=new,
        changed=changed,
        clashes={
            sidecar: tuple(photos)
            for sidecar, photos in users.items()
            if len({marks[photo] for photo in photos}) > 1
        },
        refused=tuple(refused),
    )
