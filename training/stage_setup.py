"""Makes a network ready for a stage: what learns, which loss, which optimizer, what is watched."""

from typing import Any

import keras

from quality.core.labels import DEFECTS
from training.config import RunConfig, Stage
from training.learning_rate import learning_rate
from training.model import assemble, set_trainable, split_network
from training.objectives import KnownAUC, WeightedCrossEntropy, head_losses, masked_cross_entropy

NIGHT_COLUMN = len(DEFECTS)
"""Where the fourth logit of generation 3 stands."""


def prepare(model: keras.Model, run: RunConfig, stage: Stage) -> keras.Model:
    """The same network, compiled for a stage.

    Args:
        model: From `assemble`, perhaps from another stage.
        run: Of the stage.
        stage: To prepare for.
    """
    backbone, heads = split_network(model)
    set_trainable(backbone, heads, stage)
    model = assemble(backbone, heads, inference_mode=stage.frozen_batchnorm)
    loss = WeightedCrossEntropy(stage.loss_weights) if stage.loss_weights else masked_cross_entropy
    watched = (NIGHT_COLUMN, NIGHT_COLUMN + 1) if stage.trainable == "night" else (0, len(DEFECTS))
    model.compile(
        optimizer=_optimizer(run, stage),
        loss=loss,
        metrics=[KnownAUC(*watched), *head_losses()],
        jit_compile=False,
    )
    return model


def metrics_by_name() -> dict[str, Any]:
    """What Keras needs to read a checkpoint back."""
    return {metric.__name__: metric for metric in head_losses()}


def _optimizer(run: RunConfig, stage: Stage) -> keras.optimizers.Optimizer:
    rate = learning_rate(stage, first=1 / 50, last=0.02)
    if stage.trainable == "all":
        return keras.optimizers.AdamW(rate, weight_decay=run.weight_decay)
    return keras.optimizers.Adam(rate)
