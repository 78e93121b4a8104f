"""A click in the quality panel leaves the keyboard with the photos, and a question moves no row of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from quality.core.labels import DEFECTS, Defect
from quality.core.thresholds import Mode
from quality.panel.near_line import NearTile
from quality.panel.preset_box import PresetBox

OpenWindow = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> MainWindow:
    made = open_window(shoot_folder)
    made.activateWindow()
    made.grid.setFocus()
    qtbot.waitUntil(made.grid.hasFocus)
    return made


def test_a_click_takes_no_key_away_from_the_photos(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.panel
    panel.near.flush()
    clicked: list[QWidget] = [
        *panel.findChildren(QPushButton),
        *panel.findChildren(QSlider),
        *panel.findChildren(NearTile),
    ]
    assert len(clicked) > 3 * 4 + 2 * 3
    for widget in clicked:
        if widget.isVisible() and widget.isEnabled():
            qtbot.mouseClick(widget, LEFT)
            assert window.grid.hasFocus(), widget.accessibleName()
    for box in panel.findChildren(PresetBox):
        assert box.focusPolicy() is Qt.FocusPolicy.TabFocus
    panel.row(Defect.UNDER).click_mode(Mode.REJECT)
    window.browsing.go_to(0)
    qtbot.keyClick(window.grid, Qt.Key.Key_Right)
    assert window.grid.currentIndex().row() == 1
    assert panel.modes.under is Mode.REJECT


def test_enter_and_escape_in_a_number_go_back_to_the_photos(qtbot: QtBot, window: MainWindow) -> None:
    number = window.panel.row(Defect.BLUR).number
    for key, line in ((Qt.Key.Key_Return, 0.5), (Qt.Key.Key_Escape, 0.5)):
        qtbot.mouseClick(number.lineEdit(), LEFT)
        qtbot.waitUntil(number.hasFocus)
        number.selectAll()
        qtbot.keyClicks(number, "0.5" if key == Qt.Key.Key_Return else "0.9")
        qtbot.keyClick(number, key)
        assert window.grid.hasFocus()
        assert window.panel.thresholds.blur == line


def test_escape_on_a_button_goes_back_to_the_photos(qtbot: QtBot, window: MainWindow) -> None:
    slider = window.panel.row(Defect.BLUR).slider
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(slider.hasFocus)
    qtbot.keyClick(slider, Qt.Key.Key_Escape)
    assert window.grid.hasFocus()


def test_a_question_moves_no_row_and_its_answer_ends_with_the_photos(
    qtbot: QtBot, window: MainWindow
) -> None:
    rows = [window.panel.row(defect) for defect in DEFECTS]

    def tops() -> list[int]:
        return [row.mapTo(window, QPoint(0, 0)).y() for row in rows]

    qtbot.waitUntil(lambda: all(row.height() == row.sizeHint().height() for row in rows))
    before, notice = tops(), window.panel.notice
    notice.say("series-0", "17 frames from 21:14 to 21:29 are dark: treat as night?", "Treat as night", "No")
    qtbot.waitUntil(lambda: notice.height() > 0 and notice.isVisible())
    qtbot.wait(1)
    assert tops() == before
    no = notice.findChildren(QPushButton)[1]
    no.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(no.hasFocus)
    qtbot.keyClick(no, Qt.Key.Key_Space)
    assert notice.key != "series-0"
    assert window.grid.hasFocus()
    qtbot.waitUntil(lambda: tops() == before)


def test_space_presses_the_control_that_tab_has_reached(qtbot: QtBot, window: MainWindow) -> None:
    row = window.panel.row(Defect.OVER)
    hint = next(one for one in row.findChildren(QPushButton) if one.text() == "Hint")
    hint.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(hint.hasFocus)
    qtbot.keyClick(hint, Qt.Key.Key_Space)
    assert window.panel.modes.over is Mode.HINT
    assert window.area.view is window.grid, "nor does Space open the loupe there"
    chip = next(one for one in window.area.filters.findChildren(QToolButton) if one.text() == "Undecided")
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(chip.hasFocus)
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert chip.isChecked()
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    assert window.area.view is window.loupe


def test_the_mouse_takes_the_keyboard_to_no_button_of_the_window(window: MainWindow) -> None:
    buttons = [button for button in window.findChildren(QAbstractButton) if button.focusPolicy()]
    assert len(buttons) > 30
    assert {button.focusPolicy() for button in buttons} <= {Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.NoFocus}
