"""Dark scenes by row: the columns say the same as each photo's own facts, whatever the line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene_book import SceneBook
from editor.core.metadata import PhotoMetadata
from quality.core.blur_evidence import BlurWitnesses
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


@given(
    st.lists(st.tuples(st.integers(0, 5), SHOTS, LIGHTS), max_size=12, unique_by=lambda one: one[0]),
    st.sets(st.integers(0, 5)),
)
def test_many_at_once_are_noted_like_each_alone(
    photos: list[tuple[int, PhotoMetadata, LightMeasure | None]], night: set[int]
) -> None:
    alone, at_once = SceneBook(6), SceneBook(6)
    for book in (alone, at_once):
        book.note(2, PhotoMetadata(), LightMeasure(0, 0.01, 0.8, 0, 0), BlurWitnesses(0.5, None))
        book.treat_as_night(night)
    for row, metadata, light in photos:
        alone.note(row, metadata, light)
    rows, shots, lights = ([*column] for column in zip(*photos, strict=True)) if photos else ([], [], [])
    at_once.note_all(rows, shots, lights, [None] * len(rows))
    assert [alone.facts(row) for row in range(6)] == [at_once.facts(row) for row in range(6)]
    for column in ("dark", "dark_answers", "cannot_tell", "slow", "taken_s", "middle_ev"):
        np.testing.assert_array_equal(getattr(alone, column), getattr(at_once, column))
    assert alone.lights == at_once.lights
    assert alone.metadata == at_once.metadata


@pytest.mark.parametrize("rows", [[], [0], range(3)])
def test_a_night_is_dark(rows: list[int]) -> None:
    book = SceneBook(3)
    book.treat_as_night(rows)
    assert book.dark.sum() == len(rows)
