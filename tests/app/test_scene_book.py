"""Dark scenes by row: the columns say the same as each photo's own facts, whatever the line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scene_book import SceneBook
from editor.core.metadata import PhotoMetadata
from quality.core.blur_evidence import BlurWitnesses, TileEvidence, witnesses_of
from quality.core.cause import answer_code, shutter_is_slow
from quality.core.contract import load_contract
from quality.core.inference import model_folder
from quality.core.labels import PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.score_row import CachedScore, to_columns
from quality.core.score_table import score_table

LIGHTS = st.sampled_from([None, LightMeasure(0, 0.01, 0.8, 0, 0), LightMeasure(0, 0.01, 0.1, 0, 0)])
TILES = st.none() | st.builds(TileEvidence, st.integers(0, 3), st.floats(-9, 9), middle=st.floats(-9, 9))
CONTRACT = load_contract(model_folder() / "quality.json")
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


@given(st.lists(st.tuples(SHOTS, LIGHTS, TILES), min_size=1, max_size=6), st.sets(st.integers(0, 5)))
def test_a_table_is_noted_like_each_of_its_scores(
    photos: list[tuple[PhotoMetadata, LightMeasure | None, TileEvidence | None]], night: set[int]
) -> None:
    cached = [CachedScore(PerDefect(1.0, 2.0, 3.0), 6, 4, light, shot, said) for shot, light, said in photos]
    table = score_table([to_columns(one) for one in cached], CONTRACT)
    assert table is not None
    assert CONTRACT.sharpness is not None
    temperature, rows = CONTRACT.sharpness.temperature, range(5, 5 - len(photos), -1)
    alone, at_once = SceneBook(6), SceneBook(6)
    for book in (alone, at_once):
        book.note(5, PhotoMetadata(iso=100), LightMeasure(0, 0.01, 0.8, 0, 0), BlurWitnesses(0.5, None))
        book.treat_as_night(night)
    for place, (row, (metadata, light, tiles)) in enumerate(zip(rows, photos, strict=False)):
        frame = float(table.frames[place])
        alone.note(row, metadata, light, None if tiles is None else witnesses_of(frame, tiles, temperature))
    at_once.note_table(list(rows), table)
    for column in ("dark", "dark_answers", "cannot_tell", "slow", "taken_s", "middle_ev"):
        np.testing.assert_array_equal(getattr(alone, column), getattr(at_once, column))
    assert [alone.facts(row) for row in range(6)] == [at_once.facts(row) for row in range(6)]
    assert alone.metadata == at_once.metadata
    assert alone.lights == at_once.lights
    assert alone.witnesses == at_once.witnesses


@pytest.mark.parametrize("rows", [[], [0], range(3)])
def test_a_night_is_dark(rows: list[int]) -> None:
    book = SceneBook(3)
    book.treat_as_night(rows)
    assert book.dark.sum() == len(rows)
