"""The panel follows the declared parameters and says which recipe the hands ask for."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from editor.core.crop import Crop
from editor.core.exposure import Exposure
from editor.core.recipe import NEUTRAL, OPERATIONS, Recipe
from editor.core.sharpen import Sharpen
from editor.core.tone import Tone
from editor.panel.editor_panel import EditorPanel
from editor.panel.parameter_row import ParameterRow
from editor.panel.parameter_words import number_words, operation_name, parameter_tip


@pytest.fixture
def panel(qtbot: QtBot) -> EditorPanel:
    made = EditorPanel()
    qtbot.addWidget(made)
    made.set_recipe(NEUTRAL, (600, 400))
    made.resize(360, 1600)
    made.show()
    return made


def rows(panel: EditorPanel) -> list[ParameterRow]:
    return [*panel.rows.values(), panel.crop.angle]


def test_every_declared_parameter_has_a_row_with_its_limits(panel: EditorPanel) -> None:
    wanted = {
        (kind.NAME, parameter.name)
        for kind in OPERATIONS
        if kind is not Crop
        for parameter in kind.PARAMETERS
    }
    assert set(panel.rows) == wanted
    for row in rows(panel):
        parameter = row.parameter
        assert row.number.minimum() == parameter.minimum
        assert row.number.maximum() == parameter.maximum
        assert row.slider.minimum() * parameter.step == pytest.approx(parameter.slider_minimum)
        assert row.slider.maximum() * parameter.step == pytest.approx(parameter.slider_maximum)
        assert row.value == parameter.default


def test_a_number_has_room_for_letters_that_reach_below_the_line(panel: EditorPanel) -> None:
    # What the window's style sheet makes of fields.
    panel.setStyleSheet("QLineEdit { padding: 3px 6px; border: 1px solid gray; }")
    panel.adjustSize()
    for row in rows(panel):
        edit = row.number.lineEdit()
        assert row.number.sizeHint().height() >= edit.fontMetrics().height() + 8
        assert row.number.minimumSizeHint().height() == row.number.sizeHint().height()


def test_every_operation_and_parameter_has_words(panel: EditorPanel) -> None:
    for kind in OPERATIONS:
        assert operation_name(kind) != kind.NAME
    for row in rows(panel):
        assert parameter_tip(row.kind, row.parameter) != row.parameter.name
        assert row.slider.accessibleName()


def test_a_slider_gives_a_recipe_and_one_step(qtbot: QtBot, panel: EditorPanel) -> None:
    row = panel.row("exposure", "ev")
    with qtbot.waitSignal(panel.edited) as edited:
        row.slider.setValue(20)
    assert edited.args == [NEUTRAL.with_(Exposure(1.0))]
    with qtbot.waitSignal(panel.rested) as rested:
        row.settle()
    assert rested.args == ["Exposure +1.00 EV"]


def test_a_typed_number_reaches_the_hard_limit(qtbot: QtBot, panel: EditorPanel) -> None:
    number = panel.row("exposure", "ev").number
    number.selectAll()
    qtbot.keyClicks(number, "6.5")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert panel.recipe.exposure.ev == 6.5
    assert panel.row("exposure", "ev").slider.value() == panel.row("exposure", "ev").slider.maximum()


def test_an_edited_value_keeps_what_no_slider_can_show(panel: EditorPanel) -> None:
    panel.set_recipe(NEUTRAL.with_(Exposure(1.23)), (600, 400))
    assert panel.row("exposure", "ev").value == 1.23
    assert panel.recipe.exposure.ev == 1.23


@pytest.mark.parametrize("part", ["slider", "label"])
def test_a_double_click_resets_one(qtbot: QtBot, panel: EditorPanel, part: str) -> None:
    panel.set_recipe(NEUTRAL.with_(Tone(contrast=30, shadows=20)), (600, 400))
    widget = getattr(panel.row("tone", "contrast"), part)
    qtbot.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(5, 8))
    assert panel.recipe.tone == Tone(shadows=20)


def test_the_wheel_moves_nothing_without_focus(panel: EditorPanel) -> None:
    slider = panel.row("tone", "contrast").slider
    assert not slider.hasFocus()
    assert slider.focusPolicy() == Qt.FocusPolicy.StrongFocus  # not WheelFocus, which the wheel itself gives


def test_a_section_resets_all_of_its_operations_and_no_other(qtbot: QtBot, panel: EditorPanel) -> None:
    panel.set_recipe(NEUTRAL.with_(Exposure(1.0), Tone(contrast=10), Sharpen(50.0)), (600, 400))
    section = panel.sections["exposure"]
    assert not section.resetter.isHidden()
    with qtbot.waitSignal(panel.rested) as rested:
        section.resetter.click()
    assert panel.recipe == NEUTRAL.with_(Sharpen(50.0))
    assert panel.row("exposure", "ev").value == 0.0
    assert rested.args == ["Light reset"]
    assert section.resetter.isHidden()


def test_a_section_folds(panel: EditorPanel) -> None:
    section = panel.sections["white_balance"]
    assert section.body.isVisible()
    section.heading.click()
    assert not section.body.isVisible()
    assert not section.unfolded


def test_showing_a_recipe_announces_nothing(panel: EditorPanel) -> None:
    announced: list[Recipe] = []
    panel.edited.connect(announced.append)
    panel.set_recipe(Recipe(exposure=Exposure(2.0), crop=Crop(angle=3.0)), (600, 400))
    assert announced == []


def test_quarter_turns_and_flips_come_back_to_the_start(panel: EditorPanel) -> None:
    for name in ("rotate_left", "rotate_right", "flip_across", "flip_across", "flip_down", "flip_down"):
        panel.crop.turns[name].click()
    assert panel.recipe.crop == Crop()


@pytest.mark.parametrize(("index", "ratio"), [(1, 1.5), (2, 1.0), (4, 4 / 3), (7, 16 / 9)])
def test_a_ratio_cuts_the_largest_part(panel: EditorPanel, index: int, ratio: float) -> None:
    panel.crop.ratio.setCurrentIndex(index)
    panel.crop.ratio.activated.emit(index)
    crop = panel.recipe.crop
    width, height = (crop.right - crop.left) * 600, (crop.bottom - crop.top) * 400
    assert width / height == pytest.approx(ratio, rel=0.01)
    assert width == pytest.approx(600, abs=1) or height == pytest.approx(400, abs=1)


def test_the_ratio_stands_upright_for_an_upright_photo(panel: EditorPanel) -> None:
    panel.set_recipe(NEUTRAL, (400, 600))
    panel.crop.ratio.setCurrentIndex(5)
    panel.crop.ratio.activated.emit(5)
    crop = panel.recipe.crop
    assert (crop.right - crop.left) * 400 / ((crop.bottom - crop.top) * 600) == pytest.approx(2 / 3, rel=0.01)


def test_words_of_numbers() -> None:
    assert number_words(Exposure.PARAMETERS[0], 1.5) == "+1.50 EV"
    assert number_words(Exposure.PARAMETERS[0], -0.25) == "\N{MINUS SIGN}0.25 EV"
    assert number_words(Sharpen.PARAMETERS[1], 1.0) == "1.0 px"
