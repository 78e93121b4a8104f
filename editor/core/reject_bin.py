"""Puts rejects into the system's bin, each shot with its pair and sidecars, and brings them back.

It must never delete, and never empties a bin.
"""

import errno
import logging
from dataclasses import dataclass
from pathlib import Path

from editor.core.file_move import Fingerprint, move_reason, read_fingerprint
from editor.core.reject_journal import RejectError
from editor.core.rejects import KeptBack, RejectedShot, RejectReview
from editor.core.system_bin import SystemBin

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BinnedFile:
    """A file in the bin.

    Attributes:
        file: Where it was.
        place: Where it lies in the bin; None where the system does not tell.
    """

    file: Path
    place: Path | None


@dataclass(frozen=True, slots=True)
class BinReport:
    """What putting into the bin, or bringing back, did.

    Attributes:
        done: The files that are where they belong, by their places in the shoot.
        left: Photos that stayed where they were, and why.
        binned: What is in the bin now.
    """

    done: tuple[Path, ...]
    left: tuple[KeptBack, ...]
    binned: tuple[BinnedFile, ...]


def bin_rejects(review: RejectReview, system_bin: SystemBin) -> BinReport:
    """Puts what a review lists into the bin; a shot that cannot go stays whole wherever that is possible.

    Raises:
        RejectError: if there is no bin for this shoot; nothing was touched.
    """
    reason = system_bin.reason_against(review.shoot)
    if reason:
        raise RejectError(review.shoot, reason)
    binned: list[BinnedFile] = []
    left: list[KeptBack] = []
    for shot in review.shots:
        went, why = _bin_shot(shot, system_bin)
        binned += went
        if why:
            left.append(KeptBack(shot.photos[0], why))
    return BinReport(tuple(one.file for one in binned), tuple(left), tuple(binned))


def return_binned(binned: tuple[BinnedFile, ...], system_bin: SystemBin) -> BinReport:
    """Brings files back from the bin, as many as can be; never over another file."""
    done: list[Path] = []
    left: list[KeptBack] = []
    still: list[BinnedFile] = []
    for one in reversed(binned):
        try:
            one.file.parent.mkdir(parents=True, exist_ok=True)
            system_bin.take_back(_known_place(one), one.file)
            done.append(one.file)
        except OSError as error:
            _logger.warning("%s cannot be brought back: %s", one.file, error)
            still.insert(0, one)
            left.append(KeptBack(one.file, f"It was not brought back: {move_reason(error)}."))
    return BinReport(tuple(done), tuple(left), tuple(still))


def _bin_shot(shot: RejectedShot, system_bin: SystemBin) -> tuple[list[BinnedFile], str]:
    """Puts a shot's files into the bin, the photo last; on a failure those already there come back.

    Returns:
        What is in the bin now, and why something stayed, empty if nothing did.
    """
    went: list[BinnedFile] = []
    try:
        for file in reversed(shot.files):
            before = read_fingerprint(file)
            went.append(BinnedFile(file, system_bin.put(file)))
            _check(went[-1], before)
    except OSError as error:
        _logger.warning("%s cannot be put into the bin: %s", shot.photos[0], error)
        back = return_binned(tuple(went), system_bin)
        return list(back.binned), f"It was not put into the bin: {move_reason(error)}."
    return went, ""


def _check(binned: BinnedFile, before: Fingerprint) -> None:
    """Makes sure that what lies in the bin is what went there, where that can be known."""
    if binned.place is not None and read_fingerprint(binned.place) != before:
        raise OSError(errno.EIO, "it reads differently in the bin")


def _known_place(binned: BinnedFile) -> Path:
    if binned.place is None:
        raise OSError(0, "the system does not tell where it lies in the bin")
    return binned.place
