"""One value per defect, always in network order."""

from dataclasses import FrozenInstanceError

import pytest

from quality.core.labels import DEFECTS, Defect, PerDefect


def test_the_order_is_that_of_the_network() -> None:
    assert [defect.value for defect in DEFECTS] == ["blur", "under", "over"]
    assert tuple(Defect) == DEFECTS


def test_iteration_and_of_agree() -> None:
    values = PerDefect[float](0.1, 0.2, 0.3)
    assert list(values) == [values.of(defect) for defect in DEFECTS] == [0.1, 0.2, 0.3]


@pytest.mark.parametrize("defect", DEFECTS)
def test_with_changes_one_value_of_a_copy(defect: Defect) -> None:
    values = PerDefect("a", "b", "c")
    changed = values.with_(defect, "z")
    assert changed.of(defect) == "z"
    assert [changed.of(other) for other in DEFECTS if other is not defect] == [
        values.of(other) for other in DEFECTS if other is not defect
    ]
    assert values == PerDefect("a", "b", "c")


def test_values_cannot_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        PerDefect(1, 2, 3).blur = 4  # type: ignore[misc]
