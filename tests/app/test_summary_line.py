"""The line above the photos has room for its counts in any window, and says what it must leave out."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from app.elided_label import ElidedLabel
from app.shoot import Shoot, over_lines
from app.summary_line import SummaryLine
from quality.core.thresholds import Mode, Modes, Thresholds


@pytest.fixture
def line(qtbot: QtBot) -> SummaryLine:
    made = SummaryLine()
    qtbot.addWidget(made)
    made.add_at_end(QComboBox())
    folder = Path("/photos/Saturday wedding in the old town hall")
    shoot = Shoot(folder, [folder / f"{number}.jpg" for number in range(1234)])
    shoot.probabilities[:] = 0.9
    over = over_lines(
        shoot.probabilities, Thresholds(0.5, 0.5, 0.5), Modes(Mode.REJECT, Mode.HINT, Mode.REJECT)
    )
    made.show_counts(shoot, over, has_model=True)
    made.resize(1000, made.height())
    made.show()
    made.show_shown(1234, 1234)
    return made


def visible_texts(line: SummaryLine) -> list[str]:
    return [label.shown_text for label in line.findChildren(ElidedLabel)]


def whole_texts(line: SummaryLine) -> list[str]:
    return [label.text() for label in line.findChildren(QLabel)]


def test_a_narrow_window_has_the_counts_below_the_name(qtbot: QtBot, line: SummaryLine) -> None:
    assert not line.counts_below
    high = line.height()
    assert visible_texts(line) == whole_texts(line)
    line.resize(480, high)
    qtbot.waitUntil(lambda: line.counts_below and visible_texts(line) == whole_texts(line))
    assert line.height() > high
    line.resize(1000, line.height())
    qtbot.waitUntil(lambda: not line.counts_below)
    assert line.height() == high


def test_a_filter_moves_nothing(qtbot: QtBot, line: SummaryLine) -> None:
    """The count of what is shown has its room at any width, also while it is not there."""
    for width in range(1000, 400, -25):
        line.resize(width, line.height())
        line.show_shown(1234, 1234)
        qtbot.wait(1)
        below, high = line.counts_below, line.height()
        line.show_shown(5, 1234)
        qtbot.wait(1)
        assert (line.counts_below, line.height()) == (below, high), width
        assert below or visible_texts(line) == whole_texts(line), width


def test_what_is_left_out_stands_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show_text("Saturday <b>wedding</b> in the old town hall")
    label.resize(label.sizeHint())
    label.show()
    assert (label.shown_text, label.toolTip()) == (label.text(), "")
    label.resize(label.sizeHint().width() // 2, label.height())
    assert label.shown_text.startswith("Saturday")
    assert label.shown_text.endswith("…")
    assert label.toolTip() == label.text()
    assert label.minimumSizeHint().width() < label.width()
