"""Marks come back: after closing, renaming, a kill at any moment; what cannot be saved is kept and said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app import mark_service
from app.main_window import MainWindow
from app.shoot_keeper import ShootKeeper
from editor.core.marks import NO_MARKS, Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.shoot_errors import StoreFullError
from editor.core.shoot_store import ShootStore

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]
REPOSITORY = Path(__file__).resolve().parents[2]


def given(flag: Flag = Flag.PICK, rating: int = 0) -> RecordedMarks:
    return RecordedMarks(Marks(flag, rating), Provenance.now(Decider.USER, badge_seen=False))


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Five files in a folder; a keeper never decodes them."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    made = [folder / f"IMG_{n}.jpg" for n in range(5)]
    for number, path in enumerate(made):
        path.write_bytes(bytes([number]) * (1000 + number))
    return made


def keeper_of(folder: Path, tmp_path: Path) -> ShootKeeper:
    return ShootKeeper(folder, sorted(folder.glob("*.jpg")), tmp_path / "user")


def test_a_folder_without_marks_is_not_written_to(photos: list[Path], tmp_path: Path) -> None:
    keeper = keeper_of(photos[0].parent, tmp_path)
    assert keeper.load() == {}
    keeper.save()
    keeper.close()
    assert sorted(photos[0].parent.iterdir()) == photos


def test_marks_follow_renamed_photos(photos: list[Path], tmp_path: Path) -> None:
    folder = photos[0].parent
    keeper = keeper_of(folder, tmp_path)
    keeper.keep({photos[0]: given(Flag.PICK, 3), photos[1]: given(Flag.REJECT)})
    assert keeper.unsaved == 2
    keeper.save()
    assert keeper.unsaved == 0
    keeper.close()
    photos[0].rename(folder / "best.jpg")
    again = keeper_of(folder, tmp_path)
    found = {path.name: recorded.marks for path, recorded in again.load().items()}
    again.close()
    assert found == {"best.jpg": Marks(Flag.PICK, 3), "IMG_1.jpg": Marks(Flag.REJECT)}


def test_a_copy_is_not_taken_for_the_marked_photo_that_went(photos: list[Path], tmp_path: Path) -> None:
    folder = photos[0].parent
    photos[1].write_bytes(photos[0].read_bytes())
    keeper = keeper_of(folder, tmp_path)
    keeper.keep({photos[0]: given(Flag.REJECT)})
    keeper.save()
    keeper.close()
    away = photos[0].rename(tmp_path / "away.jpg")
    without = keeper_of(folder, tmp_path)
    assert without.load() == {}
    without.close()
    away.rename(photos[0])
    again = keeper_of(folder, tmp_path)
    assert list(again.load()) == [photos[0]]
    again.close()


def test_what_cannot_be_saved_waits(
    photos: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = keeper_of(photos[0].parent, tmp_path)
    photos[1].unlink()
    keeper.keep({photos[0]: given(), photos[1]: given()})
    keeper.save()
    assert keeper.unsaved == 1
    assert keeper.problem

    def full(store: ShootStore, _marks: object) -> None:
        raise StoreFullError(store.path, "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(ShootStore, "save_marks", full)
        keeper.keep({photos[2]: given()})
        keeper.save()
        assert keeper.problem == "The disk is full."
        keeper.keep({photos[2]: given(Flag.REJECT)})
    keeper.save()
    keeper.close()
    again = keeper_of(photos[0].parent, tmp_path)
    assert again.load()[photos[2]].marks.flag is Flag.REJECT
    again.close()


def test_marks_are_there_again(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    for key in (Qt.Key.Key_P, Qt.Key.Key_3, Qt.Key.Key_Right, Qt.Key.Key_X, Qt.Key.Key_Right, Qt.Key.Key_X):
        qtbot.keyClick(window.grid, key)
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: window.status.saved_text == "saved", timeout=WAIT_MS)
    window.close()
    again = open_window(shoot_folder)
    marks = [again.photos.shoot.marks.marks(row) for row in range(3)]
    assert marks == [Marks(Flag.PICK, 3), Marks(Flag.REJECT), NO_MARKS]


def test_another_shoot_gets_its_own_marks(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "IMG_1.jpg").write_bytes((shoot_folder / "IMG_1.jpg").read_bytes())
    window = open_window(shoot_folder)
    window.actions_by_id["reject"].trigger()
    window.open_path(other)
    qtbot.waitUntil(lambda: window.photos.shoot.folder == other and window.settled, timeout=WAIT_MS)
    assert window.photos.shoot.marks.marks(0) == NO_MARKS
    assert not window.actions_by_id["undo"].isEnabled()
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: window.photos.shoot.folder == shoot_folder and window.settled, timeout=WAIT_MS)
    assert window.photos.shoot.marks.marks(0).flag is Flag.REJECT


def test_a_full_disk_is_said_and_saving_is_tried_again(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark_service, "RETRY_MS", 10)
    window = open_window(shoot_folder)

    def full(store: ShootStore, _marks: object) -> None:
        raise StoreFullError(store.path, "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(ShootStore, "save_marks", full)
        window.actions_by_id["pick"].trigger()
        qtbot.waitUntil(lambda: window.area.banner.isVisible(), timeout=WAIT_MS)
        assert window.status.saved_text == "unsaved 1"
        assert "The disk is full. 1 marked" in window.area.banner.text
        patch.setattr(QMessageBox, "warning", lambda *_: QMessageBox.StandardButton.Cancel)
        assert not window.close()
    qtbot.waitUntil(lambda: window.status.saved_text == "saved", timeout=WAIT_MS)
    assert not window.area.banner.isVisible()
