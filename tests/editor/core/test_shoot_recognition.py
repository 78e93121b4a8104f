"""Recognition: a photo keeps its row through renames, moves and new content; duplicates keep their own."""

from hypothesis import given
from hypothesis import strategies as st

from editor.core.photo import PhotoIdentity
from editor.core.shoot_recognition import recognise
from editor.core.shoot_records import FoundPhoto, StoredPhoto


def found(**photos: int) -> list[FoundPhoto]:
    return [FoundPhoto(key, PhotoIdentity(content, "d"), 0) for key, content in photos.items()]


def stored(*rows: tuple[str | None, int]) -> list[StoredPhoto]:
    return [StoredPhoto(row, key, PhotoIdentity(content, "d"), 0) for row, (key, content) in enumerate(rows)]


def known(
    photos: list[FoundPhoto], rows: list[StoredPhoto], listed: set[str] | None = None
) -> dict[str, int]:
    return {photo.key: row for photo, row in recognise(photos, rows, listed or set()).known}


def test_the_same_content_in_the_same_place() -> None:
    assert known(found(a=1, b=2), stored(("b", 2), ("a", 1))) == {"a": 1, "b": 0}


def test_a_rename_a_move_and_an_exchange() -> None:
    assert known(found(c=1), stored(("a", 1))) == {"c": 0}
    photos = [FoundPhoto("sub/a", PhotoIdentity(1, "d"), 0)]
    assert known(photos, stored(("b", 1), ("a", 1))) == {"sub/a": 1}
    assert known(found(a=2, b=1), stored(("a", 1), ("b", 2))) == {"a": 1, "b": 0}


def test_duplicates_keep_their_own_rows() -> None:
    assert known(found(a=1, b=1), stored(("a", 1), ("b", 1))) == {"a": 0, "b": 1}
    recognition = recognise(found(a=1, b=1), stored(("a", 1)))
    assert [photo.key for photo in recognition.new] == ["b"]


def test_a_photo_written_anew_in_its_place_is_the_same() -> None:
    recognition = recognise(found(a=9), stored(("a", 1)))
    assert [(photo.key, row) for photo, row in recognition.known] == [("a", 0)]
    assert recognition.displaced == ()


def test_a_photo_whose_place_is_taken_loses_it_and_is_found_again() -> None:
    recognition = recognise(found(a=2), stored(("a", 1), ("b", 2)))
    assert [(photo.key, row) for photo, row in recognition.known] == [("a", 1)]
    assert recognition.displaced == (0,)
    assert known(found(a=2, c=1), stored((None, 1), ("a", 2))) == {"a": 1, "c": 0}


def test_a_photo_that_is_still_there_but_was_not_read_has_not_moved() -> None:
    recognition = recognise(found(copy=1), stored(("a", 1)), {"a", "copy"})
    assert [photo.key for photo in recognition.new] == ["copy"]


KEYS = st.sampled_from("abcdef")
CONTENTS = st.integers(1, 3)


@given(
    st.dictionaries(KEYS, CONTENTS),
    st.lists(st.tuples(st.none() | KEYS, CONTENTS), unique_by=lambda row: row[0] or object()),
)
def test_no_row_is_given_twice_and_none_is_lost(
    photos: dict[str, int], rows: list[tuple[str | None, int]]
) -> None:
    recognition = recognise(found(**photos), stored(*rows))
    given_rows = [row for _, row in recognition.known]
    assert len(set(given_rows)) == len(given_rows)
    assert {photo.key for photo, _ in recognition.known} | {p.key for p in recognition.new} == set(photos)
    kept = {key for row, (key, _) in enumerate(rows) if row not in {*given_rows, *recognition.displaced}}
    assert not kept - {None} & set(photos)
