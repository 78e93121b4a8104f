"""Changes our properties in an XMP document and leaves every other byte where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from xml.sax.saxutils import escape

from editor.core.xmp_document import Occurrence, XmpDocument
from editor.core.xmp_names import RDF, Property, XmpProperty
from editor.core.xmp_tag import Tag

P = TypeVar("P", bound=XmpProperty)

_NEUTRAL = frozenset({"", "0"})
_PENDING = "2"  # digiKam: looked at and not decided
_ATTRIBUTE_ENTITIES = {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


@dataclass(slots=True)
class _Edits:
    """Replacements of parts of the document, none inside another."""

    content: bytes
    parts: list[tuple[int, int, bytes]] = field(default_factory=list)

    def replace(self, start: int, end: int, text: str) -> None:
        self.parts.append((start, end, text.encode()))

    def applied(self) -> bytes:
        content = self.content
        for start, end, text in sorted(self.parts, key=lambda part: part[:2], reverse=True):
            content = content[:start] + text + content[end:]
        return content


def patch_document(document: XmpDocument, wanted: Mapping[P, str | None]) -> str:
    """The document's text with our properties as wanted.

    A value that stands there already is not touched. A new one becomes an attribute of the first
    description. A property that stands twice is left standing once.

    Args:
        document: What was found in the text.
        wanted: The value of each property to settle; None if it should say nothing, which a value
            that says nothing (an empty one, a rating or pick of 0) does as well.
    """
    edits = _Edits(document.content)
    missing: dict[XmpProperty, str] = {}
    for prop, value in wanted.items():
        found = [occurrence for occurrence in document.occurrences if occurrence.prop is prop]
        if value is None:
            if not all(_says_nothing(occurrence) for occurrence in found):
                _remove(edits, found)
        elif not found:
            missing[prop] = value
        elif any(occurrence.value != value for occurrence in found):
            _set(edits, found[0], value)
            _remove(edits, found[1:])
    if missing:
        _add(edits, document, missing)
    return edits.applied().decode()


def _says_nothing(occurrence: Occurrence) -> bool:
    pending = occurrence.prop is Property.PICK_LABEL and occurrence.value == _PENDING
    return occurrence.value in _NEUTRAL or pending


def _remove(edits: _Edits, occurrences: list[Occurrence]) -> None:
    for occurrence in occurrences:
        before = edits.content[: occurrence.start]
        edits.replace(len(before.rstrip()), occurrence.end, "")


def _set(edits: _Edits, occurrence: Occurrence, value: str) -> None:
    attribute, tag = occurrence.attribute, occurrence.tag
    if attribute is not None:
        quote = edits.content[attribute.value_start : attribute.value_start + 1].decode()
        edits.replace(attribute.value_start, attribute.end, f"{quote}{_quoted(value)}{quote}")
    if tag is not None:
        kept = "".join(
            edits.content[part.start : part.end].decode()
            for part in tag.attributes
            if part.name.startswith("xmlns")
        )
        edits.replace(occurrence.start, occurrence.end, f"<{tag.name}{kept}>{escape(value)}</{tag.name}>")


def _add(edits: _Edits, document: XmpDocument, missing: Mapping[XmpProperty, str]) -> None:
    node = next((node for node in document.nodes if node.is_description), None)
    if node is None:
        _add_node(edits, document, missing)
    else:
        space = _space_between_attributes(edits.content, node.tag)
        text = _attributes(missing, node.prefixes, space)
        edits.replace(node.tag.last_part, node.tag.last_part, text)


def _add_node(edits: _Edits, document: XmpDocument, missing: Mapping[XmpProperty, str]) -> None:
    """Adds a description to an rdf:RDF that has none."""
    root = document.root
    if root is None:
        raise ValueError("a document without rdf:RDF is refused when it is read")
    prefixes = dict(document.root_prefixes)
    declared = _declare(RDF, "rdf", prefixes)
    rdf = _prefix(RDF, prefixes)
    about = next((node.about for node in document.nodes), "")
    attributes = _attributes(missing, prefixes, "\n   ")
    text = f'<{rdf}:Description{declared} {rdf}:about="{_quoted(about)}"{attributes}/>\n'
    if root.empty:
        edits.replace(root.last_part, root.end, f">{text}</{root.name}>")
    else:
        edits.replace(document.root_content_end, document.root_content_end, text)


def _attributes(values: Mapping[XmpProperty, str], prefixes: Mapping[str, str], space: str) -> str:
    """The text of some properties as attributes, with the namespaces that are not declared yet."""
    known = dict(prefixes)
    declared = "".join(_declare(prop.namespace, prop.usual_prefix, known, space) for prop in values)
    return declared + "".join(
        f'{space}{_prefix(prop.namespace, known)}:{prop.local_name}="{_quoted(value)}"'
        for prop, value in values.items()
    )


def _declare(namespace: str, usual: str, prefixes: dict[str, str], space: str = " ") -> str:
    """The declaration of a namespace, added to the known ones; empty if it has a prefix already."""
    if any(prefix and uri == namespace for prefix, uri in prefixes.items()):
        return ""
    prefix, number = usual, 1
    while prefix in prefixes:
        number += 1
        prefix = f"{usual}{number}"
    prefixes[prefix] = namespace
    return f'{space}xmlns:{prefix}="{namespace}"'


def _prefix(namespace: str, prefixes: Mapping[str, str]) -> str:
    return next(prefix for prefix, uri in prefixes.items() if prefix and uri == namespace)


def _space_between_attributes(content: bytes, tag: Tag) -> str:
    if not tag.attributes:
        return " "
    last = tag.attributes[-1]
    return content[last.start : last.name_start].decode()


def _quoted(value: str) -> str:
    return escape(value, _ATTRIBUTE_ENTITIES)
