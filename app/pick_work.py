"""What a worker does for copying picks: lists them, copies or moves them, brings them back; no Qt."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from editor.core.cancellation import Cancellation
from editor.core.clock_offsets import ClockOffsets
from editor.core.copy_picks import Conflict, CopyJob, CopyOutcome, CopyResult, copy_picks
from editor.core.errors import PhotoError
from editor.core.file_move import move_reason
from editor.core.marks import Marks
from editor.core.metadata import NO_METADATA, PhotoMetadata, read_metadata
from editor.core.name_template import NameFields
from editor.core.picks import PickedShot, list_picks, missing_room
from editor.core.return_picks import ReturnReport, return_picks

_TELL_S = 0.1


@dataclass(frozen=True, slots=True)
class PickSource:
    """The shoot at the moment of asking.

    Attributes:
        shoot: Its folder.
        photos: All its photos, those of pairs included, in the order of the view.
        marks: Their marks.
        metadata: What is known of their cameras already.
        clocks: By how much each camera's clock was wrong.
    """

    shoot: Path
    photos: tuple[Path, ...]
    marks: Mapping[Path, Marks]
    metadata: Mapping[Path, PhotoMetadata]
    clocks: ClockOffsets

    def fields(self, shot: PickedShot, number: int) -> NameFields:
        """What a photo's name is made from; waits for the disk where its camera is not known yet."""
        photo = shot.files[0]
        metadata = self.metadata.get(photo)
        if metadata is None:
            try:
                metadata = read_metadata(photo)
            except PhotoError:
                metadata = NO_METADATA
        taken = self.clocks.corrected(metadata)
        return NameFields(photo.stem, number, taken, metadata.camera, shot.marks.rating, shot.marks.label)


@dataclass(frozen=True, slots=True)
class PickList:
    """What would be copied.

    Attributes:
        source: The shoot.
        shots: The picks.
        example: What the first one's name is made from; None without picks.
    """

    source: PickSource
    shots: tuple[PickedShot, ...]
    example: NameFields | None

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(shot.size for shot in self.shots)

    @property
    def files(self) -> int:
        """How many files."""
        return sum(len(shot.files) for shot in self.shots)


@dataclass(frozen=True, slots=True)
class PickWish:
    """What the user asked for.

    Attributes:
        folder: Where to.
        template: The names, see `editor.core.name_template`.
        conflict: What to do where another file has the name.
        move: Whether the originals leave their places.
    """

    folder: Path
    template: str
    conflict: Conflict
    move: bool


@dataclass(frozen=True, slots=True)
class PickProgress:
    """How far a copy is: photos and bytes of all, and the seconds it took so far."""

    done: int
    total: int
    done_bytes: int
    total_bytes: int
    seconds: float

    @property
    def rate(self) -> float:
        """Bytes per second so far."""
        return self.done_bytes / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long it still takes at this rate; None where nobody can say yet."""
        return (self.total_bytes - self.done_bytes) / self.rate if self.rate > 0 else None


@dataclass(frozen=True, slots=True)
class PicksEnded:
    """How a copy ended.

    Attributes:
        wish: What was asked for.
        results: One for each photo that was come to.
        total: How many photos were to be copied.
        problem: Why nothing was copied at all; empty otherwise.
    """

    wish: PickWish
    results: tuple[CopyResult, ...]
    total: int
    problem: str = ""

    @property
    def moved(self) -> tuple[tuple[Path, Path], ...]:
        """Old and new place of every file that left its own."""
        return tuple(pair for result in self.results for pair in result.moved)

    def count(self, outcome: CopyOutcome) -> int:
        """How many photos ended so."""
        return sum(result.outcome is outcome for result in self.results)


@dataclass(slots=True)
class PickRun:
    """One copy or move, told how far it is on the worker's thread.

    Attributes:
        listed: What is copied.
        wish: How.
        tell: Called some times a second.
        cancellation: Stops it within a moment.
    """

    listed: PickList
    wish: PickWish
    tell: Callable[[PickProgress], None]
    cancellation: Cancellation = field(default_factory=Cancellation)
    _began: float = 0.0
    _told: float = 0.0
    _done: int = 0
    _finished: int = 0
    _current: int = 0

    def run(self) -> PicksEnded:
        """Copies or moves; waits for the disk."""
        shots, wish = self.listed.shots, self.wish
        lacking = missing_room(wish.folder, shots, move=wish.move)
        if lacking:
            return PicksEnded(wish, (), len(shots), "the disk is full")
        self._began = time.monotonic()
        jobs = []
        for number, shot in enumerate(shots, start=1):
            if self.cancellation.cancelled:
                return PicksEnded(wish, (), len(shots))
            jobs.append(CopyJob(shot.files, self.listed.source.fields(shot, number), shot.stays))
        try:
            results = copy_picks(
                jobs,
                wish.folder,
                wish.template,
                wish.conflict,
                move=wish.move,
                cancellation=self.cancellation,
                on_result=self._photo_done,
                on_bytes=self._bytes_done,
            )
        except OSError as error:
            return PicksEnded(wish, (), len(shots), move_reason(error))
        return PicksEnded(wish, results, len(shots))

    def _photo_done(self, _result: CopyResult) -> None:
        self._finished += self.listed.shots[self._done].size
        self._done, self._current = self._done + 1, 0
        self._tell()

    def _bytes_done(self, count: int) -> None:
        self._current += count
        self._tell()

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._told >= _TELL_S:
            self._told = now
            total = len(self.listed.shots)
            done = min(self._finished + self._current, self.listed.size)
            self.tell(PickProgress(self._done, total, done, self.listed.size, now - self._began))


def list_source(source: PickSource) -> PickList:
    """Lists the picks; waits for the disk."""
    shots = list_picks(source.photos, source.marks)
    return PickList(source, shots, source.fields(shots[0], 1) if shots else None)


def bring_back(ended: PicksEnded) -> ReturnReport:
    """Brings back what a move took away; waits for the disk."""
    return return_picks(ended.moved)
