"""Recipes in the book, on the shelf and in the store, also after SIGKILL; presets; remembered exports."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.export_wish import ExportWish, SizeRule, Which, wish_from_text, wish_to_text
from app.history_list import History
from app.preset_store import FILE_NAME, Preset, PresetStore
from app.recipe_book import EditedScore, RecipeBook
from app.recipe_shelf import RecipeShelf
from app.shoot_keeper import ShootKeeper
from editor.core.crop import Crop
from editor.core.encode import FileFormat
from editor.core.export_settings import OutputProfile
from editor.core.exposure import Exposure
from editor.core.recipe import NEUTRAL
from editor.core.recipe_json import recipe_from_json, recipe_to_json
from editor.core.shoot_records import VersionedText
from editor.core.tone import Tone
from quality.core.labels import PerDefect

BRIGHT = NEUTRAL.with_(Exposure(1.5))
ROOT = Path(__file__).resolve().parents[2]


def test_a_score_belongs_to_its_recipe_only() -> None:
    book = RecipeBook(3)
    book.note(1, BRIGHT)
    assert book.note_score(1, EditedScore(BRIGHT, PerDefect(0.1, 0.2, 0.3)))
    assert not book.note_score(1, EditedScore(NEUTRAL, PerDefect(0.9, 0.9, 0.9)))
    originals = np.full((3, 3), 0.5)
    shown = book.shown(originals)
    assert shown[1].tolist() == [0.1, 0.2, 0.3]
    assert (originals == 0.5).all()
    book.note(1, NEUTRAL.with_(Exposure(0.5)))
    assert book.score(1) is None
    book.note(1, NEUTRAL)
    assert book.count == 0


def test_history_forgets_what_was_taken_back_before_a_new_step() -> None:
    history = History()
    other = NEUTRAL.with_(Tone(contrast=5))
    history.add("bright", NEUTRAL, BRIGHT)
    history.follow(NEUTRAL)
    assert history.place == 0
    history.add("contrast", NEUTRAL, other)
    assert [words for words, _ in history.states] == ["", "contrast"]
    assert history.place == 1


def photos(folder: Path) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"IMG_{number}.jpg" for number in range(3)]
    for path in paths:
        path.write_bytes(path.name.encode() * 100)
    return paths


def test_recipes_come_back_from_the_store(tmp_path: Path) -> None:
    paths = photos(tmp_path / "shoot")
    keeper = ShootKeeper(tmp_path / "shoot", paths, tmp_path / "user")
    shelf = RecipeShelf(keeper)
    shelf.keep({paths[1]: VersionedText(1, recipe_to_json(BRIGHT)), paths[2]: None})
    assert shelf.unsaved == 2
    shelf.save()
    assert (shelf.unsaved, shelf.problem) == (0, "")
    keeper.close()
    again = ShootKeeper(tmp_path / "shoot", paths, tmp_path / "user")
    again.load()
    found = again.load_recipes()
    assert {path: recipe_from_json(text.text) for path, text in found.items()} == {paths[1]: BRIGHT}
    again.close()


def test_what_cannot_be_saved_waits_on(tmp_path: Path) -> None:
    paths = photos(tmp_path / "shoot")
    keeper = ShootKeeper(tmp_path / "shoot", paths, tmp_path / "user")
    paths[0].unlink()
    shelf = RecipeShelf(keeper)
    shelf.keep({path: VersionedText(1, recipe_to_json(BRIGHT)) for path in paths[:2]})
    shelf.save()
    assert shelf.unsaved == 1
    assert shelf.waits(paths[0])
    assert shelf.problem
    keeper.close()


def test_a_saved_recipe_survives_sigkill(tmp_path: Path) -> None:
    paths = photos(tmp_path / "shoot")
    script = (
        "import sys, time; from pathlib import Path\n"
        "from app.recipe_shelf import RecipeShelf; from app.shoot_keeper import ShootKeeper\n"
        "from editor.core.shoot_records import VersionedText\n"
        "folder, user, text = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]\n"
        "paths = sorted(folder.glob('*.jpg'))\n"
        "shelf = RecipeShelf(ShootKeeper(folder, paths, user))\n"
        "shelf.keep({paths[0]: VersionedText(1, text)}); shelf.save()\n"
        "print('saved' if not shelf.unsaved else shelf.problem, flush=True); time.sleep(600)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "shoot"), str(tmp_path / "user")]
    with subprocess.Popen([*command, recipe_to_json(BRIGHT)], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == b"saved"
        finally:
            os.kill(process.pid, signal.SIGKILL)
    keeper = ShootKeeper(tmp_path / "shoot", paths, tmp_path / "user")
    keeper.load()
    assert recipe_from_json(keeper.load_recipes()[paths[0]].text) == BRIGHT
    keeper.close()


def test_presets_are_kept_and_leave_other_operations_alone(tmp_path: Path) -> None:
    store = PresetStore(tmp_path / "config")
    store.save(Preset("Ünder", BRIGHT, (Exposure,)))
    store.save(Preset("a", NEUTRAL.with_(Tone(contrast=5)), (Tone,)))
    again = PresetStore(tmp_path / "config")
    assert [preset.name for preset in again.presets] == ["a", "Ünder"]
    preset = again.find("Ünder")
    assert preset is not None
    cropped = NEUTRAL.with_(Crop(0.1, 0.1, 0.9, 0.9))
    assert preset.applied(cropped) == cropped.with_(Exposure(1.5))
    again.remove("a")
    assert [preset.name for preset in PresetStore(tmp_path / "config").presets] == ["Ünder"]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"framesift_presets": 9}', b'{"framesift_presets": 1}'])
def test_unreadable_presets_are_set_aside_not_lost(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    store = PresetStore(tmp_path)
    assert store.presets == []
    assert (tmp_path / "presets.unreadable.json").read_bytes() == content
    store.save(Preset("new", BRIGHT, (Exposure,)))
    assert [preset.name for preset in PresetStore(tmp_path).presets] == ["new"]


def test_a_remembered_export_comes_back() -> None:
    wish = ExportWish(
        Which.PICKED, "/photos/out", "{date}_{name}", format=FileFormat.TIFF, bits=16, size=SizeRule.BOX,
        width=1600, height=1200, profile=OutputProfile.DISPLAY_P3, keep_gps=True,
    )  # fmt: skip
    assert wish_from_text(wish_to_text(wish)) == wish
    assert wish.settings.fit == (1600, 1200)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        json.dumps({"which": 7, "quality": "much", "width": None, "new": 1, "format": "gif"}),
    ],
)
def test_a_remembered_export_that_makes_no_sense_is_forgotten(text: str) -> None:
    assert wish_from_text(text) == ExportWish()


def test_bits_and_format_that_do_not_go_together_are_forgotten() -> None:
    text = json.dumps({"format": "jpeg", "bits": 16, "folder": "/out"})
    assert wish_from_text(text) == ExportWish(folder="/out")
