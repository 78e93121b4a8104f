"""Where sidecars lie: both namings, the more exact one first."""

from pathlib import Path

import pytest

from editor.core.xmp_paths import (
    SidecarNaming,
    find_sidecars,
    new_sidecar_path,
    sidecars_to_write,
    with_sidecars,
)


@pytest.mark.parametrize(
    ("photo", "adobe", "darktable"),
    [
        ("IMG_1.CR3", "IMG_1.xmp", "IMG_1.CR3.xmp"),
        ("a.b.jpg", "a.b.xmp", "a.b.jpg.xmp"),
        ("no ending", "no ending.xmp", "no ending.xmp"),
    ],
)
def test_a_new_sidecar_follows_the_naming(tmp_path: Path, photo: str, adobe: str, darktable: str) -> None:
    assert new_sidecar_path(tmp_path / photo, SidecarNaming.ADOBE) == tmp_path / adobe
    assert new_sidecar_path(tmp_path / photo, SidecarNaming.DARKTABLE) == tmp_path / darktable


def test_the_more_exact_name_is_read_first_and_both_are_written(tmp_path: Path) -> None:
    photo = tmp_path / "IMG_1.CR3"
    assert find_sidecars(photo) == ()
    assert sidecars_to_write(photo, SidecarNaming.DARKTABLE) == (tmp_path / "IMG_1.CR3.xmp",)
    (tmp_path / "IMG_1.xmp").touch()
    assert sidecars_to_write(photo, SidecarNaming.DARKTABLE) == (tmp_path / "IMG_1.xmp",)
    (tmp_path / "IMG_1.CR3.xmp").touch()
    assert find_sidecars(photo) == (tmp_path / "IMG_1.CR3.xmp", tmp_path / "IMG_1.xmp")


def test_the_ending_may_be_in_capitals_and_a_folder_is_no_sidecar(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.CR3.XMP").touch()
    (tmp_path / "IMG_1.xmp").mkdir()
    assert find_sidecars(tmp_path / "IMG_1.CR3") == (tmp_path / "IMG_1.CR3.XMP",)


def test_one_file_under_two_names_is_one_sidecar(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.xmp").touch()
    (tmp_path / "IMG_1.CR3.xmp").symlink_to("IMG_1.xmp")
    assert find_sidecars(tmp_path / "IMG_1.CR3") == (tmp_path / "IMG_1.CR3.xmp",)


def test_photos_that_may_have_sidecars_are_found_by_one_look_into_each_folder(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    photos = [tmp_path / name for name in ("IMG_1.CR3", "IMG_2.JPG", "img_3.jpg", "IMG_4.JPG", "bare")]
    photos.append(other / "IMG_1.CR3")
    photos.append(tmp_path / "nowhere" / "IMG_2.JPG")
    for name in ("IMG_1.xmp", "IMG_2.JPG.XMP", "IMG_3.xmp", "bare.xmp", "IMG_40.xmp", "xmp"):
        (tmp_path / name).write_text("")
    found = with_sidecars(photos)
    assert found == [tmp_path / name for name in ("IMG_1.CR3", "IMG_2.JPG", "img_3.jpg", "bare")]
    assert {photo for photo in photos if find_sidecars(photo)} <= set(found)
