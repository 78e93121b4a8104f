"""Everything in an XMP document but our properties, in a form that can be compared.

Order and every character count; the order of attributes, quotes, white space between elements, and
whether an empty element is written short do not (in the manner of Canonical XML).
"""

from collections.abc import Mapping

from editor.core.xmp_names import OWN_PROPERTIES, XmpProperty
from editor.core.xmp_parser import new_parser, run_parser
from editor.core.xmp_scan import RDF_ABOUT, RDF_DESCRIPTION, RDF_ROOT

_START, _END, _TEXT, _COMMENT, _INSTRUCTION = "start", "end", "text", "comment", "instruction"

Event = tuple[str, ...]


def rest_of(text: str, own: Mapping[str, XmpProperty] = OWN_PROPERTIES) -> list[Event]:
    """Whatever a document says besides our properties; a description that says nothing is left out.

    Args:
        text: A document that has been scanned without an error.
        own: Our properties, by their expanded names.

    Raises:
        XmpError: if the text is not well-formed.
    """
    gathering = _Gathering(own)
    parser = new_parser()
    parser.StartElementHandler = gathering.start
    parser.EndElementHandler = gathering.end
    parser.CharacterDataHandler = gathering.characters
    parser.CommentHandler = gathering.comment
    parser.ProcessingInstructionHandler = gathering.instruction
    run_parser(parser, text.encode())
    return gathering.events


class _Gathering:
    """Follows the parser through a document."""

    def __init__(self, own: Mapping[str, XmpProperty]) -> None:
        self._own = own
        self.events: list[Event] = []
        self._open: list[str] = []
        self._own_depth: int | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        depth = len(self._open)
        if self._own_depth is None:
            if self._in_root(depth, 2) and name in self._own:
                self._own_depth = depth
            else:
                own = self._own if self._in_root(depth, 1) else {}
                kept = sorted((key, value) for key, value in attributes.items() if key not in own)
                self._add(_START, name, *(part for pair in kept for part in pair))
        self._open.append(name)

    def end(self, name: str) -> None:
        self._open.pop()
        depth = len(self._open)
        if self._own_depth is None:
            if not (self._in_root(depth, 1) and self._dropped_empty_description()):
                self._add(_END, name)
        elif self._own_depth == depth:
            self._own_depth = None

    def characters(self, text: str) -> None:
        if self._own_depth is None:
            if self.events and self.events[-1][0] == _TEXT:
                text = self.events.pop()[1] + text
            self.events.append((_TEXT, text))

    def comment(self, text: str) -> None:
        if self._own_depth is None:
            self._add(_COMMENT, text)

    def instruction(self, target: str, text: str) -> None:
        if self._own_depth is None:
            self._add(_INSTRUCTION, target, text)

    def _add(self, *event: str) -> None:
        self._drop_white_space()
        self.events.append(event)

    def _drop_white_space(self) -> None:
        if self.events and self.events[-1][0] == _TEXT and not self.events[-1][1].strip():
            self.events.pop()

    def _dropped_empty_description(self) -> bool:
        self._drop_white_space()
        kind, name, *attributes = self.events[-1]
        empty = kind == _START and name == RDF_DESCRIPTION and set(attributes[::2]) <= {RDF_ABOUT}
        if empty:
            self.events.pop()
        return empty

    def _in_root(self, depth: int, below: int) -> bool:
        """Whether an element at a depth is so many levels below rdf:RDF."""
        root = depth - below
        return 0 <= root <= 1 and self._open[root] == RDF_ROOT
