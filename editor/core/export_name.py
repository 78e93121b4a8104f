"""Names of exported files from a template; a name never leaves its folder."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

FIELDS = ("name", "number", "date", "time")
"""What a template may hold in braces; ``{number:4}`` is padded with zeros to four digits."""

DEFAULT_TEMPLATE = "{name}"

_FIELD = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"number(?::([1-9]))?")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_LONGEST_BYTES = 180
_SPARE = "photo"


class TemplateError(ValueError):
    """A template with a field that there is not; says which there are."""


@dataclass(frozen=True, slots=True)
class NameParts:
    """What a name is made of.

    Attributes:
        name: The original's name without its ending.
        number: Its place in the batch, from 1.
        taken_at: When it was taken; None if nobody knows.
    """

    name: str
    number: int
    taken_at: datetime | None = None


def check_template(template: str) -> None:
    """Says no to a template that cannot be filled.

    Raises:
        TemplateError: if a field is unknown, a brace is left over, or it names no photo apart.
    """
    fields = _FIELD.findall(template)
    for name in fields:
        if name not in FIELDS and not _NUMBER.fullmatch(name):
            known = ", ".join(f"{{{each}}}" for each in FIELDS)
            raise TemplateError(f"{{{name}}} is no field; there are {known}.")
    if re.search(r"[{}]", _FIELD.sub("", template)):
        raise TemplateError("A brace is left over.")
    if not any(name == "name" or name.startswith("number") for name in fields):
        raise TemplateError("Without {name} or {number} all files would have one name.")


def fill_template(template: str, parts: NameParts) -> str:
    """The name of a file without its ending, safe on every system.

    Whatever the original is called: no separator, no control character, no reserved name of Windows, no
    dot in front, no dot or space at the end, at most 180 bytes of UTF-8, never empty.

    Raises:
        TemplateError: see ``check_template``.
    """
    check_template(template)
    filled = _FIELD.sub(lambda found: _field(found[1], parts), template)
    return safe_name(filled)


def safe_name(name: str) -> str:
    """The nearest name that is safe in any folder; see ``fill_template``."""
    letters = unicodedata.normalize("NFC", name)
    kept = "".join(letter for letter in letters if unicodedata.category(letter) not in {"Cf", "Cs"})
    kept = _UNSAFE.sub("_", kept).strip().lstrip(".")
    kept = kept.encode()[:_LONGEST_BYTES].decode(errors="ignore").rstrip(". ")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    return kept or _SPARE


def _field(name: str, parts: NameParts) -> str:
    number = _NUMBER.fullmatch(name)
    if number:
        return str(parts.number).zfill(int(number[1] or 1))
    if name == "name":
        return parts.name
    if parts.taken_at is None:
        return "undated"
    return parts.taken_at.strftime("%Y-%m-%d" if name == "date" else "%H%M%S")
