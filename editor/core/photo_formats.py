"""Which files count as photos, and which kind of photo a file is.

It must not open files: it looks at a name or at the first bytes it is given.
"""

from enum import StrEnum


class PhotoFormat(StrEnum):
    """How a photo is to be decoded, or that it is not."""

    COMMON = "a JPEG, PNG, TIFF, WebP or BMP file"
    RAW = "a camera RAW file"
    HEIF = "a HEIC file"
    AVIF = "an AVIF file"
    GIF = "a GIF file"
    TGA = "a TGA file"
    JPEG_XL = "a JPEG XL file"


ISOLATED_FORMATS = frozenset({PhotoFormat.RAW, PhotoFormat.HEIF, PhotoFormat.AVIF})
"""Formats whose decoders a broken file may kill, so that they run in a process of their own."""

UNSUPPORTED_FORMATS = frozenset({PhotoFormat.GIF, PhotoFormat.TGA, PhotoFormat.JPEG_XL})
"""Formats that are listed but not decoded."""

COMMON_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".bmp", ".dib"}
)
"""Endings of the common formats; among these the content decides, not the ending."""

# fmt: off
RAW_SUFFIXES = frozenset({
    ".3fr", ".ari", ".arw", ".bay", ".cap", ".cr2", ".cr3", ".crw", ".dcr", ".dcs",
    ".dng", ".drf", ".eip", ".erf", ".fff", ".gpr", ".iiq", ".k25", ".kdc", ".mdc",
    ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".ori", ".pef", ".ptx", ".pxn",
    ".r3d", ".raf", ".raw", ".rw2", ".rwl", ".rwz", ".sr2", ".srf", ".srw", ".x3f",
})
# fmt: on
"""Endings of camera RAW files; which of them can be decoded, LibRaw knows."""

HEIF_SUFFIXES = frozenset({".heic", ".heif", ".heics", ".hif"})
"""Endings of HEIC files."""

_OTHER_SUFFIXES = {
    ".avif": PhotoFormat.AVIF,
    ".gif": PhotoFormat.GIF,
    ".tga": PhotoFormat.TGA,
    ".jxl": PhotoFormat.JPEG_XL,
}

PHOTO_SUFFIXES = COMMON_SUFFIXES | RAW_SUFFIXES | HEIF_SUFFIXES | frozenset(_OTHER_SUFFIXES)
"""Endings of every file that is listed as a photo: lower case, with the dot."""

BEGINNING_BYTES = 64
"""How much of a file ``photo_format`` wants to see."""

_COMMON_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM")
_RAW_BEGINNINGS = (
    b"FUJIFILMCCD-RAW",
    b"II*\0\x10\0\0\0CR",
    b"II\x1a\0\0\0HEAPCCDR",
    b"IIRO",
    b"IIRS",
    b"MMOR",
    b"IIU\0",
    b"\0MRM",
    b"FOVb",
)
_JPEG_XL_BEGINNINGS = (b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n")
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1"})
_RAW_BRAND = b"crx "


def photo_format(suffix: str, beginning: bytes) -> PhotoFormat:
    """Says how a photo is to be decoded.

    A beginning that leaves no doubt speaks first, so a HEIC photo renamed to ``.jpg`` opens, and a JPEG
    renamed to ``.heic`` too. Of the rest the ending decides: many RAW files are TIFF inside and would
    show a tiny preview as the photo.

    Args:
        suffix: The file's ending in any case, with its dot.
        beginning: The first ``BEGINNING_BYTES`` of the file.
    """
    return _format_by_content(beginning) or _format_by_suffix(suffix.lower())


def _format_by_content(beginning: bytes) -> PhotoFormat | None:
    if beginning[4:8] == b"ftyp":
        return _format_by_brands(beginning)
    if beginning.startswith(b"GIF8"):
        return PhotoFormat.GIF
    if beginning.startswith(_JPEG_XL_BEGINNINGS):
        return PhotoFormat.JPEG_XL
    if beginning.startswith(_RAW_BEGINNINGS):
        return PhotoFormat.RAW
    is_webp = beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP"
    return PhotoFormat.COMMON if is_webp or beginning.startswith(_COMMON_BEGINNINGS) else None


def _format_by_brands(beginning: bytes) -> PhotoFormat | None:
    """The major brand decides; one that stands for several codecs gives way to a compatible one."""
    end = min(len(beginning), int.from_bytes(beginning[:4], "big"))
    brands = [beginning[start : start + 4] for start in (8, *range(16, end - 3, 4))]
    if brands[0] == _RAW_BRAND:
        return PhotoFormat.RAW
    if brands[0] in _AVIF_BRANDS or (brands[0] in {b"mif1", b"mif2", b"msf1"} and _AVIF_BRANDS & {*brands}):
        return PhotoFormat.AVIF
    return PhotoFormat.HEIF if _HEIF_BRANDS & {*brands} else None


def _format_by_suffix(suffix: str) -> PhotoFormat:
    if suffix in RAW_SUFFIXES:
        return PhotoFormat.RAW
    if suffix in HEIF_SUFFIXES:
        return PhotoFormat.HEIF
    return _OTHER_SUFFIXES.get(suffix, PhotoFormat.COMMON)
