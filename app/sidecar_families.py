"""Which photos of a shoot share sidecars, and what marks and recipes its files have; no Qt, no files."""

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from app.shoot import Shoot
from editor.core.marks import RecordedMarks
from editor.core.recipe import NEUTRAL, Recipe

Family = tuple[str, str]
"""A folder and the stem of file names in it, case-folded: such files share the sidecar ``IMG.xmp``."""


def family_of(path: Path) -> Family:
    """The family of a photo."""
    # Thousands are asked for at once, and a path's own properties take their time.
    folder, name = os.path.split(path)
    return folder, (name.rpartition(".")[0] or name).casefold()


class SidecarFamilies:
    """Knows one shoot; a RAW file has the marks of the JPEG beside it."""

    def __init__(self, shoot: Shoot) -> None:
        """Takes a shoot; its files are sorted into families when that is asked for first."""
        self.shoot = shoot
        self._jpegs = {raw: jpeg for jpeg, raw in shoot.companions.items()}

    @cached_property
    def _members(self) -> dict[Family, list[Path]]:
        members: dict[Family, list[Path]] = {}
        for path in (*self.shoot.photos, *self.shoot.companions.values()):
            members.setdefault(family_of(path), []).append(path)
        return members

    def members(self, families: Iterable[Family]) -> list[Path]:
        """All files of some families; one that is not in this shoot has none."""
        return [path for family in families for path in self._members.get(family, ())]

    def marked(self, *, or_edited: bool = False) -> list[Family]:
        """Families in which a photo has, or had, a mark; in the order of the shoot.

        Args:
            or_edited: Whether those count too in which a photo has a recipe.
        """
        return [
            family
            for family, paths in self._members.items()
            if self.recorded(paths)
            or (or_edited and any(recipe != NEUTRAL for recipe in self.recipes(paths).values()))
        ]

    def recipes(self, paths: Iterable[Path]) -> dict[Path, Recipe]:
        """The recipes that some files have now; a RAW file has that of the JPEG beside it."""
        rows = ((path, self.shoot.row_of(self._jpegs.get(path, path))) for path in paths)
        return {path: self.shoot.recipes.recipe(row) for path, row in rows if row is not None}

    def recorded(self, paths: Iterable[Path]) -> dict[Path, RecordedMarks]:
        """The marks that some files have now; none for one that nobody has marked."""
        found = {}
        for path in paths:
            row = self.shoot.row_of(self._jpegs.get(path, path))
            recorded = None if row is None else self.shoot.marks.recorded(row)
            if recorded is not None:
                found[path] = recorded
        return found

    def all_recorded(self) -> dict[Path, RecordedMarks]:
        """The marks of all files of the shoot that have some."""
        shoot = self.shoot
        found = {shoot.photos[row]: recorded for row, recorded in shoot.marks.all_recorded()}
        return found | {raw: found[jpeg] for raw, jpeg in self._jpegs.items() if jpeg in found}
