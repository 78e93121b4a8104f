"""Takes a network through the stages of a recipe, resuming where a killed run stood."""

import logging
from collections.abc import Sequence
from pathlib import Path

import keras

from training import checkpoint, config
from training.batches import DrawnBatches
from training.callbacks import EpochLog, ProgressLine, SeededEpochs
from training.config import RunConfig, Stage
from training.errors import TrainingError
from training.model import assemble, build_backbone, build_heads, load_network, set_trainable, split_network
from training.objectives import head_losses, masked_cross_entropy
from training.photos import PictureStore, SourcePhoto
from training.split import Part, select
from training.validation import ValidationBatches

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
        TrainingError: If another configuration was begun in `folder`.
        ValueError: If a part has no photos.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder, run)
    train, validation = select(photos, Part.TRAIN), select(photos, Part.VALIDATION)
    if not train or not validation:
        raise ValueError("training and validation need at least one photo each; give more photos")
    keras.utils.set_random_seed(run.seed)
    place, model = _resume(run, folder, start)
    for number, stage in enumerate(run.stages):
        if number < place.stage:
            continue
        done = place.epochs if number == place.stage else 0
        if done == 0:
            model = _prepare(model, run, stage)
        if done < stage.epochs:
            _run_stage(model, (number, stage), done, folder, (train, validation), run, store)
    path = folder / "network.keras"
    assemble(*split_network(model), inference_mode=True).save(path)
    return path


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
        return found[0], keras.models.load_model(found[1], custom_objects=_metrics_by_name())
    if start is not None:
        return checkpoint.Place(0, 0), load_network(start)
    backbone = build_backbone(run.backbone_weights, run.stochastic_depth)
    return checkpoint.Place(0, 0), assemble(backbone, build_heads(run.generation), inference_mode=False)


def _prepare(model: keras.Model, run: RunConfig, stage: Stage) -> keras.Model:
    backbone, heads = split_network(model)
    set_trainable(backbone, heads, stage)
    model = assemble(backbone, heads, inference_mode=stage.frozen_batchnorm)
    model.compile(
        optimizer=_optimizer(run, stage),
        loss=masked_cross_entropy,
        metrics=[
            keras.metrics.AUC(multi_label=True, num_labels=3, from_logits=True, name="auc"),
            *head_losses(),
        ],
        jit_compile=False,
    )
    return model


def _optimizer(run: RunConfig, stage: Stage) -> keras.optimizers.Optimizer:
    rate = stage.learning_rate
    if stage.schedule == "cosine":
        rate = keras.optimizers.schedules.CosineDecay(
            initial_learning_rate=stage.learning_rate / 50,
            decay_steps=max(1, stage.epochs * stage.steps - stage.warmup_steps),
            alpha=0.02,
            warmup_target=stage.learning_rate,
            warmup_steps=stage.warmup_steps,
        )
    if stage.trainable == "all":
        return keras.optimizers.AdamW(rate, weight_decay=run.weight_decay)
    return keras.optimizers.Adam(rate)


def _run_stage(
    model: keras.Model,
    numbered: tuple[int, Stage],
    done: int,
    folder: Path,
    parts: tuple[Sequence[SourcePhoto], Sequence[SourcePhoto]],
    run: RunConfig,
    store: PictureStore,
) -> None:
    number, stage = numbered
    model.fit(
        DrawnBatches(parts[0], store, run, stage, first_epoch=done),
        validation_data=ValidationBatches(parts[1], store, run, stage),
        initial_epoch=done,
        epochs=stage.epochs,
        callbacks=[SeededEpochs(run.seed, number), ProgressLine(stage), EpochLog(folder, stage, number)],
        verbose=0,
        shuffle=False,
    )


def _metrics_by_name() -> dict[str, object]:
    return {metric.__name__: metric for metric in head_losses()}
