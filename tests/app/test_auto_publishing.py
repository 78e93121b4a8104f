"""Automatic publishing: sidecars follow marks, outside changes win, failures are said and retried."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app import auto_publishing, sidecar_sync
from app.main_window import MainWindow
from app.settings_table import PUBLISHING, REJECT_RATING
from app.shoot import Shoot
from app.sidecar_families import SidecarFamilies, family_of
from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.xmp_errors import SidecarWriteError
from editor.core.xmp_names import SidecarProperties
from editor.core.xmp_sidecar import read_sidecar

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]
PICK = RecordedMarks(Marks(Flag.PICK), Provenance.now(Decider.USER, badge_seen=False))


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks rest, and failures wait, for a moment only."""
    monkeypatch.setattr(auto_publishing, "REST_MS", 20)
    monkeypatch.setattr(auto_publishing, "RETRY_MS", (20,))


def switch_on(window: MainWindow) -> None:
    window.settings.set_value(PUBLISHING, "automatic")


def mark(window: MainWindow, place: int, name: str) -> None:
    window.browsing.go_to(place)
    window.actions_by_id[name].trigger()


def properties(path: Path) -> SidecarProperties | None:
    sidecar = read_sidecar(path) if path.exists() else None
    return None if sidecar is None else sidecar.properties


def says_pick(path: Path) -> bool:
    found = properties(path)
    return found is not None and found.pick == "1"


def test_nothing_is_written_unless_it_is_set(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    mark(window, 0, "pick")
    assert window.publishing.auto.waiting == 0
    assert not list(shoot_folder.glob("*.xmp"))
    qtbot.waitUntil(lambda: window.publishing.auto.knows(window.photos.shoot), timeout=WAIT_MS)
    switch_on(window)
    qtbot.waitUntil(lambda: says_pick(shoot_folder / "IMG_1.xmp"), timeout=WAIT_MS)


def test_sidecars_follow_marks_and_undo(qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path) -> None:
    window = open_window(shoot_folder)
    switch_on(window)
    mark(window, 0, "pick")
    mark(window, 1, "reject")
    second = shoot_folder / "IMG_2.xmp"
    qtbot.waitUntil(lambda: says_pick(shoot_folder / "IMG_1.xmp") and second.exists(), timeout=WAIT_MS)
    found = properties(second)
    assert found is not None
    assert (found.pick, found.rating) == ("-1", "-1")
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: (properties(second) or found).pick is None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.publishing.auto.waiting == 0, timeout=WAIT_MS)
    assert not (shoot_folder / "IMG_3.xmp").exists()
    assert window.status.publishing_text == ""


def test_a_reject_keeps_its_rating_where_that_is_set(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    window.settings.set_value(REJECT_RATING, "never")
    switch_on(window)
    mark(window, 0, "reject")
    qtbot.waitUntil((shoot_folder / "IMG_1.xmp").exists, timeout=WAIT_MS)
    found = properties(shoot_folder / "IMG_1.xmp")
    assert found is not None
    assert (found.pick, found.rating) == ("-1", None)


def test_what_another_program_wrote_meanwhile_is_taken_over(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    window = open_window(shoot_folder)
    switch_on(window)
    sidecar = shoot_folder / "IMG_1.xmp"
    mark(window, 0, "pick")
    qtbot.waitUntil(lambda: says_pick(sidecar) and window.publishing.auto.waiting == 0, timeout=WAIT_MS)
    text = sidecar.read_text(encoding="utf-8")
    assert "xmp:Rating" not in text
    sidecar.write_text(
        text.replace('rdf:about=""', 'rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="3"'),
        encoding="utf-8",
    )
    mark(window, 0, "label_red")
    book = window.photos.shoot.marks
    qtbot.waitUntil(lambda: book.marks(0) == Marks(Flag.PICK, 3, "Red"), timeout=WAIT_MS)
    found = properties(sidecar)
    assert found is not None
    assert (found.rating, found.label, found.pick) == ("3", "Red", "1")


def test_coming_back_to_the_window_reads_what_changed(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    from PySide6.QtCore import Qt

    window = open_window(shoot_folder)
    qtbot.waitUntil(lambda: window.publishing.auto.knows(window.photos.shoot), timeout=WAIT_MS)
    (shoot_folder / "IMG_3.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="5"/>'
        "</rdf:RDF></x:xmpmeta>"
    )
    window.publishing.follow_application(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: window.photos.shoot.marks.marks(2).rating == 5, timeout=WAIT_MS)


def test_a_failure_is_said_and_tried_again(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = sidecar_sync.write_sidecar, []

    def full(path: Path, marks: Marks, **rest: object) -> object:
        tries.append(path)
        if broken:
            raise SidecarWriteError(path, "The disk is full; make room and publish again.")
        return real(path, marks, **rest)  # type: ignore[arg-type]

    broken = True
    monkeypatch.setattr(sidecar_sync, "write_sidecar", full)
    window = open_window(shoot_folder)
    switch_on(window)
    mark(window, 0, "pick")
    qtbot.waitUntil(lambda: "1 not written" in window.status.publishing_text, timeout=WAIT_MS)
    assert "The disk is full" in window.publishing.auto.problem
    qtbot.waitUntil(lambda: len(tries) > 2, timeout=WAIT_MS)
    broken = False
    qtbot.waitUntil(lambda: says_pick(shoot_folder / "IMG_1.xmp"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.status.publishing_text == "", timeout=WAIT_MS)
    assert window.publishing.auto.waiting == 0


def test_damaged_sidecars_stay_and_are_named_once(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    sidecar = shoot_folder / "IMG_1.xmp"
    sidecar.write_text("<broken")
    window = open_window(shoot_folder)
    switch_on(window)
    qtbot.waitUntil(lambda: "IMG_1.xmp" in window.area.banner.text, timeout=WAIT_MS)
    window.area.banner.hide()
    with qtbot.waitSignal(window.publishing.auto.published, timeout=WAIT_MS) as done:
        mark(window, 0, "pick")
    assert done.args is not None
    assert [error.path.name for error in done.args[1].refused] == ["IMG_1.xmp"]
    assert window.area.banner.isHidden()
    assert sidecar.read_text() == "<broken"


def test_closing_publishes_what_still_rests(
    open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auto_publishing, "REST_MS", 600_000)
    monkeypatch.setattr(auto_publishing, "LONGEST_WAIT_MS", 600_000)
    window = open_window(shoot_folder)
    switch_on(window)
    mark(window, 0, "pick")
    window.close()
    assert says_pick(shoot_folder / "IMG_1.xmp")


def test_many_marks_go_in_portions_and_all_arrive(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auto_publishing, "PORTION", 2)
    window = open_window(shoot_folder)
    switch_on(window)
    window.actions_by_id["select_all"].trigger()
    portions: list[int] = []
    window.publishing.auto.published.connect(lambda _folder, done: portions.append(done.written))
    window.actions_by_id["pick"].trigger()
    qtbot.waitUntil(lambda: sum(portions) == 6, timeout=WAIT_MS)
    assert portions == [2, 2, 2]
    assert all(says_pick(path) for path in shoot_folder.glob("*.xmp"))


def test_a_shoot_left_is_published_too(
    qtbot: QtBot,
    open_window: OpenWindow,
    shoot_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    window = open_window(shoot_folder)
    switch_on(window)
    qtbot.waitUntil(lambda: window.publishing.auto.knows(window.photos.shoot), timeout=WAIT_MS)
    monkeypatch.setattr(auto_publishing, "REST_MS", 600_000)
    monkeypatch.setattr(auto_publishing, "LONGEST_WAIT_MS", 600_000)
    mark(window, 0, "pick")
    window.open_path(other)
    qtbot.waitUntil(lambda: window.photos.shoot.folder == other, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: says_pick(shoot_folder / "IMG_1.xmp"), timeout=WAIT_MS)


def test_files_of_one_stem_are_a_family_and_a_raw_file_has_the_marks_of_its_jpeg() -> None:
    folder = Path("/shoot")
    jpeg, raw, png, alone = folder / "A.JPG", folder / "a.cr3", folder / "A.png", folder / "B.jpg"
    shoot = Shoot(folder, [jpeg, png, alone], companions={jpeg: raw})
    families = SidecarFamilies(shoot)
    assert families.members([family_of(jpeg)]) == [jpeg, png, raw]
    assert families.members([(folder, "nobody")]) == []
    assert families.marked() == []
    shoot.marks.note(0, PICK)
    assert families.marked() == [family_of(raw)]
    assert families.recorded([jpeg, raw, png, alone]) == {jpeg: PICK, raw: PICK}
