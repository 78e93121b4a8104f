"""Everything the screen shows of one photo's sharpness: the map at full resolution and delivery sizes."""

from dataclasses import dataclass
from pathlib import Path

from editor.core.color import to_srgb8
from editor.core.decode import decode
from quality.core.inference import TileModel
from quality.core.sharpness import Progress, SharpnessMap, map_sharpness, sharp_at

DELIVERY_SIDES = (2048, 3840)
"""Long sides in pixels of what photos are delivered as, beside their full size: web, and 4K screens."""
STRAY_SHARE = 0.04
"""Up to this share of textured tiles may be called sharp by mistake in a photo that is soft everywhere."""


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
        return self.map.sharp_share <= STRAY_SHARE

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
    smaller = []
    for side, soft in sharp_at(model, srgb8, sides):
        progress()
        smaller.append(Delivery(side, None if soft is None else soft < 0.5))
    full = None if found.sharpest is None else found.sharp_share > STRAY_SHARE
    return SharpnessReport(path, found, (*smaller, Delivery(None, full)))
