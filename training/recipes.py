"""The named recipes: which stages a network goes through, with their published or measured numbers."""

from training.config import RunConfig, Stage

FULL_ROWS = 384
FULL_COLUMNS = 512


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
            3,
            steps(40),
            8,
            4e-4,
            schedule="cosine",
            warmup_steps=steps(10),
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


def recipe(name: str) -> RunConfig:
    """The configuration of a recipe.

    Args:
        name: ``generation-2`` (the shipped network) or ``quick`` (a proof of the chain in minutes).

    Raises:
        KeyError: If there is no recipe of that name.
    """
    return RECIPES[name]


def _quick() -> RunConfig:
    return RunConfig(
        recipe="quick",
        stages=(
            Stage(
                "0a",
                96,
                128,
                2,
                40,
                16,
                2e-3,
                schedule="cosine",
                warmup_steps=10,
                batchnorm_momentum=0.9,
            ),
            Stage("1", FULL_ROWS, FULL_COLUMNS, 1, 6, 8, 1e-3, trainable="heads", frozen_batchnorm=True),
            Stage("2", FULL_ROWS, FULL_COLUMNS, 1, 6, 8, 5e-5, trainable="last40", frozen_batchnorm=True),
        ),
        validation_pictures=32,
        photo_limit=160,
    )


RECIPES = {
    "generation-2": RunConfig(recipe="generation-2", stages=from_scratch() + generation_2()),
    "quick": _quick(),
}
