"""What the export dialog asks for, as plain values that can be remembered; no Qt, no files."""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from editor.core.encode import EncodeSettings, FileFormat
from editor.core.export_exif import MetadataPolicy
from editor.core.export_name import DEFAULT_TEMPLATE
from editor.core.export_settings import Conflict, ExportSettings, OutputProfile, OutputSharpening


class Which(StrEnum):
    """Which photos are exported."""

    SELECTED = "selected"
    PICKED = "picked"
    FILTERED = "filtered"
    ALL = "all"


class PairFile(StrEnum):
    """Which file of a RAW+JPEG pair is rendered; the two have one recipe, made on the JPEG as it is shown."""

    JPEG = "jpeg"
    RAW = "raw"


class SizeRule(StrEnum):
    """How large the results are."""

    FULL = "full"
    LONGEST = "longest"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class ExportWish:
    """Everything the dialog holds.

    Attributes:
        which: Which photos.
        folder: Where to, as it was typed.
        template: Names of the files.
        conflict: What to do where a name is taken.
        format: The file format.
        bits: Bits of each channel.
        quality: 1..100, of lossy formats.
        size: How large.
        width: Longest side, or width of the box, in pixels.
        height: Height of the box.
        profile: Colour space.
        sharpening: Sharpening for output.
        metadata: How much is said about the photo.
        keep_gps: Whether the place is among it.
        pairs: Which file of a RAW+JPEG pair is rendered.
    """

    which: Which = Which.SELECTED
    folder: str = ""
    template: str = DEFAULT_TEMPLATE
    conflict: Conflict = Conflict.NUMBER
    format: FileFormat = FileFormat.JPEG
    bits: int = 8
    quality: int = 92
    size: SizeRule = SizeRule.FULL
    width: int = 2048
    height: int = 2048
    profile: OutputProfile = OutputProfile.SRGB
    sharpening: OutputSharpening = OutputSharpening.NONE
    metadata: MetadataPolicy = MetadataPolicy.ALL
    keep_gps: bool = False
    pairs: PairFile = PairFile.JPEG

    @property
    def settings(self) -> ExportSettings:
        """The settings of the export.

        Raises:
            ValueError: if they do not go together.
        """
        fits = {SizeRule.LONGEST: (self.width, self.width), SizeRule.BOX: (self.width, self.height)}
        return ExportSettings(
            Path(self.folder).expanduser(),
            self.template,
            EncodeSettings(self.format, self.quality, self.bits),
            fits.get(self.size),
            self.profile,
            self.sharpening,
            self.metadata,
            self.keep_gps and self.metadata is MetadataPolicy.ALL,
            self.conflict,
        )


_ENUMS: dict[str, type[StrEnum]] = {
    "which": Which,
    "conflict": Conflict,
    "format": FileFormat,
    "size": SizeRule,
    "profile": OutputProfile,
    "sharpening": OutputSharpening,
    "metadata": MetadataPolicy,
    "pairs": PairFile,
}
_WHOLE = {"bits": (8, 16), "quality": (1, 100), "width": (16, 65_500), "height": (16, 65_500)}


def wish_to_text(wish: ExportWish) -> str:
    """The wish as JSON."""
    return json.dumps(asdict(wish), ensure_ascii=False)


def wish_from_text(text: str) -> ExportWish:
    """A remembered wish; whatever makes no sense in it counts as not remembered."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return ExportWish()
    if not isinstance(found, dict):
        return ExportWish()
    known = {field.name for field in fields(ExportWish)}
    values = {name: _checked(name, value) for name, value in found.items() if name in known}
    wish = ExportWish(**{name: value for name, value in values.items() if value is not None})
    try:
        EncodeSettings(wish.format, wish.quality, wish.bits)
    except ValueError:
        return ExportWish(which=wish.which, folder=wish.folder)
    return wish


def _checked(name: str, value: object) -> Any:
    """A value of the right kind; None for any other."""
    if name in _ENUMS:
        known = {member.value for member in _ENUMS[name]}
        return _ENUMS[name](value) if isinstance(value, str) and value in known else None
    if name in _WHOLE:
        low, high = _WHOLE[name]
        whole = isinstance(value, int) and not isinstance(value, bool)
        return min(high, max(low, value)) if whole and isinstance(value, int) else None
    if name == "keep_gps":
        return value if isinstance(value, bool) else None
    return value if isinstance(value, str) else None
