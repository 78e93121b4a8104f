"""What sidecars mean: which property wins, what a change takes over, and that publishing round-trips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.marks import NO_MARKS, Flag, Marks, clean_label
from editor.core.xmp_marks import RejectRating, properties_of, take_over
from editor.core.xmp_names import NO_PROPERTIES, Property, SidecarProperties

P = SidecarProperties
OURS = Marks(Flag.PICK, 3, "Red")
REJECTED = P(rating="-1", pick="-1", good="false", pick_label="1")


@pytest.mark.parametrize(
    ("now", "flag"),
    [
        (P(pick="1"), Flag.PICK),
        (P(pick="-1"), Flag.REJECT),
        (P(pick="0"), Flag.UNFLAGGED),
        (P(good="true"), Flag.PICK),
        (P(good="False"), Flag.REJECT),
        (P(pick_label="3"), Flag.PICK),
        (P(pick_label="2"), Flag.UNFLAGGED),
        (P(pick_label="1"), Flag.REJECT),
        (P(rating="-1"), Flag.REJECT),
        (P(rating="-1.0"), Flag.REJECT),
        (P(pick="1", pick_label="1"), Flag.PICK),
        (P(pick="0", pick_label="1"), Flag.REJECT),
        (P(pick_label="3", good="false", rating="-1"), Flag.PICK),
        (P(good="true", rating="-1"), Flag.PICK),
        (P(pick="0", good="true"), Flag.PICK),
        (P(pick="7", good="maybe", pick_label=""), Flag.UNFLAGGED),
        (P(), Flag.UNFLAGGED),
    ],
)
def test_the_flag_of_a_new_sidecar(now: SidecarProperties, flag: Flag) -> None:
    assert take_over(NO_MARKS, now).flag is flag


@pytest.mark.parametrize(
    ("rating", "stars"),
    [("4", 4), ("0", 0), ("5.0", 5), ("-1", 3), ("6", 3), ("many", 3), ("nan", 3), ("", 3), (None, 3)],
)
def test_the_stars_of_a_new_sidecar(rating: str | None, stars: int) -> None:
    assert take_over(OURS, P(rating=rating)).rating == stars


def test_a_new_sidecar_leaves_alone_what_it_does_not_say() -> None:
    assert take_over(OURS, NO_PROPERTIES) == OURS
    assert take_over(OURS, P(label=" To  do ")) == Marks(Flag.PICK, 3, "To do")


@pytest.mark.parametrize(
    ("before", "now", "ours", "expected"),
    [
        # Lightroom takes a reject back and knows nothing of the others' properties
        (REJECTED, P("-1", "0", None, "1"), Marks(Flag.REJECT), NO_MARKS),
        # darktable takes a reject back
        (REJECTED, P("0", "-1", "false", "1"), Marks(Flag.REJECT, 2), NO_MARKS),
        (REJECTED, P(None, "-1", "false", "1"), Marks(Flag.REJECT, 2), Marks(rating=2)),
        # digiKam picks
        (REJECTED, P("-1", "-1", "false", "3"), Marks(Flag.REJECT), Marks(Flag.PICK)),
        # darktable gives stars to a pick
        (P("3", "1", "true", "3"), P("4", "1", "true", "3"), OURS, Marks(Flag.PICK, 4, "Red")),
        # stars, label and flag are taken away
        (P("3", "1", "true", "3", "Red"), P(None, "1", "true", "3"), OURS, Marks(Flag.PICK)),
        (P("3", "1", "true", "3", "Red"), NO_PROPERTIES, OURS, NO_MARKS),
        # what nobody changed does not touch a mark of ours that is newer
        (REJECTED, REJECTED, OURS, OURS),
    ],
)
def test_what_another_program_changed_wins(
    before: SidecarProperties, now: SidecarProperties, ours: Marks, expected: Marks
) -> None:
    assert take_over(ours, now, before) == expected


MARKS = st.builds(Marks, st.sampled_from(Flag), st.integers(0, 5), st.text().map(clean_label))


@given(MARKS, st.sampled_from(RejectRating))
def test_what_is_published_is_read_back(marks: Marks, reject_rating: RejectRating) -> None:
    values = {prop.name.lower(): value for prop, value in properties_of(marks, reject_rating).items()}
    back = take_over(NO_MARKS, SidecarProperties(**values))
    stars = 0 if values["rating"] == "-1" else marks.rating
    assert back == Marks(marks.flag, stars, marks.label)


def test_every_property_has_a_value_of_its_own() -> None:
    values = P("1", "2", "3", "4", "5")
    found = {prop: values.of(prop) for prop in Property}
    assert found == {
        Property.RATING: "1",
        Property.PICK: "2",
        Property.GOOD: "3",
        Property.PICK_LABEL: "4",
        Property.LABEL: "5",
    }
