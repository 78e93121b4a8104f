"""Finds where the parts of an XML start tag lie, so that one of them can be changed alone.

It must only be given tags of well-formed documents: it checks nothing itself.
"""

import re
from dataclasses import dataclass

_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"(\s+)([^\s=<>/\"']+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_END = re.compile(rb"\s*(/?)>")


@dataclass(frozen=True, slots=True)
class Attribute:
    """Where an attribute lies; all positions are bytes from the beginning of the document.

    Attributes:
        name: As written, with its prefix.
        start: Where the white space before it begins.
        name_start: Where its name begins.
        value_start: Where its opening quote is.
        end: Behind its closing quote.
    """

    name: str
    start: int
    name_start: int
    value_start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """Where a start tag lies.

    Attributes:
        name: As written, with its prefix.
        start: Where it begins.
        end: Behind its closing bracket.
        empty: Whether it is the whole element.
        attributes: In the order they are written.
        last_part: Behind its name or its last attribute.
    """

    name: str
    start: int
    end: int
    empty: bool
    attributes: tuple[Attribute, ...]
    last_part: int


def read_tag(content: bytes, start: int) -> Tag:
    """Reads the start tag that begins at a position of a well-formed UTF-8 document.

    Raises:
        ValueError: if there is none.
    """
    name = _NAME.match(content, start)
    if name is None:
        raise ValueError("no start tag at this position")
    attributes: list[Attribute] = []
    position = name.end()
    while (part := _ATTRIBUTE.match(content, position)) is not None:
        attributes.append(Attribute(part[2].decode(), part.start(), part.start(2), part.start(3), part.end()))
        position = part.end()
    end = _END.match(content, position)
    if end is None:
        raise ValueError("a start tag without an end")
    return Tag(name[1].decode(), start, end.end(), bool(end[1]), tuple(attributes), position)
