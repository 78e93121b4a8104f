"""Each shoot remembers how it is judged, and corrections come out as a table that training reads."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.cli import run
from app.main_window import MainWindow
from editor.core.marks import Flag
from quality.core.labels import Defect
from quality.core.thresholds import Mode

OpenWindow = Callable[..., MainWindow]
WAIT_MS = 30_000


@pytest.fixture
def other_folder(shoot_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "Sunday"
    folder.mkdir()
    shutil.copy(shoot_folder / "IMG_4_soft.jpg", folder)
    return folder


def choose(window: MainWindow, name: str) -> None:
    row = window.photos.shoot.row_of(window.photos.shoot.folder / name)
    assert row is not None
    window.grid.setCurrentIndex(window.grid.model().index(row, 0))


def test_lines_belong_to_a_shoot(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, other_folder: Path
) -> None:
    window = open_window(shoot_folder)
    window.panel.row(Defect.BLUR).number.setValue(0.97)
    window.panel.row(Defect.UNDER).click_mode(Mode.OFF)
    window.panel.dark_line.number.setValue(7.5)
    window.panel.flush()
    window.close()

    window = open_window(other_folder)
    window.panel.row(Defect.BLUR).number.setValue(0.11)
    window.panel.row(Defect.UNDER).click_mode(Mode.HINT)
    window.panel.flush()
    window.open_path(shoot_folder)
    qtbot.waitUntil(lambda: window.panel.thresholds.blur == 0.97, timeout=WAIT_MS)
    assert window.panel.modes.under is Mode.OFF
    assert window.panel.dark_line.value == 7.5
    assert window.photos.badges(3) == ()
    window.open_path(other_folder)
    qtbot.waitUntil(lambda: window.photos.shoot.folder == other_folder and window.settled, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.panel.modes.under is Mode.HINT, timeout=WAIT_MS)
    assert window.panel.thresholds.blur == 0.11


def test_a_night_is_remembered(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    window.photos.shoot.scenes.treat_as_night([4])
    window.display.feed.advice.scenes_changed.emit()
    assert window.photos.badges(4)[0].hint
    window.close()
    again = open_window(shoot_folder)
    qtbot.waitUntil(lambda: bool(again.photos.shoot.scenes.night[4]), timeout=WAIT_MS)
    assert again.photos.badges(4)[0].hint


def test_a_pick_of_a_flagged_photo_becomes_a_label(
    open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    window = open_window(shoot_folder)
    for name, action in (("IMG_4_soft.jpg", "pick"), ("IMG_1.jpg", "pick"), ("IMG_2.jpg", "reject")):
        choose(window, name)
        window.actions_by_id[action].trigger()
    assert sorted(window.advice_keeping.corrections) == ["IMG_2.jpg", "IMG_4_soft.jpg"]
    window.close()
    table = tmp_path / "corrections.csv"
    assert run(["corrections", str(shoot_folder), "--output", str(table)]) == 0
    with table.open(newline="", encoding="utf-8") as file:
        rows = {Path(row["path"]).name: row for row in csv.DictReader(file)}
    assert sorted(rows) == ["IMG_2.jpg", "IMG_4_soft.jpg"]
    soft = rows["IMG_4_soft.jpg"]
    assert (soft["blur"], soft["under"], soft["over"]) == ("0", "", "")
    assert (soft["flag"], soft["badge_seen"]) == ("pick", "1")
    assert float(soft["score_blur"]) >= float(soft["threshold_blur"])
    assert {rows["IMG_2.jpg"][name] for name in ("blur", "under", "over")} == {""}
    assert (table.parent / soft["path"]).is_file()


def test_a_mark_taken_back_is_no_correction(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    choose(window, "IMG_4_soft.jpg")
    window.actions_by_id["pick"].trigger()
    assert window.advice_keeping.corrections
    window.actions_by_id["undo"].trigger()
    assert window.advice_keeping.corrections == {}


def test_training_reads_the_table(open_window: OpenWindow, shoot_folder: Path, tmp_path: Path) -> None:
    labelled = pytest.importorskip("training.labelled")
    window = open_window(shoot_folder)
    choose(window, "IMG_4_soft.jpg")
    window.actions_by_id["pick"].trigger()
    window.close()
    table = tmp_path / "corrections.csv"
    assert run(["corrections", str(shoot_folder), "--output", str(table)]) == 0
    (photo,) = labelled.read_labelled(table)
    assert photo.labels == (0.0, labelled.UNKNOWN_LABEL, labelled.UNKNOWN_LABEL)
    assert photo.picture.shape[2] == 3


def test_a_shoot_without_marks_gives_an_empty_table_and_is_not_written_to(
    shoot_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(shoot_folder.iterdir())
    table = tmp_path / "corrections.csv"
    assert run(["corrections", str(shoot_folder), "--output", str(table)]) == 0
    assert len(table.read_text().splitlines()) == 1
    assert sorted(shoot_folder.iterdir()) == before
    assert "0 corrections" in capsys.readouterr().err


def test_no_line_mode_or_night_changes_a_mark(open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    choose(window, "IMG_4_soft.jpg")
    window.actions_by_id["pick"].trigger()
    choose(window, "IMG_1.jpg")
    window.actions_by_id["reject"].trigger()
    before = [window.photos.shoot.marks.marks(row) for row in range(len(window.photos.shoot))]
    for line in (0.0, 0.4, 1.0):
        for mode in Mode:
            for defect in Defect:
                window.panel.row(defect).number.setValue(line)
                window.panel.row(defect).click_mode(mode)
    window.panel.choose_preset("night")
    window.photos.shoot.scenes.treat_as_night(range(len(window.photos.shoot)))
    window.display.feed.advice.scenes_changed.emit()
    assert [window.photos.shoot.marks.marks(row) for row in range(len(window.photos.shoot))] == before


def test_a_bad_call(shoot_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corrections", str(tmp_path / "nowhere"), "--output", str(tmp_path / "a.csv")]) == 2
    assert run(["corrections", str(shoot_folder)]) == 2
    assert "--output" in capsys.readouterr().err


def test_a_reject_that_names_its_defect_becomes_a_label(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path
) -> None:
    window = open_window(shoot_folder)
    choose(window, "IMG_4_soft.jpg")
    window.actions_by_id["reject_for"].trigger()
    menu = window.culling.defect_menu
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_B)
    assert window.advice_keeping.corrections["IMG_4_soft.jpg"].named == ("blur",)
    window.actions_by_id["undo"].trigger()
    assert window.advice_keeping.corrections == {}
    window.actions_by_id["redo"].trigger()
    assert window.advice_keeping.corrections["IMG_4_soft.jpg"].named == ("blur",)
    window.actions_by_id["reject_for"].trigger()
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_O)
    assert window.advice_keeping.corrections["IMG_4_soft.jpg"].named == ("blur", "over")
    choose(window, "IMG_1.jpg")
    window.actions_by_id["reject_for"].trigger()
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert window.photos.shoot.marks.marks(0).flag is Flag.UNFLAGGED
    window.close()
    table = tmp_path / "corrections.csv"
    assert run(["corrections", str(shoot_folder), "--output", str(table)]) == 0
    with table.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["blur"], row["under"], row["over"], row["flag"]) == ("1", "", "1", "reject")
