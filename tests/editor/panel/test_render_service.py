"""The renderer: its pictures are the render function's, the newest request wins, tools find their values."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.color_space import DISPLAY_P3, SRGB
from editor.core.crop import Crop
from editor.core.decode import decode
from editor.core.exposure import Exposure
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.render import Fineness, RenderSettings, render
from editor.core.tone import Tone
from editor.core.white_balance import WhiteBalance
from editor.core.window import Window
from editor.panel.edit_source import AveragedCopy, EditSource, decode_for_edit
from editor.panel.pace import Pace
from editor.panel.render_request import Rendered, RenderKind, RenderRequest, Tool, ToolRequest
from editor.panel.render_service import RenderService
from tests.editor.core.test_render_sizes import MEAN, NEAR_WORST, difference, random_recipe, scaled_down

WAIT_MS = 60_000
BOX = (240, 240)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    rng = np.random.default_rng(3)
    pixels = np.clip(rng.normal(90, 30, (400, 600, 3)), 0, 255).astype(np.uint8)
    file = tmp_path / "photo.png"
    Image.fromarray(pixels).save(file)
    return file


@pytest.fixture
def service(qapp: QApplication) -> Iterator[RenderService]:
    made = RenderService(qapp)
    yield made
    made.close()


def pixels_of(image: QImage) -> NDArray[np.uint8]:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return lines[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()


def rendered(qtbot: QtBot, service: RenderService, request: RenderRequest) -> Rendered:
    with qtbot.waitSignal(service.rendered, timeout=WAIT_MS) as signal:
        service.want(request)
    found = signal.args[0]
    assert isinstance(found, Rendered)
    return found


RECIPE = NEUTRAL.with_(Exposure(0.7), Tone(shadows=30), Crop(0.1, 0.2, 0.9, 0.8))


@pytest.mark.parametrize(
    ("kind", "region", "settings"),
    [
        (RenderKind.PREVIEW, None, RenderSettings(fit=BOX, space=SRGB, dtype=np.uint8)),
        (
            RenderKind.SETTLED,
            None,
            RenderSettings(fit=BOX, space=SRGB, dtype=np.uint8, fineness=Fineness.TWICE),
        ),
        (
            RenderKind.EXACT,
            None,
            RenderSettings(fit=BOX, space=SRGB, dtype=np.uint8, fineness=Fineness.FULL),
        ),
        (
            RenderKind.DETAIL,
            Window(100, 50, 120, 80),
            RenderSettings(region=Window(100, 50, 120, 80), space=SRGB, dtype=np.uint8),
        ),
    ],
)
def test_what_is_shown_is_what_the_render_function_makes(
    qtbot: QtBot,
    service: RenderService,
    photo: Path,
    kind: RenderKind,
    region: Window | None,
    settings: RenderSettings,
) -> None:
    found = rendered(qtbot, service, RenderRequest(kind, photo, RECIPE, BOX, region))
    wanted = render(decode(photo), RECIPE, settings)
    difference = np.abs(pixels_of(found.image).astype(int) - wanted.pixels.astype(int))
    assert difference.max() <= 1
    assert found.full_size == (480, 240)
    assert found.photo_size == (600, 400)
    assert (found.histogram is None) == (region is not None)


def test_a_region_beyond_the_border_is_cut_off(qtbot: QtBot, service: RenderService, photo: Path) -> None:
    request = RenderRequest(RenderKind.DETAIL, photo, NEUTRAL, BOX, Window(500, 350, 400, 400))
    found = rendered(qtbot, service, request)
    assert (found.image.width(), found.image.height()) == (100, 50)


def test_the_newest_recipe_wins(qtbot: QtBot, service: RenderService, photo: Path) -> None:
    shown: list[Recipe] = []

    def note(found: Rendered) -> None:
        shown.append(found.request.recipe)

    service.rendered.connect(note)
    wanted = [NEUTRAL.with_(Exposure(step / 10)) for step in range(1, 31)]
    for recipe in wanted:
        service.want(RenderRequest(RenderKind.PREVIEW, photo, recipe, BOX))
    qtbot.waitUntil(lambda: not service.busy, timeout=WAIT_MS)
    assert shown[-1] == wanted[-1]
    assert len(shown) <= 2


@pytest.mark.parametrize(
    ("by", "shown"),
    [
        (RenderKind.PREVIEW, [RenderKind.PREVIEW]),
        (RenderKind.BEFORE, [RenderKind.BEFORE, RenderKind.EXACT]),
    ],
)
def test_a_picture_at_rest_gives_way_and_is_made_again_unless_a_slider_moves(
    qtbot: QtBot, service: RenderService, photo: Path, by: RenderKind, shown: list[RenderKind]
) -> None:
    found: list[RenderKind] = []

    def note(rendered: Rendered) -> None:
        found.append(rendered.request.kind)

    service.rendered.connect(note)
    service.want(RenderRequest(RenderKind.EXACT, photo, RECIPE, BOX))
    service.want(RenderRequest(by, photo, RECIPE, BOX))
    qtbot.waitUntil(lambda: not service.busy, timeout=WAIT_MS)
    assert found == shown


def test_another_photo_drops_what_was_wanted(qtbot: QtBot, service: RenderService, photo: Path) -> None:
    other = photo.with_name("other.png")
    other.write_bytes(photo.read_bytes())
    shown: list[Path] = []

    def note(found: Rendered) -> None:
        shown.append(found.request.path)

    service.rendered.connect(note)
    service.want(RenderRequest(RenderKind.PREVIEW, photo, NEUTRAL, BOX))
    service.want(RenderRequest(RenderKind.SETTLED, photo, NEUTRAL, BOX))
    service.want(RenderRequest(RenderKind.PREVIEW, other, NEUTRAL, BOX))
    qtbot.waitUntil(lambda: not service.busy, timeout=WAIT_MS)
    assert shown == [other]


def test_a_photo_that_is_gone_is_said(qtbot: QtBot, service: RenderService, tmp_path: Path) -> None:
    with qtbot.waitSignal(service.failed, timeout=WAIT_MS) as failed:
        service.want(RenderRequest(RenderKind.PREVIEW, tmp_path / "gone.jpg", NEUTRAL, BOX))
    assert failed.args[0] == tmp_path / "gone.jpg"
    assert failed.args[1]


def answer(qtbot: QtBot, service: RenderService, request: ToolRequest) -> object:
    with qtbot.waitSignal(service.tool_answered, timeout=WAIT_MS) as signal:
        service.ask(request)
    return signal.args[0].found


def test_a_picked_grey_becomes_grey(qtbot: QtBot, service: RenderService, tmp_path: Path) -> None:
    file = tmp_path / "cast.png"
    pixels = np.full((200, 300, 3), 40, np.uint8)
    pixels[:, 150:] = (150, 130, 100)
    Image.fromarray(pixels).save(file)
    found = answer(qtbot, service, ToolRequest(Tool.PICK_GREY, file, NEUTRAL, (0.75, 0.5)))
    assert isinstance(found, WhiteBalance)
    made = render(decode(file), NEUTRAL.with_(found)).pixels[100, 250].astype(int)
    assert made.max() - made.min() <= 2


def test_a_black_spot_has_no_grey(qtbot: QtBot, service: RenderService, tmp_path: Path) -> None:
    file = tmp_path / "black.png"
    Image.fromarray(np.zeros((50, 50, 3), np.uint8)).save(file)
    assert answer(qtbot, service, ToolRequest(Tool.PICK_GREY, file, NEUTRAL)) is None


def test_auto_exposure_brightens_a_dark_photo(qtbot: QtBot, service: RenderService, tmp_path: Path) -> None:
    file = tmp_path / "dark.png"
    rng = np.random.default_rng(1)
    Image.fromarray(rng.integers(5, 40, (200, 300, 3)).astype(np.uint8)).save(file)
    found = answer(qtbot, service, ToolRequest(Tool.AUTO_EXPOSURE, file, NEUTRAL))
    assert isinstance(found, Exposure)
    assert found.ev > 1.0
    levels = answer(qtbot, service, ToolRequest(Tool.AUTO_LEVELS, file, NEUTRAL.with_(found)))
    assert isinstance(levels, Tone)


def test_a_crop_is_decoded_fine_enough(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    rng = np.random.default_rng(2)
    Image.fromarray(rng.integers(0, 255, (1600, 2400, 3)).astype(np.uint8)).save(file)
    whole = decode_for_edit(file, Crop(), (300, 200))
    assert whole.width < 2400
    part = decode_for_edit(file, Crop(0.0, 0.0, 0.25, 0.25), (600, 400))
    assert part.width == 2400


def test_a_decoded_picture_serves_again(photo: Path) -> None:
    source = EditSource()
    first = source.picture(photo, Crop(), BOX)
    assert source.picture(photo, Crop(), (100, 100)) is first
    source.forget()
    assert source.picture(photo, Crop(), BOX) is not first


def test_a_copy_is_as_fine_as_needed_and_serves_a_little_more(photo: Path) -> None:
    copy, picture = AveragedCopy(), decode(photo)
    assert copy.of(picture, Crop(), (500, 500)) is picture
    small = copy.of(picture, Crop(), (300, 300))
    assert (small.width, small.height) == (300, 200)
    assert (small.full_width, small.full_height) == (600, 400)
    assert copy.of(picture, Crop(), (270, 270), moving=True) is small
    assert small.pixels.mean() / 257 == pytest.approx(picture.pixels.mean(), abs=0.5)
    smaller = copy.of(picture, Crop(), (270, 270))
    assert (smaller.width, smaller.height) == (270, 180)
    assert copy.of(picture, Crop(0.0, 0.0, 0.8, 1.0), (270, 270), moving=True).width > 270


@pytest.mark.parametrize("kind", [RenderKind.SETTLED, RenderKind.EXACT])
@pytest.mark.parametrize("seed", [4, 31])
def test_what_rests_on_screen_is_the_export_scaled_down(
    qtbot: QtBot, service: RenderService, tmp_path: Path, seed: int, kind: RenderKind
) -> None:
    file = tmp_path / "coffee.png"
    large = cv2.resize(skimage.data.coffee(), (1500, 1000), interpolation=cv2.INTER_CUBIC)
    Image.fromarray(large).save(file, compress_level=1)
    recipe = random_recipe(seed)
    answered = rendered(qtbot, service, RenderRequest(kind, file, recipe, BOX))
    assert answered.exact is (kind is RenderKind.EXACT)
    found = pixels_of(answered.image)
    export = render(decode(file), recipe).pixels.astype(np.uint8)
    mean, near_worst = difference(found, scaled_down(export, (found.shape[1], found.shape[0])))
    assert mean < (0.02 if answered.exact else MEAN)
    assert near_worst < (0.5 if answered.exact else NEAR_WORST)


def test_what_nothing_changes_needs_no_finer_picture(
    qtbot: QtBot, service: RenderService, photo: Path
) -> None:
    for recipe, exact in ((NEUTRAL, True), (RECIPE, True), (NEUTRAL.with_(Crop(angle=3.0)), False)):
        request = RenderRequest(RenderKind.SETTLED, photo, recipe, BOX)
        assert rendered(qtbot, service, request).exact is exact
    small = RenderRequest(RenderKind.SETTLED, photo, RECIPE, (120, 100))
    assert not rendered(qtbot, service, small).exact
    assert rendered(qtbot, service, replace(small, recipe=NEUTRAL)).exact
    assert not rendered(qtbot, service, replace(small, kind=RenderKind.PREVIEW)).exact


def test_a_moving_slider_gets_a_coarse_picture_where_a_fine_one_is_late(
    qtbot: QtBot, service: RenderService, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(_pace: Pace, _moved: object) -> float:
        return 0.5

    monkeypatch.setattr(Pace, "share", late)
    moving = rendered(qtbot, service, RenderRequest(RenderKind.PREVIEW, photo, RECIPE, BOX, moving=True))
    assert moving.coarse
    assert (moving.image.width(), moving.full_size) == (BOX[0] // 2, (480, 240))
    resting = rendered(qtbot, service, RenderRequest(RenderKind.PREVIEW, photo, RECIPE, BOX))
    assert not resting.coarse
    assert resting.image.width() == BOX[0]
    assert moving.histogram is not None
    assert resting.histogram is not None
    rows = (120 // 2 // 2, 120)
    counts = [found.red for found in (moving.histogram, resting.histogram)]
    assert [count.sum() for count in counts] == [120 * rows[0], 240 * rows[1]]
    means = [float(count @ np.arange(256) / count.sum()) for count in counts]
    assert means[0] == pytest.approx(means[1], abs=2.0)


def test_marks_come_along_on_a_wide_monitor_only_where_they_are_shown(
    qtbot: QtBot, service: RenderService, photo: Path
) -> None:
    for marked in (False, True):
        request = RenderRequest(
            RenderKind.PREVIEW, photo, RECIPE, BOX, monitor=DISPLAY_P3.profile, marked=marked
        )
        assert (rendered(qtbot, service, request).lost is not None) is marked
