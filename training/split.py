"""Which scene belongs to training, validation or test: decided once, by name, never by row."""

import hashlib
import random
from collections.abc import Iterable, Sequence
from enum import StrEnum

from training.photos import SourcePhoto


class Part(StrEnum):
    """A part of the data; no scene is ever in two."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


def part_of(photo: SourcePhoto) -> Part:
    """The part of a scene, by a stable hash of its name: 80 / 10 / 10.

    Of the few scenes that are dark or bright on purpose, half belong to the test part and a tenth
    to validation, so that false rejects there can be counted at all. A near-duplicate of another
    scene stands where `near_duplicates.keep_together` put it.
    """
    if photo.part:
        return Part(photo.part)
    place = _place(photo.ref)
    train_below, validation_below = (0.4, 0.5) if photo.natural else (0.8, 0.9)
    if place < train_below:
        return Part.TRAIN
    return Part.VALIDATION if place < validation_below else Part.TEST


def select(photos: Iterable[SourcePhoto], part: Part) -> tuple[SourcePhoto, ...]:
    """The photos of one part, in their order."""
    return tuple(photo for photo in photos if part_of(photo) is part)


def training_parts(
    photos: Sequence[SourcePhoto], *, published: bool = False, seed: int = 42
) -> tuple[tuple[SourcePhoto, ...], tuple[SourcePhoto, ...]]:
    """What a run trains on and what it validates on.

    Args:
        photos: All scenes.
        published: True for the published system's 80/20, which has no test part.
        seed: Of the published split.

    Raises:
        ValueError: If one of them is empty.
    """
    train, validation = select(photos, Part.TRAIN), select(photos, Part.VALIDATION)
    if published:
        refs, _ = published_split((photo.ref for photo in photos), seed)
        train = tuple(photo for photo in photos if photo.ref in refs)
        validation = tuple(photo for photo in photos if photo.ref not in refs)
    if not train or not validation:
        raise ValueError("training and validation need at least one photo each; give more photos")
    return train, validation


def published_split(refs: Iterable[str], seed: int = 42) -> tuple[frozenset[str], frozenset[str]]:
    """The split of the published system: 80 % of the shuffled scenes train, 20 % validate.

    Args:
        refs: Names of scenes; duplicates count once.
        seed: Of the shuffle.

    Returns:
        The scenes for training and those for validation.
    """
    scenes = sorted(set(refs))
    random.Random(seed).shuffle(scenes)  # noqa: S311 - a reproducible split, not a secret
    cut = round(0.8 * len(scenes))
    return frozenset(scenes[:cut]), frozenset(scenes[cut:])


def _place(ref: str) -> float:
    digest = hashlib.sha256(ref.encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
