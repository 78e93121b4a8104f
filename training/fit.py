"""Takes a network through the stages of a recipe, resuming where a killed run stood."""

import logging
from collections.abc import Sequence
from pathlib import Path

import keras

from training import checkpoint, config, devices, early_stop
from training.callbacks import EpochLog, ProgressLine, SeededEpochs
from training.config import RunConfig, Stage
from training.early_stop import EarlyStop
from training.errors import TrainingError
from training.hard_scenes import scene_hardness
from training.model import assemble, build_backbone, build_heads, load_network, split_network
from training.photos import PictureStore, SourcePhoto
from training.split import training_parts
from training.stage_batches import StageBatches
from training.stage_setup import metrics_by_name, prepare

_LOG = logging.getLogger(__name__)


def fit(
    photos: Sequence[SourcePhoto],
    run: RunConfig,
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
        start: A trained network to start from instead of random weights.

    Returns:
        The path of the trained network, `network.keras` in `folder`.

    Raises:
        TrainingError: If another configuration was begun in `folder`, or a table can't be used.
        ValueError: If a part has no photos.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder, run)
    parts = training_parts(photos, published=run.split == "published", seed=run.seed)
    devices.share_batches()
    hardness = None
    if start is not None and run.mix.hard_weight > 1:
        hardness = scene_hardness(parts[0], store, start, folder)
    sources = StageBatches(run, parts, store, hardness)
    devices.begin_precision(run)
    keras.utils.set_random_seed(run.seed)
    place, model = _resume(run, folder, start)
    for number, stage in enumerate(run.stages):
        if number < place.stage:
            continue
        done = place.epochs if number == place.stage else 0
        if done == 0:
            model = prepare(model, run, stage)
        if done < stage.epochs and not early_stop.is_over(folder, stage):
            _run_stage(model, (number, stage), done, folder, sources, run.seed)
        early_stop.take_best(model, folder, stage)
    path = folder / "network.keras"
    finished = _finished(model, run)
    if start is not None and run.start_share:
        _average(finished, load_network(start), run.start_share)
    finished.save(path)
    return path


def _finished(model: keras.Model, run: RunConfig) -> keras.Model:
    """The trained network in inference mode, in 32-bit floats whatever it was trained in."""
    if run.precision != "float32":
        devices.end_precision()
        model = _in_policy(model, run)
    return assemble(*split_network(model), inference_mode=True)


def _average(network: keras.Model, start: keras.Model, share: float) -> None:
    """Moves a network that was trained on back towards its start: the mean of all weights, with this share.

    Two networks of one descent average well (Wortsman et al. 2022, Robust fine-tuning of zero-shot models).
    """
    pairs = zip(network.get_weights(), start.get_weights(), strict=True)
    network.set_weights([(1 - share) * new + share * old for new, old in pairs])


def _in_policy(model: keras.Model, run: RunConfig) -> keras.Model:
    """The same weights in a network built in the precision that holds now."""
    backbone = build_backbone("none", run.stochastic_depth, run.input_scale)
    heads = build_heads(run.generation, hidden=run.hidden_heads)
    for new, old in zip((backbone, heads), split_network(model), strict=True):
        new.set_weights(old.get_weights())
    return assemble(backbone, heads, inference_mode=False)


def _claim(folder: Path, run: RunConfig) -> None:
    """Writes the configuration, unless checkpoints of another one stand in the folder."""
    path = folder / "config.json"
    if checkpoint.newest(folder) is not None and path.is_file() and config.load(path) != run:
        raise TrainingError(f"{folder} holds a run with other numbers; give another folder or remove it.")
    config.save(run, path)


def _resume(run: RunConfig, folder: Path, start: Path | None) -> tuple[checkpoint.Place, keras.Model]:
    found = checkpoint.newest(folder)
    if found is not None:
        _LOG.info("resuming from %s", found[1])
        return found[0], keras.models.load_model(found[1], custom_objects=metrics_by_name())
    if start is not None:
        started = load_network(start)
        is_other = run.precision != "float32"
        return checkpoint.Place(0, 0), _in_policy(started, run) if is_other else started
    backbone = build_backbone(run.backbone_weights, run.stochastic_depth, run.input_scale)
    heads = build_heads(run.generation, hidden=run.hidden_heads)
    return checkpoint.Place(0, 0), assemble(backbone, heads, inference_mode=False)


def _run_stage(
    model: keras.Model,
    numbered: tuple[int, Stage],
    done: int,
    folder: Path,
    sources: StageBatches,
    seed: int,
) -> None:
    number, stage = numbered
    training, validation = sources.of(stage, done)
    model.fit(
        training,
        validation_data=validation,
        initial_epoch=done,
        epochs=stage.epochs,
        callbacks=[
            SeededEpochs(seed, number),
            ProgressLine(stage),
            EpochLog(folder, stage, number),
            EarlyStop(folder, stage),
        ],
        verbose=0,
        shuffle=False,
    )
