"""A number beside a line: what is typed counts when it is whole, and letters stay the window's."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from quality.panel.number_field import NumberField

Key = Qt.Key


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[NumberField]:
    window = QWidget()
    qtbot.addWidget(window)
    made = NumberField(48)
    made.setRange(0.0, 1.0)
    made.setValue(0.8)
    QVBoxLayout(window).addWidget(made)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    made.selectAll()
    yield made
    window.close()  # and so it stays until here


def test_half_a_number_moves_no_line(qtbot: QtBot, field: NumberField) -> None:
    seen: list[float] = []
    field.valueChanged.connect(seen.append)
    qtbot.keyClicks(field, "0.75")
    assert seen == []
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Key.Key_Return)
    assert seen == [0.75]


def test_escape_brings_the_number_back(qtbot: QtBot, field: NumberField) -> None:
    qtbot.keyClicks(field, "0.1")
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Key.Key_Escape)
    field.clearFocus()
    assert (field.value(), field.text()) == (0.8, field.textFromValue(0.8))


def test_a_letter_is_a_key_of_the_window_and_a_digit_is_not(qtbot: QtBot, field: NumberField) -> None:
    pressed: list[str] = []
    shortcuts = [QShortcut(QKeySequence(key), field.window()) for key in ("P", "1")]
    shortcuts[0].activated.connect(lambda: pressed.append("P"))
    shortcuts[1].activated.connect(lambda: pressed.append("1"))
    qtbot.keyClick(field, Key.Key_P)
    qtbot.keyClick(field, Key.Key_1)
    assert pressed == ["P"]
    assert field.text() == "1"
