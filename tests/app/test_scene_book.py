"""Dark scenes by row: the columns say the same as each photo's own facts, whatever the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene_book import SceneBook
from editor.core.metadata import PhotoMetadata
from quality.core.cause import answer_code, shutter_is_slow
from quality.core.light_measure import LightMeasure

LIGHTS = st.sampled_from([None, LightMeasure(0, 0.01, 0.8, 0, 0), LightMeasure(0, 0.01, 0.1, 0, 0)])
SHOTS = st.builds(
    PhotoMetadata,
    exposure_s=st.one_of(st.none(), st.sampled_from([1 / 1000, 1 / 30, 2.0])),
    aperture=st.just(2.8),
    iso=st.just(400),
)


@given(
    st.lists(st.tuples(SHOTS, LIGHTS), max_size=12),
    st.lists(st.floats(-4, 12), max_size=3),
    st.sets(st.integers(0, 11)),
)
def test_columns_and_facts_agree(
    photos: list[tuple[PhotoMetadata, LightMeasure | None]], lines: list[float], night: set[int]
) -> None:
    book = SceneBook(len(photos))
    for row, (metadata, light) in enumerate(photos):
        book.note(row, metadata, light)
        if row == 4:
            book.treat_as_night(one for one in night if one < len(photos))
    for line in lines:
        book.set_dark_line(line)
    book.treat_as_night(one for one in night if one < len(photos))
    facts = [book.facts(row) for row in range(len(photos))]
    assert [bool(one.scene_is_dark) for one in facts] == book.dark.tolist()
    assert [answer_code(one.scene_is_dark) for one in facts] == book.dark_answers.tolist()
    assert [answer_code(shutter_is_slow(one.metadata)) for one in facts] == book.slow.tolist()


@pytest.mark.parametrize("rows", [[], [0], range(3)])
def test_a_night_is_dark(rows: list[int]) -> None:
    book = SceneBook(3)
    book.treat_as_night(rows)
    assert book.dark.sum() == len(rows)
