"""The names of the XMP properties that hold marks, and their raw values in a sidecar.

It must not say what a value means for a photo: that belongs to xmp_marks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

SEPARATOR = "\x1f"
"""Stands between namespace and local name in an expanded name; never part of either."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
"""The namespace of the frame that every XMP packet has."""

_XMP = "http://ns.adobe.com/xap/1.0/"
_DYNAMIC_MEDIA = "http://ns.adobe.com/xmp/1.0/DynamicMedia/"
_DIGIKAM = "http://www.digikam.org/ns/1.0/"


class XmpProperty(Enum):
    """A property: its namespace, usual prefix and local name."""

    @property
    def namespace(self) -> str:
        """The URI of its namespace."""
        return str(self.value[0])

    @property
    def usual_prefix(self) -> str:
        """The prefix other programs use for its namespace."""
        return str(self.value[1])

    @property
    def local_name(self) -> str:
        """Its name without a prefix."""
        return str(self.value[2])

    @property
    def expanded_name(self) -> str:
        """Its namespace and local name in one, as the parser gives names."""
        return f"{self.namespace}{SEPARATOR}{self.local_name}"


class Property(XmpProperty):
    """A property that says a mark, and is ours to write."""

    RATING = (_XMP, "xmp", "Rating")
    PICK = (_DYNAMIC_MEDIA, "xmpDM", "pick")
    GOOD = (_DYNAMIC_MEDIA, "xmpDM", "good")
    PICK_LABEL = (_DIGIKAM, "digiKam", "PickLabel")
    LABEL = (_XMP, "xmp", "Label")


OWN_PROPERTIES: Mapping[str, XmpProperty] = {prop.expanded_name: prop for prop in Property}
"""Our properties by their expanded names."""


@dataclass(frozen=True, slots=True)
class SidecarProperties:
    """The raw values of our properties in one sidecar; None where it has none.

    Attributes:
        rating: Of xmp:Rating.
        pick: Of xmpDM:pick.
        good: Of xmpDM:good.
        pick_label: Of digiKam:PickLabel.
        label: Of xmp:Label.
    """

    rating: str | None = None
    pick: str | None = None
    good: str | None = None
    pick_label: str | None = None
    label: str | None = None

    def of(self, prop: Property) -> str | None:
        """The value of one property."""
        value: str | None = getattr(self, prop.name.lower())
        return value


NO_PROPERTIES = SidecarProperties()
"""What a sidecar says of marks that says nothing, or is not there."""
