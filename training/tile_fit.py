"""Takes a tile network through the stages of its recipe, resuming where a killed run stood."""

import logging
from collections.abc import Sequence
from pathlib import Path

import keras

from training import checkpoint
from training.callbacks import EpochLog, ProgressLine
from training.config import Stage
from training.errors import TrainingError
from training.learning_rate import learning_rate
from training.photos import PictureStore, SourcePhoto
from training.split import training_parts
from training.tile_batches import TileBatches, ValidationTiles
from training.tile_config import TileRun, load_tile_run, save_tile_run
from training.tile_network import at_side, build_tile_network

_LOG = logging.getLogger(__name__)


def fit_tiles(
    photos: Sequence[SourcePhoto],
    run: TileRun,
    folder: Path,
    store: PictureStore,
    start: Path | None = None,
) -> Path:
    """Trains all stages that are not done yet.

    Args:
        photos: All photos; the parts are taken by scene.
        run: Configuration; saved as `config.json` in `folder`.
        folder: Of the run; holds checkpoints, log and curves.
        store: The photos' pixels.
        start: A trained tile network of the same architecture to start from instead of random weights.

    Returns:
        The path of the trained network, `network.keras` in `folder`.

    Raises:
        TrainingError: If another configuration was begun in `folder`, or `start` is of another kind.
        ValueError: If a part has no photos.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder, run)
    train, validation = training_parts(photos)
    keras.utils.set_random_seed(run.seed)
    place, model = _resume(run, folder, start)
    for number, stage in enumerate(run.stages):
        if number < place.stage:
            continue
        done = place.epochs if number == place.stage else 0
        if done == 0:
            model = _prepared(at_side(model, run.architecture, stage.rows), run, stage)
        if done < stage.epochs:
            model.fit(
                TileBatches(train, store, run, stage, done),
                validation_data=ValidationTiles(validation, store, run, stage),
                initial_epoch=done,
                epochs=stage.epochs,
                callbacks=[ProgressLine(stage), EpochLog(folder, stage, number)],
                verbose=0,
                shuffle=False,
            )
    path = folder / "network.keras"
    model.save(path)
    return path


def _claim(folder: Path, run: TileRun) -> None:
    path = folder / "config.json"
    if checkpoint.newest(folder) is not None and path.is_file() and load_tile_run(path) != run:
        raise TrainingError(f"{folder} holds a run with other numbers; give another folder or remove it.")
    save_tile_run(run, path)


def _resume(run: TileRun, folder: Path, start: Path | None) -> tuple[checkpoint.Place, keras.Model]:
    found = checkpoint.newest(folder)
    if found is not None:
        _LOG.info("resuming from %s", found[1])
        return found[0], keras.models.load_model(found[1])
    model = build_tile_network(run.architecture, run.stages[0].rows)
    if start is not None:
        _take_weights(model, start)
    return checkpoint.Place(0, 0), model


def _take_weights(model: keras.Model, start: Path) -> None:
    try:
        model.set_weights(keras.models.load_model(start).get_weights())
    except ValueError as error:
        raise TrainingError(f"{start} is no tile network of this recipe's architecture.") from error


def _prepared(model: keras.Model, run: TileRun, stage: Stage) -> keras.Model:
    rate = learning_rate(stage, first=1 / 20, last=0.05)
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    if run.focal_gamma > 0:
        loss = keras.losses.BinaryFocalCrossentropy(from_logits=True, gamma=run.focal_gamma)
    model.compile(
        optimizer=keras.optimizers.Adamax(rate),
        loss=loss,
        metrics=[
            keras.metrics.AUC(from_logits=True, name="auc"),
            keras.metrics.BinaryAccuracy(threshold=0.0, name="accuracy"),
        ],
        jit_compile=False,
    )
    return model
