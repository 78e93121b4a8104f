"""Turns the bytes of an XML file into text and back, whatever encoding it is in."""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_KNOWN = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"})


class EncodingError(ValueError):
    """The bytes are in no encoding that is known, or not in the one they are said to be in."""


@dataclass(frozen=True, slots=True)
class XmlText:
    """The text of an XML file and how it was encoded.

    Attributes:
        text: The whole text without a byte order mark.
        mark: The byte order mark, empty for none.
        codec: Python's name of the encoding.
    """

    text: str
    mark: bytes
    codec: str

    def encoded(self, text: str) -> bytes:
        """Another text in the same encoding; what it cannot hold is written as character references."""
        return self.mark + text.encode(self.codec, "xmlcharrefreplace")


def decode_xml(content: bytes) -> XmlText:
    """The text of an XML file (XML 1.0, appendix F): by its mark, its first bytes or its declaration.

    Raises:
        EncodingError: if that cannot be.
    """
    mark, codec = next((found for found in _MARKS if content.startswith(found[0])), (b"", None))
    codec = codec or next((name for start, name in _WITHOUT_MARK if content.startswith(start)), None)
    try:
        codec = codec or _declared_codec(content)
        return XmlText(content[len(mark) :].decode(codec), mark, codec)
    except UnicodeDecodeError as error:
        raise EncodingError(f"it is not valid {codec}") from error


def _declared_codec(content: bytes) -> str:
    found = _DECLARED.match(content)
    if found is None:
        return "utf-8"
    name = found[1].decode("ascii")
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = ""
    if codec not in _KNOWN:
        raise EncodingError(f"it is written in the unknown encoding {name}")
    return codec
