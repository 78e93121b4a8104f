"""The named recipes: which stages a network goes through."""

import json
from dataclasses import replace
from pathlib import Path

from quality.core.contract import CONTRACT_FILE
from training.config import RunConfig, SampleMix, Stage
from training.further_recipes import FURTHER_RECIPES
from training.stages import (
    FULL_COLUMNS,
    FULL_ROWS,
    PUBLISHED_STEPS,
    from_lite0,
    from_scratch,
    generation_1a,
    generation_2,
    generation_3,
)


def recipe(name: str) -> RunConfig:
    """The configuration of a recipe.

    Args:
        name: ``generation-2-lite0`` (how the shipped network began), ``generation-2`` (the same from
            random weights), ``generation-1a`` and ``generation-1b`` (the two published forms of the first
            network, on the published data), ``generation-3`` (with a night logit), ``corrections``,
            ``quick`` (proves the chain), or one of `FURTHER_RECIPES` (train a finished network on).

    Raises:
        KeyError: If there is no recipe of that name.
    """
    return RECIPES[name]


def without_stage_0(run: RunConfig) -> RunConfig:
    """The same run for a network that isn't random any more."""
    return replace(run, stages=tuple(stage for stage in run.stages if not stage.name.startswith("0")))


def recipes_of(network: Path, facts: str = CONTRACT_FILE) -> tuple[str, ...]:
    """The recipes a network went through, from the configuration beside it; empty where none stands there.

    Args:
        network: A `.keras` file in the folder of a run, or in that of an exported model.
        facts: The file that says it in the folder of an exported model.
    """
    for path in (network.with_name("config.json"), network.with_name(facts)):
        if path.is_file():
            values = json.loads(path.read_text(encoding="utf-8"))
            run = values.get("training", values)
            return (*run.get("before", ()), run["recipe"])
    return ()


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


_PUBLISHED_MIX = SampleMix(kadis=1.0, kadis_quality=1.0, native_crop=0.0, natural_weight=1.0)
_PUBLISHED_STAGES = tuple(replace(stage, steps=PUBLISHED_STEPS) for stage in generation_2())
_UNTRAINED = tuple(replace(stage, loss_weights=(1.0, 1.0, 1.0, 0.0)) for stage in from_scratch())

RECIPES = {
    "generation-1a": RunConfig(
        recipe="generation-1a",
        stages=from_scratch() + generation_1a(),
        generation=1,
        hidden_heads=False,
        input_scale=1 / 255,
        split="published",
        stochastic_depth=0.2,
        mix=_PUBLISHED_MIX,
    ),
    "generation-1b": RunConfig(
        recipe="generation-1b",
        stages=from_scratch() + _PUBLISHED_STAGES,
        generation=1,
        split="published",
        stochastic_depth=0.2,
        mix=_PUBLISHED_MIX,
    ),
    "generation-2": RunConfig(recipe="generation-2", stages=from_scratch() + generation_2()),
    "generation-2-lite0": RunConfig(
        recipe="generation-2-lite0",
        stages=from_lite0() + generation_2(scale=1.5),
        backbone_weights="lite0",
        mix=SampleMix(kadis_darken=0.4),
    ),
    "generation-3": RunConfig(recipe="generation-3", stages=_UNTRAINED + generation_3(), generation=3),
    "corrections": RunConfig(recipe="corrections", stages=generation_2()),
    "quick": _quick(),
    **FURTHER_RECIPES,
}
