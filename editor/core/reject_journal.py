"""The journal of a move of rejects: written before the first file moves, so that nothing is ever unknown.

It must not move files. Paths are relative to the shoot, so that it may be moved as a whole.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from editor.core.atomic_file import write_atomically
from editor.core.file_move import Fingerprint
from editor.core.folder import REJECTED_FOLDER

_FOLDER = ".framesift"
_VERSION = 1


class RejectError(Exception):
    """Rejects cannot be moved or brought back; nothing was done.

    Attributes:
        path: The file or folder in question.
        reason: A clear sentence for a person, without its name.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class MoveState(StrEnum):
    """How far a move has come."""

    MOVING = "moving"
    MOVED = "moved"
    UNDOING = "undoing"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One file: where it was, where it goes, and by what it is known. Paths are relative to the shoot."""

    source: str
    target: str
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class RejectJournal:
    """A move of rejects.

    Attributes:
        path: The journal's file.
        shoot: The shoot's folder.
        state: How far it has come.
        shots: The files of each shot, which are moved together.
    """

    path: Path
    shoot: Path
    state: MoveState
    shots: tuple[tuple[JournalEntry, ...], ...]

    def with_state(
        self, state: MoveState, shots: tuple[tuple[JournalEntry, ...], ...] | None = None
    ) -> "RejectJournal":
        """The same in another state, and with other shots if given."""
        return replace(self, state=state, shots=self.shots if shots is None else shots)


def new_journal_path(shoot: Path) -> Path:
    """A name for a new journal; later ones sort behind earlier ones."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    return shoot / REJECTED_FOLDER / _FOLDER / f"move-{stamp}.json"


def write_journal(journal: RejectJournal) -> None:
    """Writes a journal; it is on the disk when this returns.

    Raises:
        OSError: if it cannot be written.
    """
    content = {
        "version": _VERSION,
        "state": journal.state.value,
        "shots": [[asdict(entry) for entry in shot] for shot in journal.shots],
    }
    journal.path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(journal.path, json.dumps(content, indent=1).encode())


def read_journal(path: Path) -> RejectJournal:
    """Reads a journal.

    Raises:
        RejectError: if it cannot be read.
    """
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != _VERSION:
            raise RejectError(path, "This list of moved rejects is of a newer Framesift; update it.")
        shots = tuple(
            tuple(
                JournalEntry(entry["source"], entry["target"], Fingerprint(**entry["fingerprint"]))
                for entry in shot
            )
            for shot in content["shots"]
        )
        return RejectJournal(path, path.parents[2], MoveState(content["state"]), shots)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RejectError(path, f"The list of moved rejects cannot be read ({error}).") from error


def find_journals(shoot: Path) -> tuple[Path, ...]:
    """The journals of all moves that can be undone, the latest last."""
    return tuple(sorted((shoot / REJECTED_FOLDER / _FOLDER).glob("move-*.json")))


def unfinished_moves(shoot: Path) -> tuple[RejectJournal, ...]:
    """Moves and undos that were killed half-way: to be said, and finished or undone.

    Raises:
        RejectError: if a journal cannot be read.
    """
    journals = (read_journal(path) for path in find_journals(shoot))
    return tuple(journal for journal in journals if journal.state is not MoveState.MOVED)
