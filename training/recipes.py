"""The named recipes: which stages a network goes through, with their published or measured numbers."""

import json
from dataclasses import replace
from pathlib import Path

from quality.core.contract import CONTRACT_FILE
from training.config import RunConfig, SampleMix, Stage

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


def recipe(name: str) -> RunConfig:
    """The configuration of a recipe.

    Args:
        name: ``generation-2-lite0`` (the shipped network), ``generation-2`` (the same from random
            weights), ``generation-1a`` and ``generation-1b`` (the two
            published forms of the first network, on the published data), ``generation-3`` (with a night
            logit), ``corrections``, ``longer``, ``finish``, ``whole-frames``, ``pairs`` and
            ``large-frames`` (train a finished network on) or ``quick`` (proves the chain).

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


def _longer() -> RunConfig:
    """Trains a finished network on (`train --from`): all layers, on many small frames.

    On small frames the validation loss of the shipped recipe still fell when its stage ended, and a small
    frame costs a quarter.
    """
    stage = Stage(
        "3a", 192, 256, 16, 75, 16, 7e-4, schedule="cosine", warmup_steps=40, batchnorm_momentum=0.97
    )
    return RunConfig(
        recipe="longer",
        stages=(stage,),
        backbone_weights="lite0",
        mix=SampleMix(kadis_darken=0.4, natural_weight=7.0),
    )


def _finish() -> RunConfig:
    """Moves a network from small frames to full ones (`train --from`): all layers, then the last 40.

    Nearly all that the head `under` misses is KADIS's milder darkening, so that is drawn more often. What
    comes out is averaged with the start (Wortsman et al. 2022): on validation scenes the average is better
    than either.
    """
    whole = Stage(
        "4a",
        FULL_ROWS,
        FULL_COLUMNS,
        5,
        40,
        12,
        3e-4,
        schedule="cosine",
        warmup_steps=10,
        batchnorm_momentum=0.95,
    )
    last = replace(
        whole, name="4b", epochs=4, batch=16, learning_rate=1.5e-4, trainable="last40", frozen_batchnorm=True
    )
    return RunConfig(
        recipe="finish",
        stages=(whole, last),
        backbone_weights="lite0",
        start_share=0.4,
        mix=SampleMix(kadis=0.6, kadis_darken=0.4, kadis_milder=0.7, natural_weight=7.0, lit_subject=0.2),
    )


def _whole_frames() -> RunConfig:
    """Trains a finished network on (`train --from`), on full frames only: all layers, then the last 40.

    The network calls as many good scenes it was trained on defective as unseen ones (under: 3 % and 4 %), so
    it has not learnt all it could; scenes it gets wrong as they are come up to four times as often.
    """
    start = _finish()
    whole, last = start.stages
    return replace(
        start,
        recipe="whole-frames",
        seed=43,
        stages=(
            replace(whole, name="5a", epochs=8, warmup_steps=20, batchnorm_momentum=0.97),
            replace(last, name="5b", epochs=2),
        ),
        mix=replace(start.mix, hard_weight=4.0),
    )


def _pairs() -> RunConfig:
    """Trains a finished network on (`train --from`) with BatchNorm frozen: all layers, frames in pairs.

    Without the statistics of a batch a step takes 0.6 of its time on a CPU. Two pictures of one frame side by
    side differ by their defects alone, so what the scene itself adds to the gradient cancels.
    """
    start = _whole_frames()
    stage = Stage(
        "6a",
        FULL_ROWS,
        FULL_COLUMNS,
        12,
        80,
        16,
        2e-4,
        schedule="cosine",
        warmup_steps=40,
        frozen_batchnorm=True,
    )
    return replace(
        start,
        recipe="pairs",
        seed=44,
        start_share=0.0,
        stages=(stage,),
        mix=replace(start.mix, kadis=0.55, native_crop=0.2, frame_pictures=2),
    )


def _large_frames() -> RunConfig:
    """Trains a finished network on (`train --from`): as `pairs`, first on reduced frames, then on full ones.

    What is left to learn is exposure in photos large enough to be reduced to a frame, and short shakes: both
    are drawn more often. On reduced frames nearly every photo is seen whole, and a step costs 0.4. Start and
    end are averaged: on validation scenes the mean is better than either.
    """
    start = _pairs()
    full = start.stages[0]
    reduced = replace(full, name="7a", rows=240, columns=320, epochs=8, steps=60, batch=24)
    return replace(
        start,
        recipe="large-frames",
        seed=45,
        start_share=0.5,
        stages=(reduced, replace(full, name="7b", epochs=9)),
        mix=replace(start.mix, natural_weight=10.0, large_weight=2.0, native_crop=0.15),
        physical=replace(start.physical, shaken=0.65, shake_length=(5.0, 20.0)),
    )


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
    "finish": _finish(),
    "longer": _longer(),
    "whole-frames": _whole_frames(),
    "pairs": _pairs(),
    "large-frames": _large_frames(),
    "quick": _quick(),
}
