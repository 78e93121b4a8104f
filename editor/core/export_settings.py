"""What is exported, and how and where to: plain values without behaviour."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from editor.core.color_space import ADOBE_RGB, DISPLAY_P3, SRGB, ColorSpace
from editor.core.encode import EncodeSettings, FileFormat
from editor.core.export_name import DEFAULT_TEMPLATE
from editor.core.export_policy import MetadataPolicy
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.sharpen import Sharpen


class Conflict(StrEnum):
    """What to do where a name is taken. No choice ever touches an original."""

    NUMBER = "number"
    SKIP = "skip"
    REPLACE = "replace"


class OutputSharpening(StrEnum):
    """A last sharpening, at the size of the result."""

    NONE = "none"
    LOW = "low"
    STANDARD = "standard"
    HIGH = "high"

    @property
    def stored(self) -> Sharpen | None:
        """The unsharp mask, its radius in pixels of the result."""
        amounts = {"low": 25.0, "standard": 45.0, "high": 75.0}
        amount = amounts.get(self.value)
        return None if amount is None else Sharpen(amount=amount, radius=0.6, threshold=1.0)


class OutputProfile(StrEnum):
    """The colour space of the result."""

    SRGB = "srgb"
    DISPLAY_P3 = "display-p3"
    ADOBE_RGB = "adobe-rgb"

    @property
    def space(self) -> ColorSpace:
        """The space itself."""
        return {"srgb": SRGB, "display-p3": DISPLAY_P3, "adobe-rgb": ADOBE_RGB}[self.value]


@dataclass(frozen=True, slots=True)
class ExportItem:
    """One photo to export.

    Attributes:
        path: The original.
        recipe: Its recipe.
        taken_at: When it was taken, for its name; None if nobody knows.
        full_size: Width and height of the upright photo, for the estimate of bytes; None if not known yet.
        camera: The camera, for its name; None if nobody knows.
        rating: Its stars, for its name.
        label: Its label, for its name; None for none.
    """

    path: Path
    recipe: Recipe = NEUTRAL
    taken_at: datetime | None = None
    full_size: tuple[int, int] | None = None
    camera: str | None = None
    rating: int = 0
    label: str | None = None


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """Where to and how.

    Attributes:
        folder: Where the files go; made if it is not there.
        template: Names of the files; see ``export_name``.
        encoding: File format, quality and depth.
        fit: Width and height every result must fit into, never enlarged; None for full size.
        profile: Colour space of the results.
        sharpening: A last sharpening.
        metadata: How much the results say about their photos.
        keep_gps: Whether the place is among it.
        conflict: What to do where a name is taken.
    """

    folder: Path
    template: str = DEFAULT_TEMPLATE
    encoding: EncodeSettings = field(default_factory=EncodeSettings)
    fit: tuple[int, int] | None = None
    profile: OutputProfile = OutputProfile.SRGB
    sharpening: OutputSharpening = OutputSharpening.NONE
    metadata: MetadataPolicy = MetadataPolicy.ALL
    keep_gps: bool = False
    conflict: Conflict = Conflict.NUMBER

    def __post_init__(self) -> None:
        if self.fit is not None and min(self.fit) < 1:
            raise ValueError(f"a size is at least 1 pixel, not {self.fit}")

    def with_template(self, template: str) -> "ExportSettings":
        """The same under other names."""
        return replace(self, template=template)

    @property
    def fingerprint(self) -> str:
        """A text that is equal for settings that make equal files."""
        encoding = self.encoding
        made = (encoding.format, encoding.quality, encoding.bits, self.fit, self.profile, self.sharpening)
        return repr((*(str(part) for part in made), str(self.metadata), self.keep_gps))


_BYTES_PER_PIXEL = {
    FileFormat.TIFF: 2.4,
    FileFormat.PNG: 2.2,
    FileFormat.WEBP: 0.6,
    FileFormat.AVIF: 0.5,
    FileFormat.JPEG: 1.0,
}


def estimate_bytes(width: int, height: int, encoding: EncodeSettings) -> int:
    """Roughly how large a file gets; photos differ by a factor of two either way.

    Args:
        width: Of the result in pixels.
        height: Of the result in pixels.
        encoding: How it is made.
    """
    density = _BYTES_PER_PIXEL[encoding.format]
    if encoding.format.has_quality:
        density *= 0.05 + 0.9 * (encoding.quality / 100) ** 6
    return round(width * height * density * encoding.bits / 8)
