"""Reports: intervals by hand, recall by strength and of clear defects, the composed group."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from quality.core.labels import PerDefect
from training.baseline import MEASURES
from training.clear_defects import clear_lines, recall_of_clear_defects
from training.evaluate import baseline_of, evaluate
from training.evaluation_report import report_json, report_of
from training.judge import Judged
from training.photos import PictureStore, read_photos
from training.physical_report import (
    advised_rejects,
    composed_blur,
    false_rejects,
    over_lines,
    recall_by_strength,
    wilson_interval,
)
from training.report import figures_table, kadis_figures, rounded
from training.testsets import COMPOSED_RADII, composed_scene, draw_set

ONE = PerDefect(1.0, 1.0, 1.0)
HALF = PerDefect(0.5, 0.5, 0.5)


def _judged(rows: Sequence[tuple[str, float, tuple[float, float, float], str]]) -> Judged:
    """Rows of kind, strength, logits and natural."""
    columns = {"defocus": 0, "shake": 0, "under": 1, "over": 2}
    labels = np.zeros((len(rows), 3))
    for place, row in enumerate(rows):
        if row[0] in columns:
            labels[place, columns[row[0]]] = 1
    return Judged(
        logits=np.array([row[2] for row in rows]),
        labels=labels,
        kinds=np.array([row[0] for row in rows]),
        strengths=np.array([row[1] for row in rows]),
        is_whole=np.array([place % 2 == 0 for place in range(len(rows))]),
        naturals=np.array([row[3] for row in rows]),
        refs=np.array([str(place) for place in range(len(rows))]),
        measures=np.zeros((len(rows), len(MEASURES))),
        are_dark=np.array([row[3] == "night" for row in rows]),
    )


def test_the_wilson_interval_by_hand() -> None:
    interval = wilson_interval(1, 10)
    assert interval["low"] == pytest.approx(0.0179, abs=1e-3)
    assert interval["high"] == pytest.approx(0.4042, abs=1e-3)
    assert wilson_interval(0, 0) == {"pictures": 0, "rejected": 0, "low": 0.0, "high": 1.0}
    assert wilson_interval(5, 5)["high"] == pytest.approx(1.0)


def test_recall_by_strength_counts_the_right_head() -> None:
    judged = _judged(
        [
            ("defocus", 3.0, (2, -9, -9), ""),
            ("defocus", 3.0, (-2, 9, 9), ""),
            ("under", -2.0, (-9, 2, -9), ""),
        ]
    )
    table = recall_by_strength(judged, ONE, HALF)
    assert table["defocus"]["3"] == {"pictures": 2, "recall": 0.5}
    assert table["under"]["-2"] == {"pictures": 1, "recall": 1.0}
    assert table["over"]["2"] == {"pictures": 0, "recall": None}


def test_clear_defects_are_judged_at_three_percent_of_good_photos() -> None:
    good = [("pristine", 0.0, (-5 + place / 100, -9.0, -9.0), "") for place in range(100)]
    seen = [("defocus", 2.0, (-9.0, -9.0, -9.0), ""), ("defocus", 4.0, (-3.0, -9.0, -9.0), "")]
    table = recall_of_clear_defects(_judged([*good, *seen]), ONE)
    assert table["false_rejects"] <= 0.03
    assert table["defocus"] == {"least": 3.0, "pictures": 1, "recall": 1.0, "levelled": 1.0, "alone": 1.0}


def test_rejects_are_shared_out_evenly_or_where_they_help_or_a_head_has_them_alone() -> None:
    quiet = -9.0
    good = [("pristine", 0.0, (quiet, quiet + place / 100, quiet), "") for place in range(97)]
    # Three good photos look dark: all three must be given up before the darkened ones are found.
    dark = [("pristine", 0.0, (quiet, 2.0 + place, quiet), "") for place in range(3)]
    bright = [("pristine", 0.0, (quiet, quiet, 0.0), "")]
    defects = [
        ("under", -3.0, (quiet, 1.0, quiet), ""),
        ("under", -3.0, (quiet, 6.0, quiet), ""),
        ("over", 2.5, (quiet, quiet, 5.0), ""),
        ("shake", 12.0, (5.0, quiet, quiet), ""),
        ("defocus", 4.0, (5.0, quiet, quiet), ""),
        ("under", -2.0, (quiet, quiet, quiet), ""),
    ]
    table = recall_of_clear_defects(_judged([*good, *dark, *bright, *defects]), ONE)
    assert table["under"] == {"least": -2.5, "pictures": 2, "recall": 0.5, "levelled": 1.0, "alone": 1.0}
    assert table["over"]["levelled"] == table["shake"]["levelled"] == 1.0
    assert table["levelled_false_rejects"] == pytest.approx(3 / 101, abs=1e-4)
    assert clear_lines(table).splitlines()[3].split() == [
        "under", "-2.5", "and", "stronger", "0.500", "1.000", "1.000", "2",
    ]  # fmt: skip


def test_levelled_lines_find_all_kinds_alike() -> None:
    random = np.random.default_rng(8)
    good = [("pristine", 0.0, tuple(random.normal(-2, 1, 3)), "") for _ in range(300)]
    kinds = {"defocus": 4.0, "shake": 12.0, "under": -3.0, "over": 2.5}
    defects = [(kind, kinds[kind], tuple(random.normal(1, 1, 3)), "") for kind in kinds for _ in range(100)]
    table = recall_of_clear_defects(_judged([*good, *defects]), ONE)
    assert 0.02 < table["levelled_false_rejects"] <= 0.03
    least = {way: min(table[kind][way] for kind in kinds) for way in ("recall", "levelled")}
    assert least["levelled"] >= least["recall"]
    assert max(table[kind]["levelled"] for kind in kinds) - least["levelled"] < 0.1
    assert all(table[kind]["alone"] >= table[kind]["recall"] for kind in kinds)


def test_a_set_without_clear_defects_has_nothing_to_level() -> None:
    table = recall_of_clear_defects(_judged([("pristine", 0.0, (1.0, 1.0, 1.0), "")]), ONE)
    assert table["over"] == {"least": 2.0, "pictures": 0, "recall": None, "levelled": None, "alone": None}
    assert table["levelled_false_rejects"] == 0.0


def test_false_rejects_by_group() -> None:
    rows = [("pristine", 0.0, (-1, 1, -1), "night"), ("pristine", 0.0, (-1, -1, -1), "")]
    table = false_rejects(_judged([*rows, ("under", -3.0, (1, 1, 1), "night")]), ONE, HALF)
    assert (table["all"]["rejected"], table["all"]["pictures"]) == (1, 2)
    assert (table["night"]["rejected"], table["night"]["pictures"]) == (1, 1)
    assert table["highkey"]["pictures"] == 0


def test_auto_spares_dark_scenes_and_tells_its_price() -> None:
    rows = [
        ("pristine", 0.0, (-1, 1, -1), "night"),
        ("pristine", 0.0, (1, 1, -1), "night"),
        ("pristine", 0.0, (-1, 1, -1), "lowkey"),
        ("under", -3.0, (-1, 1, -1), "night"),
        ("under", -2.5, (-1, 1, -1), ""),
        ("under", -3.0, (-1, -1, -1), "night"),
        ("under", -1.5, (-1, 1, -1), "night"),
    ]
    table = advised_rejects(_judged(rows), ONE, HALF)
    counts = {name: (group["rejected"], group["pictures"]) for name, group in table.items()}
    assert counts == {"all": (2, 3), "night": (1, 2), "lowkey": (1, 1), "highkey": (0, 0), "hinted": (1, 2)}


def test_only_the_blur_head_counts_for_the_composed_group() -> None:
    rows = [("composed", 5.0, (1, -1, -1), ""), ("composed", 5.0, (-1, 1, 1), "")]
    assert composed_blur(_judged(rows), ONE, HALF)["rejected"] == 1


def test_at_the_line_is_over_it() -> None:
    assert over_lines(np.array([[0.5, 0.49, 1.0]]), HALF).tolist() == [[True, False, True]]


def test_whole_frames_and_native_crops_stand_apart() -> None:
    judged = _judged([("pristine", 0.0, (-1, -1, -1), "") for _ in range(5)])
    groups = kadis_figures(judged, ONE)
    assert [figures.pictures for figures in groups.values()] == [5, 3, 2]
    assert "5 pictures" in figures_table("all", groups["all"])


def test_a_figure_that_cannot_be_computed_is_null() -> None:
    assert rounded(float("nan")) is None
    assert rounded(1 / 3) == 0.333333


def test_the_composed_group_is_sharp_and_the_same_every_time(photo_folder: Path) -> None:
    photos, store = read_photos(photo_folder)[:2], PictureStore()
    first, second = (list(draw_set(photos, store, composed_scene)) for _ in range(2))
    assert [picture.labels for picture in first] == [(0.0, 0.0, 0.0)] * 2
    assert {picture.strength for picture in first} <= set(COMPOSED_RADII)
    for one, two in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.picture, two.picture)


def test_a_whole_report_with_the_baseline_beside(photo_folder: Path) -> None:
    photos, store = read_photos(photo_folder)[:6], PictureStore()

    def model(batch: NDArray[np.float32]) -> NDArray[np.float32]:
        mean = batch.mean(axis=(1, 2, 3))
        return np.stack([mean * 0, 90 - mean, mean - 150], axis=1).astype(np.float32)

    evaluation = evaluate(photos, store, model)
    values = report_json(report_of(evaluation, ONE, HALF, baseline_of(photos, store)))
    assert values["kadis"]["all"]["pictures"] == 12
    assert values["composed_blur"] == wilson_interval(6, 6)
    assert set(values["baseline"]) == {"rules", "kadis", "physical"}
    assert values["baseline"]["physical"]["heads"]["under"]["auc"] > 0.9
