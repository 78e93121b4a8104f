"""Pairs: one RAW and one JPEG of a stem and a folder, and nothing that is only likely."""

from pathlib import Path

import pytest

from editor.core.pairs import RawPair, find_pairs, partners


def found(*names: str) -> list[tuple[str, str]]:
    pairs = find_pairs([Path("/shoot") / name for name in names])
    return [
        (pair.raw.relative_to("/shoot").as_posix(), pair.jpeg.relative_to("/shoot").as_posix())
        for pair in pairs
    ]


def test_a_raw_and_a_jpeg_of_a_stem_are_a_pair() -> None:
    names = ("a.jpg", "b.NEF", "b.JPG", "a.CR3", "c.dng", "d.jpeg", "a.png", "e.orf", "e.tif")
    assert found(*names) == [("a.CR3", "a.jpg"), ("b.NEF", "b.JPG")]


def test_a_camera_may_write_heif_beside_the_raw() -> None:
    assert found("a.CR3", "a.HIF") == [("a.CR3", "a.HIF")]


def test_the_case_of_the_stem_does_not_matter_but_the_folder_does() -> None:
    assert found("IMG_1.cr2", "img_1.jpg") == [("IMG_1.cr2", "img_1.jpg")]
    assert found("one/a.cr2", "two/a.jpg") == []


@pytest.mark.parametrize("names", [("a.cr2", "a.dng", "a.jpg"), ("a.cr2", "a.jpg", "a.jpeg")])
def test_what_cannot_be_told_apart_stays_single(names: tuple[str, ...]) -> None:
    assert found(*names) == []


def test_every_photo_of_a_pair_knows_the_other() -> None:
    raw, jpeg = Path("a.cr2"), Path("a.jpg")
    assert partners([RawPair(raw, jpeg)]) == {raw: jpeg, jpeg: raw}
    with pytest.raises(ValueError, match="not in this pair"):
        RawPair(raw, jpeg).partner(Path("b.jpg"))
