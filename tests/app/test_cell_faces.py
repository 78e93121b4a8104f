"""Cells without their badges are painted once, and forgotten where they take too much room."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter

from app.badge_codes import BADGES_BY_CODE, badge_codes
from app.cell_faces import CellFaces
from app.shoot import OverLines
from quality.core.labels import DEFECTS
from quality.panel.badge import BadgeMark


@pytest.mark.usefixtures("qtbot")
def test_a_face_is_painted_once_and_the_oldest_goes_first() -> None:
    faces, painted = CellFaces(byte_limit=3 * 20 * 10 * 4), list[str]()

    def face(key: str, ratio: float = 1.0) -> QSize:
        def paint(painter: QPainter) -> None:
            painted.append(key)
            painter.fillRect(0, 0, 20, 10, Qt.GlobalColor.red)

        return faces.face(key, QSize(20, 10), ratio, paint).size()

    for key in "abcab":
        assert face(key) == QSize(20, 10)
    assert painted == ["a", "b", "c"]
    face("d")
    assert len(faces) == 3
    for key in "ab":
        face(key)
    assert painted == ["a", "b", "c", "d"]
    face("c")
    assert painted == ["a", "b", "c", "d", "c"]
    assert face("large", 2.0) == QSize(40, 20)
    assert len(faces) == 1
    faces.clear()
    assert len(faces) == 0


@given(st.lists(st.lists(st.sampled_from(["", "reason", "hint"]), min_size=3, max_size=3), max_size=9))
def test_codes_say_the_same_as_the_masks(photos: list[list[str]]) -> None:
    said = np.array(photos, dtype="U6").reshape(-1, len(DEFECTS))
    over = OverLines(said == "reason", said == "hint", np.zeros(len(said), np.bool_))
    found = [BADGES_BY_CODE[code] for code in badge_codes(over)]
    assert found == [
        tuple(BadgeMark(defect, word == "hint") for defect, word in zip(DEFECTS, words, strict=True) if word)
        for words in photos
    ]
