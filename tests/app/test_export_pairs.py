"""A RAW+JPEG pair has one recipe, made on the JPEG as it is shown; either file is exported by it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from app.export_form import ExportForm
from app.export_selection import Selection, select_photos
from app.export_wish import ExportWish, PairFile, Which, wish_from_text, wish_to_text
from editor.core.crop import Crop
from editor.core.exposure import Exposure
from editor.core.recipe import Recipe

if TYPE_CHECKING:
    from app.main_window import MainWindow

WAIT_MS = 120_000
OpenWindow = Callable[..., "MainWindow"]
EDITS = Recipe(crop=Crop(right=0.5), exposure=Exposure(0.5))


def test_both_files_of_a_pair_have_its_recipe_and_marks(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = shoot_folder / "IMG_1.cr2"
    shutil.copy(shoot_folder / "IMG_2.jpg", raw)
    monkeypatch.setenv("FRAMESIFT_DATA", str(tmp_path / "data"))
    window = open_window(shoot_folder)
    jpeg = window.photos.shoot.photos[0]
    assert window.photos.shoot.companions == {jpeg: raw}
    window.editing.recipes.give({jpeg: EDITS}, "edited")
    window.browsing.go_to(0)
    window.actions_by_id["pick"].trigger()
    qtbot.waitUntil(
        lambda: not window.editing.keeping.unsaved and not window.mark_service.unsaved, timeout=WAIT_MS
    )

    items = window.exporting.items(Which.PICKED)
    assert [(item.path, item.recipe) for item in items] == [(jpeg, EDITS)]
    items = window.exporting.items(Which.PICKED, PairFile.RAW)
    assert [(item.path, item.recipe) for item in items] == [(raw, EDITS)]
    assert len(window.exporting.items(Which.ALL, PairFile.RAW)) == len(window.photos.shoot.photos)
    window.close()

    for selection, wanted in (
        (Selection(picked=True), jpeg),
        (Selection(picked=True, pairs=PairFile.RAW), raw),
        (Selection(files=(Path("IMG_1.cr2"),)), raw),
        (Selection(files=(Path("IMG_1.jpg"),), pairs=PairFile.RAW), jpeg),
    ):
        found = select_photos(shoot_folder, selection, "{name}", tmp_path / "data").items
        assert [(item.path, item.recipe) for item in found] == [(wanted, EDITS)]
    every = select_photos(shoot_folder, Selection(pairs=PairFile.RAW), "{name}", tmp_path / "data").items
    assert raw in [item.path for item in every]
    assert jpeg not in [item.path for item in every]


@pytest.mark.parametrize("pairs", [False, True])
def test_it_is_asked_only_where_there_are_pairs(qtbot: QtBot, pairs: bool) -> None:
    form = ExportForm({Which.ALL: 1}, ExportWish(pairs=PairFile.RAW), pairs=pairs)
    qtbot.addWidget(form)
    form.show()
    assert form.pairs.isVisible() is pairs
    assert form.wish.pairs is PairFile.RAW
    assert wish_from_text(wish_to_text(form.wish)).pairs is PairFile.RAW
