"""Writes marks into a shoot's store without end and says after each call which are confirmed.

Started once by the test of the kills. For every line on standard input (the store's file and a seed) it
splits off a process that writes, says its number first, and says when that process is dead.
"""

import os
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.photo import PhotoIdentity
from editor.core.shoot_location import StoreLocation
from editor.core.shoot_records import FoundPhoto
from editor.core.shoot_store import ShootStore

PHOTOS = 40


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def write_marks(path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 (no secret)
    store = ShootStore(StoreLocation(path, in_shoot=True, wal=seed % 2 == 0), busy_s=30)
    found = [FoundPhoto(f"{n}.jpg", PhotoIdentity(n + 1, f"{n:032x}"), n) for n in range(PHOTOS)]
    rows = store.recognise(found)
    count = 0
    while True:
        chosen = draw.sample(found, draw.choice((1, 1, 1, 5, PHOTOS)))
        count += 1
        marks = {}
        for photo in chosen:
            mark = Marks(draw.choice(list(Flag)), draw.randrange(6), f"{seed}-{count}")
            marks[rows[photo.key]] = RecordedMarks(
                mark, Provenance(Decider.USER, datetime.now(UTC), badge_seen=False)
            )
        store.save_marks(marks)
        said = ",".join(f"{row}:{r.marks.flag}:{r.marks.rating}:{r.marks.label}" for row, r in marks.items())
        say(f"saved {said}")


def main() -> None:
    for line in sys.stdin:
        path, seed = line.rsplit(maxsplit=1)
        child = os.fork()
        if child == 0:
            say(f"writing {os.getpid()}")
            write_marks(Path(path), int(seed))
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
