"""Parses XML without ever reading an entity or a document type: they could stand for anything."""

from xml.parsers import expat

from editor.core.xmp_names import SEPARATOR


class XmpError(ValueError):
    """A text is no sound XMP; the message says why."""


def new_parser() -> expat.XMLParserType:
    """A parser of UTF-8, whatever the document declares, that gives names with their namespaces."""
    return expat.ParserCreate("utf-8", SEPARATOR)


def run_parser(parser: expat.XMLParserType, content: bytes) -> None:
    """Parses a whole document; a document type is refused at once.

    Raises:
        XmpError: if that cannot be.
    """
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise XmpError(f"it is damaged XML: line {error.lineno}, {reason}") from error


def _refuse_document_type(*_parts: object) -> None:
    raise XmpError("it has a document type, which XMP never has")
