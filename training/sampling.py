"""One random training picture from a pristine frame, by either protocol. The generator is passed in."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training import light
from training.config import PhysicalRanges, SampleMix
from training.kadis_draws import KADIS_LABELS, KADIS_QUALITY, KadisDraw, draw_kadis, kadis_picture
from training.physical_draws import defective, pristine

Bytes = NDArray[np.uint8]


class Sample(NamedTuple):
    """A picture, uint8 (H, W, 3), and its labels, float32 (3,): blur, under, over."""

    picture: Bytes
    labels: NDArray[np.float32]


def kadis_sample(frame: Bytes, draw: KadisDraw, quality: int = KADIS_QUALITY) -> Sample:
    """Applies a KADIS draw and the JPEG step, which pristine pictures go through too."""
    labels = np.array(KADIS_LABELS[draw.kind], dtype=np.float32)
    return Sample(light.jpeg(kadis_picture(frame, draw), quality), labels)


def training_sample(
    frame: Bytes, natural: str, mix: SampleMix, ranges: PhysicalRanges, random: np.random.Generator
) -> Sample:
    """One training picture from a pristine frame, by the KADIS protocol or by physics."""
    quality = int(random.integers(ranges.jpeg_quality[0], ranges.jpeg_quality[1] + 1))
    if random.random() < mix.kadis:
        draw = draw_kadis(random, mix.kadis_pristine, mix.kadis_darken, mix.kadis_milder)
        return kadis_sample(frame, draw, KADIS_QUALITY if random.random() < mix.kadis_quality else quality)
    if random.random() < mix.physical_pristine:
        picture = pristine(frame, mix, ranges, random)
        return Sample(light.jpeg(picture, quality), np.zeros(3, dtype=np.float32))
    picture, labels = defective(frame, natural, mix, ranges, random)
    return Sample(light.jpeg(picture, quality), labels)
