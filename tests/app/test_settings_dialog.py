"""The settings dialog: made from the table, searched, reset, at work at once; keys edited without clashes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.settings import MEBIBYTE, Settings
from app.settings_dialog import SettingsDialog
from app.settings_editors import ChoiceEditor, SwitchEditor, WholeEditor
from app.settings_row import ChoiceRow, SwitchRow
from app.settings_table import (
    DEVICE,
    GROUPS,
    KEY_PRESET,
    SETTINGS,
    START_THRESHOLDS,
    START_UNDER,
    THEME,
    THREADS,
    THUMBNAIL_MEMORY,
    VALUE_ROWS,
)
from quality.core.labels import Defect
from quality.core.thresholds import Mode

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]


def open_dialog(window: MainWindow) -> SettingsDialog:
    window.actions_by_id["settings"].trigger()
    return window.settings_dialog


def choose(dialog: SettingsDialog, name: str, value: str) -> None:
    editor = dialog.page.lines[name].editor
    assert isinstance(editor, ChoiceEditor)
    index = editor.findData(value)
    assert index >= 0
    editor.setCurrentIndex(index)
    editor.activated.emit(index)


def shown_lines(dialog: SettingsDialog) -> list[str]:
    lines = [*dialog.page.lines.values(), *dialog.page.keys.lines.values()]
    return [line.name.text() for line in lines if line.isVisibleTo(dialog)]


def test_every_row_of_the_table_has_a_line_with_a_name(open_window: OpenWindow) -> None:
    dialog = open_dialog(open_window())
    assert set(dialog.page.lines) == {row.id for row in SETTINGS}
    for row in VALUE_ROWS:
        line = dialog.page.lines[row.id]
        assert line.editor.accessibleName() == line.name.text() or isinstance(line.editor, SwitchEditor)
        assert not line.reset.isVisibleTo(line)
        wanted = (
            ChoiceEditor
            if isinstance(row, ChoiceRow)
            else SwitchEditor
            if isinstance(row, SwitchRow)
            else WholeEditor
        )
        assert isinstance(line.editor, wanted)
    assert dialog.groups.count() == len(GROUPS)


def test_groups_show_their_lines_and_a_search_finds_all(qtbot: QtBot, open_window: OpenWindow) -> None:
    dialog = open_dialog(open_window())
    assert shown_lines(dialog) == ["Theme", "Go on after a mark"]
    dialog.show_group("keys")
    assert "Pick" in shown_lines(dialog)
    assert "Theme" not in shown_lines(dialog)
    qtbot.keyClicks(dialog.search, "darktable sidecar")
    assert shown_lines(dialog) == ["New sidecars are called"]
    dialog.search.setText("ctrl+shift+s")
    assert shown_lines(dialog) == ["Publish marks"]
    dialog.search.setText("no such thing")
    assert shown_lines(dialog) == []
    assert dialog.nothing.isVisible()
    assert "no such thing" in dialog.nothing.text()
    dialog.search.clear()
    assert "Pick" in shown_lines(dialog)
    assert not dialog.nothing.isVisible()


def test_what_is_set_holds_at_once_and_is_reset(open_window: OpenWindow) -> None:
    window = open_window()
    dialog = open_dialog(window)
    choose(dialog, "theme", "light")
    assert window.palette().window().color().lightness() > 128
    assert window.actions_by_id["light"].isChecked()
    dialog.page.lines["theme"].reset.click()
    assert window.settings.theme == "dark"
    assert window.palette().window().color().lightness() < 128
    switch = dialog.page.lines["auto_advance"].editor
    assert isinstance(switch, SwitchEditor)
    switch.box.click()
    assert window.settings.auto_advance
    assert window.actions_by_id["auto_advance"].isChecked()
    window.actions_by_id["auto_advance"].trigger()
    assert not switch.box.isChecked()
    memory = dialog.page.lines["thumbnail_memory"].editor
    assert isinstance(memory, WholeEditor)
    memory.setValue(64)
    assert window.settings.thumbnail_bytes == 64 * MEBIBYTE
    again = Settings(Path(window.settings._store.fileName()))
    window.settings.save()
    assert again.value(THUMBNAIL_MEMORY) == 64


def test_the_wheel_changes_no_setting_in_passing(open_window: OpenWindow) -> None:
    window = open_window()
    dialog = open_dialog(window)
    dialog.show_group("speed")
    for row in (DEVICE, THREADS):
        editor = dialog.page.lines[row.id].editor
        _wheel(editor)
        assert window.settings.value(row) == row.default


def _wheel(widget: QWidget) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    event = QWheelEvent(
        QPointF(5, 5),
        widget.mapToGlobal(QPointF(5, 5)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_what_needs_a_restart_says_so(open_window: OpenWindow) -> None:
    window = open_window()
    dialog = open_dialog(window)
    line = dialog.page.lines["device"]
    assert "started again" in line.tip.text()
    choose(dialog, "device", "cpu")
    assert line.note.isVisibleTo(line)
    assert "Start Framesift again" in line.note.text()
    line.reset.click()
    assert not line.note.isVisibleTo(line)


def test_reset_all_brings_back_every_default_and_can_be_taken_back(open_window: OpenWindow) -> None:
    window = open_window()
    dialog = open_dialog(window)
    choose(dialog, "theme", "light")
    choose(dialog, "key_preset", "lightroom")
    window.settings.own_keys = {"pick": ("F9",)}
    dialog.reset_all.click()
    assert all(window.settings.value(row) == row.default for row in VALUE_ROWS)
    assert window.settings.own_keys == {}
    dialog.undo.click()
    assert window.settings.theme == "light"
    assert window.settings.value(KEY_PRESET) == "lightroom"
    assert window.settings.own_keys == {"pick": ("F9",)}
    assert not dialog.undo.isVisible()


def shortcuts(window: MainWindow, name: str) -> list[str]:
    return [key.toString() for key in window.actions_by_id[name].shortcuts()]


def test_a_preset_changes_menus_tooltips_and_the_key_sheet(open_window: OpenWindow) -> None:
    window = open_window()
    dialog = open_dialog(window)
    choose(dialog, "key_preset", "photo_mechanic")
    assert shortcuts(window, "pick") == ["T"]
    assert window.actions_by_id["pick"].toolTip().endswith("(T)")
    assert dialog.page.keys.lines["pick"].fields[0].text() == "T"
    dialog.accept()
    window.show_keys()
    notes = {text.strip(): note for text, note, _inside in window.keys._lines.rows}
    assert notes["Mark the selected photos as picks"] == "T"
    window.keys.reject()


def test_a_key_is_set_by_pressing_it(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    dialog = open_dialog(window)
    dialog.show_group("keys")
    line = dialog.page.keys.lines["next_undecided"]
    qtbot.keyClick(line.fields[1], Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert shortcuts(window, "next_undecided") == ["N", "Ctrl+M"]
    assert line.reset.isVisibleTo(line)
    qtbot.keyClick(line.fields[0], Qt.Key.Key_Backspace)
    assert shortcuts(window, "next_undecided") == ["Ctrl+M"]
    line.reset.click()
    assert shortcuts(window, "next_undecided") == ["N"]
    assert window.settings.own_keys == {}
    QTest.keyClick(line.fields[1], Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert "?" in line.note.text()  # it is the key of the key sheet
    qtbot.keyClick(line.fields[1], Qt.Key.Key_Shift)
    assert shortcuts(window, "next_undecided") == ["N"]


def test_a_key_in_use_is_only_taken_when_asked_for(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    dialog = open_dialog(window)
    dialog.show_group("keys")
    lines = dialog.page.keys.lines
    qtbot.keyClick(lines["reject"].fields[1], Qt.Key.Key_P)
    assert "“Pick”" in lines["reject"].note.text()
    assert shortcuts(window, "reject") == ["X"]
    assert shortcuts(window, "pick") == ["P"]
    lines["reject"].take.click()
    assert shortcuts(window, "reject") == ["X", "P"]
    assert shortcuts(window, "pick") == []
    assert not lines["reject"].note.isVisibleTo(dialog)
    # Its own key back is in use now as well.
    lines["pick"].reset.click()
    assert "“Reject”" in lines["pick"].note.text()
    lines["pick"].take.click()
    assert (shortcuts(window, "pick"), shortcuts(window, "reject")) == (["P"], ["X"])
    assert window.settings.own_keys == {}


def test_keys_of_the_views_are_refused(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    dialog = open_dialog(window)
    dialog.show_group("keys")
    line = dialog.page.keys.lines["pick"]
    qtbot.keyClick(line.fields[1], Qt.Key.Key_Left)
    assert "moves through views" in line.note.text()
    assert shortcuts(window, "pick") == ["P"]


def test_own_keys_are_there_at_the_next_start(open_window: OpenWindow) -> None:
    window = open_window()
    window.settings.own_keys = {"pick": ("F9",)}
    window.settings.set_value(KEY_PRESET, "darktable")
    window.close()
    again = open_window()
    assert shortcuts(again, "pick") == ["F9"]
    assert shortcuts(again, "reject") == ["R"]


def test_new_shoots_begin_as_set_and_keep_their_own_lines(
    open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    model = window.display.model
    assert model is not None
    points = model.contract.operating_points
    window.settings.set_value(START_THRESHOLDS, "strict")
    window.settings.set_value(START_UNDER, "off")
    assert window.panel.thresholds == points["strict"].thresholds
    assert window.panel.modes.under is Mode.OFF
    window.panel.row(Defect.BLUR).set_threshold(0.123)
    window.panel.row(Defect.BLUR).edited.emit()
    window.panel.flush()
    window.settings.set_value(START_THRESHOLDS, "gentle")
    assert window.panel.thresholds.blur == pytest.approx(0.123)
    assert window.panel.thresholds != points["gentle"].thresholds


def test_the_cache_is_measured_and_cleared_in_the_background(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    window = open_window(shoot_folder)
    thumbnails = tmp_path / "cache" / "thumbnails"
    assert list(thumbnails.rglob("*.jpg"))
    dialog = open_dialog(window)
    line = dialog.page.lines["cache"]
    label, button = line.size_label, line.clear_button  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "B" in label.text(), timeout=WAIT_MS)
    assert "thumbnails" in label.toolTip()
    with qtbot.waitSignal(window.cache.measured, timeout=WAIT_MS) as cleared:
        button.click()
        assert not button.isEnabled()
    assert cleared.args is not None
    assert cleared.args[0].thumbnails == 0
    assert not list(thumbnails.rglob("*.jpg"))
    assert window.settled
    dialog.accept()


def test_the_theme_of_the_system_is_followed(open_window: OpenWindow) -> None:
    window = open_window()
    window.settings.set_value(THEME, "system")
    assert window.palette().window().color().lightness() < 128  # this platform says nothing: dark
    window.settings.set_value(THEME, "dark")
