"""Names of exported files from a template; a name never leaves its folder.

The templates are those of ``name_template``; a slash, which makes folders there, is a character like any
other here, because an export has one folder.
"""

import re
import unicodedata

from editor.core.name_template import NameFields, TemplateError
from editor.core.name_template import fill_template as fill_path

DEFAULT_TEMPLATE = "{name}"

_SLASHES = re.compile(r"[/\\]")
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_LONGEST_BYTES = 180
_SPARE = "photo"


def check_template(template: str) -> None:
    """Says no to a template that cannot be filled.

    Raises:
        TemplateError: if a field is unknown, a brace is left over, or it names no photo apart.
    """
    flat = _SLASHES.sub("_", template)
    if fill_path(flat, NameFields("one", 1)) == fill_path(flat, NameFields("two", 2)):
        raise TemplateError("Without {name} or {number} all files would have one name.")


def fill_template(template: str, fields: NameFields) -> str:
    """The name of a file without its ending, safe on every system.

    Whatever the original is called: no separator, no control character, no reserved name of Windows, no
    dot in front, no dot or space at the end, at most 180 bytes of UTF-8, never empty.

    Raises:
        TemplateError: see ``check_template``.
    """
    check_template(template)
    try:
        return safe_name(fill_path(_SLASHES.sub("_", template), fields))
    except TemplateError:  # nothing of the original's own name can be kept
        return _SPARE


def safe_name(name: str) -> str:
    """The nearest name that is safe in any folder; see ``fill_template``."""
    letters = unicodedata.normalize("NFC", name)
    kept = "".join(letter for letter in letters if unicodedata.category(letter) not in {"Cf", "Cs"})
    kept = _UNSAFE.sub("_", kept).strip().lstrip(".")
    kept = kept.encode()[:_LONGEST_BYTES].decode(errors="ignore").rstrip(". ")
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    return kept or _SPARE
