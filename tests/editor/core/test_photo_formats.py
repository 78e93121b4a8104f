"""Which kind of photo a file is: by its first bytes where they leave no doubt, else by its ending."""

import pytest

from editor.core.photo_formats import PHOTO_SUFFIXES, PhotoFormat, photo_format

JPEG = b"\xff\xd8\xff\xe0 and so on"
TIFF = b"II*\0\x08\0\0\0"


def brands(major: bytes, *compatible: bytes) -> bytes:
    content = b"ftyp" + major + b"\0\0\0\0" + b"".join(compatible)
    return (4 + len(content)).to_bytes(4, "big") + content


@pytest.mark.parametrize(
    ("suffix", "beginning", "found"),
    [
        (".jpg", JPEG, PhotoFormat.COMMON),
        (".JPG", b"anything", PhotoFormat.COMMON),
        (".heic", JPEG, PhotoFormat.COMMON),
        (".cr2", JPEG, PhotoFormat.COMMON),
        (".gif", b"\x89PNG\r\n\x1a\n", PhotoFormat.COMMON),
        (".avif", b"RIFF\1\2\3\4WEBPVP8 ", PhotoFormat.COMMON),
        (".tif", TIFF, PhotoFormat.COMMON),
        (".NEF", TIFF, PhotoFormat.RAW),
        (".tif", b"II*\0\x10\0\0\0CR\2\0", PhotoFormat.RAW),
        (".tif", b"FUJIFILMCCD-RAW 0201", PhotoFormat.RAW),
        (".jpg", brands(b"crx ", b"isom"), PhotoFormat.RAW),
        (".jpg", brands(b"heic"), PhotoFormat.HEIF),
        (".heic", b"anything", PhotoFormat.HEIF),
        (".jpg", brands(b"mif1", b"heic"), PhotoFormat.HEIF),
        (".hif", brands(b"mif1", b"avif", b"miaf"), PhotoFormat.AVIF),
        (".heic", brands(b"heic", b"mif1", b"avif"), PhotoFormat.HEIF),
        (".jpg", brands(b"avif"), PhotoFormat.AVIF),
        (".avif", b"", PhotoFormat.AVIF),
        (".avif", brands(b"jp2 "), PhotoFormat.AVIF),
        (".jpg", brands(b"isom", b"mp41"), PhotoFormat.COMMON),
        (".jpg", b"\0\0\0\0ftyp", PhotoFormat.COMMON),
        (".png", b"GIF89a", PhotoFormat.GIF),
        (".tga", b"\0\0\2", PhotoFormat.TGA),
        (".jxl", b"anything", PhotoFormat.JPEG_XL),
        (".jpg", b"\xff\x0a\1\2", PhotoFormat.JPEG_XL),
        (".jpg", b"\0\0\0\x0cJXL \r\n\x87\n", PhotoFormat.JPEG_XL),
        (".jxl", JPEG, PhotoFormat.COMMON),
        ("", b"", PhotoFormat.COMMON),
    ],
)
def test_the_format_of_a_photo(suffix: str, beginning: bytes, found: PhotoFormat) -> None:
    assert photo_format(suffix, beginning[:64]) is found


def test_every_ending_is_lower_case_with_a_dot() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in PHOTO_SUFFIXES)
