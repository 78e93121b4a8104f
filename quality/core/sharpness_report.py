"""Everything the screen shows of one photo's sharpness: the map at full resolution and delivery sizes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.core.color import to_srgb8
from editor.core.decode import decode
from quality.core.inference import TileModel
from quality.core.sharpness import Progress, SharpnessMap, map_sharpness, sharp_at

DELIVERY_SIDES = (2048, 3840)
"""Long sides in pixels of what photos are delivered as, beside their full size: web, and 4K screens."""
_MANY_TILES = 12
"""Among more textured tiles than these a single one that is called sharp may be a mistake; among fewer the
most detailed ones, which a scan looks at, must surely be sharp too."""
SURELY_SHARP = 0.35
"""Up to this probability of not being sharp nobody need doubt that something is."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether a photo is sharp enough at a size.

    Attributes:
        long_side: In pixels; None for the full size.
        sharp: None where nothing has enough texture to tell.
    """

    long_side: int | None
    sharp: bool | None


@dataclass(frozen=True, slots=True)
class SharpnessReport:
    """What was found in one photo.

    Attributes:
        path: The photo.
        map: At full resolution.
        deliveries: Smaller sizes first, those that the photo has; the full size last.
    """

    path: Path
    map: SharpnessMap
    deliveries: tuple[Delivery, ...]

    @property
    def is_soft_everywhere(self) -> bool:
        """Whether no more tiles are sharp than happens by mistake."""
        return not self.deliveries[-1].sharp

    @property
    def cannot_tell(self) -> bool:
        """Whether nothing has enough texture."""
        return self.map.sharpest is None


def examine(model: TileModel, path: Path, progress: Progress) -> SharpnessReport:
    """Decodes a photo in full and judges it tile by tile.

    Args:
        model: The network for tiles.
        path: The photo.
        progress: Called now and then; what it raises ends the work.

    Raises:
        PhotoError: The photo cannot be read.
        ModelError: The network failed.
    """
    srgb8 = to_srgb8(decode(path))
    progress()
    found = map_sharpness(model, srgb8, progress)
    sides = tuple(side for side in DELIVERY_SIDES if side < max(srgb8.shape[:2]))
    deliveries = [Delivery(None, _is_sharp(model, srgb8, found))]
    for side, soft in sharp_at(model, srgb8, sides[::-1]):
        progress()
        # What is sharp at one size is sharp at every smaller one.
        sharp = None if soft is None else soft < 0.5
        deliveries.insert(0, Delivery(side, True if deliveries[0].sharp else sharp))
    return SharpnessReport(path, found, tuple(deliveries))


def _is_sharp(model: TileModel, srgb8: NDArray[np.uint8], found: SharpnessMap) -> bool | None:
    """Whether something is sharp at full size; None where nothing has enough texture.

    Of many tiles sharp ones must hang together. Of few one is enough, where the most detailed tiles are sharp
    too: they overlap, so they find detail that the map's tiles cut in two; and a scan judges by them, so that
    what it says of a photo and what the map shows agree.
    """
    if found.sharpest is None:
        return None
    if sum(tile.soft is not None for tile in found.tiles) > _MANY_TILES:
        return len(found.sharp_region) > 1
    if not found.sharp_region:
        return False
    ((_, softness),) = sharp_at(model, srgb8, (max(srgb8.shape[:2]),))
    return softness is None or softness <= SURELY_SHARP
