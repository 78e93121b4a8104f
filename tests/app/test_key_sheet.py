"""The sheet of keys shows every line whole, also where it is narrower than its lines."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.action_table import ACTIONS
from app.key_sheet import key_sheet
from app.screen_room import screen_room
from app.sheet import Sheet


@pytest.fixture
def sheet(qtbot: QtBot) -> Iterator[Sheet]:
    window = QWidget()
    qtbot.addWidget(window)
    actions = {row.id: QAction(row.id, window) for row in ACTIONS}
    for row in ACTIONS:
        actions[row.id].setShortcuts([QKeySequence(key) for key in row.keys])
    made = key_sheet(window, actions)
    made.open()
    yield made
    window.close()  # and so it stays until here


def cut_lines(sheet: Sheet) -> list[str]:
    """The lines whose cell is too small for their words."""
    model, metrics, cut = sheet.list.model(), sheet.list.fontMetrics(), []
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        room = QRect(sheet.list.visualRect(index))
        words = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, index.data())
        if words.width() > room.width() or words.height() > room.height():
            cut.append(index.data().strip())
    return cut


def test_every_line_is_whole(sheet: Sheet) -> None:
    assert len(sheet.lines) > len([row for row in ACTIONS if row.keys])
    assert cut_lines(sheet) == []
    line = sheet.list.rowHeight(0)
    if sheet.width() < screen_room(sheet.frameGeometry().center()).width() * 9 // 10:
        assert {sheet.list.rowHeight(row) for row in range(len(sheet.lines))} == {line}


def test_a_narrow_sheet_breaks_its_lines(qtbot: QtBot, sheet: Sheet) -> None:
    line = sheet.list.rowHeight(0)
    sheet.resize(460, sheet.height())
    qtbot.waitUntil(lambda: cut_lines(sheet) == [])
    assert max(sheet.list.rowHeight(row) for row in range(len(sheet.lines))) > line


def test_menus_stand_out_as_headings(sheet: Sheet) -> None:
    model = sheet.list.model()
    fonts = [model.index(row, 0).data(Qt.ItemDataRole.FontRole) for row in range(model.rowCount())]
    inside = [line.startswith(" ") for line in (model.index(row, 0).data() for row in range(len(fonts)))]
    assert sum(not one for one in inside) > 5
    assert [font is not None and font.bold() for font in fonts] == [not one for one in inside]
