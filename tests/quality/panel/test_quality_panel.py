"""The quality panel: rows, presets, reset, throttling, and the words about one photo."""

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QIcon, QWheelEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from editor.core.metadata import PhotoMetadata
from quality.core.contract import OperatingPoint
from quality.core.labels import DEFECTS, Defect, PerDefect
from quality.core.photo_facts import PhotoFacts
from quality.core.thresholds import Mode, Modes, Thresholds, default_modes
from quality.panel.badge import BadgeMark
from quality.panel.defect_text import reason_sentence, tooltip
from quality.panel.photo_scores import PhotoScores, marks_of
from quality.panel.quality_panel import QualityPanel
from quality.panel.throttle import Throttle

LINES = {
    "gentle": Thresholds(0.9, 0.8, 0.7),
    "balanced": Thresholds(0.61234, 0.5, 0.4),
    "strict": Thresholds(0.2, 0.3, 0.1),
}
POINTS = {
    name: OperatingPoint(name, lines, 0.01, PerDefect(0.9, 0.9, 0.9), PerDefect(0.8, 0.8, 0.8))
    for name, lines in LINES.items()
}


@pytest.fixture
def panel(qtbot: QtBot) -> QualityPanel:
    made = QualityPanel(lambda _name: QIcon())
    qtbot.addWidget(made)
    made.set_operating_points(POINTS)
    made.set_lines(LINES["balanced"], default_modes())
    made.show()
    return made


def test_setting_lines_is_exact_and_silent(qtbot: QtBot, panel: QualityPanel) -> None:
    with qtbot.assertNotEmitted(panel.changed):
        panel.set_lines(LINES["balanced"], Modes(Mode.OFF, Mode.HINT, Mode.REJECT))
    assert panel.thresholds == LINES["balanced"]
    assert panel.modes == Modes(Mode.OFF, Mode.HINT, Mode.REJECT)
    assert panel.preset == "balanced"


def test_a_preset_sets_all_lines_and_keeps_modes(qtbot: QtBot, panel: QualityPanel) -> None:
    panel.row(Defect.UNDER).click_mode(Mode.OFF)
    panel.flush()
    with qtbot.waitSignal(panel.changed):
        panel.choose_preset("strict")
        panel.flush()
    assert panel.thresholds == LINES["strict"]
    assert panel.modes.of(Defect.UNDER) is Mode.OFF


def test_night_is_balanced_with_under_as_a_hint_and_can_be_left(panel: QualityPanel) -> None:
    panel.choose_preset("night")
    assert panel.preset == "night"
    assert panel.thresholds == LINES["balanced"]
    assert panel.modes == Modes(Mode.REJECT, Mode.HINT, Mode.REJECT)
    panel.choose_preset("balanced")
    assert panel.preset == "balanced"
    assert panel.modes == default_modes()


def test_moving_a_slider_makes_it_custom_and_double_click_resets(qtbot: QtBot, panel: QualityPanel) -> None:
    row = panel.row(Defect.BLUR)
    row.slider.setValue(33)
    assert row.threshold == 0.33
    assert row.number.value() == pytest.approx(0.33)
    assert panel.preset == ""
    qtbot.mouseDClick(row.slider, Qt.MouseButton.LeftButton)
    assert row.threshold == LINES["balanced"].blur
    assert panel.preset == "balanced"


def test_typing_a_number_moves_the_slider(panel: QualityPanel) -> None:
    row = panel.row(Defect.OVER)
    row.number.setValue(0.25)
    assert row.threshold == 0.25
    assert row.slider.value() == 25


@pytest.mark.parametrize(
    ("mode", "count", "text"),
    [
        (Mode.REJECT, (38, 0), "38 flagged"),
        (Mode.HINT, (0, 1), "1 hint"),
        (Mode.HINT, (0, 2), "2 hints"),
        (Mode.AUTO, (3, 0), "3 flagged"),
        (Mode.AUTO, (3, 9), "3 flagged, 9 hints"),
        (Mode.OFF, (0, 0), ""),
    ],
)
def test_counts_in_words(panel: QualityPanel, mode: Mode, count: tuple[int, int], text: str) -> None:
    panel.row(Defect.BLUR).set_mode(mode)
    panel.show_counts(PerDefect(count[0], 0, 0), PerDefect(count[1], 0, 0), judged=100)
    assert panel.row(Defect.BLUR).count_text == text
    panel.show_counts(PerDefect(0, 0, 0), PerDefect(0, 0, 0), judged=0)
    assert panel.row(Defect.BLUR).count_text == ""


def test_off_greys_the_slider_only(panel: QualityPanel) -> None:
    row = panel.row(Defect.BLUR)
    row.click_mode(Mode.OFF)
    assert not row.slider.isEnabled()
    row.click_mode(Mode.REJECT)
    assert row.slider.isEnabled()


def test_without_a_model_nothing_can_be_moved(panel: QualityPanel) -> None:
    panel.set_operating_points({})
    assert not panel.isEnabled()


def test_a_wheel_over_a_slider_without_focus_changes_nothing(panel: QualityPanel) -> None:
    slider = panel.row(Defect.BLUR).slider
    slider.clearFocus()
    event = QWheelEvent(
        QPointF(9, 9),
        QPointF(9, 9),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    slider.wheelEvent(event)
    assert not event.isAccepted()
    assert panel.thresholds == LINES["balanced"]


def test_a_throttle_calls_first_and_last(qtbot: QtBot) -> None:
    owner = QObject()
    values, state = [], {"now": 0}
    throttle = Throttle(lambda: values.append(state["now"]), 30, owner)
    for state["now"] in range(1, 8):
        throttle.call()
    assert values == [1]
    qtbot.waitUntil(lambda: len(values) == 2)
    assert values == [1, 7]
    throttle.flush()
    assert values == [1, 7]


def test_words_of_a_photo(qtbot: QtBot) -> None:
    scores = PhotoScores()
    qtbot.addWidget(scores)
    modes = Modes(Mode.REJECT, Mode.HINT, Mode.OFF)
    lines = Thresholds(0.5, 0.5, 0.5)
    scores.show_scores("a.jpg", "60 × 40 pixels", PerDefect(0.9, 0.5, 0.9), lines, modes)
    assert scores.reason.splitlines() == [
        "Soft everywhere: out of focus or shaken.",
        "Dark, without true highlights (by the picture: no camera settings).",
    ]
    assert scores.facts_text.splitlines() == ["No camera settings in the file", "Scene light: unknown"]
    scores.show_scores("a.jpg", "", PerDefect(0.1, 0.1, 0.9), lines, modes)
    assert scores.reason == "Below every line: not flagged."
    scores.show_fault("b.jpg", "It ends early.")
    assert scores.reason.startswith("It ends early.")
    assert "neither good nor bad" in scores.reason
    scores.show_waiting("c.jpg", will_come=False)
    assert scores.reason == "Not judged."
    assert not scores.grab().isNull()


def test_marks_and_sentences() -> None:
    lines = Thresholds(0.5, 0.5, 0.5)
    marks = marks_of(PerDefect(0.6, 0.7, 0.8), lines, Modes(Mode.REJECT, Mode.HINT, Mode.REJECT))
    assert marks == (BadgeMark(Defect.BLUR), BadgeMark(Defect.UNDER, hint=True), BadgeMark(Defect.OVER))
    assert marks_of(None, lines, default_modes()) == ()
    assert reason_sentence([BadgeMark(d) for d in DEFECTS]).startswith(
        "Over the line for Blur, Under and Over"
    )
    assert (
        tooltip(PerDefect(0.914, 0.1, 0.1), Thresholds(0.8, 0.8, 0.8), marks[:1]) == "Blur 0.91 (line 0.80)"
    )
    assert len(tooltip(PerDefect(0.1, 0.1, 0.1), lines, []).splitlines()) == 3


def test_a_long_name_loses_its_middle_and_moves_nothing(qtbot: QtBot) -> None:
    scores = PhotoScores()
    qtbot.addWidget(scores)
    scores.resize(336, 240)
    name = "A wedding in the old town hall on a Saturday in June 0815.jpg"
    heights = set()
    for shown in ("a.jpg", name):
        scores.show_scores(shown, "6000 × 4000", PerDefect(0.1, 0.1, 0.1), LINES["gentle"], default_modes())
        heights.add(scores.heightForWidth(336))
    title = next(label for label in scores.findChildren(QLabel) if label.toolTip() == name)
    assert title.text().startswith("A wedding")
    assert title.text().endswith(".jpg")
    assert title.fontMetrics().horizontalAdvance(title.text()) < 336 - 80
    assert len(heights) == 1


def test_the_settings_of_any_camera_fit_on_one_line(qtbot: QtBot) -> None:
    scores = PhotoScores()
    qtbot.addWidget(scores)
    heights = set()
    for metadata in (
        PhotoMetadata(iso=100),
        PhotoMetadata(exposure_s=1 / 4000, aperture=5.6, iso=12800, focal_mm=200),
    ):
        facts = PhotoFacts(metadata=metadata)
        scores.show_scores(
            "a.jpg", "6000 × 4000", PerDefect(0.1, 0.1, 0.1), LINES["gentle"], default_modes(), facts
        )
        heights.add(scores.heightForWidth(336))
    assert len(heights) == 1
