"""The options that `export` and `render` share: format, size, colours, sharpening and metadata."""

import argparse
import re
from pathlib import Path

from editor.core.encode import EncodeSettings, FileFormat
from editor.core.export_policy import MetadataPolicy
from editor.core.export_settings import Conflict, ExportSettings, OutputProfile, OutputSharpening

_BITS = {FileFormat.TIFF: 16}
_QUALITY = 92
_SIZE = re.compile(r"(\d+)(?:x(\d+))?")


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say how a file is made."""
    formats = ", ".join(kind.value for kind in FileFormat)
    parser.add_argument("--format", choices=[kind.value for kind in FileFormat], help=formats)
    parser.add_argument(
        "--bits", type=int, choices=(8, 16), help="bits a channel; default: 16 for TIFF, 8 for the others"
    )
    parser.add_argument("--quality", type=int, default=_QUALITY, metavar="1..100", help="default: 92")
    parser.add_argument(
        "--size",
        type=output_size,
        metavar="N|WxH",
        help="pixels of the longer side, or a box to fit into; photos are never enlarged; default: full size",
    )
    profiles = [profile.value for profile in OutputProfile]
    parser.add_argument("--profile", choices=profiles, default=OutputProfile.SRGB.value, help="default: srgb")
    parser.add_argument(
        "--sharpen",
        choices=[amount.value for amount in OutputSharpening],
        default=OutputSharpening.NONE.value,
        help="a last sharpening at the size of the result; default: none",
    )
    parser.add_argument(
        "--metadata",
        choices=[policy.value for policy in MetadataPolicy],
        default=MetadataPolicy.ALL.value,
        help="how much of EXIF, IPTC and XMP is taken along; default: all, without the place",
    )
    parser.add_argument("--keep-gps", action="store_true", help="take the place along; only with all")


def output_settings(
    options: argparse.Namespace,
    folder: Path,
    kind: FileFormat,
    template: str | None = None,
    conflict: Conflict = Conflict.NUMBER,
) -> ExportSettings:
    """The settings that the options stand for.

    Args:
        options: What was parsed.
        folder: Where the files go.
        kind: The file format.
        template: Names of the files; None for those of the photos.
        conflict: What to do where a name is taken.

    Raises:
        ValueError: if they do not go together; says why.
    """
    bits = options.bits or _BITS.get(kind, 8)
    settings = ExportSettings(
        folder=folder,
        encoding=EncodeSettings(kind, options.quality, bits),
        fit=options.size,
        profile=OutputProfile(options.profile),
        sharpening=OutputSharpening(options.sharpen),
        metadata=MetadataPolicy(options.metadata),
        keep_gps=options.keep_gps,
        conflict=conflict,
    )
    return settings if template is None else settings.with_template(template)


def output_size(text: str) -> tuple[int, int]:
    """The box that a size means: ``2048`` or ``1920x1080``."""
    found = _SIZE.fullmatch(text.strip().lower())
    sides = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= min(sides) <= max(sides) <= 1 << 20:
        raise argparse.ArgumentTypeError(f"a size is 2048 or 1920x1080, not {text!r}")
    return sides
