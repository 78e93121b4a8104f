"""What a shoot remembers comes back exactly, and nonsense counts as nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.core.scene_light import DARK_LINES
from quality.core.shoot_lines import ShootLines, lines_from_json, lines_to_json
from quality.core.thresholds import Mode, Modes, Thresholds

SHARE = st.floats(0, 1)
LINES = st.builds(
    ShootLines,
    st.one_of(st.none(), st.builds(Thresholds, SHARE, SHARE, SHARE)),
    st.builds(Modes, *[st.sampled_from(Mode)] * 3),
    st.floats(*DARK_LINES),
    st.frozensets(st.text(max_size=9), max_size=3),
)


@given(LINES)
def test_there_and_back(lines: ShootLines) -> None:
    assert lines_from_json(lines_to_json(lines)) == lines


@pytest.mark.parametrize(
    "change",
    [
        ('"dark_line": 5.0', '"dark_line": NaN'),
        ('"dark_line": 5.0', '"dark": 1'),
        ('"auto"', '"perhaps"'),
        ('"thresholds": null', '"thresholds": {"blur": 1}'),
        ('"thresholds": null', '"thresholds": {"blur": "x", "under": 1, "over": 1}'),
        ("{", "["),
    ],
)
def test_nonsense_is_nothing(change: tuple[str, str]) -> None:
    text = lines_to_json(ShootLines()).replace(*change, 1)
    assert lines_from_json(text) is None


def test_numbers_are_brought_into_range() -> None:
    found = lines_from_json(lines_to_json(ShootLines()).replace("5.0", "99"))
    assert found is not None
    assert found.dark_line == DARK_LINES[1]
