"""The editor in the real window: from a flagged dark photo to an exported, cleared one, and back again."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from editor.core.crop import Crop
from editor.core.decode import decode
from editor.core.exposure import Exposure
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.render import render
from editor.core.sharpen import Sharpen
from editor.core.tone import Tone
from editor.panel.render_request import Rendered, RenderKind
from quality.core.inference import open_model
from quality.core.labels import Defect
from quality.core.scorer import Scorer

WAIT_MS = 120_000
DARK, CLEAN = 4, 0
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
OpenWindow = Callable[..., MainWindow]


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Waits until every edit is rendered, judged and on the disk."""
    qtbot.waitUntil(lambda: window.editing.settled and not window.editing.keeping.unsaved, timeout=WAIT_MS)


def edit(qtbot: QtBot, window: MainWindow, row: int) -> None:
    """Opens the editor on a photo by its key."""
    window.browsing.go_to(row)
    qtbot.keyClick(window.grid, Qt.Key.Key_D)
    assert window.area.view is window.area.desk
    settle(qtbot, window)


def recipe(window: MainWindow, row: int) -> Recipe:
    return window.photos.shoot.recipes.recipe(row)


def badges(window: MainWindow, row: int) -> list[Defect]:
    return [mark.defect for mark in window.photos.badges(row)]


def test_a_flagged_dark_photo_is_recovered_exported_and_clear(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path, tiny_model_folder: Path
) -> None:
    window = open_window(shoot_folder)
    original = window.photos.shoot.photos[DARK].read_bytes()
    assert Defect.UNDER in badges(window, DARK)
    edit(qtbot, window, DARK)
    qtbot.keyClick(window.area.desk, Qt.Key.Key_R)
    settle(qtbot, window)
    assert recipe(window, DARK).exposure.ev > 2
    assert Defect.UNDER not in badges(window, DARK)
    assert window.editing.scores.line.text(Defect.UNDER).endswith("badge cleared")
    before, after = window.photos.shoot.scores_of(DARK), window.photos.shoot.recipes.score(DARK)
    assert before is not None
    assert after is not None
    assert after.under < 0.5 < before.under

    qtbot.keyClick(window.area.desk, Qt.Key.Key_E, CONTROL)
    dialog = window.exporting.dialog
    assert dialog is not None
    target = tmp_path / "exported"
    dialog.form.folder.setText(str(target))
    qtbot.waitUntil(lambda: dialog.go.isEnabled(), timeout=WAIT_MS)
    assert dialog.words.text().startswith("1 new files")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.exporting.report is not None, timeout=WAIT_MS)
    files = [file for file in target.iterdir() if not file.name.startswith(".")]
    assert [file.name for file in files] == ["IMG_5_dark.jpg"]
    judged = Scorer(open_model(tiny_model_folder), None).score(files[0])
    assert judged.probabilities.under < 0.5
    assert window.photos.shoot.photos[DARK].read_bytes() == original


def test_shift_r_recovers_the_whole_series_in_one_step(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    (shoot_folder / "IMG_6_broken.jpg").unlink()
    for number, light in ((6, 0.06), (7, 0.8), (8, 0.12)):
        grain = np.random.default_rng(number).integers(60, 190, (480, 640, 3)) * light
        Image.fromarray(grain.astype(np.uint8)).save(shoot_folder / f"IMG_{number}_x.jpg", quality=92)
    window = open_window(shoot_folder)
    dark = [row for row in range(len(window.photos.shoot)) if Defect.UNDER in badges(window, row)]
    assert dark == [4, 5, 7]
    window.browsing.go_to(5)
    qtbot.keyClick(window.grid, Qt.Key.Key_R, SHIFT)
    settle(qtbot, window)
    given = [recipe(window, row).exposure.ev for row in range(len(window.photos.shoot))]
    assert [row for row, ev in enumerate(given) if ev] == dark
    assert min(given[row] for row in dark) > 2
    assert not any(Defect.UNDER in badges(window, row) for row in dark)
    assert "3 photos" in window.actions_by_id["undo"].text()
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, CONTROL)
    assert all(recipe(window, row) == NEUTRAL for row in dark)


def test_edits_are_one_step_and_come_back_after_opening_again(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    edit(qtbot, window, CLEAN)
    for position in range(1, 6):
        window.editing.panel.row("tone", "contrast").slider.setValue(position)
    assert recipe(window, CLEAN) == NEUTRAL
    window.editing.panel.row("tone", "contrast").settle()
    assert recipe(window, CLEAN) == NEUTRAL.with_(Tone(contrast=5.0))
    qtbot.keyClick(window.area.desk, Qt.Key.Key_Z, CONTROL)
    assert recipe(window, CLEAN) == NEUTRAL
    assert window.editing.panel.row("tone", "contrast").value == 0.0
    qtbot.keyClick(window.area.desk, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert recipe(window, CLEAN) == NEUTRAL.with_(Tone(contrast=5.0))
    settle(qtbot, window)
    window.close()

    again = open_window(shoot_folder)
    qtbot.waitUntil(lambda: recipe(again, CLEAN) == NEUTRAL.with_(Tone(contrast=5.0)), timeout=WAIT_MS)
    assert again.photos.shoot.recipes.count == 1


def test_marks_and_edits_share_one_stack(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    path = window.photos.shoot.photos[CLEAN]
    edit(qtbot, window, CLEAN)
    window.editing.recipes.give({path: NEUTRAL.with_(Exposure(0.5))}, "Exposure")
    qtbot.keyClick(window.area.desk, Qt.Key.Key_P)
    assert window.actions_by_id["undo"].text().endswith("picked")
    qtbot.keyClick(window.area.desk, Qt.Key.Key_Z, CONTROL)
    assert "Exposure" in window.actions_by_id["undo"].text()
    qtbot.keyClick(window.area.desk, Qt.Key.Key_Z, CONTROL)
    assert recipe(window, CLEAN) == NEUTRAL


def test_history_goes_back_to_a_state(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    path = window.photos.shoot.photos[CLEAN]
    edit(qtbot, window, CLEAN)
    first, second = NEUTRAL.with_(Exposure(0.5)), NEUTRAL.with_(Exposure(0.5), Tone(contrast=10))
    window.editing.recipes.give({path: first}, "one")
    window.editing.recipes.give({path: second}, "two")
    history = window.area.desk.history
    assert [history.item(row).text() for row in range(history.count())] == ["two", "one", "As it was taken"]
    history.itemClicked.emit(history.item(1))
    assert recipe(window, CLEAN) == first
    assert history.currentRow() == 1
    qtbot.keyClick(window.area.desk, Qt.Key.Key_Z, CONTROL)
    assert recipe(window, CLEAN) == second
    assert history.currentRow() == 0


def test_copy_paste_and_sync_choose_operations(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    paths = window.photos.shoot.photos
    source = NEUTRAL.with_(Exposure(0.5), Tone(contrast=10), Crop(0.1, 0.1, 0.9, 0.9))
    window.editing.recipes.give({paths[0]: source}, "source")
    window.browsing.go_to(0)
    window.editing.copy()
    sheet = window.editing.commands.sheet
    assert sheet is not None
    assert set(sheet.kinds) == {Exposure, Tone}
    sheet.accept()
    window.browsing.go_to(1)
    window.editing.paste()
    assert recipe(window, 1) == NEUTRAL.with_(Exposure(0.5), Tone(contrast=10))

    window.browsing.go_to(0)
    window.grid.selectAll()
    window.editing.sync()
    sheet = window.editing.commands.sheet
    assert sheet is not None
    sheet.tick([Crop])
    sheet.accept()
    assert recipe(window, 1) == source
    assert recipe(window, 2) == NEUTRAL.with_(source.crop)
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, CONTROL)
    assert recipe(window, 2) == NEUTRAL
    assert recipe(window, 1) == NEUTRAL.with_(Exposure(0.5), Tone(contrast=10))


def test_presets_are_saved_named_and_applied(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    paths = window.photos.shoot.photos
    window.editing.recipes.give({paths[0]: NEUTRAL.with_(Tone(shadows=25))}, "source")
    edit(qtbot, window, 0)
    window.editing.save_preset()
    sheet = window.editing.commands.sheet
    assert sheet is not None
    assert not sheet.command.isEnabled()
    sheet.name.setText("Open shadows")
    sheet.accept()
    presets = window.area.desk.presets.list
    assert [presets.item(row).text() for row in range(presets.count())] == ["Open shadows"]
    window.browsing.go_to(1)
    presets.itemClicked.emit(presets.item(0))
    assert recipe(window, 1) == NEUTRAL.with_(Tone(shadows=25))
    window.area.desk.presets.remove_asked.emit("Open shadows")
    assert presets.count() == 0


def test_reset_takes_all_edits_back_in_one_step(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    paths = window.photos.shoot.photos
    window.editing.recipes.give(dict.fromkeys(paths[:3], NEUTRAL.with_(Exposure(1.0))), "many")
    window.grid.selectAll()
    window.editing.reset()
    assert window.photos.shoot.recipes.count == 0
    qtbot.keyClick(window.grid, Qt.Key.Key_Z, CONTROL)
    assert window.photos.shoot.recipes.count == 3


def test_an_edited_photo_looks_edited_in_grid_and_loupe(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    path = window.photos.shoot.photos[CLEAN]
    plain = window.thumbnails.image(path)
    assert plain is not None
    window.editing.recipes.give({path: NEUTRAL.with_(Exposure(-3.0))}, "dark")
    settle(qtbot, window)

    def brightness() -> float:
        image = window.thumbnails.image(path)
        return 255.0 if image is None else float(image.scaled(1, 1).pixelColor(0, 0).lightness())

    qtbot.waitUntil(lambda: brightness() < 90, timeout=WAIT_MS)
    window.browsing.go_to(CLEAN)
    window.show_loupe()
    qtbot.waitUntil(lambda: window.loupe.shown is not None, timeout=WAIT_MS)
    shown = window.loupe.shown
    assert shown is not None
    assert shown.recipe.exposure.ev == -3.0
    window.editing.recipes.give({path: NEUTRAL}, "plain")
    qtbot.waitUntil(lambda: 90 < brightness() < 255, timeout=WAIT_MS)


def test_what_rests_in_the_editor_is_the_export_scaled_down(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    rows, columns = np.mgrid[0:1800, 0:2700]
    pixels = np.where((rows + columns)[:, :, np.newaxis] % 5 == 0, (250, 240, 200), (60, 70, 90))
    Image.fromarray(pixels.astype(np.uint8)).save(shoot_folder / "IMG_0.png", compress_level=1)
    window = open_window(shoot_folder)
    path = window.photos.shoot.photos[0]
    assert path.name == "IMG_0.png"
    wanted = NEUTRAL.with_(Exposure(0.8), Sharpen(120, 1.0, 0.0))
    window.editing.recipes.give({path: wanted}, "sharp")
    kinds: list[RenderKind] = []

    def note(rendered: Rendered) -> None:
        kinds.append(rendered.request.kind)

    window.editing.live.service.rendered.connect(note)
    edit(qtbot, window, 0)
    assert kinds[-2:] == [RenderKind.SETTLED, RenderKind.EXACT]
    shown = window.area.desk.view.image.convertToFormat(QImage.Format.Format_RGB888)
    export = render(decode(path), wanted).pixels
    small = cv2.resize(export, (shown.width(), shown.height()), interpolation=cv2.INTER_AREA)
    lines = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.bytesPerLine())
    found = lines[:, : shown.width() * 3].reshape(small.shape).astype(int)
    assert shown.width() < 1350
    assert np.abs(found - small).max() <= 1


def test_crop_turn_and_before_by_keys(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    edit(qtbot, window, CLEAN)
    desk = window.area.desk
    qtbot.keyClick(desk, Qt.Key.Key_T)
    assert desk.cropping
    settle(qtbot, window)
    qtbot.keyClick(desk.overlay, Qt.Key.Key_Left, CONTROL)
    assert recipe(window, CLEAN).crop.right < 1.0
    qtbot.keyClick(desk.overlay, Qt.Key.Key_Escape)
    assert not desk.cropping
    assert recipe(window, CLEAN) == NEUTRAL
    window.actions_by_id["rotate_right"].trigger()
    assert recipe(window, CLEAN).crop.quarter_turns == 1
    qtbot.keyClick(desk, Qt.Key.Key_Backslash)
    settle(qtbot, window)
    assert desk.view.has_before
    assert window.actions_by_id["before"].isChecked()


@pytest.mark.parametrize("row", [5])
def test_a_broken_photo_says_so_in_the_editor(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, row: int
) -> None:
    window = open_window(shoot_folder)
    window.browsing.go_to(row)
    qtbot.keyClick(window.grid, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: window.area.desk.fault.isVisible(), timeout=WAIT_MS)
    assert "IMG_6_broken.jpg" in window.area.desk.fault.text


def test_the_model_sees_the_edited_pixels(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    path = window.photos.shoot.photos[CLEAN]
    before = window.photos.shoot.probabilities[CLEAN].copy()
    window.editing.recipes.give({path: NEUTRAL.with_(Exposure(-5.0))}, "far too dark")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: Defect.UNDER in badges(window, CLEAN), timeout=WAIT_MS)
    np.testing.assert_array_equal(window.photos.shoot.probabilities[CLEAN], before)
