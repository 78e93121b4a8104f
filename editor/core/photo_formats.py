"""Which files count as photos, and what a file is that the decoder does not know.

It must not open files: it looks at a name or at the first bytes it is given.
"""

DECODABLE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".bmp", ".dib"}
)
"""Endings of the formats the decoder reads; among these the content decides, not the ending."""

# fmt: off
RAW_SUFFIXES = frozenset({
    ".3fr", ".ari", ".arw", ".bay", ".cap", ".cr2", ".cr3", ".crw", ".dcr", ".dcs",
    ".dng", ".drf", ".eip", ".erf", ".fff", ".gpr", ".iiq", ".k25", ".kdc", ".mdc",
    ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".ori", ".pef", ".ptx", ".pxn",
    ".r3d", ".raf", ".raw", ".rw2", ".rwl", ".rwz", ".sr2", ".srf", ".srw", ".x3f",
})
# fmt: on
"""Endings of camera RAW files, known but not decoded yet."""

HEIF_SUFFIXES = frozenset({".heic", ".heif", ".heics", ".hif"})
"""Endings of HEIC files, known but not decoded yet."""

PHOTO_SUFFIXES = DECODABLE_SUFFIXES | RAW_SUFFIXES | HEIF_SUFFIXES | frozenset({".avif", ".gif", ".tga"})
"""Endings of every file that is listed as a photo: lower case, with the dot."""

_RAW = "a camera RAW file"
_HEIC = "a HEIC file"
_AVIF = "an AVIF file"
_GIF = "a GIF file"

_BEGINNINGS = (
    (b"GIF8", _GIF),
    (b"FUJIFILMCCD-RAW", _RAW),
    (b"II*\0\x10\0\0\0CR", _RAW),
    (b"II\x1a\0\0\0HEAPCCDR", _RAW),
    (b"IIRO", _RAW),
    (b"IIRS", _RAW),
    (b"MMOR", _RAW),
    (b"IIU\0", _RAW),
    (b"\0MRM", _RAW),
    (b"FOVb", _RAW),
)
_BRANDS = {
    b"avif": _AVIF,
    b"avis": _AVIF,
    b"crx ": _RAW,
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), _HEIC),
}


def undecodable_kind(suffix: str, beginning: bytes) -> str | None:
    """Says what kind of photo this is if it is one that the decoder does not read yet.

    The ending speaks first: many RAW files are TIFF inside and would show a tiny preview as the photo.

    Args:
        suffix: The file's ending in any case, with its dot.
        beginning: At least the first 16 bytes.

    Returns:
        For example ``"a HEIC file"``; None if the decoder should try.
    """
    return _kind_by_suffix(suffix.lower()) or _kind_by_content(beginning)


def _kind_by_suffix(suffix: str) -> str | None:
    if suffix in RAW_SUFFIXES:
        return _RAW
    if suffix in HEIF_SUFFIXES:
        return _HEIC
    return {".avif": _AVIF, ".gif": _GIF, ".tga": "a TGA file"}.get(suffix)


def _kind_by_content(beginning: bytes) -> str | None:
    if beginning[4:8] == b"ftyp":
        return _BRANDS.get(beginning[8:12])
    return next((kind for start, kind in _BEGINNINGS if beginning.startswith(start)), None)
