"""Marks: what they may be, and that their provenance has a time zone."""

from datetime import UTC, datetime

import pytest

from editor.core.marks import NO_MARKS, Decider, Flag, Marks, Provenance, clean_label


def test_nobody_has_decided_about_a_new_photo() -> None:
    assert Marks() == NO_MARKS == Marks(Flag.UNFLAGGED, 0, None)


@pytest.mark.parametrize("rating", [-1, 6])
def test_a_rating_has_none_to_five_stars(rating: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 5"):
        Marks(rating=rating)


@pytest.mark.parametrize("label", ["", " ", "two\nlines", "a\0b", "x" * 101, " Red"])
def test_a_label_is_one_clean_line(label: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        Marks(label=label)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Red", "Red"),
        ("  To \n do\t", "To do"),
        ("", None),
        ("\0\x1f", None),
        ("Żółty 🟡", "Żółty 🟡"),
        ("x" * 200, "x" * 100),
        ("x" * 99 + " y", "x" * 99),
        ("\ud800", None),
    ],
)
def test_a_text_from_elsewhere_becomes_a_label(text: str, label: str | None) -> None:
    assert clean_label(text) == label
    assert Marks(label=label).label == label


def test_provenance_is_of_this_moment_and_has_a_zone() -> None:
    before = datetime.now(UTC)
    provenance = Provenance.now(Decider.USER, badge_seen=True)
    assert before <= provenance.decided_at <= datetime.now(UTC)
    assert provenance.badge_seen
    with pytest.raises(ValueError, match="time zone"):
        Provenance(Decider.USER, datetime(2024, 1, 1), badge_seen=False)
