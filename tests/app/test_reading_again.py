"""The open folder is read again by one key, and the user stands where they stood."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.carrying_over import carry_over
from app.main_window import MainWindow
from app.shoot import Shoot
from editor.core.exposure import Exposure
from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.metadata import PhotoMetadata
from editor.core.photo import PhotoIdentity
from editor.core.recipe import NEUTRAL
from quality.core.labels import PerDefect
from quality.core.light_measure import LightMeasure
from quality.core.scorer import PhotoScore

OpenWindow = Callable[..., MainWindow]
WAIT_MS = 120_000
COUNT = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """More small photos than fit on a screen."""
    folder = tmp_path / "Large"
    folder.mkdir()
    for number in range(COUNT):
        Image.new("RGB", (64, 48), (4 * number, 90, 200 - 3 * number)).save(folder / f"IMG_{number:03}.png")
    return folder


def read_again(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.keeping.service.loaded, timeout=WAIT_MS):
        window.actions_by_id["read_again"].trigger()
    qtbot.waitUntil(lambda: window.settled, timeout=WAIT_MS)


def test_focus_selection_scroll_marks_and_steps_stay(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    grid, shown = window.grid, window.shown
    window.browsing.go_to(30)
    model = grid.selectionModel()
    model.select(shown.index(33, 0), QItemSelectionModel.SelectionFlag.Select)
    QTest.keyClick(grid, Qt.Key.Key_P)
    top = grid.visualRect(grid.currentIndex()).top()
    focus = window.browsing.current
    chosen = {shown.path(index.row()) for index in model.selectedIndexes()}
    assert len(chosen) == 2
    (folder / "IMG_001.png").unlink()
    for name in ("IMG_000b.png", "IMG_059b.png"):
        shutil.copy(folder / "IMG_005.png", folder / name)
    read_again(qtbot, window)
    assert len(window.photos.shoot) == COUNT + 1
    assert window.browsing.current == focus
    assert {shown.path(index.row()) for index in grid.selectionModel().selectedIndexes()} == chosen
    assert grid.visualRect(grid.currentIndex()).top() == top
    shoot = window.photos.shoot
    assert [shoot.marks.marks(row).flag for row in map(shoot.row_of, chosen) if row is not None] == [
        Flag.PICK
    ] * 2
    QTest.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert all(shoot.marks.recorded(row) is None for row in range(len(shoot)))


def test_what_is_known_is_never_gone_meanwhile(qtbot: QtBot, open_window: OpenWindow, folder: Path) -> None:
    window = open_window(folder)
    QTest.keyClick(window.grid, Qt.Key.Key_X)
    seen: list[tuple[Flag, int, bool]] = []

    def look() -> None:
        shoot = window.photos.shoot
        seen.append((shoot.marks.marks(0).flag, shoot.judged, shoot.photos[0] in window.thumbnails))

    window.session.folder_opened.connect(look)
    read_again(qtbot, window)
    assert seen == [(Flag.REJECT, COUNT, True)]


def test_a_photo_that_was_changed_is_judged_anew(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    before = window.photos.shoot.scores_of(0)
    with Image.open(shoot_folder / "IMG_1.jpg") as photo:
        dark = Image.fromarray(np.asarray(photo) // 16)
    dark.save(shoot_folder / "IMG_1.jpg")
    with qtbot.waitSignal(window.session.judging.judged_now, timeout=WAIT_MS):
        read_again(qtbot, window)
    after = window.photos.shoot.scores_of(0)
    assert before is not None
    assert after is not None
    assert before.under < 0.5 < after.under


def test_the_photo_in_focus_that_is_gone_leaves_its_place_to_the_next(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    window = open_window(folder)
    window.browsing.go_to(7)
    (folder / "IMG_007.png").unlink()
    read_again(qtbot, window)
    assert window.browsing.current == folder / "IMG_008.png"


def test_the_loupe_stays_up(qtbot: QtBot, open_window: OpenWindow, folder: Path) -> None:
    window = open_window(folder)
    window.browsing.go_to(4)
    window.show_loupe()
    read_again(qtbot, window)
    assert window.area.view is window.loupe
    qtbot.waitUntil(lambda: window.loupe.path == folder / "IMG_004.png", timeout=WAIT_MS)


def test_all_that_is_known_of_a_photo_is_carried_over() -> None:
    folder = Path("/shoot")
    before = Shoot(folder, [folder / name for name in ("a", "b", "c")])
    light = LightMeasure(0.0, 0.2, 0.9, 0.0, 0.0)
    shot = PhotoMetadata(exposure_s=1 / 60, aperture=2.8, iso=400, focal_mm=50.0)
    score = PhotoScore(PhotoIdentity(1, "a"), 60, 40, PerDefect(0.1, 0.2, 0.3), light, shot)
    before.note_scores([2], [score])
    marks = RecordedMarks(Marks(Flag.PICK, 3), Provenance.now(Decider.USER, badge_seen=True))
    before.marks.note(1, marks)
    bright = NEUTRAL.with_(Exposure(1.0))
    before.recipes.note(2, bright)
    before.scenes.treat_as_night([2])
    after = Shoot(folder, [folder / name for name in ("c", "d", "b")])
    assert carry_over(before, after) == [0]
    assert after.scores_of(0) == score.probabilities
    assert after.size_of(0) == (60, 40)
    assert after.scenes.facts(0) == before.scenes.facts(2)
    assert after.scenes.dark.tolist() == [True, False, False]
    np.testing.assert_array_equal(after.scenes.slow, before.scenes.slow[[2, 0, 0]])
    assert [after.marks.recorded(row) for row in range(3)] == [None, None, marks]
    assert after.recipes.recipe(0) == bright
    assert after.recipes.edited.tolist() == [True, False, False]
    assert not after.is_judged(1)
