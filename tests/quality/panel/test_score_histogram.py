"""The histogram: its line by mouse and keyboard, what a move would change, the photos nearest the line."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from quality.core.labels import Defect
from quality.core.score_column import ScoreColumn
from quality.core.thresholds import Mode, Thresholds, default_modes
from quality.panel.near_line import NEAR, NearLine, NearTile
from quality.panel.quality_panel import QualityPanel
from quality.panel.score_bars import BarFill, ScoreBars
from quality.panel.score_histogram import ScoreHistogram

SCORES = np.arange(0, 1, 0.01)
COLUMN = ScoreColumn(SCORES)
HALF = Thresholds(0.5, 0.5, 0.5)


@pytest.fixture
def histogram(qtbot: QtBot) -> ScoreHistogram:
    made = ScoreHistogram(Defect.BLUR)
    qtbot.addWidget(made)
    made.resize(216, 46)
    made.show_column(COLUMN, partial=False)
    made.set_threshold(0.5)
    made.show()
    return made


@pytest.fixture
def panel(qtbot: QtBot) -> QualityPanel:
    made = QualityPanel(lambda _name: QIcon())
    qtbot.addWidget(made)
    made.setEnabled(True)
    made.set_lines(HALF, default_modes())
    made.show_scores(np.stack([SCORES, SCORES[::-1], SCORES], axis=1), settled=100)
    made.show()
    return made


def place(histogram: ScoreHistogram, score: float) -> QPoint:
    return QPoint(round(histogram.x_of(score)), 20)


def hover(histogram: ScoreHistogram, score: float) -> None:
    """The pointer moves without a button; the test platform moves none."""
    point, none = QPointF(place(histogram, score)), Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(histogram, QMouseEvent(QEvent.Type.MouseMove, point, point, none, none, keys))


def test_a_press_takes_the_line_to_the_pointer(qtbot: QtBot, histogram: ScoreHistogram) -> None:
    with qtbot.waitSignal(histogram.moved) as caught:
        qtbot.mousePress(histogram, Qt.MouseButton.LeftButton, pos=place(histogram, 0.8))
    assert caught.args == [0.8]
    assert "20 of 100 photos at 0.80" in histogram.accessibleDescription()


def test_places_and_scores_belong_together(histogram: ScoreHistogram) -> None:
    for score in (0.0, 0.25, 0.5, 1.0):
        assert histogram.score_at(histogram.x_of(score)) == score
    assert histogram.score_at(-50) == 0
    assert histogram.score_at(5000) == 1


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (Qt.Key.Key_Right, 0.51),
        (Qt.Key.Key_Left, 0.49),
        (Qt.Key.Key_PageUp, 0.55),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_End, 1.0),
    ],
)
def test_keys_move_the_line(qtbot: QtBot, histogram: ScoreHistogram, key: Qt.Key, line: float) -> None:
    with qtbot.waitSignal(histogram.moved) as caught:
        qtbot.keyClick(histogram, key)
    assert caught.args == [pytest.approx(line)]


def test_backspace_and_double_click_ask_for_the_operating_point(
    qtbot: QtBot, histogram: ScoreHistogram
) -> None:
    with qtbot.waitSignal(histogram.reset_asked):
        qtbot.keyClick(histogram, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(histogram.reset_asked):
        qtbot.mouseDClick(histogram, Qt.MouseButton.LeftButton)


def test_setting_the_line_is_silent_and_exact(qtbot: QtBot, histogram: ScoreHistogram) -> None:
    with qtbot.assertNotEmitted(histogram.moved):
        histogram.set_threshold(0.61234)
    assert histogram.value() == 61


def test_every_state_looks_different(histogram: ScoreHistogram) -> None:
    looks = {bytes(histogram.grab().toImage().constBits())}
    for mode in (Mode.HINT, Mode.OFF):
        histogram.set_mode(mode)
        looks.add(bytes(histogram.grab().toImage().constBits()))
    histogram.set_mode(Mode.REJECT)
    histogram.show_column(COLUMN, partial=True)
    looks.add(bytes(histogram.grab().toImage().constBits()))
    assert len(looks) == 4


def test_modes_are_told_apart_without_colour(histogram: ScoreHistogram) -> None:
    """Solid, hatched and hollow bars differ in how much of them is filled, whatever the colour."""
    shares = {}
    for mode in (Mode.REJECT, Mode.AUTO, Mode.HINT):
        histogram.set_mode(mode)
        image = histogram.grab().toImage()
        column = range(round(histogram.x_of(0.6)), round(histogram.x_of(0.95)))
        row = image.height() - 10
        lights = [image.pixelColor(x, row).lightness() for x in column]
        shares[mode] = len(set(lights)), np.std(lights)
    assert shares[Mode.REJECT] != shares[Mode.AUTO] != shares[Mode.HINT]
    bars = ScoreBars()
    bars.set_column(COLUMN)
    gray, size = QColor("#808080"), histogram.size()
    looks = {bytes(bars.pixmap(gray, fill, size, 1.0).toImage().constBits()) for fill in BarFill}
    assert len(looks) == len(BarFill)


def test_hovering_says_what_a_move_would_change(panel: QualityPanel) -> None:
    row = panel.row(Defect.BLUR)
    row.show_count(50, 0, 100)
    hover(row.histogram, 0.44)
    assert row.count_text == "+6 if you move here"
    hover(row.histogram, 0.6)
    assert row.count_text == "−10 if you move here"
    row.histogram.hovered.emit(None)
    assert row.count_text == "50 flagged"


def test_the_line_moves_slider_and_number(qtbot: QtBot, panel: QualityPanel) -> None:
    row = panel.row(Defect.OVER)
    with qtbot.waitSignal(panel.changed):
        qtbot.mousePress(row.histogram, Qt.MouseButton.LeftButton, pos=place(row.histogram, 0.7))
    assert (row.threshold, row.slider.value(), row.number.value()) == (0.7, 70, pytest.approx(0.7))
    row.number.setValue(0.2)
    assert row.histogram.value() == 20


def test_a_defect_that_is_off_folds_its_histogram(panel: QualityPanel) -> None:
    row = panel.row(Defect.BLUR)
    row.click_mode(Mode.OFF)
    assert not row.histogram.isVisible()
    row.click_mode(Mode.AUTO)
    assert row.histogram.isVisible()


def test_the_strip_follows_the_line_that_was_touched(qtbot: QtBot, panel: QualityPanel) -> None:
    panel.near.flush()
    assert len(panel.near.rows) == NEAR
    assert set(panel.near.rows) <= set(range(45, 56))
    row = panel.row(Defect.UNDER)
    row.number.setValue(0.9)
    panel.near.flush()
    assert set(panel.near.rows) <= set(range(3, 16))
    with qtbot.waitSignal(panel.near.photo_chosen) as caught:
        qtbot.mouseClick(panel.near.findChildren(NearTile)[0], Qt.MouseButton.LeftButton)
    assert caught.args == [panel.near.rows[0]]


def test_a_partial_shoot_says_so(panel: QualityPanel) -> None:
    values = np.full((812, 3), np.nan)
    values[:312] = 0.2
    panel.show_scores(values, settled=312)
    assert panel.progress_text.startswith("312 of 812 so far")
    panel.show_scores(values, settled=812)
    assert panel.progress_text == ""


def test_tiles_ask_for_missing_pictures_and_show_them(qtbot: QtBot) -> None:
    near = NearLine()
    qtbot.addWidget(near)
    pictures: dict[int, QImage] = {}
    near.set_source(pictures.get, lambda row: f"IMG_{row}.jpg")
    near.show()
    with qtbot.waitSignal(near.pictures_wanted) as caught:
        near.show_line(Defect.BLUR, COLUMN, 0.5, Mode.REJECT)
        near.flush()
    (wanted,) = caught.args
    assert sorted(wanted) == sorted(near.rows)
    empty = near.grab().toImage()
    image = QImage(512, 340, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    pictures.update(dict.fromkeys(wanted, image))
    near.refresh()
    near.flush()
    assert near.grab().toImage() != empty
    first = near.findChildren(NearTile)[0]
    assert first.accessibleName().endswith("over the line")
    assert first.accessibleName().startswith(f"IMG_{near.rows[0]}.jpg, Blur 0.5")
    near.clear()
    assert near.isHidden()
