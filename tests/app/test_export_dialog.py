"""The export dialog says what would be done, what is wrong, how far it is; and remembers itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.export_dialog import ExportDialog
from app.export_wish import ExportWish, SizeRule, Which
from app.export_work import DryRun, ExportProgress, dry_run, run_export
from editor.core.cancellation import Cancellation
from editor.core.encode import FileFormat
from editor.core.export_exif import MetadataPolicy
from editor.core.export_plan import Action
from editor.core.export_settings import ExportItem

COUNTS = {Which.SELECTED: 0, Which.PICKED: 3, Which.FILTERED: 5, Which.ALL: 5}


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> Iterator[ExportDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ExportDialog(COUNTS, ExportWish(folder=str(tmp_path)), tmp_path, parent)
    made.show()
    yield made
    made.end()
    parent.close()


def test_a_choice_without_photos_gives_way(dialog: ExportDialog) -> None:
    assert dialog.wish.which is Which.PICKED
    assert dialog.form.which.currentText() == "Picked (3)"
    assert dialog.go.text() == "Export 3 photos"


def test_only_what_matters_can_be_changed(dialog: ExportDialog) -> None:
    form = dialog.form
    assert form.quality.isEnabled()
    assert not form.width_box.isVisible()
    form.format.setCurrentIndex(1)
    assert (dialog.wish.format, dialog.wish.bits) == (FileFormat.TIFF, 16)
    assert not form.quality.isEnabled()
    form.size_rule.setCurrentIndex(2)
    assert form.height_box.isVisible()
    assert dialog.wish.size is SizeRule.BOX
    form.gps.setChecked(True)
    form.metadata.setCurrentIndex(2)
    assert not form.gps.isEnabled()
    assert dialog.wish.metadata is MetadataPolicy.NONE
    assert not dialog.wish.settings.keep_gps


def test_the_plan_is_said_in_counts_and_bytes(dialog: ExportDialog) -> None:
    counts = {Action.WRITE: 2, Action.ALREADY: 1}
    dialog.show_plan(DryRun(counts, 2 << 20, 1 << 40, ("IMG_1.CR3", "saturday_1.jpg")))
    assert dialog.words.text() == "2 new files, 1 there already; about 2.0 MiB"
    assert dialog.form.example.text() == "IMG_1.CR3 → saturday_1.jpg"
    assert dialog.go.isEnabled()
    assert dialog.problem.isHidden()


def test_too_little_room_is_said(dialog: ExportDialog) -> None:
    dialog.show_plan(DryRun({Action.WRITE: 2}, 2 << 30, 1 << 20, ("a.jpg", "a.jpg")))
    assert dialog.problem.text() == "There is room for 1.0 MiB only."


def test_a_problem_keeps_it_from_beginning(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.show_problem("{nme} is no field.")
    assert not dialog.go.isEnabled()
    begun: list[bool] = []
    dialog.started.connect(lambda: begun.append(True))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert begun == []
    assert not dialog.running


def test_escape_stops_an_export_and_only_its_end_closes_the_dialog(
    qtbot: QtBot, dialog: ExportDialog
) -> None:
    dialog.show_plan(DryRun({Action.WRITE: 3}, 10, None, ("a.jpg", "a.jpg")))
    with qtbot.waitSignal(dialog.started):
        dialog.go.click()
    dialog.show_progress(ExportProgress(1, 3, 2048, 0.5, 1))
    assert dialog.progress_words.text() == "1 of 3 photos, 2 KiB written, 2.0 a second, 1 s left"
    with qtbot.waitSignal(dialog.stop_asked):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.end()
    assert not dialog.isVisible()


def test_a_stopped_export_goes_on_where_it_stopped(shoot_folder: Path, tmp_path: Path) -> None:
    items = [ExportItem(path) for path in sorted(shoot_folder.glob("IMG_[1-5]*.jpg"))]
    settings = ExportWish(folder=str(tmp_path / "out"), size=SizeRule.LONGEST, width=64).settings
    assert dry_run(items, settings).written == 5
    assert not (tmp_path / "out").exists()
    cancellation = Cancellation()
    told: list[ExportProgress] = []

    def stop(progress: ExportProgress) -> None:
        told.append(progress)
        cancellation.cancel()

    report = run_export(items, settings, cancellation, stop)
    assert report.cancelled
    assert told
    done = len(report.results)
    assert 1 <= done < 5
    assert dry_run(items, settings).counts == {Action.ALREADY: done, Action.WRITE: 5 - done}
    rest = run_export(items, settings, Cancellation(), told.append)
    assert rest.count(Action.WRITE) == 5 - done
    assert len(list((tmp_path / "out").glob("*.jpg"))) == 5
    assert told[-1].total == 5


def test_boxes_with_short_words_end_below_each_other(dialog: ExportDialog) -> None:
    form = dialog.form
    boxes = (form.which, form.format, form.size_rule, form.profile, form.sharpening, form.metadata)
    assert len({box.width() for box in boxes}) == 1
    assert form.which.width() >= form.metadata.sizeHint().width()
