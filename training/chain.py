"""Takes one network through several recipes, each on what the one before made."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from training.config import RunConfig
from training.fit import fit
from training.photos import PictureStore, SourcePhoto
from training.recipes import recipes_of, without_stage_0


def fit_chain(
    photos: Sequence[SourcePhoto],
    runs: Sequence[RunConfig],
    folder: Path,
    store: PictureStore,
    start: Path | None = None,
) -> Path:
    """Trains all stages of all runs that are not done yet.

    Args:
        photos: All photos; the parts are taken by scene.
        runs: At least one, the first first; each but the first trains on the network before.
        folder: Of the last run; each other one has a folder in it, `1-` and the name of its recipe.
        store: The photos' pixels.
        start: A trained network the first starts from instead of random weights.

    Returns:
        The path of the trained network, `network.keras` in `folder`.

    Raises:
        TrainingError: If another configuration was begun in a folder, or a table can't be used.
        ValueError: If there is no run, or a part has no photos.
    """
    if not runs:
        raise ValueError("a chain needs at least one run")
    *before, last = runs
    for number, run in enumerate(before, 1):
        start = fit(photos, onward(run, start), folder / f"{number}-{run.recipe}", store, start)
    return fit(photos, onward(last, start), folder, store, start)


def onward(run: RunConfig, start: Path | None) -> RunConfig:
    """The run as it is for a network to start from.

    Args:
        run: As its recipe has it.
        start: The network; one that goes through a recipe again sees other pictures. None for random weights.
    """
    if start is None:
        return run
    before = recipes_of(start)
    return dataclasses.replace(without_stage_0(run), before=before, seed=run.seed + before.count(run.recipe))
