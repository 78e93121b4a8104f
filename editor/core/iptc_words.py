"""The words of the older IPTC form (IIM 4) as the XMP properties that took its place.

The pairs are those of the IPTC Photo Metadata Standard. It must not open files.
"""

from collections.abc import Iterator, Mapping

from editor.core.xmp_tree import Element, list_property, named, text_property

Datasets = Mapping[tuple[int, int], bytes | list[bytes]]
"""Values by record and dataset, as Pillow gives them."""

_UTF_8 = b"\x1b%G"
_CHARSET = (1, 90)
_LISTS = {
    (2, 5): ("dc", "title", "Alt"),
    (2, 25): ("dc", "subject", "Bag"),
    (2, 80): ("dc", "creator", "Seq"),
    (2, 116): ("dc", "rights", "Alt"),
    (2, 120): ("dc", "description", "Alt"),
}
_TEXTS = {
    (2, 40): ("photoshop", "Instructions"),
    (2, 85): ("photoshop", "AuthorsPosition"),
    (2, 90): ("photoshop", "City"),
    (2, 92): ("Iptc4xmpCore", "Location"),
    (2, 95): ("photoshop", "State"),
    (2, 101): ("photoshop", "Country"),
    (2, 103): ("photoshop", "TransmissionReference"),
    (2, 105): ("photoshop", "Headline"),
    (2, 110): ("photoshop", "Credit"),
    (2, 115): ("photoshop", "Source"),
    (2, 122): ("photoshop", "CaptionWriter"),
}


def properties_of_iptc(found: Datasets) -> dict[str, Element]:
    """The properties by their XMP names."""
    properties: dict[str, Element] = {}
    for place, (prefix, local, kind) in _LISTS.items():
        texts = list(_texts(found, place))
        if texts:
            properties[named(prefix, local)] = list_property(named(prefix, local), kind, texts)
    for place, (prefix, local) in _TEXTS.items():
        texts = list(_texts(found, place))
        if texts:
            properties[named(prefix, local)] = text_property(named(prefix, local), texts[0])
    return properties


def _texts(found: Datasets, place: tuple[int, int]) -> Iterator[str]:
    values = found.get(place, [])
    for value in values if isinstance(values, list) else [values]:
        text = _decoded(value, found.get(_CHARSET) == _UTF_8)
        if text:
            yield text


def _decoded(value: bytes, is_utf_8: bool) -> str:
    """The text: in UTF-8 if it says so or can be, else in the Western one that most programs used."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("utf-8" if is_utf_8 else "cp1252", "replace")
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t").strip()
