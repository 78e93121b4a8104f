"""Reads the properties of an XMP packet as trees, and writes trees as a packet; no entity is ever read.

It must not know which properties matter, and is no way to change a sidecar: ``xmp_patch`` is.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from editor.core.xmp_names import RDF, SEPARATOR
from editor.core.xmp_parser import XmpError, new_parser, run_parser

Element = ET.Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
}
"""Namespaces by their usual prefix."""

_META = "adobe:ns:meta/"
_DESCRIPTION, _ABOUT, _ROOT = f"{{{RDF}}}Description", f"{{{RDF}}}about", f"{{{RDF}}}RDF"
_BEGIN = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = b'\n<?xpacket end="w"?>'

for _prefix, _namespace in (*PREFIXES.items(), ("rdf", RDF), ("x", _META)):
    ET.register_namespace(_prefix, _namespace)


def named(prefix: str, local: str) -> str:
    """The name of a property as the trees have it."""
    return f"{{{PREFIXES[prefix]}}}{local}"


def read_properties(text: str) -> dict[str, Element]:
    """The properties of a packet by name; where one stands twice, the first.

    Raises:
        XmpError: if the text is not well-formed or has a document type.
    """
    root = _parsed(text)
    found: dict[str, Element] = {}
    rdf = root if root.tag == _ROOT else root.find(_ROOT)
    for description in () if rdf is None else rdf.findall(_DESCRIPTION):
        for name, value in description.attrib.items():
            if name != _ABOUT and name != XML_LANG:
                found.setdefault(name, text_property(name, value))
        for child in description:
            child.tail = None
            found.setdefault(child.tag, child)
    return found


def text_property(name: str, text: str) -> Element:
    """A property with a plain value."""
    element = Element(name)
    element.text = text
    return element


def list_property(name: str, kind: str, texts: Iterable[str]) -> Element:
    """A property with several values.

    Args:
        name: Its name.
        kind: "Bag", "Seq", or "Alt" for one text in several languages.
        texts: The values.
    """
    element = Element(name)
    array = ET.SubElement(element, f"{{{RDF}}}{kind}")
    for text in texts:
        item = ET.SubElement(array, f"{{{RDF}}}li")
        item.text = text
        if kind == "Alt":
            item.set(XML_LANG, "x-default")
    return element


def write_packet(properties: Iterable[Element]) -> bytes:
    """A packet in UTF-8 with these properties."""
    meta = Element(f"{{{_META}}}xmpmeta")
    rdf = ET.SubElement(meta, _ROOT)
    ET.SubElement(rdf, _DESCRIPTION, {_ABOUT: ""}).extend(properties)
    return _BEGIN + ET.tostring(meta, encoding="unicode").encode() + _END


def _parsed(text: str) -> Element:
    builder = ET.TreeBuilder()

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(_tree_name(name), {_tree_name(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        builder.end(_tree_name(name))

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    run_parser(parser, text.encode())
    try:
        return builder.close()
    except AssertionError as error:
        raise XmpError("it holds nothing") from error


def _tree_name(name: str) -> str:
    namespace, parted, local = name.rpartition(SEPARATOR)
    return f"{{{namespace}}}{local}" if parted else name
