"""The list model: Qt's own checks, roles, and one rule for all photos at once."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.photo_list_model import PhotoListModel
from app.photo_roles import PhotoRole, PhotoState
from app.shoot import Shoot, over_lines
from editor.core.photo import PhotoIdentity
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.scorer import PhotoScore
from quality.core.thresholds import Mode, Modes, Thresholds, default_modes
from quality.core.verdict import decide
from quality.panel.badge import BadgeMark

chance = st.floats(0, 1)
triple = st.tuples(chance, chance, chance)


def score(blur: float, under: float, over: float) -> PhotoScore:
    return PhotoScore(PhotoIdentity(1, "a"), 60, 40, PerDefect(blur, under, over))


def model_of(count: int, parent: QObject | None = None) -> PhotoListModel:
    model = PhotoListModel(parent)
    model.set_shoot(Shoot(Path("/shoot"), [Path(f"/shoot/IMG_{n}.jpg") for n in range(count)]))
    return model


@given(
    st.lists(st.tuples(triple, st.booleans()), max_size=30), triple, st.tuples(*[st.sampled_from(Mode)] * 3)
)
def test_all_at_once_is_the_same_as_one_by_one(
    scores: list[tuple[tuple[float, float, float], bool]],
    lines: tuple[float, float, float],
    modes: tuple[Mode, Mode, Mode],
) -> None:
    values = np.array([*(one for one, _dark in scores), (np.nan,) * 3], dtype=np.float64)
    darkness = np.array([*(dark for _one, dark in scores), True])
    found = over_lines(values, Thresholds(*lines), Modes(*modes), darkness)
    for row, (one, dark) in enumerate(scores):
        expected = decide(PerDefect(*one), Thresholds(*lines), Modes(*modes), dark)
        for place, defect in enumerate(DEFECTS):
            assert found.reasons[row, place] == (defect in expected.reasons)
            assert found.hints[row, place] == (defect in expected.hints)
    assert not found.reasons[-1].any()
    assert not found.hints[-1].any()


def test_a_score_on_the_line_is_over_it() -> None:
    values = np.array([[0.3, 0.7, 0.1]])
    assert over_lines(values, Thresholds(0.3, 0.7, 0.1), default_modes()).reasons.all()


@given(
    st.lists(st.tuples(triple, st.booleans()), max_size=30), triple, st.tuples(*[st.sampled_from(Mode)] * 3)
)
def test_counts_are_those_of_brute_force(
    scores: list[tuple[tuple[float, float, float], bool]],
    lines: tuple[float, float, float],
    modes: tuple[Mode, Mode, Mode],
) -> None:
    values = np.array([one for one, _dark in scores], dtype=np.float64).reshape(-1, 3)
    darkness = np.array([dark for _one, dark in scores], dtype=np.bool_)
    found = over_lines(values, Thresholds(*lines), Modes(*modes), darkness)
    all_of = [decide(PerDefect(*one), Thresholds(*lines), Modes(*modes), dark) for one, dark in scores]
    assert found.flagged == sum(bool(one.reasons) for one in all_of)
    assert found.hinted == sum(bool(one.hints) and not one.reasons for one in all_of)
    for defect in DEFECTS:
        assert found.flagged_by.of(defect) == sum(defect in one.reasons for one in all_of)
        assert found.hinted_by.of(defect) == sum(defect in one.hints for one in all_of)


def test_counts() -> None:
    values = np.array([[0.9, 0.9, 0.0], [0.0, 0.9, 0.0], [0.0, 0.0, 0.0], [np.nan] * 3])
    found = over_lines(values, Thresholds(0.5, 0.5, 0.5), Modes(Mode.REJECT, Mode.HINT, Mode.OFF))
    assert found.flagged == 1
    assert found.hinted == 1
    assert tuple(found.flagged_by) == (1, 0, 0)
    assert tuple(found.hinted_by) == (0, 2, 0)


@pytest.mark.usefixtures("qtbot")
def test_the_model_keeps_the_rules_of_qt() -> None:
    owner = QObject()
    model = PhotoListModel(owner)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, owner)
    shoot = Shoot(Path("/shoot"), [Path(f"/shoot/{n}.jpg") for n in range(20)])
    model.set_shoot(shoot)
    model.take_scores((path, score(0.9, 0.1, 0.1)) for path in shoot.photos[:15])
    model.take_faults([(shoot.photos[16], "It is damaged.")])
    model.note_thumbnails(shoot.photos[:3])
    model.set_lines(Thresholds(0.95, 0.5, 0.5), default_modes())
    model.set_shoot(Shoot(Path("/other"), []))
    assert tester.model() is model


@pytest.mark.usefixtures("qtbot")
def test_words() -> None:
    model = model_of(3)
    model.set_lines(Thresholds(0.8, 0.8, 0.8), Modes(Mode.REJECT, Mode.HINT, Mode.REJECT))
    model.take_scores([(Path("/shoot/IMG_0.jpg"), score(0.91, 0.85, 0.1))])
    model.take_faults([(Path("/shoot/IMG_1.jpg"), "It ends early.")])
    first, broken, waiting = (model.index(row) for row in range(3))
    spoken = Qt.ItemDataRole.AccessibleTextRole
    words = "IMG_0.jpg, Blur 0.91, above 0.80, flagged, Under 0.85, above 0.80, hint, not decided"
    assert first.data(spoken) == words
    assert (
        first.data(Qt.ItemDataRole.ToolTipRole) == "IMG_0.jpg\nBlur 0.91 (line 0.80)\nUnder 0.85 (line 0.80)"
    )
    assert broken.data(spoken) == "IMG_1.jpg, cannot be read: It ends early."
    assert broken.data(PhotoRole.STATE) is PhotoState.BROKEN
    assert waiting.data(spoken) == "IMG_2.jpg, not judged yet"
    assert waiting.data(PhotoRole.BADGES) == ()
    assert waiting.data(PhotoRole.PATH) == Path("/shoot/IMG_2.jpg")
    assert waiting.data(Qt.ItemDataRole.EditRole) is None


def test_only_changed_rows_are_announced_and_only_their_badges(qtbot: QtBot) -> None:
    model = model_of(100)
    model.set_lines(Thresholds(0.5, 0.5, 0.5), default_modes())
    model.take_scores((path, score(row / 100, 0, 0)) for row, path in enumerate(model.shoot.photos))
    with qtbot.waitSignal(model.dataChanged) as caught:
        model.set_lines(Thresholds(0.6, 0.5, 0.5), default_modes())
    first, last, roles = caught.args
    assert (first.row(), last.row()) == (50, 59)
    assert list(roles) == [PhotoRole.BADGES]
    with qtbot.assertNotEmitted(model.dataChanged):
        model.set_lines(Thresholds(0.6, 0.5, 0.5), default_modes())


@pytest.mark.usefixtures("qtbot")
def test_a_photo_read_after_all_is_no_longer_broken() -> None:
    model = model_of(1)
    model.take_faults([(Path("/shoot/IMG_0.jpg"), "It is missing.")])
    assert model.shoot.settled == 1
    model.take_scores([(Path("/shoot/IMG_0.jpg"), score(0.9, 0, 0))])
    assert model.state(0) is PhotoState.JUDGED
    assert model.badges(0) == (BadgeMark(Defect.BLUR),)
    assert not model.shoot.faults
    assert model.shoot.settled == 1


@pytest.mark.usefixtures("qtbot")
def test_photos_of_another_shoot_are_ignored() -> None:
    model = model_of(1)
    assert model.take_scores([(Path("/elsewhere/x.jpg"), score(1, 1, 1))]) == []
    assert model.take_faults([(Path("/elsewhere/x.jpg"), "?")]) == []
    assert model.shoot.judged == 0
