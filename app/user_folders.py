"""Where the user's caches, settings and marks belong on each system; makes no folder and reads no file."""

import os
import sys
import tempfile
from pathlib import Path

CACHE_VARIABLE = "FRAMESIFT_CACHE"
CONFIG_VARIABLE = "FRAMESIFT_CONFIG"
DATA_VARIABLE = "FRAMESIFT_DATA"
"""Environment variables that name other folders, for tests and for portable use."""


def cache_folder() -> Path:
    """The folder for what can be made again: scores and thumbnails. Safe to delete."""
    return _named(CACHE_VARIABLE) or _system_cache_folder()


def config_folder() -> Path:
    """The folder for the user's settings."""
    return _named(CONFIG_VARIABLE) or _system_config_folder()


def data_folder() -> Path:
    """The folder for what is precious but cannot lie in a shoot: the marks of read-only shoots."""
    return _named(DATA_VARIABLE) or _system_data_folder()


def _system_data_folder() -> Path:
    if sys.platform == "win32":
        return _local_app_data() / "Framesift" / "Data"
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "Framesift" / "Data"
    return (_named("XDG_DATA_HOME") or _home() / ".local" / "share") / "framesift"


def _system_cache_folder() -> Path:
    if sys.platform == "win32":
        return _local_app_data() / "Framesift" / "Cache"
    if sys.platform == "darwin":
        return _home() / "Library" / "Caches" / "Framesift"
    return (_named("XDG_CACHE_HOME") or _home() / ".cache") / "framesift"


def _system_config_folder() -> Path:
    if sys.platform == "win32":
        return _local_app_data() / "Framesift"
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "Framesift"
    return (_named("XDG_CONFIG_HOME") or _home() / ".config") / "framesift"


def _local_app_data() -> Path:
    return _named("LOCALAPPDATA") or _home() / "AppData" / "Local"


def _named(variable: str) -> Path | None:
    """The absolute folder a variable names; a relative one is ignored, as the XDG rules say."""
    folder = Path(os.environ.get(variable, ""))
    return folder if folder.is_absolute() else None


def _home() -> Path:
    """The user's home; a user without one keeps things in the system's temporary folder."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(tempfile.gettempdir())
