"""An XMP document with the places that matter to us: its descriptions and our properties.

It must not parse (see xmp_scan) and not change anything (see xmp_patch).
"""

from dataclasses import dataclass, field

from editor.core.xmp_names import SidecarProperties, XmpProperty
from editor.core.xmp_tag import Attribute, Tag


@dataclass(frozen=True, slots=True)
class Node:
    """One description of the photo.

    Attributes:
        tag: Its start tag.
        prefixes: The namespaces that hold in it, by prefix; the default one under an empty text.
        is_description: Whether it is a plain rdf:Description.
        about: What it says it is about.
    """

    tag: Tag
    prefixes: dict[str, str]
    is_description: bool
    about: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One of the properties that were looked for, where it stands.

    Attributes:
        prop: Which.
        value: Its value without surrounding white space.
        start: Where it begins; for an attribute at the white space before it.
        end: Behind it.
        attribute: The attribute that it is; None for an element.
        tag: The start tag of the element that it is; None for an attribute.
    """

    prop: XmpProperty
    value: str
    start: int
    end: int
    attribute: Attribute | None
    tag: Tag | None


@dataclass(slots=True)
class XmpDocument:
    """An XMP document with the places that matter to us.

    Attributes:
        content: The whole document in UTF-8.
        nodes: Its descriptions in order.
        occurrences: Our properties in order.
        root: The start tag of rdf:RDF.
        root_content_end: Where the end tag of rdf:RDF begins; meaningless if it has none.
        root_prefixes: The namespaces that hold in rdf:RDF.
    """

    content: bytes
    nodes: list[Node] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    root: Tag | None = None
    root_content_end: int = 0
    root_prefixes: dict[str, str] = field(default_factory=dict)

    def properties(self) -> SidecarProperties:
        """The value of each of our properties; where one stands twice, the first."""
        values: dict[str, str] = {}
        for occurrence in self.occurrences:
            values.setdefault(occurrence.prop.name.lower(), occurrence.value)
        return SidecarProperties(**values)
