"""Writes an evaluation's pages into a folder: plots of every set, and the worst mistakes as a sheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from quality.core.contract import BALANCED, QualityContract
from quality.core.probability import to_probabilities
from training.contact_sheet import draw_sheet, worst_places
from training.evaluate import Evaluation
from training.judge import Judged
from training.photos import PictureStore, SourcePhoto
from training.plots import draw_page
from training.testsets import (
    SceneDraw,
    TestPicture,
    composed_scene,
    draw_set,
    kadis_scene,
    physical_scene,
)

Redraw = Callable[[frozenset[str]], Iterable[TestPicture]]
"""From names of scenes to the pictures of these scenes, the same ones as were judged."""


def drawn_sets(
    evaluation: Evaluation, photos: Sequence[SourcePhoto], store: PictureStore
) -> dict[str, tuple[Judged, Redraw]]:
    """The three test sets of some scenes, for `write_pages`."""

    def redraw(scene: SceneDraw) -> Redraw:
        return lambda refs: draw_set([photo for photo in photos if photo.ref in refs], store, scene)

    return {
        "kadis": (evaluation.kadis, redraw(kadis_scene)),
        "physical": (evaluation.physical, redraw(physical_scene)),
        "composed": (evaluation.composed, redraw(composed_scene)),
    }


def write_pages(
    sets: Mapping[str, tuple[Judged, Redraw]], contract: QualityContract, folder: Path
) -> list[Path]:
    """Writes `plots-NAME.png` and `worst-NAME.png` for every set.

    Args:
        sets: By name: what the network said, and how to draw the pictures once more.
        contract: Of the network.
        folder: Made if need be.

    Returns:
        The files.

    Raises:
        OSError: If a file can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, (judged, redraw) in sets.items():
        plots, worst = folder / f"plots-{name}.png", folder / f"worst-{name}.png"
        draw_page(judged, contract.temperature, contract.operating_points[BALANCED].thresholds, plots)
        _write_worst(judged, redraw, contract, worst)
        files += [plots, worst]
    return files


def _write_worst(judged: Judged, redraw: Redraw, contract: QualityContract, sheet: Path) -> None:
    probabilities = to_probabilities(judged.logits, contract.temperature)
    places = worst_places(judged, contract.temperature)
    keys = list(zip(judged.refs, judged.kinds, judged.strengths, strict=True))
    rank = {keys[place]: number for number, place in enumerate(places)}
    wanted = frozenset(str(judged.refs[place]) for place in places)
    found: dict[int, TestPicture] = {}
    for picture in redraw(wanted):
        number = rank.get((np.str_(picture.ref), np.str_(picture.kind), np.float64(picture.strength)))
        if number is not None:
            found[number] = picture
    draw_sheet([(found[number], probabilities[places[number]]) for number in sorted(found)], sheet)
