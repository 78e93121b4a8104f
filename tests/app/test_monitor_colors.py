"""The monitor's profile in the window: every view follows it, a wrong file is said, sRGB changes nothing."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.settings_editors import FileEditor
from app.settings_row import FileRow
from app.settings_table import MONITOR
from app.system_profile import system_profile
from editor.core.color_space import DISPLAY_P3
from editor.core.exposure import Exposure
from editor.core.recipe import Recipe
from editor.panel.monitor import for_monitor, monitor_profile, set_monitor_profile

if TYPE_CHECKING:
    from app.main_window import MainWindow

WAIT_MS = 60_000
OpenWindow = Callable[..., "MainWindow"]
IN_P3 = (234, 51, 35)
"""sRGB's red in Display P3."""


@pytest.fixture
def reds(tmp_path: Path) -> Path:
    """A shoot of two photos: sRGB's red, and the stronger one of Display P3."""
    folder = tmp_path / "reds"
    folder.mkdir()
    red = Image.new("RGB", (640, 480), (255, 0, 0))
    red.save(folder / "a_srgb.png")
    red.save(folder / "b_wide.png", icc_profile=DISPLAY_P3.profile)
    return folder


@pytest.fixture
def wide(tmp_path: Path) -> str:
    """The profile of a monitor with the colours of Display P3."""
    file = tmp_path / "wide.icc"
    file.write_bytes(DISPLAY_P3.profile)
    return str(file)


def middle(image: QImage | None) -> tuple[int, int, int]:
    color = QColor() if image is None else image.pixelColor(image.width() // 2, image.height() // 2)
    return color.red(), color.green(), color.blue()


def is_near(found: tuple[int, int, int], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) <= 3 for one, other in zip(found, wanted, strict=True))


def thumbnail_is(window: "MainWindow", path: Path, wanted: tuple[int, int, int]) -> bool:
    return is_near(middle(window.thumbnails.image(path)), wanted)


def test_every_view_follows_the_monitor_and_comes_back(
    qtbot: QtBot, open_window: OpenWindow, reds: Path, wide: str
) -> None:
    window = open_window(reds)
    plain, strong = window.photos.shoot.photos
    window.show_loupe()
    qtbot.waitUntil(lambda: window.loupe.shown is not None, timeout=WAIT_MS)
    assert middle(window.loupe.view.image) == (255, 0, 0)

    window.settings.set_value(MONITOR, wide)
    qtbot.waitUntil(lambda: is_near(middle(window.loupe.view.image), IN_P3), timeout=WAIT_MS)
    window.loupe.view.set_clipping(True)
    marked = window.loupe.view.grab().toImage().pixelColor(window.loupe.view.rect().center())
    assert marked.blue() < 30  # the orange of a lost highlight still lies there: sRGB's red is at its end
    assert marked.green() > 100
    window.loupe.view.set_clipping(False)
    window.show_grid()
    # Thumbnails are kept in sRGB, so the stronger red is that of sRGB there.
    for path in (plain, strong):
        qtbot.waitUntil(partial(thumbnail_is, window, path, IN_P3), timeout=WAIT_MS)

    window.browsing.go_to_photo(strong)
    window.show_loupe()
    qtbot.waitUntil(lambda: window.loupe.shown is not None and window.loupe.path == strong, timeout=WAIT_MS)
    assert middle(window.loupe.view.image) == (255, 0, 0)  # not clipped to sRGB on its way

    window.settings.reset(MONITOR)
    qtbot.waitUntil(lambda: window.monitor.settled and monitor_profile() is None, timeout=WAIT_MS)
    window.browsing.go_to_photo(plain)
    qtbot.waitUntil(lambda: middle(window.loupe.view.image) == (255, 0, 0), timeout=WAIT_MS)


def test_the_editor_renders_for_the_monitor(
    qtbot: QtBot, open_window: OpenWindow, reds: Path, wide: str
) -> None:
    window = open_window(reds)
    strong = window.photos.shoot.photos[1]
    window.settings.set_value(MONITOR, wide)
    qtbot.waitUntil(lambda: window.monitor.settled, timeout=WAIT_MS)
    window.browsing.go_to_photo(strong)
    window.actions_by_id["edit_view"].trigger()
    view = window.area.desk.view
    qtbot.waitUntil(lambda: window.editing.settled and not view.image.isNull(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: is_near(middle(view.image), (255, 0, 0)), timeout=WAIT_MS)
    window.editing.recipes.give({strong: Recipe().with_(Exposure(-1.0))}, "darker")
    # Half the light of a red that only Display P3 has: no green, no blue.
    qtbot.waitUntil(lambda: is_near(middle(view.image), (188, 0, 0)), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.editing.settled, timeout=WAIT_MS)
    assert window.editing.panel.histogram is not None


def test_a_wrong_file_is_said_and_srgb_stays(
    qtbot: QtBot, open_window: OpenWindow, reds: Path, tmp_path: Path
) -> None:
    window = open_window(reds)
    wrong = tmp_path / "holiday.icc"
    wrong.write_bytes(b"not a profile")
    window.settings.set_value(MONITOR, str(wrong))
    qtbot.waitUntil(lambda: "holiday.icc" in window.area.banner.text, timeout=WAIT_MS)
    assert "no ICC profile" in window.area.banner.text
    assert monitor_profile() is None


def test_the_editor_of_a_file_shows_it_and_asks_for_another(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, wide: str
) -> None:
    row = FileRow("x", "look", "look/x", "X", "", "Automatic", "ICC (*.icc)")
    editor = FileEditor(row)
    qtbot.addWidget(editor)
    chosen: list[object] = []
    editor.chosen.connect(chosen.append)
    assert [editor.itemText(place) for place in range(editor.count())] == ["Automatic", "Choose a file…"]
    answers = iter([(wide, ""), ("", "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest: next(answers))
    editor.activated.emit(1)
    assert (chosen, editor.currentText()) == ([wide], "wide.icc")
    editor.activated.emit(2)  # asked again, and given up
    assert (chosen[-1], editor.currentText()) == (wide, "wide.icc")
    editor.activated.emit(0)
    assert (chosen[-1], editor.count()) == ("", 2)


def test_a_thumbnail_is_the_very_same_without_a_profile() -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (9, 9, 3)).astype(np.uint8)
    assert for_monitor(pixels) is pixels
    try:
        set_monitor_profile(DISPLAY_P3.profile)
        assert np.abs(for_monitor(pixels).astype(int) - pixels).max() > 10
    finally:
        set_monitor_profile(None)


@pytest.mark.skipif(sys.platform == "win32", reason="asks Windows")
@pytest.mark.parametrize("platform", ["offscreen", "wayland", "cocoa", "windows"])
def test_a_system_that_has_no_profile_says_none(platform: str) -> None:
    assert system_profile(platform, 0) is None
