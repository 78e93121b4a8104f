"""Which photos of a shoot share sidecars, and what marks and recipes its files have; no Qt, no files."""

from collections.abc import Iterable
from pathlib import Path

from app.shoot import Shoot
from editor.core.marks import RecordedMarks
from editor.core.recipe import NEUTRAL, Recipe

Family = tuple[Path, str]
"""A folder and the stem of file names in it, case-folded: such files share the sidecar ``IMG.xmp``."""


def family_of(path: Path) -> Family:
    """The family of a photo."""
    return path.parent, path.stem.casefold()


class SidecarFamilies:
    """Knows one shoot; a RAW file has the marks of the JPEG beside it."""

    def __init__(self, shoot: Shoot) -> None:
        """Sorts the files of a shoot into families."""
        self.shoot = shoot
        self._jpegs = {raw: jpeg for jpeg, raw in shoot.companions.items()}
        self._members: dict[Family, list[Path]] = {}
        for path in (*shoot.photos, *shoot.companions.values()):
            self._members.setdefault(family_of(path), []).append(path)

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
