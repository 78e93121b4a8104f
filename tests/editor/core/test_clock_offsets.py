"""Clocks that were wrong: bodies told apart, times corrected, offsets stored and read back."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.clock_offsets import (
    CLOCKS_VERSION,
    MOST_SECONDS,
    RIGHT_CLOCKS,
    ClockOffsets,
    body_of,
    clocks_from_text,
    clocks_to_text,
)
from editor.core.metadata import PhotoMetadata
from editor.core.shoot_records import VersionedText

NOON = datetime(2026, 5, 2, 12, 0, 0, 250_000)


def test_two_bodies_of_one_model_are_told_apart_by_their_numbers() -> None:
    one = PhotoMetadata(camera="Canon EOS R5", camera_serial="1")
    other = PhotoMetadata(camera="Canon EOS R5", camera_serial="2")
    assert (body_of(one), body_of(other)) == ("Canon EOS R5 #1", "Canon EOS R5 #2")
    assert body_of(PhotoMetadata()) == "unknown"


def test_a_time_is_corrected_with_its_fraction_and_without_its_zone() -> None:
    clocks = ClockOffsets({"A": -3600})
    taken = PhotoMetadata(taken_at=NOON.replace(tzinfo=UTC), camera="A")
    assert clocks.corrected(taken) == datetime(2026, 5, 2, 11, 0, 0, 250_000)
    assert clocks.corrected(PhotoMetadata(taken_at=NOON, camera="B")) == NOON
    assert clocks.corrected(PhotoMetadata(camera="A")) is None


def test_a_time_beyond_all_calendars_stays() -> None:
    late = PhotoMetadata(taken_at=datetime.max, camera="A")
    assert ClockOffsets({"A": MOST_SECONDS}).corrected(late) == datetime.max


@given(st.dictionaries(st.text(), st.integers(-MOST_SECONDS, MOST_SECONDS)))
def test_offsets_are_stored_and_read_back(seconds: dict[str, int]) -> None:
    found = clocks_from_text(clocks_to_text(ClockOffsets(seconds)))
    assert found.seconds == {body: offset for body, offset in seconds.items() if offset}


@pytest.mark.parametrize(
    "text",
    [
        None,
        VersionedText(CLOCKS_VERSION + 1, '{"A": 1}'),
        VersionedText(CLOCKS_VERSION, "[1]"),
        VersionedText(CLOCKS_VERSION, json.dumps({"A": "1", "B": True, "C": 1e3, "D": MOST_SECONDS + 1})),
    ],
)
def test_what_makes_no_sense_is_a_right_clock(text: VersionedText | None) -> None:
    assert clocks_from_text(text).seconds == RIGHT_CLOCKS.seconds
