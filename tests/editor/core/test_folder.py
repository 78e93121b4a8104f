"""Listing: natural order, what is left out, names of every kind, no loops."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.errors import FolderError
from editor.core.folder import PHOTO_SUFFIXES, natural_key, scan_folder


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(folder: Path, *, recursive: bool = False) -> list[str]:
    return [photo.relative_to(folder).as_posix() for photo in scan_folder(folder, recursive=recursive).photos]


def test_numbers_are_ordered_as_numbers_whatever_the_case(tmp_path: Path) -> None:
    fill(tmp_path, "IMG_10.jpg", "img_2.JPG", "IMG_1.jpg", "IMG_2b.jpg", "100.jpg", "9.jpg")
    assert names(tmp_path) == ["9.jpg", "100.jpg", "IMG_1.jpg", "img_2.JPG", "IMG_2b.jpg", "IMG_10.jpg"]


def test_names_that_sort_alike_keep_one_order(tmp_path: Path) -> None:
    fill(tmp_path, "a01.jpg", "a1.jpg", "A1.jpg", "a001.jpg")
    assert names(tmp_path) == ["A1.jpg", "a001.jpg", "a01.jpg", "a1.jpg"]


@given(st.lists(st.text(max_size=12), max_size=12))
def test_the_order_is_total_and_does_not_depend_on_the_start(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=natural_key) == sorted(backwards, key=natural_key)


def test_other_files_are_counted_and_hidden_ones_are_not(tmp_path: Path) -> None:
    fill(tmp_path, "a.jpg", "a.xmp", "notes.txt", "jpg", ".hidden.jpg", "._a.jpg", "sub/b.jpg")
    listing = scan_folder(tmp_path)
    assert listing.folder == tmp_path
    assert listing.photos == (tmp_path / "a.jpg",)
    assert listing.ignored == 3


@pytest.mark.parametrize(
    "suffix", [".jpeg", ".TIF", ".Webp", ".bmp", ".png", ".heic", ".CR3", ".dng", ".gif", ".avif"]
)
def test_known_endings_are_photos_even_if_they_cannot_be_decoded_yet(tmp_path: Path, suffix: str) -> None:
    assert suffix.lower() in PHOTO_SUFFIXES
    fill(tmp_path, "a" + suffix)
    assert names(tmp_path) == ["a" + suffix]


def test_subfolders_come_after_and_hidden_and_rejected_ones_never(tmp_path: Path) -> None:
    fill(tmp_path, "z.jpg", "day10/a.jpg", "day2/b.jpg", "day2/more/c.jpg", ".git/d.jpg", "_rejected/e.jpg")
    fill(tmp_path, "day2/_Rejected/f.jpg", "day2/x.txt")
    assert names(tmp_path, recursive=True) == ["z.jpg", "day2/b.jpg", "day2/more/c.jpg", "day10/a.jpg"]
    assert scan_folder(tmp_path, recursive=True).ignored == 1
    assert names(tmp_path) == ["z.jpg"]


def test_the_asked_folder_itself_may_be_hidden_or_rejected(tmp_path: Path) -> None:
    fill(tmp_path, "_rejected/a.jpg", ".card/b.jpg")
    assert names(tmp_path / "_rejected") == ["a.jpg"]
    assert names(tmp_path / ".card", recursive=True) == ["b.jpg"]


@pytest.mark.parametrize(
    "name",
    [
        "Größe 3.jpg",
        "写真１.jpg",
        "صورة.jpg",
        "a\nb.jpg",
        " .jpg",
        "-rf.jpg",
        "e\u0301.jpg",
        os.fsdecode(b"\xff\xfe.jpg"),
    ],
)
def test_names_of_every_kind_survive(tmp_path: Path, name: str) -> None:
    fill(tmp_path, name)
    (photo,) = scan_folder(tmp_path).photos
    assert photo.name == name
    assert photo.read_bytes() == b"x"


def test_what_is_only_named_like_a_photo_is_listed_and_not_opened(tmp_path: Path) -> None:
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "dangling.jpg").symlink_to(tmp_path / "gone")
    assert names(tmp_path) == ["dangling.jpg", "folder.jpg", "pipe.jpg"]


def test_links_to_folders_are_not_entered_so_no_loop_is(tmp_path: Path) -> None:
    fill(tmp_path, "sub/a.jpg")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "also").symlink_to(tmp_path / "sub", target_is_directory=True)
    assert names(tmp_path, recursive=True) == ["sub/a.jpg"]


def test_a_folder_reached_twice_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.jpg", "junction/a.jpg")
    real = Path.stat

    def same_place(path: Path, **options: bool) -> os.stat_result:
        return real(tmp_path if path.name == "junction" else path, **options)

    monkeypatch.setattr(Path, "stat", same_place)
    assert names(tmp_path, recursive=True) == ["a.jpg"]


def test_the_listed_folder_may_be_a_link(tmp_path: Path) -> None:
    fill(tmp_path, "real/a.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert names(tmp_path / "link") == ["a.jpg"]


@pytest.mark.parametrize(
    ("target", "words"), [("gone", "not there"), ("a.jpg", "a file, not a folder"), ("a\0b", "check")]
)
def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path: Path, target: str, words: str) -> None:
    fill(tmp_path, "a.jpg")
    with pytest.raises(FolderError, match=words):
        scan_folder(tmp_path / target)


def test_a_forbidden_folder_is_an_error_and_a_forbidden_subfolder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "a.jpg", "secret/b.jpg")
    real = os.scandir

    def refuse_secret(folder: Path) -> object:
        if folder.name == "secret":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr("editor.core.folder.os.scandir", refuse_secret)
    listing = scan_folder(tmp_path, recursive=True)
    assert listing.photos == (tmp_path / "a.jpg",)
    assert listing.unreadable == (tmp_path / "secret",)
    with pytest.raises(FolderError, match="permission"):
        scan_folder(tmp_path / "secret")


def test_an_entry_whose_kind_cannot_be_asked_counts_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stubborn:
        name = "odd.jpg"

        def is_dir(self, *, follow_symlinks: bool) -> bool:
            raise OSError(5, f"Input/output error {follow_symlinks}")

    monkeypatch.setattr("editor.core.folder._visible_entries", lambda _folder: iter([Stubborn()]))
    assert names(tmp_path) == ["odd.jpg"]
