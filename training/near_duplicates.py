"""Scenes photographed twice: grouped by a perceptual hash, so that a split never parts them."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from editor.core.color import to_srgb8
from editor.core.decode import decode
from training.photos import SourcePhoto
from training.split import Part, part_of

SIDE = 16
LARGEST_DISTANCE = 48
"""Bits of 256 in which two photos of one scene may differ; unrelated photos differ in about 128."""
LEAST_CORRELATION = 0.95
"""Of small copies; needed too, because where a background is flat the bits say little."""
_COPY = 32
_DECODED = (160, 120)


class Fingerprint(NamedTuple):
    """What is kept of a photo to compare it with others; exposure, size and compression hardly change it."""

    bits: NDArray[np.uint8]
    """Where it gets brighter from left to right, on a 17 x 16 grid: 256 bits in 32 bytes."""
    copy: NDArray[np.float32]
    """A grey copy of 32 x 32 as a vector of mean 0 and length 1; of length 0 for a flat photo."""


def fingerprint(picture: NDArray[np.uint8]) -> Fingerprint:
    """The fingerprint of a picture, shape (H, W, 3)."""
    grey = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    small = np.asarray(grey.resize((SIDE + 1, SIDE), Image.Resampling.BOX), dtype=np.int16)
    copy = np.asarray(grey.resize((_COPY, _COPY), Image.Resampling.BOX), dtype=np.float32).ravel()
    copy = copy - copy.mean()
    return Fingerprint(
        np.packbits(small[:, 1:] > small[:, :-1]), copy / np.maximum(np.linalg.norm(copy), np.float32(1e-6))
    )


def pairs(fingerprints: Sequence[Fingerprint]) -> list[tuple[int, int]]:
    """Places of photos so alike that they show one scene, the lower place first."""
    if not fingerprints:
        return []
    bits = np.stack([each.bits for each in fingerprints])
    copies = np.stack([each.copy for each in fingerprints])
    found = []
    for place in range(len(fingerprints) - 1):
        distance = np.bitwise_count(bits[place + 1 :] ^ bits[place]).sum(axis=1, dtype=np.int64)
        near = place + 1 + np.flatnonzero(distance <= LARGEST_DISTANCE)
        found += [(place, int(other)) for other in near if copies[other] @ copies[place] >= LEAST_CORRELATION]
    return found


def keep_together(photos: Sequence[SourcePhoto]) -> tuple[SourcePhoto, ...]:
    """The same photos; those that show one scene know in which part they belong.

    Raises:
        PhotoError: If a photo can't be decoded.
    """
    with ThreadPoolExecutor() as pool:
        fingerprints = list(pool.map(_fingerprint_of, photos))
    parts = _common_parts(photos, pairs(fingerprints))
    return tuple(
        replace(photo, part=parts[place].value) if place in parts else photo
        for place, photo in enumerate(photos)
    )


def _fingerprint_of(photo: SourcePhoto) -> Fingerprint:
    return fingerprint(to_srgb8(decode(photo.path, _DECODED)))


def _common_parts(photos: Sequence[SourcePhoto], alike: Iterable[tuple[int, int]]) -> Mapping[int, Part]:
    """The part of every photo that has a twin: training where any of its group stands there.

    So no twin of a scene that was trained on is ever tested, and no scene that was tested is ever
    trained on unless its twin was already.
    """
    group = {place: {place} for pair in alike for place in pair}
    for first, second in alike:
        joined = group[first] | group[second]
        for place in joined:
            group[place] = joined
    order = list(Part)
    return {
        place: min((part_of(photos[member]) for member in members), key=order.index)
        for place, members in group.items()
    }
