"""The sharpness map on screen: what is hatched, framed and outlined, and the words beside it."""

import threading
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from quality.core.blur_evidence import BlurWitnesses
from quality.core.inference import open_model
from quality.core.labels import Defect
from quality.core.photo_facts import PhotoFacts
from quality.core.sharpness import MapTile, SharpnessMap
from quality.core.sharpness_report import Delivery, SharpnessReport
from quality.panel.badge import BadgeMark
from quality.panel.photo_words import explain
from quality.panel.sharpness_overlay import SharpnessOverlay
from quality.panel.sharpness_service import SharpnessService
from quality.panel.sharpness_words import delivery_words, direction_words, report_words


def report(*soft: float | None, streak: float | None = None) -> SharpnessReport:
    """A map of one row of tiles."""
    tiles = tuple(
        MapTile(place / len(soft), 0.0, 1 / len(soft), 1.0, value) for place, value in enumerate(soft)
    )
    known = [tile for tile in tiles if tile.soft is not None]
    best = min(known, key=lambda tile: tile.soft or 0.0, default=None)
    sharp = None if best is None else any((tile.soft or 0.0) < 0.5 for tile in known)
    return SharpnessReport(Path("a.jpg"), SharpnessMap(tiles, best, streak), (Delivery(None, sharp),))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (report(0.1, 0.2, 0.0, None), "Sharp wherever there is texture"),
        (report(0.1, 0.9, 0.9, 0.8), "Subject sharp, background soft"),
        (report(0.9, 0.8, 0.7), "Soft everywhere"),
        (report(0.9, 0.8, streak=40.0), "Soft everywhere, streaks to the upper right"),
        (report(None, None), "Cannot tell sharp from soft: nothing has enough texture"),
    ],
)
def test_the_reason_in_words(found: SharpnessReport, words: str) -> None:
    assert report_words(found) == words


@pytest.mark.parametrize(
    ("degrees", "words"),
    [
        (0, "from side to side"),
        (44, "to the upper right"),
        (90, "up and down"),
        (130, "to the upper left"),
        (179, "from side to side"),
    ],
)
def test_directions(degrees: float, words: str) -> None:
    assert direction_words(degrees) == words


def test_delivery_sizes_in_words() -> None:
    sizes = (Delivery(2048, True), Delivery(3840, False), Delivery(None, None))
    assert delivery_words(sizes) == "Sharp enough for: 2,048 px yes, 4K no, full size cannot tell"


def test_this_photo_says_what_the_tiles_saw() -> None:
    subject = PhotoFacts(witnesses=BlurWitnesses(0.7, 0.02, 0.97))
    assert explain([], subject).splitlines()[-1] == "Subject sharp, background soft."
    shaken = PhotoFacts(witnesses=BlurWitnesses(0.3, 0.9, 0.97, 45.0))
    assert explain([BadgeMark(Defect.BLUR)], shaken).startswith(
        "Soft everywhere, streaks to the upper right:"
    )
    fog = PhotoFacts(witnesses=BlurWitnesses(0.9, None))
    assert "nothing has enough texture" in explain([BadgeMark(Defect.BLUR, hint=True)], fog)


def painted(overlay: SharpnessOverlay) -> QImage:
    """What the overlay draws, on nothing."""
    image = QImage(overlay.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    overlay.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def test_soft_tiles_are_hatched_and_untextured_ones_left_alone(qtbot: QtBot) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    view.resize(300, 400)
    overlay = SharpnessOverlay(view, lambda: QRectF(0, 0, 300, 100))
    overlay.show_report(report(0.05, 0.95, None))
    image = painted(overlay)

    def covered(left: int) -> int:
        return sum(
            image.pixelColor(x, y).alpha() > 0 for x in range(left + 12, left + 88) for y in range(12, 88)
        )

    assert covered(0) == 0
    assert covered(100) == 76 * 76
    assert covered(200) == 0
    # The outline of the sharpest tile lies on its border.
    assert image.pixelColor(50, 99).alpha() > 200
    assert overlay.words.startswith("Subject sharp")
    assert overlay.accessibleName() == overlay.words


def test_nothing_is_framed_as_sharp_where_the_words_say_soft_everywhere(qtbot: QtBot) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    view.resize(200, 400)
    overlay = SharpnessOverlay(view, lambda: QRectF(0, 0, 200, 100))
    doubted = replace(report(0.4, 0.95), deliveries=(Delivery(None, False),))
    overlay.show_report(doubted)
    assert overlay.words.startswith("Soft everywhere")
    image = painted(overlay)
    assert not any(image.pixelColor(x, y).alpha() for x in range(98) for y in range(100))
    assert image.pixelColor(150, 50).alpha() > 0


def test_the_overlay_follows_its_view_and_lets_the_mouse_through(qtbot: QtBot) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    overlay = SharpnessOverlay(view, lambda: QRectF(0, 0, 10, 10))
    assert overlay.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    view.resize(321, 123)
    view.show()
    qtbot.waitUntil(lambda: overlay.size() == view.size())


@pytest.fixture
def service(qtbot: QtBot, tiny_model: ModuleType, tmp_path: Path) -> SharpnessService:  # noqa: ARG001
    model = open_model(tiny_model.write_model_with_tiles(tmp_path / "model"), device="cpu")
    made = SharpnessService()
    made.set_model(model.sharpness)
    return made


def photo(folder: Path, name: str) -> Path:
    pixels = np.random.default_rng(1).integers(0, 255, (130, 200, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / name)
    return folder / name


def test_maps_come_in_the_background_and_stay_known(
    qtbot: QtBot, service: SharpnessService, tmp_path: Path
) -> None:
    path = photo(tmp_path, "a.png")
    threads: list[threading.Thread] = []
    service.arrived.connect(lambda _: threads.append(threading.current_thread()))
    with qtbot.waitSignal(service.arrived):
        service.request((path,))
    assert threads == [threading.main_thread()]
    known = service.known(path)
    assert known is not None
    assert known.path == path
    service.drop()
    with qtbot.waitSignal(service.arrived):
        service.request((path,))
    service.close()


def test_a_photo_that_cannot_be_read_says_why(
    qtbot: QtBot, service: SharpnessService, tmp_path: Path
) -> None:
    with qtbot.waitSignal(service.failed) as found:
        service.request((tmp_path / "missing.jpg",))
    assert found.args[0] == tmp_path / "missing.jpg"
    assert service.known(tmp_path / "missing.jpg") is None
    service.close()
