"""What Pillow raises where EXIF is broken, which is never a reason to refuse a photo."""

import struct

from PIL import Image

BROKEN_EXIF = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    MemoryError,
    struct.error,
    Image.DecompressionBombError,
)
"""What Pillow raises on broken EXIF."""
