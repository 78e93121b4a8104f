"""Turns raw EXIF values into numbers, texts and times, or into None where they make no sense.

It must not read files. Cameras and programs write almost anything into these fields.
"""

import math
import re
from datetime import datetime, timedelta, timezone

_TIME = re.compile(r"\s*(\d{4})[:\-/](\d{1,2})[:\-/](\d{1,2})[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?")
_OFFSET = re.compile(r"\s*([+-])(\d{1,2}):?(\d{2})\s*$")
_LONGEST_TEXT = 200


def exif_text(value: object) -> str | None:
    """A text of one line, without the padding cameras add; None if it is none or says nothing."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    line = "".join(letter if letter.isprintable() else " " for letter in value.split("\0", 1)[0])
    text = " ".join(line.split())[:_LONGEST_TEXT]
    return None if text.strip("0- ") == "" or text.lower() == "null" else text


def exif_number(value: object, *, least: float = 0.0) -> float | None:
    """A finite number greater than a limit; of several the first.

    Args:
        value: A number or a rational of Pillow, or a tuple of them.
        least: The limit.
    """
    if isinstance(value, tuple):
        value = value[0] if value else None
    if value is None or isinstance(value, (bytes, str, bool)):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]  # anything that is no number raises TypeError
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if math.isfinite(number) and number > least else None


def exif_whole_number(value: object) -> int | None:
    """A whole number greater than 0; of several the first."""
    number = exif_number(value)
    return None if number is None or number > 1e9 else round(number) or None


def exif_time(value: object) -> datetime | None:
    """A moment like ``2008:04:15 13:11:23``, without a time zone."""
    text = exif_text(value)
    found = _TIME.match(text) if text else None
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, min(second, 59))
    except ValueError:
        return None


def exif_subseconds(value: object) -> int:
    """Microseconds 0..999999: the digits of the field are the decimals of the second."""
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    digits = value.split("\0", 1)[0].strip() if isinstance(value, str) else ""
    return int(digits[:6].ljust(6, "0")) if digits.isascii() and digits.isdigit() else 0


def exif_offset(value: object) -> timezone | None:
    """The offset from UTC that a text like ``+02:00`` says; None if it says none."""
    text = exif_text(value)
    if text in {"Z", "z"}:
        return timezone(timedelta(0))
    found = _OFFSET.match(text) if text else None
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3])
    if minutes > 14 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
