"""The whole photo lies in a view where the rendered pixels show it, however it is cut and turned."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from editor.core.crop import Crop
from editor.core.pixels import Picture
from editor.core.recipe import NEUTRAL
from editor.core.render import render
from editor.panel.photo_place import photo_place

WIDTH, HEIGHT = 120, 80
SPOT = (54, 34)
"""Centre of a white spot, in pixels of the photo."""


@pytest.mark.parametrize("angle", [0.0, 9.0, -20.0])
@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turns", range(4))
def test_a_spot_lies_where_it_is_rendered(turns: int, mirrored: bool, angle: float) -> None:
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    pixels[SPOT[1] - 2 : SPOT[1] + 2, SPOT[0] - 2 : SPOT[0] + 2] = 255
    crop = Crop(0.1, 0.05, 0.95, 0.9, angle, turns, mirrored)
    shown = render(Picture(pixels, None, WIDTH, HEIGHT), NEUTRAL.with_(crop)).pixels[..., 0].astype(float)
    rows, columns = np.indices(shown.shape)
    seen = ((columns + 0.5) * shown).sum() / shown.sum(), ((rows + 0.5) * shown).sum() / shown.sum()
    target = QRectF(30, 20, 2.0 * shown.shape[1], 2.0 * shown.shape[0])
    place, turn = photo_place(crop, (WIDTH, HEIGHT), target)
    assert (place.width(), place.height()) == pytest.approx((2 * WIDTH, 2 * HEIGHT))
    found = turn.map(QPointF(SPOT[0] / WIDTH * place.width(), SPOT[1] / HEIGHT * place.height()))
    assert found.x() == pytest.approx(target.x() + 2 * seen[0], abs=0.8)
    assert found.y() == pytest.approx(target.y() + 2 * seen[1], abs=0.8)


def test_an_uncut_photo_lies_on_its_target() -> None:
    target = QRectF(16, 40, 60, 40)
    place, turn = photo_place(Crop(), (WIDTH, HEIGHT), target)
    assert turn.mapRect(place) == target
