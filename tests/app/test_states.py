"""Every designed state of the window (empty, partial, flooded, read-only) is reached, said and painted."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import folder_service
from app.judging_progress import ProgressFigures
from app.main_window import MainWindow
from app.photo_roles import PhotoState
from app.shoot import Shoot
from editor.core.folder import FolderListing, scan_folder
from editor.core.photo import PhotoIdentity
from quality.core.labels import Defect, PerDefect
from quality.core.scorer import PhotoScore
from quality.core.thresholds import Mode

OpenWindow = Callable[..., MainWindow]
THEMES = (False, True)
COUNT = 20
WAIT_MS = 30_000
LEAST_TONES = 6
"""A widget with text or shapes has at least so many tones: the smooth edges of its letters."""


def tones(widget: QWidget) -> int:
    """How many tones a widget shows on the screenshot of its window."""
    window = widget.window()
    shot = window.grab(QRect(widget.mapTo(window, QPoint()), widget.size())).toImage()
    gray = shot.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(gray.constBits(), np.uint8).reshape(gray.height(), gray.bytesPerLine())
    return len(np.unique(rows[:, : gray.width()]))


def assert_painted(window: MainWindow, *widgets: QWidget) -> None:
    """In both themes the widgets are inside the window and are not blank."""
    for light in THEMES:
        window.switch_theme(light)
        QApplication.processEvents()
        for widget in widgets:
            assert widget.isVisible()
            place = QRect(widget.mapTo(window, QPoint()), widget.size())
            assert window.rect().contains(place)
            assert tones(widget) >= LEAST_TONES


@pytest.fixture
def small_photos(tmp_path: Path) -> list[Path]:
    """Tiny photos that open, so that nothing but what a test says is known of them."""
    folder = tmp_path / "Small"
    folder.mkdir()
    files = [folder / f"IMG_{number:02}.jpg" for number in range(COUNT)]
    for number, file in enumerate(files):
        Image.new("RGB", (48, 32), (120, 90, 10 * number)).save(file)
    return files


def fill(window: MainWindow, photos: list[Path], score: Callable[[int], float], judged: int = COUNT) -> None:
    """Puts a shoot into the window, of which the first photos are judged: over the line for under or not."""
    shoot = Shoot(photos[0].parent, photos)
    window.photos.set_shoot(shoot)
    window.photos.take_scores(
        (path, PhotoScore(PhotoIdentity(row, "a"), 9, 9, PerDefect(0.0, score(row), 0.0)))
        for row, path in enumerate(shoot.photos[:judged])
    )
    window.display.feed.begin()
    window.area.show_grid()
    window.browsing.begin()
    window.browsing.go_to(0)
    window.display.follow_browsing()
    window.display.feed.advice.look()


def test_first_start_empty_folder_and_a_folder_that_cannot_be_read(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    area = window.area
    assert area.view is area.start
    assert area.start.text.count("\n") == 3
    assert_painted(window, area.start, area.start.button)

    (tmp_path / "Empty").mkdir()
    (tmp_path / "Empty" / "notes.txt").write_text("")
    window.open_path(tmp_path / "Empty")
    qtbot.waitUntil(lambda: area.view is area.empty)
    assert "No photos in Empty" in area.empty.text
    assert "One file was found" in area.empty.text
    assert_painted(window, area.empty, area.empty.button)

    window.open_path(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: area.view is area.failure)
    assert_painted(window, area.failure, area.failure.button)


def test_partial_nothing_flagged_and_almost_everything(
    qtbot: QtBot, open_window: OpenWindow, small_photos: list[Path]
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.display.model_answered)
    panel, area = window.panel, window.area
    fill(window, small_photos, lambda _row: 0.0, judged=0)
    assert panel.progress_text == "Nothing judged yet"
    assert_painted(window, area.grid, panel, window.scores)

    fill(window, small_photos, lambda row: row / COUNT, judged=7)
    assert panel.progress_text == f"7 of {COUNT} so far"
    assert f"7 of {COUNT} so far" in area.summary
    assert_painted(window, area.grid, area.line, panel.near)

    fill(window, small_photos, lambda _row: 0.01)
    assert "nothing flagged" in area.summary
    assert "Nothing is over a line" in panel.notice.text
    assert_painted(window, area.line, panel.notice)

    fill(window, small_photos, lambda row: 0.001 if row == 0 else 0.999)
    assert "A night shoot?" in panel.notice.text
    assert panel.notice.key == "flood-under"
    assert_painted(window, panel.notice)
    panel.notice.answer(yes=True)
    assert panel.modes.under is Mode.HINT
    assert window.photos.over.flagged == 0

    panel.row(Defect.UNDER).click_mode(Mode.REJECT)
    panel.flush()
    window.browsing.go_to(3)
    assert window.scores.reason.startswith(("Dark", "Too dark"))
    assert_painted(window, window.scores)


def test_scanning_broken_all_hidden_decided_and_a_full_disk(
    open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    assert window.status.text == "5 of 6 judged"
    half = ProgressFigures(total=812, settled=312, judged=310, rate=41.0, seconds_left=12.0)
    window.status.show_progress(half, paused=False, stopped=False)
    assert window.status.text == "310 of 812 judged, 41/s, 12 s left"
    assert_painted(window, window.status)
    window.status.show_progress(half, paused=True, stopped=False)
    assert window.status.text == "310 of 812 judged, paused"

    broken = window.photos.shoot.photos.index(shoot_folder / "IMG_6_broken.jpg")
    assert window.photos.state(broken) is PhotoState.BROKEN
    assert window.status.faults_text == "1 unreadable"
    window.actions_by_id["next_fault"].trigger()
    assert "neither good nor bad" in window.scores.reason
    assert_painted(window, window.scores, window.status)

    window.actions_by_id["fault_list"].trigger()
    drawer = window.area.drawer
    assert drawer.title == "1 photo cannot be read"
    assert_painted(window, drawer, drawer.list, drawer.retry, drawer.copy_all)
    window.actions_by_id["fault_list"].trigger()
    assert not drawer.isVisible()

    window.actions_by_id["only_picks"].trigger()
    assert window.area.view is window.area.filtered
    assert "hides all 6 photos" in window.area.filtered.text
    assert_painted(window, window.area.filtered, window.area.filtered.button)
    window.actions_by_id["show_all"].trigger()
    assert window.area.view is window.grid

    window.actions_by_id["select_all"].trigger()
    window.actions_by_id["reject"].trigger()
    assert "all decided" in window.area.summary
    assert_painted(window, window.area.line)

    window.status.show_saved(6, "The disk is full.")
    assert window.status.saved_text == "unsaved 6"
    window.area.banner.say("The disk is full. 6 marked photos are kept in memory, and saving is tried again.")
    assert_painted(window, window.status, window.area.banner)


def test_a_missing_model_leaves_everything_else(
    open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tmp_path / "nowhere"))
    window = open_window(shoot_folder)
    assert "cannot be judged" in window.area.banner.text
    assert not window.panel.isEnabled()
    assert window.area.view is window.grid
    assert_painted(window, window.area.banner, window.grid, window.panel)


def test_a_folder_that_cannot_be_written_keeps_its_marks_elsewhere(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Card"
    shutil.copytree(shoot_folder, folder)
    # A file where the store's folder would lie stands for a folder that cannot be written, for root as well.
    (folder / ".framesift").write_text("")
    window = open_window(folder)
    window.actions_by_id["pick"].trigger()
    qtbot.waitUntil(lambda: window.status.saved_text == "saved, folder is read-only")
    assert_painted(window, window.status)
    assert (folder / ".framesift").read_text() == ""


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """No folder named Small is listed before this is set."""
    listed = threading.Event()

    def held_back(folder: Path) -> FolderListing:
        assert folder.name != "Small" or listed.wait(180)
        return scan_folder(folder)

    monkeypatch.setattr(folder_service, "scan_folder", held_back)
    return listed


def test_opening_and_a_slow_source(
    qtbot: QtBot,
    open_window: OpenWindow,
    small_photos: list[Path],
    listed: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(folder_service, "SLOW_MS", 1)
    window = open_window()
    window.open_path(small_photos[0].parent)
    assert window.status.text == "Opening Small …"
    qtbot.waitUntil(lambda: "Small answers slowly" in window.status.text)
    qtbot.waitUntil(lambda: window.display.model_answered, timeout=WAIT_MS)
    assert "Small answers slowly" in window.status.text
    assert window.area.view is window.area.start
    assert_painted(window, window.status)
    listed.set()
    qtbot.waitUntil(lambda: len(window.photos.shoot) == COUNT, timeout=WAIT_MS)
    assert window.area.view is window.grid
    assert "slowly" not in window.status.text


def test_what_is_said_of_the_next_folder_stays_while_the_last_one_is_judged(
    qtbot: QtBot,
    open_window: OpenWindow,
    shoot_folder: Path,
    small_photos: list[Path],
    listed: threading.Event,
) -> None:
    window = open_window(shoot_folder)
    qtbot.waitUntil(lambda: window.settled, timeout=WAIT_MS)
    before = window.status.text
    assert before.endswith("judged")
    window.open_path(small_photos[0].parent)
    window.session.judging.progressed.emit()
    assert window.status.text == "Opening Small …"
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: not window.session.opening, timeout=WAIT_MS)
    listed.set()
    qtbot.waitUntil(lambda: window.status.text == before, timeout=WAIT_MS)


def test_photos_that_another_program_added_or_took_away_are_said_once(
    qtbot: QtBot, open_window: OpenWindow, small_photos: list[Path]
) -> None:
    window = open_window(small_photos[0].parent)
    banner, outside = window.area.banner, window.session.outside
    with qtbot.waitSignal(outside.looked, timeout=WAIT_MS):
        outside.look()
    assert not banner.isVisible()
    small_photos[3].unlink()
    for name in ("new 1.jpg", "new 2.jpg"):
        shutil.copy(small_photos[0], small_photos[0].with_name(name))
    with qtbot.waitSignal(outside.looked, timeout=WAIT_MS):
        outside.look()
    assert "2 photos are new, 1 photo is gone" in banner.text
    assert_painted(window, banner)
    banner.hide()
    with qtbot.waitSignal(outside.looked, timeout=WAIT_MS):
        outside.look()
    assert not banner.isVisible()
