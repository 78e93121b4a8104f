"""How much of what a photo says about itself goes into its exports."""

from enum import StrEnum


class MetadataPolicy(StrEnum):
    """The choices; the place is a choice of its own."""

    ALL = "all"
    COPYRIGHT = "copyright"
    NONE = "none"
