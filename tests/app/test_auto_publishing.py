"""Automatic publishing: sidecars follow marks, outside changes win, failures are said and retried."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app import auto_publishing, sidecar_sync
from app.mark_edit import MarkEdit
from app.mark_service import MarkService
from app.marking import Marking
from app.photo_list_model import PhotoListModel
from app.publishing import Publishing
from app.settings import Settings
from app.settings_table import PUBLISHING, REJECT_RATING
from app.shoot import Shoot
from app.sidecar_families import SidecarFamilies, family_of
from editor.core import xmp_sidecar
from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.xmp_errors import SidecarWriteError
from editor.core.xmp_names import SidecarProperties
from editor.core.xmp_sidecar import Sidecar, read_sidecar

WAIT_MS = 120_000
PICK = RecordedMarks(Marks(Flag.PICK), Provenance.now(Decider.USER, badge_seen=False))
RATED = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="{stars}"/>'
    "</rdf:RDF></x:xmpmeta>"
)


class Desk(QObject):
    """A shoot, its marks and their publishing, as the window puts them together; no window, no network."""

    def __init__(self, folder: Path, window: QWidget) -> None:
        super().__init__(window)
        self.folder = folder
        self.settings = Settings(folder.parent / "settings.ini")
        self.photos = PhotoListModel(self)
        self.marking = Marking(self.photos, self)
        self.service = MarkService(folder.parent / "marks", self)
        self.publishing = Publishing(self.photos, self.service, self.settings, window)
        self.auto = self.publishing.auto
        self.warnings: list[str] = []
        self._closed = False
        self.publishing.warned.connect(self.warnings.append)
        self.marking.changed.connect(self.service.save)
        self.marking.changed.connect(self.auto.note)
        self.service.loaded.connect(self.publishing.read)
        self.open(folder)

    def open(self, folder: Path) -> None:
        """Opens a shoot, with the marks it has."""
        shoot = Shoot(folder, sorted(folder.glob("*.jpg")))
        self.photos.set_shoot(shoot)
        self.service.open(shoot)
        self.publishing.leave()

    def mark(self, number: int, edit: MarkEdit) -> None:
        """Marks one photo."""
        self.marking.mark([self.folder / f"IMG_{number}.jpg"], edit, badge_seen=False)

    def automatic(self) -> None:
        """Switches it on."""
        self.settings.set_value(PUBLISHING, "automatic")

    def close(self) -> None:
        """What the window does when it is closed."""
        if not self._closed:
            self._closed = True
            self.auto.finish()
            self.service.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Six photos, open; marks rest and failures wait for a moment only."""
    monkeypatch.setattr(auto_publishing, "REST_MS", 20)
    monkeypatch.setattr(auto_publishing, "RETRY_MS", (20,))
    folder = tmp_path / "shoot"
    folder.mkdir()
    for number in range(1, 7):
        (folder / f"IMG_{number}.jpg").write_bytes(b"photo" * number)
    window = QWidget()
    made = Desk(folder, window)
    qtbot.waitUntil(lambda: made.auto.knows(made.photos.shoot), timeout=WAIT_MS)
    yield made
    made.close()
    window.deleteLater()


PICKED, REJECTED = MarkEdit(flag=Flag.PICK), MarkEdit(flag=Flag.REJECT)


def properties(path: Path) -> SidecarProperties | None:
    sidecar = read_sidecar(path)
    return None if sidecar is None else sidecar.properties


def says_pick(path: Path) -> bool:
    found = properties(path)
    return found is not None and found.pick == "1"


def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is published by itself while a test lasts."""
    monkeypatch.setattr(auto_publishing, "REST_MS", 600_000)
    monkeypatch.setattr(auto_publishing, "LONGEST_WAIT_MS", 600_000)


def test_nothing_is_written_unless_it_is_set(qtbot: QtBot, desk: Desk) -> None:
    desk.mark(1, PICKED)
    assert desk.auto.waiting == 0
    assert not list(desk.folder.glob("*.xmp"))
    desk.automatic()
    qtbot.waitUntil(lambda: says_pick(desk.folder / "IMG_1.xmp"), timeout=WAIT_MS)


def test_sidecars_follow_marks_and_undo(qtbot: QtBot, desk: Desk) -> None:
    desk.automatic()
    desk.mark(1, PICKED)
    desk.mark(2, REJECTED)
    qtbot.waitUntil(lambda: desk.auto.waiting == 0, timeout=WAIT_MS)
    assert says_pick(desk.folder / "IMG_1.xmp")
    second = properties(desk.folder / "IMG_2.xmp")
    assert second is not None
    assert (second.pick, second.good, second.rating) == ("-1", "false", "-1")
    desk.marking.undo()
    qtbot.waitUntil(lambda: desk.auto.waiting == 0, timeout=WAIT_MS)
    second = properties(desk.folder / "IMG_2.xmp")
    assert second is not None
    assert (second.pick, second.rating) == (None, None)
    assert not (desk.folder / "IMG_3.xmp").exists()
    assert desk.auto.problem == ""


@pytest.mark.parametrize(("setting", "rating"), [("without_stars", "4"), ("always", "-1"), ("never", "4")])
def test_a_reject_with_stars_is_rated_as_set(qtbot: QtBot, desk: Desk, setting: str, rating: str) -> None:
    desk.settings.set_value(REJECT_RATING, setting)
    desk.mark(1, MarkEdit(rating=4))
    desk.mark(1, REJECTED)
    desk.automatic()
    qtbot.waitUntil(lambda: desk.auto.waiting == 0, timeout=WAIT_MS)
    found = properties(desk.folder / "IMG_1.xmp")
    assert found is not None
    assert (found.pick, found.rating) == ("-1", rating)


def test_what_another_program_wrote_meanwhile_is_taken_over(qtbot: QtBot, desk: Desk) -> None:
    desk.automatic()
    sidecar = desk.folder / "IMG_1.xmp"
    desk.mark(1, PICKED)
    qtbot.waitUntil(lambda: desk.auto.waiting == 0, timeout=WAIT_MS)
    text = sidecar.read_text(encoding="utf-8")
    assert "xmp:Rating" not in text
    stars = 'rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="3"'
    sidecar.write_text(text.replace('rdf:about=""', stars), encoding="utf-8")
    desk.mark(1, MarkEdit(label="Red"))
    book = desk.photos.shoot.marks
    qtbot.waitUntil(lambda: book.marks(0) == Marks(Flag.PICK, 3, "Red"), timeout=WAIT_MS)
    found = properties(sidecar)
    assert found is not None
    assert (found.rating, found.label, found.pick) == ("3", "Red", "1")


def test_coming_back_to_the_window_reads_what_changed(qtbot: QtBot, desk: Desk) -> None:
    (desk.folder / "IMG_3.xmp").write_text(RATED.format(stars=5))
    desk.publishing.follow_application(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: desk.photos.shoot.marks.marks(2).rating == 5, timeout=WAIT_MS)


def test_a_failure_is_kept_and_tried_again(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[Path] = []

    def full(path: Path, *_arguments: object, **_rest: object) -> Sidecar | None:
        tries.append(path)
        raise SidecarWriteError(path, "The disk is full; make room and publish again.")

    monkeypatch.setattr(sidecar_sync, "write_sidecar", full)
    desk.automatic()
    desk.mark(1, PICKED)
    qtbot.waitUntil(lambda: len(tries) > 2, timeout=WAIT_MS)
    assert "The disk is full" in desk.auto.problem
    assert desk.auto.waiting == 1
    monkeypatch.setattr(sidecar_sync, "write_sidecar", xmp_sidecar.write_sidecar)
    qtbot.waitUntil(lambda: desk.auto.problem == "" and desk.auto.waiting == 0, timeout=WAIT_MS)
    assert says_pick(desk.folder / "IMG_1.xmp")


def test_a_damaged_sidecar_stays_and_is_named_once(qtbot: QtBot, desk: Desk) -> None:
    sidecar = desk.folder / "IMG_1.xmp"
    sidecar.write_text("<broken")
    desk.automatic()
    for edit in (PICKED, REJECTED):
        with qtbot.waitSignal(desk.auto.published, timeout=WAIT_MS) as done:
            desk.mark(1, edit)
        assert done.args is not None
        assert [error.path for error in done.args[1].refused] == [sidecar]
    qtbot.waitUntil(lambda: desk.auto.waiting == 0, timeout=WAIT_MS)
    assert len(desk.warnings) == 1
    assert "IMG_1.xmp" in desk.warnings[0]
    assert sidecar.read_text() == "<broken"


def test_closing_publishes_what_still_rests(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    patience(monkeypatch)
    monkeypatch.setattr(auto_publishing, "FINISH_SECONDS", 120.0)
    desk.automatic()
    desk.mark(1, PICKED)
    assert not (desk.folder / "IMG_1.xmp").exists()
    desk.close()
    assert says_pick(desk.folder / "IMG_1.xmp")


def test_many_marks_go_in_portions_and_all_arrive(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auto_publishing, "PORTION", 2)
    desk.automatic()
    portions: list[int] = []
    desk.auto.published.connect(lambda _folder, done: portions.append(done.written))
    desk.marking.mark(desk.photos.shoot.photos, PICKED, badge_seen=False)
    qtbot.waitUntil(lambda: sum(portions) == 6, timeout=WAIT_MS)
    assert portions == [2, 2, 2]
    assert all(says_pick(desk.folder / f"IMG_{number}.xmp") for number in range(1, 7))


def test_a_photo_that_was_moved_away_leaves_no_sidecar_behind(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience(monkeypatch)
    desk.automatic()
    desk.mark(1, REJECTED)
    desk.mark(2, PICKED)
    (desk.folder / "IMG_1.jpg").rename(desk.folder.parent / "IMG_1.jpg")
    desk.open(desk.folder)
    qtbot.waitUntil(lambda: says_pick(desk.folder / "IMG_2.xmp"), timeout=WAIT_MS)
    desk.close()
    assert not (desk.folder / "IMG_1.xmp").exists()


def test_a_shoot_that_is_left_is_published_too(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience(monkeypatch)
    other = tmp_path / "other"
    other.mkdir()
    desk.automatic()
    desk.mark(1, PICKED)
    desk.open(other)
    qtbot.waitUntil(lambda: says_pick(desk.folder / "IMG_1.xmp"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.auto.knows(desk.photos.shoot), timeout=WAIT_MS)


def test_files_of_one_stem_are_a_family_and_a_raw_file_has_the_marks_of_its_jpeg() -> None:
    folder = Path("/shoot")
    jpeg, raw, png, alone = folder / "A.JPG", folder / "a.cr3", folder / "A.png", folder / "B.jpg"
    shoot = Shoot(folder, [jpeg, png, alone], companions={jpeg: raw})
    families = SidecarFamilies(shoot)
    assert families.members([family_of(jpeg)]) == [jpeg, png, raw]
    assert families.members([(str(folder), "nobody")]) == []
    assert families.marked() == []
    shoot.marks.note(0, PICK)
    assert families.marked() == [family_of(raw)]
    assert families.recorded([jpeg, raw, png, alone]) == {jpeg: PICK, raw: PICK}
