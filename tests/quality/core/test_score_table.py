"""Scores side by side say exactly what each of them says for itself; one that is odd is not guessed at."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.metadata import PhotoMetadata
from quality.core.blur_evidence import TileEvidence
from quality.core.contract import load_contract
from quality.core.inference import model_folder
from quality.core.labels import PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.score_row import CachedScore, from_columns, to_columns
from quality.core.score_table import score_table
from quality.core.scorer import probabilities_of

CONTRACT = load_contract(model_folder() / "quality.json")
LOGITS = st.floats(-40, 40)
SHARES = st.floats(0, 1)
SCORES = st.builds(
    CachedScore,
    st.builds(PerDefect, LOGITS, LOGITS, LOGITS),
    st.integers(0, 60_000),
    st.integers(0, 60_000),
    st.none() | st.builds(LightMeasure, SHARES, SHARES, SHARES, SHARES, SHARES, SHARES),
    st.builds(
        PhotoMetadata,
        taken_at=st.none() | st.datetimes(timezones=st.none() | st.just(timezone(timedelta(hours=2)))),
        camera=st.none() | st.text(max_size=3),
        exposure_s=st.none() | st.sampled_from([1 / 1000, 1 / 30, 2.0]),
        aperture=st.none() | st.just(2.8),
        iso=st.none() | st.just(400),
        focal_mm=st.none() | st.just(50.0),
        focal_35mm=st.none() | st.just(75.0),
    ),
    st.none()
    | st.builds(TileEvidence, st.integers(0, 5), LOGITS, LOGITS, LOGITS, st.none() | LOGITS, LOGITS),
)


@settings(max_examples=40)
@given(st.lists(SCORES, max_size=6))
def test_a_table_says_what_each_score_says(scores: list[CachedScore]) -> None:
    table = score_table([to_columns(score) for score in scores], CONTRACT)
    assert table is not None
    assert len(table) == len(scores)
    assert table.with_witnesses == [place for place, one in enumerate(scores) if one.tiles is not None]
    for place, score in enumerate(scores):
        wanted = probabilities_of(score.logits, score.tiles, CONTRACT)
        assert PerDefect(*table.probabilities[place].tolist()) == wanted  # to the last bit
        assert table.metadata(place) == score.metadata
        assert tuple(table.sizes[place]) == (score.width, score.height)
        assert bool(table.scenes.measured[place]) == (score.light is not None)
        if score.light is not None:
            assert table.light(place) == score.light


@settings(max_examples=25)
@given(st.lists(SCORES, min_size=1, max_size=6), st.data())
def test_a_choice_of_places(scores: list[CachedScore], data: st.DataObject) -> None:
    table = score_table([to_columns(score) for score in scores], CONTRACT)
    assert table is not None
    places = data.draw(st.lists(st.integers(0, len(scores) - 1), max_size=8))
    chosen = table.at(places)
    assert chosen.sizes.tolist() == [[scores[place].width, scores[place].height] for place in places]
    assert [chosen.metadata(place) for place in range(len(places))] == [
        scores[place].metadata for place in places
    ]


SOUND = to_columns(
    CachedScore(
        PerDefect(1.0, 2.0, 3.0),
        60,
        40,
        LightMeasure(0, 0, 0, 0, 0),
        PhotoMetadata(datetime(2026, 5, 2), iso=400),
        TileEvidence(2, 1.0, 1.0, 1.0),
    )
)
ODD: list[tuple[int, Any]] = [
    (0, float("inf")),
    (1, "much"),
    (2, None),
    (3, -5),
    (7, None),
    (8, float("inf")),
    (-2, "{"),
    (-2, "{}, {}"),
    (-2, "[]"),
    (-2, '{"iso": "many"}'),
    (-2, '{"taken_at": "noon"}'),
    (-2, b"{}"),
    (-1, "[1, 2.0]"),
    (-1, "[1, null, 0.0, 0.0, null, 0.0]"),
    (-1, "{}"),
]


@pytest.mark.parametrize(("column", "value"), ODD)
def test_an_odd_row_is_left_to_be_looked_at_for_itself(column: int, value: object) -> None:
    odd = list(SOUND)
    odd[column] = value
    assert from_columns(SOUND) is not None
    assert score_table([SOUND], CONTRACT) is not None
    assert score_table([SOUND, tuple(odd), SOUND], CONTRACT) is None
