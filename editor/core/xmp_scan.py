"""Finds our properties in the text of an XMP document, and refuses what is no sound XMP.

It must not change anything.
"""

from collections.abc import Callable, Mapping

from editor.core.xmp_document import Node, Occurrence, XmpDocument
from editor.core.xmp_names import OWN_PROPERTIES, RDF, SEPARATOR, XmpProperty
from editor.core.xmp_parser import XmpError, new_parser, run_parser
from editor.core.xmp_tag import Tag, read_tag

RDF_ROOT = f"{RDF}{SEPARATOR}RDF"
"""The element that holds everything an XMP packet says."""

RDF_DESCRIPTION = f"{RDF}{SEPARATOR}Description"
"""The element that holds properties."""

RDF_ABOUT = f"{RDF}{SEPARATOR}about"
"""The attribute that says what a description is about; in a sidecar nearly always empty."""

_VALUE = f"{RDF}{SEPARATOR}value"
_VALUE_HOLDERS = frozenset({_VALUE, f"{RDF}{SEPARATOR}li"})


def scan_document(text: str, own: Mapping[str, XmpProperty] = OWN_PROPERTIES) -> XmpDocument:
    """Finds our properties in the text of a sidecar.

    Args:
        text: The whole document.
        own: The properties to find, by their expanded names; those of marks if nothing is said.

    Raises:
        XmpError: if the text is not well-formed, has a document type, or has no rdf:RDF.
    """
    document = XmpDocument(text.encode())
    scanner = _Scanner(document, own)
    parser = scanner.parser
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.characters
    parser.StartNamespaceDeclHandler = scanner.begin_namespace
    parser.EndNamespaceDeclHandler = scanner.end_namespace
    run_parser(parser, document.content)
    if document.root is None:
        raise XmpError("it holds no rdf:RDF, so it is no XMP")
    return document


class _Scanner:
    """Follows the parser through a document."""

    def __init__(self, document: XmpDocument, own: Mapping[str, XmpProperty]) -> None:
        self.parser = new_parser()
        self._own = own
        self._document = document
        self._open: list[str] = []
        self._root_depth: int | None = None
        self._namespaces: dict[str, list[str]] = {}
        self._capture: _Capture | None = None

    def begin_namespace(self, prefix: str | None, uri: str | None) -> None:
        self._namespaces.setdefault(prefix or "", []).append(uri or "")

    def end_namespace(self, prefix: str | None) -> None:
        self._namespaces[prefix or ""].pop()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        depth, root = len(self._open), self._root_depth
        if self._capture is not None:
            self._capture.open(name, attributes)
        elif name == RDF_ROOT and depth <= 1 and root is None and self._document.root is None:
            self._root_depth = depth
            self._document.root = self._tag()
            self._document.root_prefixes = self._prefixes()
        elif root is not None and depth == root + 1:
            self._begin_node(name, attributes)
        elif root is not None and depth == root + 2 and name in self._own:
            self._capture = _Capture(self._own[name], self._tag(), depth)
            self._capture.open(_VALUE, attributes)
        self._open.append(name)

    def characters(self, text: str) -> None:
        if self._capture is not None:
            self._capture.texts[-1] += text

    def end(self, _name: str) -> None:
        self._open.pop()
        depth = len(self._open)
        if self._capture is not None:
            self._capture.close()
            if depth == self._capture.depth:
                self._document.occurrences.append(self._capture.occurrence(self._end_of_element))
                self._capture = None
        elif depth == self._root_depth:
            self._document.root_content_end = self.parser.CurrentByteIndex
            self._root_depth = None

    def _begin_node(self, name: str, attributes: dict[str, str]) -> None:
        tag, prefixes = self._tag(), self._prefixes()
        node = Node(tag, prefixes, name == RDF_DESCRIPTION, attributes.get(RDF_ABOUT, ""))
        self._document.nodes.append(node)
        for attribute in tag.attributes:
            prefix, _, local = attribute.name.rpartition(":")
            prop = self._own.get(f"{prefixes.get(prefix, '')}{SEPARATOR}{local}") if prefix else None
            if prop is not None:
                value = attributes[prop.expanded_name].strip()
                self._document.occurrences.append(
                    Occurrence(prop, value, attribute.start, attribute.end, attribute, None)
                )

    def _tag(self) -> Tag:
        return read_tag(self._document.content, self.parser.CurrentByteIndex)

    def _prefixes(self) -> dict[str, str]:
        return {prefix: uris[-1] for prefix, uris in self._namespaces.items() if uris}

    def _end_of_element(self, tag: Tag) -> int:
        if tag.empty:
            return tag.end
        return self._document.content.index(b">", self.parser.CurrentByteIndex) + 1


class _Capture:
    """Gathers the value of a property that is an element, in any of the forms RDF allows."""

    def __init__(self, prop: XmpProperty, tag: Tag, depth: int) -> None:
        self.depth = depth
        self.texts: list[str] = []
        self._holders: list[bool] = []
        self._prop, self._tag = prop, tag
        self._value = ""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self.texts.append("")
        self._holders.append(name in _VALUE_HOLDERS)
        self._value = self._value or attributes.get(_VALUE, "").strip()

    def close(self) -> None:
        text = self.texts.pop().strip()
        if self._holders.pop() and text and not self._value:
            self._value = text

    def occurrence(self, end: Callable[[Tag], int]) -> Occurrence:
        return Occurrence(self._prop, self._value, self._tag.start, end(self._tag), None, self._tag)
