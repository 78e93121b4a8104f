"""A process that can be killed while it marks: through the program's own marking, service and store.

Run as ``python marking_process.py SHOOT USER_FOLDER``. For each line ``FIRST`` on standard input it forks a
culler that gives the photos the labels FIRST, FIRST + 1 and so on, and says a label once it is on the disk.
Lines on standard output: ``culler PID``, ``LABEL`` for each confirmed mark, and ``ended`` once it is dead.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QEventLoop

from app.mark_edit import MarkEdit
from app.mark_service import MarkService
from app.marking import Marking
from app.photo_list_model import PhotoListModel
from app.shoot import Shoot


def say(line: str) -> None:
    """Writes a line at once and whole."""
    os.write(1, f"{line}\n".encode())


def cull(folder: Path, user_folder: Path, label: int) -> None:
    """Marks one photo after the other until it is killed."""
    application = QCoreApplication([])
    photos = PhotoListModel(application)
    photos.set_shoot(Shoot(folder, sorted(folder.glob("*.jpg"))))
    marking, service = Marking(photos, application), MarkService(user_folder, application)
    marking.changed.connect(service.save)
    saved = QEventLoop()

    def look() -> None:
        if not service.unsaved:
            saved.quit()

    service.progressed.connect(look)
    service.open(photos.shoot)
    while True:
        path = photos.shoot.photos[label % len(photos.shoot)]
        marking.mark([path], MarkEdit(label=str(label)), badge_seen=False)
        saved.exec()
        say(str(label))
        label += 1


def main() -> None:
    """Forks a culler for each line."""
    folder, user_folder = Path(sys.argv[1]), Path(sys.argv[2])
    for line in sys.stdin:
        culler = os.fork()
        if not culler:
            cull(folder, user_folder, int(line))
        say(f"culler {culler}")
        os.waitpid(culler, 0)
        say("ended")


if __name__ == "__main__":
    main()
