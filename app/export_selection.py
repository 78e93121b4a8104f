"""Chooses the photos of a shoot to export, with the recipes and marks from its store; writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.export_wish import PairFile
from app.shoot_keeper import ShootKeeper
from editor.core.errors import FileError, PhotoError
from editor.core.export_settings import ExportItem
from editor.core.folder import scan_folder
from editor.core.marks import NO_MARKS, Flag, Marks
from editor.core.metadata import NO_METADATA, PhotoMetadata, read_metadata
from editor.core.pairs import RawPair, find_pairs
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.recipe_json import RecipeError, recipe_from_json

_NEEDS_METADATA = ("{date", "{time", "{year", "{month", "{day", "{camera")


class SelectionError(FileError):
    """A file that was asked for is no photo of the shoot."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which photos of a shoot are wanted: those that meet everything that is set.

    Attributes:
        picked: Only picks.
        stars: Only photos with at least so many stars, rejects left out; 0 for no condition.
        files: Only these files of the shoot, in this order; empty for no condition.
        recursive: Whether folders inside the shoot are looked into.
        pairs: Which file of a RAW+JPEG pair is rendered, unless a file is named.
    """

    picked: bool = False
    stars: int = 0
    files: tuple[Path, ...] = ()
    recursive: bool = False
    pairs: PairFile = PairFile.JPEG

    def wants(self, marks: Marks) -> bool:
        """Whether the marks of a photo meet the conditions."""
        if self.picked and marks.flag is not Flag.PICK:
            return False
        return not self.stars or (marks.rating >= self.stars and marks.flag is not Flag.REJECT)


@dataclass(frozen=True, slots=True)
class Selected:
    """What there is to export.

    Attributes:
        items: The photos in the order of the shoot.
        refused: Photos whose recipe cannot be read, with a sentence; better not exported than unedited.
        photos: How many photos the shoot has.
    """

    items: tuple[ExportItem, ...]
    refused: Mapping[Path, str] = field(default_factory=dict)
    photos: int = 0


def select_photos(shoot: Path, selection: Selection, template: str, user_folder: Path) -> Selected:
    """The photos of a shoot that a selection means.

    A RAW+JPEG pair is one photo with the marks and the recipe of its JPEG, as in the window, also where its
    RAW file is rendered.

    Args:
        shoot: The folder.
        selection: What is wanted.
        template: Names of the files: only where it asks for them are time and camera read.
        user_folder: Where the marks of read-only shoots are kept.

    Raises:
        FolderError: if the shoot cannot be listed.
        SelectionError: if a file that is asked for is no photo of the shoot.
        StoreError: if its marks and recipes cannot be read.
        OSError: if there is no place for them.
    """
    listing = scan_folder(shoot, recursive=selection.recursive)
    pairs = find_pairs(listing.photos)
    photos = _wanted_files(shoot, selection, listing.photos, pairs)
    edited = {pair.raw: pair.jpeg for pair in pairs}
    stored = [edited.get(path, path) for path in photos]
    marks, recipes = _stored(shoot, stored, listing.photos, user_folder)
    items: list[ExportItem] = []
    refused: dict[Path, str] = {}
    for path, known in zip(photos, stored, strict=True):
        if not selection.wants(marks.get(known, NO_MARKS)):
            continue
        try:
            recipe = recipe_from_json(recipes[known]) if known in recipes else NEUTRAL
        except RecipeError as error:
            refused[path] = f"{path.name}: Its edits cannot be read: {error}"
            continue
        items.append(_item(path, recipe, marks.get(known, NO_MARKS), template))
    return Selected(tuple(items), refused, len(listing.photos))


def _wanted_files(
    shoot: Path, selection: Selection, photos: Sequence[Path], pairs: Sequence[RawPair]
) -> tuple[Path, ...]:
    if not selection.files:
        raw = selection.pairs is PairFile.RAW
        left_out = {pair.jpeg if raw else pair.raw for pair in pairs}
        return tuple(path for path in photos if path not in left_out)
    known = {path.resolve(): path for path in photos}
    return tuple(_known_files(shoot, selection.files, known))


def _known_files(shoot: Path, files: Sequence[Path], known: Mapping[Path, Path]) -> Iterator[Path]:
    for file in files:
        found = known.get((shoot / file).resolve()) or known.get(file.resolve())
        if found is None:
            raise SelectionError(file, "This is no photo of the shoot; name files as they are listed there.")
        yield found


def _stored(
    shoot: Path, wanted: Sequence[Path], photos: Sequence[Path], user_folder: Path
) -> tuple[dict[Path, Marks], dict[Path, str]]:
    """Marks and the text of recipes by photo."""
    keeper = ShootKeeper(shoot, photos, user_folder)
    try:
        marks = {path: recorded.marks for path, recorded in keeper.load().items()}
        if keeper.store is None:
            return marks, {}
        texts = keeper.store.load_recipes()
        rows = {path: keeper.row_of(path) for path in wanted}
        return marks, {
            path: texts[row].text for path, row in rows.items() if row is not None and row in texts
        }
    finally:
        keeper.close()


def _item(path: Path, recipe: Recipe, marks: Marks, template: str) -> ExportItem:
    metadata = NO_METADATA
    if any(field in template for field in _NEEDS_METADATA):
        metadata = _metadata(path)
    return ExportItem(
        path,
        recipe,
        taken_at=metadata.taken_at,
        camera=metadata.camera,
        rating=marks.rating,
        label=marks.label,
    )


def _metadata(path: Path) -> PhotoMetadata:
    try:
        return read_metadata(path)
    except PhotoError:  # the export itself says what is wrong with the photo
        return NO_METADATA
