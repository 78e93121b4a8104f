"""Pictures for the screen: exact pixels, the newest request wins, fitted and 100 %."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from editor.panel.picture_service import PictureRequest, PictureService, ShownPicture
from editor.panel.picture_view import MARGIN, PictureView
from editor.panel.qimage import shrink_to, to_qimage

WAIT_MS = 30_000


@pytest.fixture
def service() -> Iterator[PictureService]:
    made = PictureService()
    yield made
    made.close()


def test_pixels_arrive_exactly_whatever_the_width() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    image = to_qimage(pixels[:, ::-1])
    assert (image.width(), image.height()) == (7, 5)
    for y in range(5):
        for x in range(7):
            color = image.pixelColor(x, y)
            assert [color.red(), color.green(), color.blue()] == pixels[y, 6 - x].tolist()


def test_an_image_outlives_its_array() -> None:
    image = to_qimage(np.full((300, 300, 3), 77, np.uint8))
    np.zeros((300, 300, 3), np.uint8)
    assert image.pixelColor(299, 299) == QColor(77, 77, 77)


@pytest.mark.parametrize(("rows", "columns"), [(400, 600), (600, 400), (1, 900), (50, 60)])
def test_shrinking_fits_and_keeps_the_shape(rows: int, columns: int) -> None:
    found = shrink_to(np.zeros((rows, columns, 3), np.uint8), 120, 100)
    assert found.shape[0] <= max(100, min(rows, 100))
    assert found.shape[1] <= max(120, min(columns, 120))
    if rows > 100 or columns > 120:
        assert found.shape[1] / found.shape[0] == pytest.approx(columns / rows, rel=0.05) or 1 in found.shape


def test_the_newest_request_wins(qtbot: QtBot, service: PictureService, tmp_path: Path) -> None:
    for number in range(5):
        Image.new("RGB", (400, 300), (number * 50, 0, 0)).save(tmp_path / f"{number}.png")
    arrived: list[ShownPicture] = []
    service.arrived.connect(arrived.append)
    for number in range(5):
        service.request(PictureRequest(tmp_path / f"{number}.png", (100, 100)))
    qtbot.waitUntil(lambda: bool(arrived), timeout=WAIT_MS)
    assert [picture.request.path.name for picture in arrived] == ["4.png"]
    assert (arrived[0].full_width, arrived[0].full_height) == (400, 300)
    assert arrived[0].image.width() == 100


def test_every_pixel_on_request(qtbot: QtBot, service: PictureService, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300)).save(tmp_path / "a.png")
    with qtbot.waitSignal(service.arrived, timeout=WAIT_MS) as caught:
        service.request(PictureRequest(tmp_path / "a.png", None))
    assert caught.args[0].image.width() == 400


def test_a_broken_photo_says_why(qtbot: QtBot, service: PictureService, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    with qtbot.waitSignal(service.failed, timeout=WAIT_MS) as caught:
        service.request(PictureRequest(tmp_path / "a.jpg", None))
    assert caught.args[0] == tmp_path / "a.jpg"
    assert caught.args[1]


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(432, 332)
    made.show()
    return made


def green(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#00ff00"))
    return image


def test_a_large_photo_is_fitted_in_the_middle(view: PictureView) -> None:
    view.show_picture(green(200, 100), 4000, 2000)
    assert view.target() == QRectF(MARGIN, 66, 400, 200)
    painted = view.grab().toImage()
    assert painted.pixelColor(216, 166) == QColor("#00ff00")
    assert painted.pixelColor(216, 30) != QColor("#00ff00")


def test_a_small_photo_is_not_enlarged(view: PictureView) -> None:
    view.show_picture(green(100, 50), 100, 50)
    assert view.target().size().toSize().toTuple() == (100, 50)


def test_at_100_percent_the_photo_can_be_dragged_to_its_edge(qtbot: QtBot, view: PictureView) -> None:
    view.show_picture(green(200, 100), 2000, 1000)
    view.set_whole_pixels(True)
    before = view.target()
    assert before.size().toSize().toTuple() == (2000, 1000)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(130, 110))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(130, 110))
    assert view.target().left() == pytest.approx(before.left() + 30, abs=1)
    assert view.target().top() == pytest.approx(before.top() + 10, abs=1)
    view.set_whole_pixels(False)
    assert view.target().width() == 400


def test_an_empty_view_paints(view: PictureView) -> None:
    view.clear()
    assert view.target().isEmpty()
    assert not view.grab().isNull()
