"""The learning rate over a stage: constant, or a warm-up and half a cosine."""

from typing import Any

import keras

from training.config import Stage


def learning_rate(stage: Stage, *, first: float, last: float) -> Any:
    """What an optimizer of Keras takes as its rate.

    Args:
        stage: Its rate is the highest.
        first: Share of that rate before the warm-up, 0..1; without meaning where the rate is constant.
        last: Share of that rate at the end, likewise.
    """
    if stage.schedule == "constant":
        return stage.learning_rate
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=stage.learning_rate * first,
        decay_steps=max(1, stage.epochs * stage.steps - stage.warmup_steps),
        alpha=last,
        warmup_target=stage.learning_rate,
        warmup_steps=stage.warmup_steps,
    )
