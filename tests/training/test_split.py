"""The split: stable, by scene, with the declared shares."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.photos import SourcePhoto
from training.split import Part, part_of, published_split, select


def _photos(count: int, natural: str = "") -> tuple[SourcePhoto, ...]:
    return tuple(SourcePhoto(f"scene{number}", Path("x"), natural=natural) for number in range(count))


def test_parts_are_pinned_by_value() -> None:
    """A changed value here would move scenes between training and test: never do that."""
    pinned = {
        "validation": ("scene00", "scene01", "scene04"),
        "test": ("scene10", "scene16", "scene25"),
        "train": ("scene02", "scene03", "scene06"),
    }
    for part, names in pinned.items():
        assert {part_of(SourcePhoto(name, Path(name))).value for name in names} == {part}


def test_shares_are_80_10_10() -> None:
    counts = Counter(part_of(photo) for photo in _photos(20_000))
    assert counts[Part.TRAIN] / 20_000 == pytest.approx(0.8, abs=0.01)
    assert counts[Part.VALIDATION] / 20_000 == pytest.approx(0.1, abs=0.01)


def test_half_of_the_scenes_dark_on_purpose_are_in_the_test_part() -> None:
    counts = Counter(part_of(photo) for photo in _photos(20_000, "night"))
    assert counts[Part.TEST] / 20_000 == pytest.approx(0.5, abs=0.015)
    assert counts[Part.VALIDATION] / 20_000 == pytest.approx(0.1, abs=0.01)


@given(st.lists(st.text(min_size=1), unique=True))
def test_every_scene_is_in_exactly_one_part(refs: list[str]) -> None:
    photos = tuple(SourcePhoto(ref, Path("x")) for ref in refs)
    parts = [select(photos, part) for part in Part]
    assert sorted(photo.ref for part in parts for photo in part) == sorted(refs)


def test_the_published_split_is_pinned_by_value() -> None:
    train, validation = published_split(str(number) for number in range(20))
    assert sorted(map(int, validation)) == [0, 11, 15, 16]
    assert len(train) == 16


@given(st.sets(st.text(), max_size=50), st.integers(0, 2**31))
def test_the_published_split_is_disjoint_whole_and_order_does_not_matter(refs: set[str], seed: int) -> None:
    train, validation = published_split(refs, seed)
    assert not train & validation
    assert train | validation == refs
    assert len(train) == round(0.8 * len(refs))
    assert published_split([*sorted(refs, reverse=True), *refs], seed) == (train, validation)
