"""A moved line paints what changes and nothing else: no layout is asked anew, nothing behind is painted."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from quality.core.labels import Defect, PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.photo_facts import PhotoFacts
from quality.core.score_column import ScoreColumn
from quality.core.thresholds import Mode, Modes, Thresholds
from quality.panel.ground import Ground
from quality.panel.photo_scores import PhotoScores
from quality.panel.score_histogram import ScoreHistogram
from quality.panel.still import Still

LINES = Thresholds(0.5, 0.5, 0.5)
MODES = Modes(Mode.REJECT, Mode.REJECT, Mode.REJECT)


class Events(QObject):
    """Counts events of one type at a widget."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self._kind, self.count = kind, 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() == self._kind
        return False


def placed(qtbot: QtBot, inside: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    QHBoxLayout(window).addWidget(inside)
    window.resize(300, 80)
    with qtbot.waitExposed(window):
        window.show()
    painted = Events(window, QEvent.Type.Paint)
    before = -1
    while painted.count != before:  # until what showing it brings with it is over
        before = painted.count
        QApplication.processEvents()
        QApplication.sendPostedEvents()
    window.removeEventFilter(painted)
    return window


def test_new_words_lay_nothing_out(qtbot: QtBot) -> None:
    label, loud = QLabel("1 flagged"), QLabel("1 flagged")
    still, usual = placed(qtbot, Still(label)), placed(qtbot, loud)
    quiet, heard = Events(still, QEvent.Type.LayoutRequest), Events(usual, QEvent.Type.LayoutRequest)
    for made in (label, loud):
        made.setText("1,024 flagged, 316 hints")
    QApplication.processEvents()
    assert heard.count == 1  # what Qt does without it
    assert quiet.count == 0
    around = label.parentWidget()
    assert around is not None
    assert label.width() == around.width() > 200


@pytest.mark.parametrize("ground", [QColor("#2a2a2a"), QColor("#ececec")])
def test_nothing_behind_a_ground_is_painted(qtbot: QtBot, ground: QColor) -> None:
    front, label = Ground(), QLabel("1")
    colors = front.palette()
    colors.setColor(QPalette.ColorRole.Window, ground)
    front.setPalette(colors)
    QVBoxLayout(front).addWidget(label)
    window = placed(qtbot, front)
    behind = Events(window, QEvent.Type.Paint)
    label.update()
    QApplication.processEvents()
    assert behind.count == 0
    assert front.grab().toImage().pixelColor(2, 2) == ground


def test_a_line_over_the_photo_moves_nothing(qtbot: QtBot) -> None:
    scores = PhotoScores()
    qtbot.addWidget(scores)
    scores.resize(320, 300)
    facts = PhotoFacts(light=LightMeasure(0.001, 0.02, 0.2, 0, 0, 0.22))
    heights = set()
    for under in (0.9, 0.1):
        scores.show_scores("a.jpg", "", PerDefect(0.0, under, 0.0), LINES, MODES, facts)
        heights.add(scores.heightForWidth(320))
    assert len(heights) == 1
    assert "Recoverable" not in scores.facts_text


def test_a_line_is_equally_sharp_everywhere(qtbot: QtBot) -> None:
    histogram = ScoreHistogram(Defect.UNDER)
    qtbot.addWidget(histogram)
    histogram.resize(304, 40)
    histogram.show_column(ScoreColumn(np.zeros(1)), partial=False)
    text = histogram.palette().color(QPalette.ColorRole.WindowText)
    for line in (0.3, 0.333, 0.77):
        histogram.set_threshold(line)
        image = histogram.grab().toImage()
        strong = [x for x in range(image.width()) if image.pixelColor(x, 20) == text]
        assert len(strong) == 2
        assert abs(sum(strong) / 2 + 0.5 - histogram.x_of(line)) <= 0.5


def test_the_sides_of_a_line_keep_their_looks(qtbot: QtBot) -> None:
    """What is left of the line is the same picture wherever the line is; so is what is right of it."""
    histogram = ScoreHistogram(Defect.UNDER)
    qtbot.addWidget(histogram)
    histogram.resize(304, 40)
    histogram.show_column(ScoreColumn(np.linspace(0, 1, 400)), partial=True)
    images = {}
    for line in (0.2, 0.8):
        histogram.set_threshold(line)
        images[line] = histogram.grab().toImage()
    assert images[0.2].copy(0, 0, 50, 40) == images[0.8].copy(0, 0, 50, 40)
    assert images[0.2].copy(260, 0, 44, 40) == images[0.8].copy(260, 0, 44, 40)
    assert images[0.2].copy(100, 0, 90, 40) != images[0.8].copy(100, 0, 90, 40)
