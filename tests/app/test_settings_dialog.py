"""The settings dialog: made from the table, searched, reset, at work at once; keys edited without clashes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.action_table import ACTIONS
from app.cache_service import CacheService, CacheTask
from app.icons import icon
from app.key_sheet import key_sheet
from app.settings import MEBIBYTE, Settings
from app.settings_cache import CacheLine
from app.settings_dialog import SettingsDialog
from app.settings_editors import ChoiceEditor, FileEditor, SwitchEditor, WholeEditor
from app.settings_effects import SettingsEffects
from app.settings_row import ChoiceRow, FileRow, SwitchRow, WholeRow
from app.settings_table import (
    DEVICE,
    GROUPS,
    KEY_PRESET,
    SETTINGS,
    START_THRESHOLDS,
    THREADS,
    THUMBNAIL_MEMORY,
    VALUE_ROWS,
)
from app.thumbnail_store import ThumbnailStore
from editor.core.photo import PhotoIdentity
from editor.core.thumbnail_cache import ThumbnailCache
from quality.core.labels import Defect
from quality.core.thresholds import Mode

if TYPE_CHECKING:
    from app.main_window import MainWindow

WAIT_MS = 120_000
OpenWindow = Callable[..., "MainWindow"]


class Bench(QWidget):
    """What the dialog works on: settings, actions and what follows them; no shoot and no network."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.file = folder / "settings.ini"
        self.settings = Settings(self.file)
        self.actions_by_id = {row.id: QAction(self) for row in ACTIONS}
        self.actions_by_id["auto_advance"].setCheckable(True)
        self.thumbnails = ThumbnailStore(self.settings.thumbnail_bytes)
        self.dressed: list[str] = []
        self.judged: list[str] = []
        self.cache = CacheService(folder / "cache", self.settings, self)
        SettingsEffects(self.settings, self.actions_by_id, self.thumbnails, self._dress, self._judge, self)
        self.dialog = SettingsDialog(self.settings, self.cache, _icon, self)
        self.dialog.show()

    def _dress(self) -> None:
        self.dressed.append(self.settings.theme)

    def _judge(self) -> None:
        self.judged.append(self.settings.value(START_THRESHOLDS))


def _icon(name: str) -> QIcon:
    return icon(name, QColor("#808080"))


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    """The dialog, open."""
    made = Bench(tmp_path)
    qtbot.addWidget(made)
    yield made
    made.dialog.close()
    made.cache.close()


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


def test_every_row_of_the_table_has_a_line_with_a_name(bench: Bench) -> None:
    dialog = bench.dialog
    assert set(dialog.page.lines) == {row.id for row in SETTINGS}
    for row in VALUE_ROWS:
        line = dialog.page.lines[row.id]
        assert line.editor.accessibleName() == line.name.text() or isinstance(line.editor, SwitchEditor)
        assert not line.reset.isVisibleTo(line)
        editors = {
            ChoiceRow: ChoiceEditor,
            SwitchRow: SwitchEditor,
            WholeRow: WholeEditor,
            FileRow: FileEditor,
        }
        assert isinstance(line.editor, editors[type(row)])
    assert dialog.groups.count() == len(GROUPS)


def test_groups_show_their_lines_and_a_search_finds_all(qtbot: QtBot, bench: Bench) -> None:
    dialog = bench.dialog
    assert shown_lines(dialog) == ["Theme", "Monitor profile", "Go on after a mark"]
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


def test_what_is_set_holds_at_once_and_is_reset(bench: Bench) -> None:
    settings, dialog = bench.settings, bench.dialog
    choose(dialog, "theme", "light")
    assert (settings.theme, bench.dressed) == ("light", ["light"])
    dialog.page.lines["theme"].reset.click()
    assert (settings.theme, bench.dressed) == ("dark", ["light", "dark"])
    choose(dialog, "start_thresholds", "strict")
    assert bench.judged == ["strict"]
    switch = dialog.page.lines["auto_advance"].editor
    assert isinstance(switch, SwitchEditor)
    switch.box.click()
    assert settings.auto_advance
    assert bench.actions_by_id["auto_advance"].isChecked()
    settings.auto_advance = False
    assert not switch.box.isChecked()
    memory = dialog.page.lines["thumbnail_memory"].editor
    assert isinstance(memory, WholeEditor)
    memory.setValue(64)
    assert settings.thumbnail_bytes == 64 * MEBIBYTE
    settings.save()
    assert Settings(bench.file).value(THUMBNAIL_MEMORY) == 64


def test_the_wheel_changes_no_setting_in_passing(bench: Bench) -> None:
    window, dialog = bench, bench.dialog
    dialog.show_group("speed")
    for row in (DEVICE, THREADS):
        editor = dialog.page.lines[row.id].editor
        _wheel(editor)
        assert window.settings.value(row) == row.default


def test_tab_stops_only_where_the_eye_sees_it(bench: Bench) -> None:
    assert bench.dialog.page.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert any(
        line.editor.focusPolicy() & Qt.FocusPolicy.TabFocus for line in bench.dialog.page.lines.values()
    )


def _wheel(widget: QWidget) -> None:
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


def test_what_needs_a_restart_says_so(bench: Bench) -> None:
    dialog = bench.dialog
    line = dialog.page.lines["device"]
    assert "started again" in line.tip.text()
    choose(dialog, "device", "cpu")
    assert line.note.isVisibleTo(line)
    assert "Start Framesift again" in line.note.text()
    line.reset.click()
    assert not line.note.isVisibleTo(line)


def test_reset_all_brings_back_every_default_and_can_be_taken_back(bench: Bench) -> None:
    window, dialog = bench, bench.dialog
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


def shortcuts(window: Bench, name: str) -> list[str]:
    return [key.toString() for key in window.actions_by_id[name].shortcuts()]


def test_a_preset_changes_menus_tooltips_and_the_key_sheet(bench: Bench) -> None:
    window, dialog = bench, bench.dialog
    choose(dialog, "key_preset", "photo_mechanic")
    assert shortcuts(window, "pick") == ["T"]
    assert window.actions_by_id["pick"].toolTip().endswith("(T)")
    assert dialog.page.keys.lines["pick"].fields[0].text() == "T"
    sheet = key_sheet(bench, bench.actions_by_id)
    notes = [sheet.list.model().index(row, 1).data() for row in range(sheet.list.model().rowCount())]
    assert "T" in notes
    assert "P" not in notes


def test_a_key_is_set_by_pressing_it(qtbot: QtBot, bench: Bench) -> None:
    window, dialog = bench, bench.dialog
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


def test_a_key_in_use_is_only_taken_when_asked_for(qtbot: QtBot, bench: Bench) -> None:
    window, dialog = bench, bench.dialog
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


def test_keys_of_the_views_are_refused(qtbot: QtBot, bench: Bench) -> None:
    window, dialog = bench, bench.dialog
    dialog.show_group("keys")
    line = dialog.page.keys.lines["pick"]
    qtbot.keyClick(line.fields[1], Qt.Key.Key_Left)
    assert "moves through views" in line.note.text()
    assert shortcuts(window, "pick") == ["P"]


def test_own_keys_are_there_at_the_next_start(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    bench.settings.own_keys = {"pick": ("F9",)}
    bench.settings.set_value(KEY_PRESET, "darktable")
    bench.settings.save()
    again = Bench(tmp_path)
    qtbot.addWidget(again)
    assert shortcuts(again, "pick") == ["F9"]
    assert shortcuts(again, "reject") == ["R"]
    again.dialog.close()
    again.cache.close()


def test_the_cache_is_measured_and_cleared_in_the_background(
    qtbot: QtBot, bench: Bench, tmp_path: Path
) -> None:
    line = bench.dialog.page.lines["cache"]
    assert isinstance(line, CacheLine)
    qtbot.waitUntil(lambda: line.size_label.text() == "0 bytes", timeout=WAIT_MS)
    assert not line.clear_button.isEnabled()
    folder = tmp_path / "cache" / "thumbnails"
    ThumbnailCache(folder).save(PhotoIdentity(1000, "ab" * 16), np.zeros((30, 40, 3), np.uint8))
    bench.cache.start(CacheTask.MEASURE)
    qtbot.waitUntil(line.clear_button.isEnabled, timeout=WAIT_MS)
    assert line.size_label.toolTip().startswith("1 thumbnails")
    line.clear_button.click()
    assert not line.clear_button.isEnabled()
    qtbot.waitUntil(lambda: line.size_label.text() == "0 bytes", timeout=WAIT_MS)
    assert not list(folder.rglob("*.jpg"))


def test_the_window_follows_its_settings(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    model = window.display.model
    assert model is not None
    points = model.contract.operating_points
    window.actions_by_id["settings"].trigger()
    choose(window.settings_dialog, "start_thresholds", "strict")
    choose(window.settings_dialog, "start_under", "off")
    assert window.panel.thresholds == points["strict"].thresholds
    assert window.panel.modes.under is Mode.OFF
    choose(window.settings_dialog, "theme", "light")
    assert window.palette().window().color().lightness() > 128
    assert window.actions_by_id["light"].isChecked()
    window.settings.theme = "system"
    choose(window.settings_dialog, "theme", "dark")
    assert window.palette().window().color().lightness() < 128
    assert not window.actions_by_id["light"].isChecked()
    window.settings_dialog.close()
    # A line that was moved belongs to this shoot from then on.
    window.panel.row(Defect.BLUR).set_threshold(0.123)
    window.panel.row(Defect.BLUR).edited.emit()
    window.panel.flush()
    window.settings.set_value(START_THRESHOLDS, "gentle")
    assert window.panel.thresholds.blur == pytest.approx(0.123)
    assert list((Path(window.settings._store.fileName()).parents[1] / "cache" / "thumbnails").rglob("*.jpg"))
