"""Crop and exposure in sidecars: offered and taken over only after a sheet, nothing foreign lost."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.settings_table import CRS_EDITS, PUBLISHING
from editor.core.crop import Crop
from editor.core.crs_sidecar import read_crs_edits
from editor.core.exposure import Exposure
from editor.core.marks import Flag
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.tone import Tone
from editor.core.xmp_sidecar import read_sidecar

WAIT_MS = 120_000
OpenWindow = Callable[..., MainWindow]
Publish = Callable[..., str]
FOREIGN = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:ProcessVersion="11.0" crs:Contrast2012="+9"
 {more}/></rdf:RDF></x:xmpmeta>"""
CUT = (
    'crs:HasCrop="True" crs:CropLeft="0.25" crs:CropTop="0" crs:CropRight="1" crs:CropBottom="1" '
    'crs:CropAngle="0"'
)


def give(window: MainWindow, row: int, recipe: Recipe) -> None:
    window.editing.recipes.give({window.photos.shoot.photos[row]: recipe}, "edited")


def recipe_of(window: MainWindow, row: int) -> Recipe:
    return window.photos.shoot.recipes.recipe(row)


def test_edits_are_published_only_where_that_is_set(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, publish: Publish
) -> None:
    window = open_window(shoot_folder)
    photos = window.photos.shoot.photos
    give(window, 0, Recipe(crop=Crop(right=0.5), exposure=Exposure(0.75), tone=Tone(contrast=20)))
    give(window, 1, Recipe(crop=Crop(quarter_turns=1)))
    window.browsing.go_to(0)
    window.actions_by_id["pick"].trigger()
    assert "crop or exposure" not in publish(window)
    assert "crs" not in (shoot_folder / "IMG_1.xmp").read_text()

    window.settings.set_value(CRS_EDITS, True)
    sentence = publish(window)
    assert "the crop or exposure of 1 photo exactly as it is here" in sentence
    assert "1 photo is left out: turned" in sentence
    assert "Tones, colours" in sentence
    assert "1 photos their crop or exposure" in window.status.said
    found = read_crs_edits(shoot_folder / "IMG_1.xmp", photos[0])
    assert (found.crop, found.exposure) == (Crop(right=0.5), Exposure(0.75))
    sidecar = read_sidecar(shoot_folder / "IMG_1.xmp")
    assert sidecar is not None
    assert sidecar.properties.pick == "1"
    assert not (shoot_folder / "IMG_2.xmp").exists()
    # Our own marks and edits are not taken for those of another program.
    window.publishing.read_again()
    window.takeover.prepare()
    qtbot.waitUntil(lambda: "No sidecar has" in window.status.said, timeout=WAIT_MS)
    assert window.photos.shoot.marks.marks(0).flag is Flag.PICK

    give(window, 0, Recipe(exposure=Exposure(1.5)))
    publish(window)
    found = read_crs_edits(shoot_folder / "IMG_1.xmp", photos[0])
    assert (found.crop, found.exposure) == (None, Exposure(1.5))


def test_what_another_program_says_is_kept_said_and_replaced_only_when_asked(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, publish: Publish
) -> None:
    sidecar = shoot_folder / "IMG_1.xmp"
    sidecar.write_text(FOREIGN.format(more='crs:Exposure2012="+0.30"'))
    window = open_window(shoot_folder)
    window.settings.set_value(CRS_EDITS, True)
    give(window, 0, Recipe(exposure=Exposure(1.0)))
    assert "1 photo has a crop or exposure of another program, which stays" in publish(window)
    photo = window.photos.shoot.photos[0]
    assert read_crs_edits(sidecar, photo).exposure == Exposure(0.3)
    publish(window, replace=True)
    assert read_crs_edits(sidecar, photo).exposure == Exposure(1.0)
    assert 'crs:Contrast2012="+9"' in sidecar.read_text()
    give(window, 0, Recipe(exposure=Exposure(0.5)))
    assert "another program" not in publish(window)
    assert read_crs_edits(sidecar, photo).exposure == Exposure(0.5)
    window.close()
    # Also after the program was started again.
    again = open_window(shoot_folder)
    qtbot.waitUntil(lambda: recipe_of(again, 0) == Recipe(exposure=Exposure(0.5)), timeout=WAIT_MS)
    give(again, 0, NEUTRAL)
    assert "another program" not in publish(again)
    assert read_crs_edits(sidecar, photo).exposure == Exposure(0.0)


def test_automatic_publishing_follows_edits(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    window.settings.set_value(CRS_EDITS, True)
    window.settings.set_value(PUBLISHING, "automatic")
    give(window, 2, Recipe(exposure=Exposure(-0.5)))
    sidecar = shoot_folder / "IMG_3.xmp"
    qtbot.waitUntil(lambda: sidecar.exists() and not window.publishing.auto.waiting, timeout=WAIT_MS)
    assert read_crs_edits(sidecar, window.photos.shoot.photos[2]).exposure == Exposure(-0.5)


def test_edits_of_another_program_are_offered_and_never_put_over_ours(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    for name, more in (
        ("IMG_1", f'crs:Exposure2012="+0.30" {CUT}'),
        ("IMG_2", 'crs:Exposure2012="-1.00"'),
        ("IMG_3", 'crs:Exposure2012="+1.00" crs:AutoExposure="True"'),
    ):
        (shoot_folder / f"{name}.xmp").write_text(FOREIGN.format(more=more))
    before = {path: path.read_bytes() for path in shoot_folder.glob("*.xmp")}
    window = open_window(shoot_folder)
    qtbot.waitUntil(lambda: "2 photos have a crop or exposure" in window.status.said, timeout=WAIT_MS)
    assert [recipe_of(window, row) for row in range(3)] == [NEUTRAL] * 3
    own = Recipe(tone=Tone(contrast=5))
    give(window, 1, own)

    window.actions_by_id["take_edits"].trigger()
    qtbot.waitUntil(lambda: window.takeover.sheet is not None, timeout=WAIT_MS)
    sheet = window.takeover.sheet
    assert sheet is not None
    assert sheet.sentence.text().startswith("1 photo gets")
    assert sheet.lines == ["IMG_1.jpg", "Left out: IMG_3.jpg"]
    sheet.accept()
    taken = Recipe(crop=Crop(left=0.25), exposure=Exposure(0.3))
    assert [recipe_of(window, row) for row in range(3)] == [taken, own, NEUTRAL]
    window.actions_by_id["undo"].trigger()
    assert recipe_of(window, 0) == NEUTRAL
    assert {path: path.read_bytes() for path in shoot_folder.glob("*.xmp")} == before
