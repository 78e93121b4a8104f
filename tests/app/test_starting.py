"""The first page offers what was opened last, and a demo shoot where it can be made."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app import demo_service, starting
from app.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]
WAIT_MS = 120_000
MAKER = """
import pathlib, sys
from PIL import Image
folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True)
Image.new("RGB", (64, 48), (90, 90, 90)).save(folder / "FS_0001.png")
"""


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo of one photo in place of the real one, which takes seconds."""
    script = tmp_path / "demo_shoot.py"
    script.write_text(MAKER)
    monkeypatch.setattr(demo_service, "_MAKER", script)
    monkeypatch.setattr(starting, "demo_is_possible", lambda: True)
    monkeypatch.setenv("FRAMESIFT_DATA", str(tmp_path / "data"))
    return script


def test_a_first_start_offers_no_shoot(open_window: OpenWindow) -> None:
    start = open_window().area.start
    assert not start.shoots
    assert start.button.isVisible()


def test_shoots_opened_last_are_offered(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    for name in ("One", "Two", "Three", "Four"):
        (tmp_path / name).mkdir()
        Image.new("RGB", (64, 48)).save(tmp_path / name / "photo.png")
        window.settings.add_recent_folder(tmp_path / name)
    window.close()
    again = open_window()
    start = again.area.start
    assert [button.text() for button in start.shoots] == ["Four", "Three", "Two"]
    assert start.shoots[0].toolTip() == str(tmp_path / "Four")
    start.shoots[1].click()
    qtbot.waitUntil(lambda: again.photos.shoot.folder == tmp_path / "Three", timeout=WAIT_MS)


def test_the_demo_shoot_is_made_and_opened(
    qtbot: QtBot, open_window: OpenWindow, maker: Path, tmp_path: Path
) -> None:
    window = open_window()
    start = window.area.start
    assert start.demo.isVisible()
    start.demo.click()
    assert not start.demo.isEnabled()
    folder = tmp_path / "data" / "Demo shoot"
    qtbot.waitUntil(lambda: window.photos.shoot.folder == folder and window.settled, timeout=WAIT_MS)
    assert [path.name for path in window.photos.shoot.photos] == ["FS_0001.png"]
    assert start.demo.isEnabled()
    assert maker.is_file()


def test_a_demo_that_cannot_be_made_is_said(qtbot: QtBot, open_window: OpenWindow, maker: Path) -> None:
    maker.write_text("raise SystemExit('No room on the disk')")
    window = open_window()
    window.area.start.demo.click()
    qtbot.waitUntil(window.area.banner.isVisible, timeout=WAIT_MS)
    assert "No room on the disk" in window.area.banner.text
    assert window.area.view is window.area.start
    assert window.area.start.demo.isEnabled()


@pytest.mark.usefixtures("maker")
def test_closing_ends_the_making(open_window: OpenWindow, maker: Path) -> None:
    maker.write_text("import time; time.sleep(600)")
    window = open_window()
    window.area.start.demo.click()
    window.close()
    assert not window.starting.demo.running


def test_a_copy_without_its_photographs_offers_no_demo(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "demo_is_possible", lambda: False)
    assert not open_window().area.start.demo.isVisible()
