"""One move of rejects that can be taken back and done again: called on a worker thread; no Qt."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from editor.core.folder import REJECTED_FOLDER
from editor.core.reject_bin import BinnedFile, bin_rejects, return_binned
from editor.core.reject_journal import find_journals, read_journal, unfinished_moves
from editor.core.reject_move import move_rejects, undo_move
from editor.core.rejects import KeptBack, RejectReview
from editor.core.system_bin import SystemBin


class Way(Enum):
    """How a move came about."""

    FIRST = auto()
    """After the sheet."""
    BACK = auto()
    """By Undo."""
    AGAIN = auto()
    """By Redo."""
    BY_HAND = auto()
    """By the command that brings back."""


class RejectFiles:
    """Where the files of one move are: in the shoot, in ``_rejected``, or in the bin."""

    def __init__(self, shoot: Path, system_bin: SystemBin, *, to_bin: bool = False) -> None:
        self.shoot, self.to_bin = shoot, to_bin
        self.agreed: RejectReview | None = None
        self._bin = system_bin
        self._journal: Path | None = None
        self._binned: tuple[BinnedFile, ...] = ()

    @property
    def can_return(self) -> bool:
        """Whether all that was moved can be brought back."""
        return not self.to_bin or all(one.place is not None for one in self._binned)

    @property
    def unfinished(self) -> bool:
        """Whether a move to ``_rejected`` was interrupted in this shoot."""
        return (self.shoot / REJECTED_FOLDER).is_dir() and bool(unfinished_moves(self.shoot))

    def move(self, review: RejectReview, way: Way) -> "Ended":
        """Moves what a review lists.

        Raises:
            RejectError: Nothing can be moved there at all.
        """
        self.agreed = review
        if self.to_bin:
            binned = bin_rejects(review, self._bin)
            self._binned = binned.binned
            return Ended(self, way, binned.done, binned.left)
        report = move_rejects(review)
        self._journal = report.journal.path if report.journal is not None else None
        return Ended(self, way, report.done, report.left)

    def bring_back(self, way: Way) -> "Ended | None":
        """Brings back what was moved; None where nothing is there.

        Raises:
            RejectError: It cannot be brought back.
        """
        if self.to_bin:
            binned = return_binned(self._binned, self._bin)
            self._binned = binned.binned
            return Ended(self, way, binned.done, binned.left)
        journals = find_journals(self.shoot)
        journal = self._journal if way is Way.BACK else journals[-1] if journals else None
        if journal is None or journal not in journals:
            return None
        report = undo_move(read_journal(journal))
        return Ended(self, way, report.done, report.left, report.renamed)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a move ended.

    Attributes:
        files: Which move.
        way: How it came about.
        done: The files that moved, by their places in the shoot.
        left: Photos that stayed where they were, and why.
        renamed: Files that came back under another name: old and new.
    """

    files: RejectFiles
    way: Way
    done: tuple[Path, ...]
    left: tuple[KeptBack, ...]
    renamed: tuple[tuple[Path, Path], ...] = ()
