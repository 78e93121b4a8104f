"""The table of photos: its rows, its sizes, and what is said of a wrong one."""

from pathlib import Path

import pytest

from training.errors import TableError
from training.photos import read_photos


def _table(folder: Path, *rows: str) -> Path:
    (folder / "photos.csv").write_text("\n".join(("file,width,height", *rows)), encoding="utf-8")
    return folder


def test_a_photo_knows_the_size_its_table_says(tmp_path: Path) -> None:
    photos = read_photos(_table(tmp_path, "b.jpg,640,480", "a.jpg,,"))
    assert [(photo.ref, photo.rows, photo.columns) for photo in photos] == [("a", 0, 0), ("b", 480, 640)]


def test_a_size_that_is_no_number_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"photos\.csv: the width of b\.jpg is not a whole number.*wide"):
        read_photos(_table(tmp_path, "b.jpg,wide,480"))


def test_a_table_without_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photos.csv").write_text("name\n", encoding="utf-8")
    with pytest.raises(TableError, match="no column called file"):
        read_photos(tmp_path)
