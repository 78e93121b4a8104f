"""Writes where the user disagreed with the advice, as a table that training reads; prints nothing."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from app.advice_names import CORRECTIONS
from editor.core.errors import FolderError
from editor.core.shoot_location import STORE_FILE, STORE_FOLDER, locate_store
from editor.core.shoot_store import ShootStore
from quality.core.correction import COLUMNS, VERSION, Correction, corrections_from_json


def corrections_csv(shoots: Iterable[Path], user_folder: Path, table: Path) -> tuple[str, int]:
    """Collects the corrections of several shoots.

    Args:
        shoots: Their folders.
        user_folder: Where the stores of read-only shoots are.
        table: Where the table will lie: paths below its folder are relative to it, others absolute.

    Returns:
        The table (RFC 4180 with a header) and how many corrections it has.

    Raises:
        FolderError: A shoot is no folder.
        StoreError: A shoot's store cannot be read.
        OSError: There is no place for a store.
    """
    content = io.StringIO(newline="")
    writer = csv.DictWriter(content, COLUMNS)
    writer.writeheader()
    count = 0
    for shoot in shoots:
        if not shoot.is_dir():
            raise FolderError(shoot, "This is not a folder.")
        for place, correction in sorted(_stored(shoot.resolve(), user_folder).items()):
            photo = shoot.resolve() / place
            if photo.is_file():
                writer.writerow(correction.row(_path(photo, table.resolve().parent)))
                count += 1
    return content.getvalue(), count


def _stored(shoot: Path, user_folder: Path) -> dict[str, Correction]:
    if not (shoot / STORE_FOLDER / STORE_FILE).exists() and not (user_folder / "shoots").is_dir():
        return {}
    store = ShootStore(locate_store(shoot, user_folder))
    try:
        found = store.load_settings().get(CORRECTIONS)
    finally:
        store.close()
    return {} if found is None or found.version != VERSION else corrections_from_json(found.text)


def _path(photo: Path, folder: Path) -> str:
    return photo.relative_to(folder).as_posix() if photo.is_relative_to(folder) else photo.as_posix()
