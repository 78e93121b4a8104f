"""The stretches of training that the recipes are made of, with their published or measured numbers."""

from dataclasses import replace

from training.config import Stage

FULL_ROWS = 384
FULL_COLUMNS = 512
PUBLISHED_STEPS = 2239
"""Steps of 16 in an epoch of the published system."""


def from_scratch(scale: float = 1.0) -> tuple[Stage, ...]:
    """Stage 0: the whole network from random weights, on small pictures first.

    Global average pooling lets one network see every size, so the many cheap steps come first.
    BatchNorm trains here.

    Args:
        scale: Multiplies the steps of every epoch.
    """

    def steps(count: int) -> int:
        return max(2, round(count * scale))

    return (
        Stage("0a", 128, 160, 8, steps(75), 24, 2e-3, schedule="cosine", warmup_steps=steps(60)),
        Stage("0b", 192, 256, 8, steps(60), 16, 1e-3, schedule="cosine", warmup_steps=steps(20)),
        Stage(
            "0c",
            FULL_ROWS,
            FULL_COLUMNS,
            4,
            steps(40),
            8,
            4e-4,
            schedule="cosine",
            warmup_steps=steps(10),
            batchnorm_momentum=0.95,
        ),
    )


def from_lite0() -> tuple[Stage, ...]:
    """The stages that make EfficientNetB0 of the sibling's weights (`lite_weights`): all layers learn.

    What the sibling lacks is learnt on small pictures within some hundred steps, so they come first here
    too.
    """
    return (
        Stage("0b", 192, 256, 12, 75, 16, 1e-3, schedule="cosine", warmup_steps=30, batchnorm_momentum=0.95),
        Stage(
            "0c",
            FULL_ROWS,
            FULL_COLUMNS,
            5,
            40,
            12,
            4e-4,
            schedule="cosine",
            warmup_steps=10,
            batchnorm_momentum=0.95,
        ),
    )


def generation_2(scale: float = 1.0) -> tuple[Stage, ...]:
    """Stages 1 and 2: heads alone, then the last 40 backbone layers too, BatchNorm frozen."""
    steps = max(2, round(20 * scale))
    return (
        Stage("1", FULL_ROWS, FULL_COLUMNS, 5, steps, 16, 1e-3, trainable="heads", frozen_batchnorm=True),
        Stage("2", FULL_ROWS, FULL_COLUMNS, 5, steps, 16, 5e-5, trainable="last40", frozen_batchnorm=True),
    )


def generation_1a() -> tuple[Stage, ...]:
    """The first published form: heads alone, then everything at once with BatchNorm in training mode.

    Its validation loss jumps in the second stage, where the statistics are estimated anew from small
    batches.
    """
    return (
        Stage("1", FULL_ROWS, FULL_COLUMNS, 5, PUBLISHED_STEPS, 16, 1e-3, "heads", frozen_batchnorm=True),
        Stage("2", FULL_ROWS, FULL_COLUMNS, 5, PUBLISHED_STEPS, 16, 1e-4, "all"),
    )


def generation_3(scale: float = 1.0) -> tuple[Stage, ...]:
    """Stages 1 and 2 of generation 2 without the night head, then the night head alone."""
    known = tuple(replace(stage, loss_weights=(1.0, 1.0, 1.0, 0.0)) for stage in generation_2(scale))
    night = Stage(
        "3",
        FULL_ROWS,
        FULL_COLUMNS,
        5,
        max(2, round(20 * scale)),
        16,
        1e-3,
        "night",
        frozen_batchnorm=True,
        loss_weights=(0.0, 0.0, 0.0, 1.0),
    )
    return (*known, night)
