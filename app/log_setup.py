"""Where log lines go: warnings to standard error, everything of note to a small file in the cache folder."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)s %(name)s (%(threadName)s): %(message)s"
_BYTES = 512 * 1024


def set_up_logging(file: Path) -> None:
    """Starts logging.

    Args:
        file: The log file; where it cannot be written, the program runs without one.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    shown = logging.StreamHandler(sys.stderr)
    shown.setLevel(logging.WARNING)
    shown.setFormatter(logging.Formatter("framesift: %(message)s"))
    root.addHandler(shown)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = RotatingFileHandler(file, maxBytes=_BYTES, backupCount=1, encoding="utf-8", delay=False)
    except OSError as error:
        root.warning("no log file: %s", error)
        return
    kept.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(kept)
