"""Makes the names of copied files from a template such as ``{date}/{name}_{number:4}``.

It must not touch files. A name never leaves the target folder, whatever is in the template or the photo.
"""

import re
from dataclasses import dataclass
from datetime import datetime

_FIELD = re.compile(r"\{\{|\}\}|\{([a-z]+)(?::(\d{1,2}))?\}|[{}]")
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$")
_LONGEST_PART = 200
FIELDS = ("name", "number", "date", "time", "year", "month", "day", "camera", "rating", "label")
"""What a template may hold between braces; ``{number:4}`` has at least four digits."""


class TemplateError(ValueError):
    """A template makes no sense; the message says why."""


@dataclass(frozen=True, slots=True)
class NameFields:
    """What a template is filled with.

    Attributes:
        name: The file's name without its ending.
        number: Its place among the copied photos, from 1.
        taken_at: When it was taken; None where nobody knows.
        camera: The camera's name.
        rating: Stars 0..5.
        label: The label.
    """

    name: str
    number: int
    taken_at: datetime | None = None
    camera: str | None = None
    rating: int = 0
    label: str | None = None


def check_template(template: str) -> None:
    """Refuses a template that makes no sense.

    Raises:
        TemplateError: with a sentence for a person.
    """
    fill_template(template, NameFields("name", 1))


def fill_template(template: str, fields: NameFields) -> str:
    """The relative path, with slashes and without an ending, that a template gives a photo.

    What is not known is written as ``unknown``. Characters that some system forbids become ``_``, and so
    does a slash that comes from a photo; parts such as ``..`` are not let through.

    Raises:
        TemplateError: if the template has an unknown field, a lone brace, or gives no name.
    """
    filled = _FIELD.sub(lambda found: _value(found, fields), template)
    parts = [_safe_part(part) for part in filled.split("/")]
    if not parts or not all(parts):
        raise TemplateError("Every part between slashes needs a name.")
    return "/".join(parts)


def _value(found: re.Match[str], fields: NameFields) -> str:
    if found[0] in {"{{", "}}"}:
        return found[0][0]
    name, width = found[1], int(found[2] or 0)
    if name not in FIELDS:
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        raise TemplateError(f"{found[0]} is no field; there are {known}.")
    if name == "number":
        return str(fields.number).zfill(width)
    return _text(name, fields).replace("/", "_")


def _text(name: str, fields: NameFields) -> str:
    moment = fields.taken_at
    if name in _MOMENTS:
        return moment.strftime(_MOMENTS[name]) if moment is not None else "unknown"
    value = getattr(fields, name)
    return "unknown" if value is None else str(value)


def _safe_part(part: str) -> str:
    """A name of a file or folder that every system takes; empty if nothing is left."""
    safe = _FORBIDDEN.sub("_", part).strip().rstrip(".")[:_LONGEST_PART].rstrip(" .")
    if safe.startswith("."):
        safe = "_" + safe.lstrip(".")
    return f"_{safe}" if _RESERVED.match(safe) else safe


_MOMENTS = {"date": "%Y-%m-%d", "time": "%H-%M-%S", "year": "%Y", "month": "%m", "day": "%d"}
