"""`export` and `render` from arguments to files, reports and exit status, in this process."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.cli import run
from editor.core.decode import decode
from editor.core.export_journal import JOURNAL_NAME
from editor.core.exposure import Exposure
from editor.core.marks import Decider, Flag, Marks, Provenance, RecordedMarks
from editor.core.photo import read_identity
from editor.core.recipe import Recipe
from editor.core.recipe_json import VERSION, recipe_to_json
from editor.core.shoot_location import locate_store
from editor.core.shoot_records import FoundPhoto, VersionedText, place_key
from editor.core.shoot_store import ShootStore

ROOT = Path(__file__).resolve().parents[2]
BRIGHT = Recipe().with_(Exposure(1.0))
PICK, REJECT = Marks(Flag.PICK, 2), Marks(Flag.REJECT, 5)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FRAMESIFT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FRAMESIFT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    """Five photos: a.jpg is a brightened pick, b.jpg has four stars, c.jpg five and a reject, d a pair."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    for number, name in enumerate(("a.jpg", "b.jpg", "c.jpg", "d.jpg")):
        pixels = np.random.default_rng(number).integers(40, 90, (30, 40, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(folder / name, quality=95)
    (folder / "d.cr2").write_bytes(b"the raw file of d.jpg")
    store = ShootStore(locate_store(folder, tmp_path / "data"))
    marks = {"a.jpg": PICK, "b.jpg": Marks(rating=4), "c.jpg": REJECT}
    found = [
        FoundPhoto(place_key(folder, path), read_identity(path), path.stat().st_mtime_ns)
        for path in (folder / name for name in marks)
    ]
    rows = store.recognise(found)
    given = Provenance.now(Decider.USER, badge_seen=False)
    store.save_marks({rows[name]: RecordedMarks(each, given) for name, each in marks.items()})
    store.save_recipes({rows["a.jpg"]: VersionedText(VERSION, recipe_to_json(BRIGHT))})
    store.close()
    return folder


@pytest.fixture
def export(capfd: pytest.CaptureFixture[str], shoot: Path, tmp_path: Path) -> Run:
    def run_verb(*arguments: str) -> tuple[int, str, str]:
        status = run(["export", str(shoot), "--to", str(tmp_path / "out"), *arguments])
        return (status, *capfd.readouterr())

    return run_verb


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.name != JOURNAL_NAME)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["a.jpg"]),
        (("--picked",), ["a.jpg"]),
        (("--rated", "2"), ["a.jpg", "b.jpg"]),
        (("--picked", "--rated", "2"), ["a.jpg"]),
        (("--all",), ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]),
        (("--files", "c.jpg", "b.jpg"), ["b.jpg", "c.jpg"]),
    ],
)
def test_what_is_chosen_is_exported(
    export: Run, tmp_path: Path, arguments: tuple[str, ...], expected: list[str]
) -> None:
    status, out, err = export(*arguments)
    assert status == 0, err
    assert names(tmp_path / "out") == expected
    assert out.startswith(f"{len(expected)} written, ")
    assert f"{len(expected)} of {len(expected)} photos" in err


def test_the_edits_of_the_store_are_in_the_result(export: Run, shoot: Path, tmp_path: Path) -> None:
    export("--all", "--quality", "95")
    light = [(decode(folder / "a.jpg").pixels / 255.0).mean() ** 2.2 for folder in (shoot, tmp_path / "out")]
    assert light[1] == pytest.approx(2 * light[0], rel=0.1)
    plain = [decode(folder / "b.jpg").pixels.mean() for folder in (shoot, tmp_path / "out")]
    assert plain[1] == pytest.approx(plain[0], abs=0.5)


def test_format_size_names_and_report(export: Run, shoot: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    status, _, err = export(
        *("--all", "--format", "tiff", "--size", "20", "--name", "{rating}-{name}_{number:3}"),
        *("--report", str(report)),
    )
    assert status == 0, err
    assert names(tmp_path / "out") == ["0-d_004.tif", "2-a_001.tif", "4-b_002.tif", "5-c_003.tif"]
    picture = decode(tmp_path / "out" / "2-a_001.tif")
    assert (picture.width, picture.height, picture.pixels.dtype) == (20, 15, np.uint16)
    found = json.loads(report.read_text())
    assert found["counts"] == {"written": 4, "replaced": 0, "already": 0, "skipped": 0, "failed": 0}
    assert found["files"][0]["photo"] == str(shoot / "a.jpg")
    assert found["files"][0]["name"] == "2-a_001.tif"
    assert found["bytes"] == sum(path.stat().st_size for path in (tmp_path / "out").glob("*.tif"))


def test_a_dry_run_counts_and_writes_nothing(export: Run, tmp_path: Path) -> None:
    status, out, _ = export("--all", "--dry-run", "--report", str(tmp_path / "plan.json"))
    assert status == 0
    assert out.startswith("Dry run: 4 written, about ")
    assert not (tmp_path / "out").exists()
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert plan["dry_run"]
    assert 4 * 300 < plan["estimated_bytes"] < 4 * 3000
    assert [file["name"] for file in plan["files"]] == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]


def test_again_writes_nothing_and_conflicts_go_by_policy(export: Run, shoot: Path, tmp_path: Path) -> None:
    export("--all")
    assert export("--all")[1].startswith("4 already, 0.0 MB")
    out = tmp_path / "out"
    (out / "e.jpg").write_bytes(b"somebody's own")
    (shoot / "e.jpg").write_bytes((shoot / "d.jpg").read_bytes())
    assert export("--files", "e.jpg", "--conflict", "skip")[1].startswith("1 skipped")
    assert export("--files", "e.jpg", "--conflict", "replace")[1].startswith("1 written")
    assert (out / "e.jpg").read_bytes() == b"somebody's own"
    assert "e (2).jpg" in names(out)


def test_one_broken_photo_and_one_broken_recipe_stop_nothing(
    export: Run, shoot: Path, tmp_path: Path
) -> None:
    (shoot / "b.jpg").write_bytes(b"\xff\xd8 nothing")
    store = ShootStore(locate_store(shoot, tmp_path / "data"))
    row = store.photos()["a.jpg"].row
    store.save_recipes({row: VersionedText(99, '{"framesift_recipe":99,"operations":{}}')})
    store.close()
    status, out, err = export("--all")
    assert status == 1
    assert out.startswith("2 written, 2 failed")
    assert names(tmp_path / "out") == ["c.jpg", "d.jpg"]
    assert "framesift: b.jpg: " in err
    assert "framesift: a.jpg: Its edits cannot be read" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--all", "--picked"), "does not go with"),
        (("--files", "a.jpg", "--rated", "1"), "does not go with"),
        (("--files", "z.jpg"), "no photo of the shoot"),
        (("--rated", "6"), "invalid choice"),
        (("--picked", "--rated", "5"), "None of 5 photos is chosen"),
        (("--all", "--size", "0"), "a size is"),
        (("--all", "--quality", "0"), "quality is 1 to 100"),
        (("--all", "--bits", "16"), "jpeg does not hold 16 bits"),
        (("--all", "--name", "{nmae}"), "is no field"),
        (("--all", "--jobs", "0"), "jobs are"),
    ],
)
def test_a_bad_call_is_refused_in_one_sentence(
    export: Run, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    status, out, err = export(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert words in err
    assert not (tmp_path / "out").exists()


def test_originals_and_store_stay_as_they_are(export: Run, shoot: Path) -> None:
    before = {path: path.read_bytes() for path in shoot.iterdir() if path.is_file()}
    export("--all")
    assert {path: path.read_bytes() for path in shoot.iterdir() if path.is_file()} == before


_STARTED = """
import os, sys
import editor.core.export as module
from app.cli import run

content = module.export_content

def told(*arguments, **named):
    made = content(*arguments, **named)
    os.write(1, b"made\\n")
    return made

module.export_content = told
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """Many small photos."""
    folder = tmp_path / "series"
    folder.mkdir()
    pixels = np.random.default_rng(5).integers(0, 255, (90, 120, 3)).astype(np.uint8)
    for number in range(24):
        Image.fromarray(np.roll(pixels, number, axis=1)).save(folder / f"IMG_{number:02}.png")
    return folder


def started(series: Path, out: Path) -> Iterator[bytes]:
    """Exports in a process of its own that is killed when the caller has seen enough."""
    command = [
        sys.executable,
        "-c",
        _STARTED,
        "export",
        str(series),
        "--to",
        str(out),
        "--all",
        "--jobs",
        "2",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield from process.stdout
        finally:
            process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)


def test_an_export_killed_half_way_goes_on_without_a_duplicate_or_a_part(
    series: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    running = started(series, out)
    for _ in range(12):
        assert next(running) == b"made\n"
    running.close()  # type: ignore[attr-defined]  # a generator
    done = {path.name for path in out.glob("*.jpg")}
    assert 0 < len(done) < 24
    assert run(["export", str(series), "--to", str(out), "--all"]) == 0
    assert f"{len(done)} already" in capfd.readouterr().out
    assert names(out) == [f"IMG_{number:02}.jpg" for number in range(24)]
    for number in range(24):
        original, exported = (
            decode(folder / f"IMG_{number:02}{suffix}").pixels.astype(int)
            for folder, suffix in ((series, ".png"), (out, ".jpg"))
        )
        assert np.abs(original - exported).mean() < 12


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    path = tmp_path / "bright.json"
    path.write_text(recipe_to_json(BRIGHT))
    return path


@pytest.mark.parametrize("ending", [".jpg", ".tif", ".png", ".webp", ".avif"])
def test_one_photo_is_rendered_by_a_recipe(shoot: Path, recipe: Path, tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"result{ending}"
    arguments = ["render", str(shoot / "b.jpg"), "--recipe", str(recipe), "--output", str(output)]
    assert run(arguments) == 0
    made = decode(output)
    white = 65535.0 if made.pixels.dtype == np.uint16 else 255.0
    light = [(decode(shoot / "b.jpg").pixels / 255.0).mean() ** 2.2, (made.pixels / white).mean() ** 2.2]
    assert light[1] == pytest.approx(2 * light[0], rel=0.1)


def test_a_sidecar_of_another_program_serves_as_a_recipe(
    shoot: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sidecar, output = tmp_path / "b.xmp", tmp_path / "b.png"
    sidecar.write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"'
        ' crs:HasCrop="True" crs:CropLeft="0.5" crs:CropTop="0" crs:CropRight="1" crs:CropBottom="1"'
        ' crs:Exposure2012="+12"/></rdf:RDF></x:xmpmeta>'
    )
    assert run(["render", str(shoot / "b.jpg"), "--recipe", str(sidecar), "--output", str(output)]) == 0
    assert "Its exposure has no exact equal" in capfd.readouterr().err
    np.testing.assert_array_equal(decode(output).pixels, decode(shoot / "b.jpg").pixels[:, 20:])


def test_render_refuses_what_it_must_not_or_cannot_do(
    shoot: Path, recipe: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (shoot / "a.jpg").read_bytes()

    def refused(photo: str, output: Path, recipe: Path = recipe) -> tuple[int, str]:
        status = run(["render", str(shoot / photo), "--recipe", str(recipe), "--output", str(output)])
        return status, capfd.readouterr().err

    assert refused("b.jpg", shoot / "a.jpg")[0] == 2
    assert refused("b.jpg", tmp_path / "b.xyz")[0] == 2
    assert refused("b.jpg", tmp_path / "nowhere" / "b.jpg")[0] == 2
    status, err = refused("missing.jpg", tmp_path / "b.jpg")
    assert (status, err.count("\n")) == (1, 1)
    recipe.write_text('{"framesift_recipe":1,"operations":{"exposure":{"ev":99}}}')
    status, err = refused("b.jpg", tmp_path / "b.jpg")
    assert status == 2
    assert "exposure.ev: must be -8 to 8" in err
    assert refused("b.jpg", tmp_path / "b.jpg", tmp_path / "no.json")[0] == 2
    assert not (tmp_path / "b.jpg").exists()
    assert (shoot / "a.jpg").read_bytes() == before
