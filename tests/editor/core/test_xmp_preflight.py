"""The pre-flight: what other programs will see, which sidecars clash and which are refused."""

from pathlib import Path

from editor.core.marks import NO_MARKS, Flag, Marks
from editor.core.xmp_paths import SidecarNaming
from editor.core.xmp_preflight import preflight
from editor.core.xmp_sidecar import write_sidecar


def test_it_says_what_publishing_would_do(tmp_path: Path) -> None:
    write_sidecar(tmp_path / "a.xmp", Marks(rating=1), seen=None)
    (tmp_path / "broken.jpg.xmp").write_text("<a")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    marks = {
        "a.CR3": Marks(Flag.REJECT),
        "a.JPG": Marks(Flag.REJECT),
        "b.jpg": Marks(Flag.PICK, 3, "Red"),
        "b.png": Marks(Flag.REJECT, 2),
        "broken.jpg": Marks(rating=5),
        "none.jpg": NO_MARKS,
    }
    found = preflight({tmp_path / name: mark for name, mark in marks.items()}, SidecarNaming.ADOBE)
    assert (found.picks, found.rejects, found.rated, found.labelled) == (1, 3, 3, 1)
    assert (found.new, found.changed) == (1, 1)
    assert found.clashes == {tmp_path / "b.xmp": (tmp_path / "b.jpg", tmp_path / "b.png")}
    assert [error.path.name for error in found.refused] == ["broken.jpg.xmp"]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    apart = preflight({tmp_path / name: mark for name, mark in marks.items()}, SidecarNaming.DARKTABLE)
    assert (apart.new, apart.clashes) == (2, {})
