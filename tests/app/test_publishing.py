"""Sidecars: read on open, published on command after a sheet, clashes and damage left alone."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from editor.core.marks import Decider, Flag, Marks
from editor.core.xmp_sidecar import read_sidecar

WAIT_MS = 30_000
OpenWindow = Callable[..., MainWindow]
Publish = Callable[..., str]
SIDECAR = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:lr="http://example.org/lr/"
 xmp:Rating="{rating}" xmp:Label="Green" lr:kept="yes"/></rdf:RDF></x:xmpmeta>"""


def test_marks_of_other_programs_are_taken_over(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    (shoot_folder / "IMG_2.xmp").write_text(SIDECAR.format(rating=4))
    (shoot_folder / "IMG_3.xmp").write_text("<broken")
    window = open_window(shoot_folder)
    book = window.photos.shoot.marks
    qtbot.waitUntil(lambda: book.marks(1) == Marks(Flag.UNFLAGGED, 4, "Green"), timeout=WAIT_MS)
    recorded = book.recorded(1)
    assert recorded is not None
    assert recorded.provenance.decided_by is Decider.SIDECAR
    qtbot.waitUntil(lambda: "IMG_3.xmp" in window.area.banner.text, timeout=WAIT_MS)
    assert (shoot_folder / "IMG_3.xmp").read_text() == "<broken"
    window.close()
    (shoot_folder / "IMG_2.xmp").write_text(SIDECAR.format(rating=2))
    again = open_window(shoot_folder)
    qtbot.waitUntil(lambda: again.photos.shoot.marks.marks(1).rating == 2, timeout=WAIT_MS)


def test_publishing_says_what_will_be_seen_and_changes_only_marks(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path, publish: Publish
) -> None:
    (shoot_folder / "IMG_2.xmp").write_text(SIDECAR.format(rating=4))
    photo = (shoot_folder / "IMG_1.jpg").read_bytes()
    window = open_window(shoot_folder)
    qtbot.waitUntil(lambda: window.photos.shoot.marks.marks(1).rating == 4, timeout=WAIT_MS)
    for place, name in ((0, "pick"), (1, "reject"), (2, "reject")):
        window.browsing.go_to(place)
        window.actions_by_id[name].trigger()
    sentence = publish(window)
    assert "1 pick, 2 rejects and 1 photo with stars" in sentence
    assert "2 sidecars are made, 1 is changed" in sentence
    assert sorted(path.name for path in shoot_folder.glob("*.xmp")) == ["IMG_1.xmp", "IMG_2.xmp", "IMG_3.xmp"]
    patched = (shoot_folder / "IMG_2.xmp").read_text()
    assert 'lr:kept="yes"' in patched
    found = [read_sidecar(shoot_folder / f"IMG_{n}.xmp") for n in (1, 2, 3)]
    assert [sidecar.properties.pick for sidecar in found if sidecar] == ["1", "-1", "-1"]
    assert [sidecar.properties.rating for sidecar in found if sidecar] == [None, "4", "-1"]
    assert (shoot_folder / "IMG_1.jpg").read_bytes() == photo
    window.close()
    again = open_window(shoot_folder)
    flags = [again.photos.shoot.marks.marks(row).flag for row in range(3)]
    assert flags == [Flag.PICK, Flag.REJECT, Flag.REJECT]
    # What we wrote ourselves is not taken for the writing of another program.
    recorded = again.photos.shoot.marks.recorded(0)
    assert recorded is not None
    assert recorded.provenance.decided_by is Decider.USER


def test_photos_of_one_stem_with_different_marks_clash(
    qtbot: QtBot, open_window: OpenWindow, shoot_folder: Path
) -> None:
    (shoot_folder / "IMG_1.png").write_bytes((shoot_folder / "IMG_1.jpg").read_bytes())
    window = open_window(shoot_folder)
    window.browsing.go_to_photo(shoot_folder / "IMG_1.png")
    window.actions_by_id["pick"].trigger()
    window.publishing.sheet = None
    window.actions_by_id["publish"].trigger()
    qtbot.waitUntil(lambda: window.publishing.sheet is not None, timeout=WAIT_MS)
    sheet = window.publishing.sheet
    assert sheet is not None
    assert "1 name clash is left out." in sheet.sentence.text()
    assert sheet.lines[0] == "Clash: IMG_1.xmp"
    assert sheet.lines[1:] == ["IMG_1.jpg", "IMG_1.png"]
    sheet.reject()
    assert not list(shoot_folder.glob("*.xmp"))
