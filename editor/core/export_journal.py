"""What was exported into a folder, so that an interrupted export goes on without doing anything twice.

A line is on the disk before its file is; only a file whose content is what the line says counts as ours.
"""

import hashlib
import json
import logging
import os
import re
import stat
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

JOURNAL_NAME = ".framesift-export.jsonl"

_PART = re.compile(r"\.[0-9a-f]{16}\.part")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exported:
    """One line.

    Attributes:
        key: Photo, recipe and settings: whatever makes the content.
        name: The file's name in the folder.
        size: Bytes of the file.
        digest: BLAKE2b of its content, 32 hexadecimal digits.
    """

    key: str
    name: str
    size: int
    digest: str


def content_digest(content: bytes) -> str:
    """The digest that stands in the journal."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


class ExportJournal:
    """The journal of one folder; any thread may use it.

    Args:
        folder: Where exports go; must exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._by_key: dict[str, Exported] = {}
        self._by_name: dict[str, list[Exported]] = {}
        for line in self._lines():
            self._remember(line)

    def finished(self, key: str) -> Exported | None:
        """The line of an export that is complete on the disk; None if it is still to be made."""
        line = self._by_key.get(key)
        return line if line is not None and self._is_whole(line) else None

    def promised_name(self, key: str) -> str | None:
        """The name under which an interrupted export was to be written; None if there was none."""
        line = self._by_key.get(key)
        return None if line is None else line.name

    def is_ours(self, name: str) -> bool:
        """Whether the file of a name is exactly what an export wrote, so that it may be replaced."""
        lines = self._by_name.get(name.casefold(), [])
        return any(line.name == name and self._is_whole(line) for line in reversed(lines))

    def promise(self, line: Exported) -> None:
        """Writes a line, on the disk when this returns, before its file is written.

        Raises:
            OSError: if the journal cannot be written.
        """
        with self._lock:
            with (self._folder / JOURNAL_NAME).open("ab") as file:
                file.write(b"\n" + json.dumps(asdict(line)).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            self._remember(line)

    def remove_parts(self) -> int:
        """Removes half-written temporary files of an export that was killed; says how many."""
        parts = [entry for entry in self._folder.iterdir() if _PART.fullmatch(entry.name)]
        for part in parts:
            part.unlink(missing_ok=True)
        return len(parts)

    def _remember(self, line: Exported) -> None:
        self._by_key[line.key] = line
        self._by_name.setdefault(line.name.casefold(), []).append(line)

    def _lines(self) -> list[Exported]:
        try:
            text = (self._folder / JOURNAL_NAME).read_bytes()
        except FileNotFoundError:
            return []
        found = [_parsed(line) for line in text.splitlines() if line.strip()]
        return [line for line in found if line is not None]

    def _is_whole(self, line: Exported) -> bool:
        path = self._folder / line.name
        try:
            status = path.lstat()
            if not stat.S_ISREG(status.st_mode) or status.st_size != line.size:
                return False
            return content_digest(path.read_bytes()) == line.digest
        except OSError:
            return False


def _parsed(line: bytes) -> Exported | None:
    """A line; None for one that a power cut left unfinished or that names something outside the folder."""
    try:
        found = Exported(**json.loads(line))
    except (ValueError, TypeError) as error:
        _logger.info("A line of the export journal is skipped: %s", error)
        return None
    kinds = (found.key, found.name, found.digest)
    if not all(isinstance(value, str) for value in kinds) or not isinstance(found.size, int):
        return None
    return found if Path(found.name).name == found.name and found.name not in {"", ".", ".."} else None
