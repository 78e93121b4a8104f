"""Which marks disagree with the advice, and what they say to training."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from quality.core.correction import (
    COLUMNS,
    Correction,
    corrections_from_json,
    corrections_to_json,
    find_correction,
)
from quality.core.labels import Defect, PerDefect
from quality.core.thresholds import Mode, Modes, Thresholds
from quality.core.verdict import decide

HALF = Thresholds(0.5, 0.5, 0.5)
MODES = Modes(Mode.REJECT, Mode.HINT, Mode.REJECT)
AT = datetime(2026, 5, 2, 21, 4, tzinfo=UTC)
SOFT, CLEAN, HINTED = PerDefect(0.9, 0.7, 0.1), PerDefect(0.1, 0.1, 0.1), PerDefect(0.1, 0.7, 0.1)


def corrected(flag: Flag, scores: PerDefect[float] | None) -> Correction | None:
    recorded = RecordedMarks(Marks(flag), Provenance(Decider.USER, AT, badge_seen=True))
    return find_correction(recorded, decide(scores, HALF, MODES), scores, HALF, "ab" * 32)


@pytest.mark.parametrize(
    ("flag", "scores", "disagrees"),
    [
        (Flag.PICK, SOFT, True),
        (Flag.PICK, CLEAN, False),
        (Flag.PICK, HINTED, False),
        (Flag.REJECT, SOFT, False),
        (Flag.REJECT, CLEAN, True),
        (Flag.UNFLAGGED, SOFT, False),
        (Flag.PICK, None, False),
    ],
)
def test_disagreement(flag: Flag, scores: PerDefect[float] | None, disagrees: bool) -> None:
    assert (corrected(flag, scores) is not None) == disagrees


def test_a_mark_taken_away_corrects_nothing() -> None:
    assert find_correction(None, decide(SOFT, HALF, MODES), SOFT, HALF, "") is None


def test_a_pick_labels_only_what_was_flagged() -> None:
    found = corrected(Flag.PICK, SOFT)
    assert found is not None
    row = found.row("a/b.jpg")
    assert set(row) == set(COLUMNS)
    assert (row["blur"], row["under"], row["over"]) == ("0", "", "")
    assert (row["badge_seen"], row["score_blur"], row["threshold_over"]) == (1, 0.9, 0.5)
    assert row["decided_at"] == "2026-05-02T21:04:00+00:00"


def test_a_reject_names_no_defect() -> None:
    found = corrected(Flag.REJECT, CLEAN)
    assert found is not None
    assert {found.row("a.jpg")[name] for name in ("blur", "under", "over")} == {""}


number = st.floats(0, 1)
kept = st.builds(
    Correction,
    st.sampled_from(["pick", "reject"]),
    st.just(AT.isoformat()),
    st.booleans(),
    st.lists(st.sampled_from(["blur", "under", "over"]), unique=True).map(tuple),
    st.tuples(number, number, number),
    st.tuples(number, number, number),
    st.text("0123456789abcdef", max_size=8),
)


@given(st.dictionaries(st.text(max_size=9), kept, max_size=4))
def test_there_and_back(corrections: dict[str, Correction]) -> None:
    assert corrections_from_json(corrections_to_json(corrections)) == corrections


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"flag": "perhaps"}}', '{"a": {}}'])
def test_nonsense_is_left_out(text: str) -> None:
    assert corrections_from_json(text) == {}


@pytest.mark.parametrize("scores", [SOFT, CLEAN])
def test_a_reject_labels_only_the_defects_that_were_named(scores: PerDefect[float]) -> None:
    recorded = RecordedMarks(Marks(Flag.REJECT), Provenance(Decider.USER, AT, badge_seen=False))
    named = (Defect.OVER, Defect.BLUR)
    found = find_correction(recorded, decide(scores, HALF, MODES), scores, HALF, "ab", named)
    assert found is not None
    assert found.named == ("blur", "over")
    row = found.row("a.jpg")
    assert (row["blur"], row["under"], row["over"], row["badge_seen"]) == ("1", "", "1", 0)
    assert corrections_from_json(corrections_to_json({"a.jpg": found})) == {"a.jpg": found}


def test_a_pick_never_carries_a_named_defect() -> None:
    recorded = RecordedMarks(Marks(Flag.PICK), Provenance(Decider.USER, AT, badge_seen=True))
    found = find_correction(recorded, decide(SOFT, HALF, MODES), SOFT, HALF, "ab", (Defect.UNDER,))
    assert found is not None
    assert found.named == ()
    assert found.row("a.jpg")["under"] == ""


def test_corrections_kept_before_defects_could_be_named_are_read() -> None:
    found = corrected(Flag.REJECT, CLEAN)
    assert found is not None
    text = corrections_to_json({"a": found}).replace(', "named": []', "")
    assert "named" not in text
    assert corrections_from_json(text) == {"a": found}
