"""The version of the installed program."""

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version


def version() -> str:
    """The version, or ``development`` in a source tree that is not installed."""
    try:
        return installed_version("framesift")
    except PackageNotFoundError:
        return "development"
