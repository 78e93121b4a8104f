"""The pages of an evaluation: values behind the plots by hand, the worst mistakes in their order."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from quality.core.labels import PerDefect
from training.__main__ import main
from training.baseline import MEASURES
from training.contact_sheet import worst_places
from training.judge import Judged
from training.plots import confusion, draw_page, reliability

ONE = PerDefect(1.0, 1.0, 1.0)
HALF = PerDefect(0.5, 0.5, 0.5)


def _judged(logits: list[list[float]], labels: list[list[float]]) -> Judged:
    count = len(logits)
    return Judged(
        logits=np.array(logits),
        labels=np.array(labels),
        kinds=np.array(["photo"] * count),
        strengths=np.zeros(count),
        is_whole=np.ones(count, np.bool_),
        naturals=np.array([""] * count),
        refs=np.array([str(place) for place in range(count)]),
        measures=np.zeros((count, len(MEASURES))),
        are_dark=np.zeros(count, np.bool_),
    )


def test_reliability_by_hand() -> None:
    said, true = reliability(np.array([0.11, 0.19, 0.95, 1.0]), np.array([False, True, True, True]))
    assert said == pytest.approx([0.15, 0.975])
    assert true == pytest.approx([0.5, 1.0])


def test_confusion_by_hand() -> None:
    flagged, truth = np.array([True, True, False, False]), np.array([True, False, False, False])
    assert confusion(flagged, truth).tolist() == [[2, 1], [0, 1]]


def test_the_worst_come_first_and_unknown_labels_are_no_mistake() -> None:
    judged = _judged(
        [[1.0, -9, -9], [5.0, -9, -9], [-5.0, -9, -9], [9.0, -9, -9], [-4.0, -9, -9]],
        [[0, 0, 0], [0, 0, 0], [0, 0, 0], [-1, 0, 0], [1, 0, 0]],
    )
    assert worst_places(judged, ONE).tolist() == [1, 4, 0]
    assert worst_places(judged, ONE, count=1).tolist() == [1]


def test_a_page_is_drawn_even_where_a_defect_never_occurs(tmp_path: Path) -> None:
    draw_page(_judged([[1.0, 1, 1], [-1.0, -1, -1]], [[1, 0, -1], [0, 0, -1]]), ONE, HALF, tmp_path / "p.png")
    with Image.open(tmp_path / "p.png") as page:
        assert page.size == (2000, 1200)


def test_evaluate_writes_the_pages(photo_folder: Path, tiny_model_folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "labels.csv"
    name = photo_folder / "scene00.png"
    table.write_text(f"path,blur,under,over\n{name},1,,0\n{name},0,0,0\n", encoding="utf-8")
    call = ["evaluate", "--model", str(tiny_model_folder), "--table", str(table)]
    assert main([*call, "--pages", str(tmp_path / "pages")]) == 0
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == [
        "plots-table.png",
        "worst-table.png",
    ]
    with Image.open(tmp_path / "pages" / "worst-table.png") as sheet:
        assert sheet.width == 5 * 320
        assert len(sheet.getcolors(2**24) or ()) > 100
