"""Copying picks: names from a template that stay in the folder, checked copies, nothing overwritten."""

import errno
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core import copy_picks as module
from editor.core.cancellation import Cancellation
from editor.core.copy_picks import Conflict, CopyJob, CopyResult, copy_picks
from editor.core.file_move import copy_verified
from editor.core.marks import Flag, Marks
from editor.core.name_template import FIELDS, NameFields, TemplateError, check_template, fill_template
from editor.core.pick_names import PROMISES_NAME
from editor.core.picks import list_picks, missing_room
from editor.core.return_picks import return_picks

WHOLE = NameFields("IMG_1", 7, datetime(2024, 2, 3, 4, 5, 6), "Canon EOS R5", 4, "Red")


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{name}", "IMG_1"),
        ("{date}/{name}_{number:4}", "2024-02-03/IMG_1_0007"),
        ("{year}{month}{day} {time}", "20240203 04-05-06"),
        ("{camera} {rating} {label}", "Canon EOS R5 4 Red"),
        ("{{{name}}}", "{IMG_1}"),
        ("a:b*c", "a_b_c"),
        ("nul", "_nul"),
        (".hidden", "_hidden"),
        ("x. ", "x"),
    ],
)
def test_a_template_is_filled(template: str, name: str) -> None:
    assert fill_template(template, WHOLE) == name


def test_what_is_not_known_is_said() -> None:
    assert fill_template("{date} {camera} {label}", NameFields("a", 1)) == "unknown unknown unknown"


@pytest.mark.parametrize(
    "template", ["", "{nonsense}", "{name", "name}", "a//b", "/a", "a/", "..", "../{name}"]
)
def test_a_template_without_sense_is_refused(template: str) -> None:
    with pytest.raises(TemplateError):
        check_template(template)


PIECES = st.lists(
    st.sampled_from([*(f"{{{field}}}" for field in FIELDS), "/", "..", ".", "\\", "a", " ", "C:"]), max_size=8
)


@given(PIECES, st.text(), st.none() | st.text(), st.none() | st.text())
def test_a_name_never_leaves_the_folder(
    pieces: list[str], name: str, camera: str | None, label: str | None
) -> None:
    try:
        path = PurePosixPath(fill_template("".join(pieces), NameFields(name, 1, None, camera, 0, label)))
    except TemplateError:
        return
    assert not path.is_absolute()
    assert path.parts
    assert not {"..", ".", ""} & set(path.parts)
    assert not set('\\:*?"<>|\0') & set(str(path))


@pytest.fixture
def jobs(tmp_path: Path) -> list[CopyJob]:
    made = []
    for number, names in enumerate([("a.CR3", "a.JPG", "a.CR3.xmp"), ("b.jpg",), ("sub/b.jpg",)], start=1):
        files = tuple(tmp_path / "shoot" / name for name in names)
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(os.urandom(2000))
        made.append(CopyJob(files, NameFields(files[0].stem, number)))
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != PROMISES_NAME
    }


def outcomes(results: tuple[CopyResult, ...]) -> list[str]:
    return [result.outcome.value for result in results]


def test_photos_are_copied_with_what_belongs_to_them(tmp_path: Path, jobs: list[CopyJob]) -> None:
    seen: list[CopyResult] = []
    results = copy_picks(jobs, tmp_path / "out", "{number:2}/{name}", Conflict.SKIP, on_result=seen.append)
    assert outcomes(results) == ["copied"] * 3
    assert seen == list(results)
    files = [file for job in jobs for file in job.files]
    targets = [target for result in results for target in result.targets]
    names = ["01/a.CR3", "01/a.JPG", "01/a.CR3.xmp", "02/b.jpg", "03/b.jpg"]
    assert [target.relative_to(tmp_path / "out").as_posix() for target in targets] == names
    assert [target.read_bytes() for target in targets] == [file.read_bytes() for file in files]


@pytest.mark.parametrize("conflict", Conflict)
def test_nothing_is_overwritten(tmp_path: Path, jobs: list[CopyJob], conflict: Conflict) -> None:
    out = tmp_path / "out"
    results = copy_picks(jobs, out, "{name}", conflict)
    expected = {"a.CR3", "a.JPG", "a.CR3.xmp", "b.jpg"}
    if conflict is Conflict.SKIP:
        assert outcomes(results) == ["copied", "copied", "skipped"]
        assert set(contents(out)) == expected
    else:
        assert outcomes(results) == ["copied"] * 3
        assert set(contents(out)) == expected | {"b (2).jpg"}
    before = contents(out)
    again = copy_picks(jobs, out, "{name}", conflict)
    assert set(outcomes(again)) <= {"there", "skipped"}
    assert contents(out) == before


def test_a_stopped_copy_is_taken_up_again(tmp_path: Path, jobs: list[CopyJob]) -> None:
    out, cancellation = tmp_path / "out", Cancellation()

    def stop(_result: CopyResult) -> None:
        cancellation.cancel()

    first = copy_picks(jobs, out, "{name}", Conflict.NUMBER, cancellation=cancellation, on_result=stop)
    assert outcomes(first) == ["copied"]
    (out / "a.JPG").unlink()  # as if it had been killed between two files
    rest = copy_picks(jobs, out, "{name}", Conflict.NUMBER)
    assert outcomes(rest) == ["copied"] * 3
    assert set(contents(out)) == {"a.CR3", "a.JPG", "a.CR3.xmp", "b.jpg", "b (2).jpg"}


def test_a_photo_that_cannot_be_copied_does_not_stop_the_others(
    tmp_path: Path, jobs: list[CopyJob], monkeypatch: pytest.MonkeyPatch
) -> None:

    def full(source: Path, target: Path, on_block: Callable[[int], None] | None = None) -> None:
        if source.suffix == ".JPG":
            raise OSError(errno.ENOSPC, "No space left on device")
        copy_verified(source, target, on_block)

    monkeypatch.setattr(module, "copy_verified", full)
    jobs[1].files[0].unlink()
    results = copy_picks(jobs, tmp_path / "out", "{number}", Conflict.NUMBER)
    assert outcomes(results) == ["failed", "failed", "copied"]
    assert "the disk is full" in results[0].reason
    assert "no longer there" in results[1].reason


def test_a_senseless_template_copies_nothing(tmp_path: Path, jobs: list[CopyJob]) -> None:
    with pytest.raises(TemplateError):
        copy_picks(jobs, tmp_path / "out", "{what}", Conflict.SKIP)
    assert not (tmp_path / "out").exists()


def files_of(jobs: list[CopyJob]) -> dict[Path, bytes]:
    return {file: file.read_bytes() for job in jobs for file in job.files}


@pytest.fixture(params=["links", "no links", "another disk"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The kinds of disks a target may lie on."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV if request.param == "another disk" else errno.EPERM, "no")

    if request.param != "links":
        monkeypatch.setattr("editor.core.file_move.os.link", refuse)
    return str(request.param)


def test_a_move_takes_every_byte_along_and_can_be_taken_back(
    tmp_path: Path, jobs: list[CopyJob], disk: str
) -> None:
    before, out = files_of(jobs), tmp_path / "out"
    results = copy_picks(jobs, out, "{name}", Conflict.NUMBER, move=True)
    assert outcomes(results) == ["moved"] * 3, disk
    assert not any(file.exists() for file in before)
    assert set(contents(out).values()) == set(before.values())
    moved = [pair for result in results for pair in result.moved]
    assert {old: new.read_bytes() for old, new in moved} == before
    report = return_picks(moved)
    assert set(report.done) == set(before)
    assert files_of(jobs) == before
    assert contents(out) == {}


def test_what_comes_back_never_replaces_another_file(tmp_path: Path, jobs: list[CopyJob]) -> None:
    moved = copy_picks(jobs[1:2], tmp_path / "out", "{name}", Conflict.NUMBER, move=True)[0].moved
    moved[0][0].write_bytes(b"another one")
    report = return_picks(moved)
    assert report.done == ()
    assert "a file of that name is there already" in report.left[0][1]
    assert moved[0][0].read_bytes() == b"another one"


@pytest.mark.parametrize("stop_at", range(1, 7))
def test_a_move_killed_anywhere_loses_nothing_and_goes_on(
    tmp_path: Path, jobs: list[CopyJob], monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    """Killed before the n-th name is given or taken: every byte stands somewhere, names stay promised."""
    before, out, steps = files_of(jobs), tmp_path / "out", 0

    class Killed(BaseException):
        pass

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == stop_at:
            raise Killed

    def link(one: Path, other: Path, **options: bool) -> None:
        step()
        os_link(one, other, **options)

    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        if "shoot" in path.parts:
            step()
        path_unlink(path, missing_ok=missing_ok)

    os_link, path_unlink = os.link, Path.unlink
    with monkeypatch.context() as patch:
        patch.setattr("editor.core.file_move.os.link", link)
        patch.setattr(Path, "unlink", unlink)
        with pytest.raises(Killed):
            copy_picks(jobs, out, "{number:2}", Conflict.NUMBER, move=True)
    assert set(before.values()) <= set(contents(tmp_path).values())
    left = [job for job in jobs if job.files[0].exists()]
    rest = [
        CopyJob(tuple(file for file in job.files if file.exists()), NameFields(job.fields.name, number))
        for number, job in enumerate(left, start=1)
    ]
    copy_picks(rest, out, "{number:2}", Conflict.NUMBER, move=True)
    assert set(contents(out)) == {"01.CR3", "01.JPG", "01.CR3.xmp", "02.jpg", "03.jpg"}
    assert sorted(contents(out).values()) == sorted(before.values())
    assert not any(file.exists() for file in before)


def test_what_a_photo_that_stays_needs_is_only_copied(tmp_path: Path, jobs: list[CopyJob]) -> None:
    sidecar = jobs[0].files[2]
    job = CopyJob(jobs[0].files, jobs[0].fields, frozenset({sidecar}))
    (result,) = copy_picks([job], tmp_path / "out", "{name}", Conflict.SKIP, move=True)
    assert [old for old, _ in result.moved] == [job.files[1], job.files[0]]
    assert sidecar.read_bytes() == (tmp_path / "out" / "a.CR3.xmp").read_bytes()


@pytest.mark.parametrize("linked", [False, True])
def test_a_move_onto_itself_moves_nothing(tmp_path: Path, jobs: list[CopyJob], linked: bool) -> None:
    before = files_of(jobs[:1])
    if linked:  # a file that has a second name elsewhere already
        os.link(jobs[0].files[0], tmp_path / "elsewhere")
    results = copy_picks(jobs[:1], tmp_path / "shoot", "{name}", Conflict.NUMBER, move=True)
    assert outcomes(results) == ["there"]
    assert files_of(jobs[:1]) == before


def test_an_original_that_may_not_go_is_said(
    tmp_path: Path, jobs: list[CopyJob], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, **_: bool) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)
    (result,) = copy_picks(jobs[1:2], tmp_path / "out", "{name}", Conflict.SKIP, move=True)
    assert (result.outcome.value, result.moved) == ("copied", ())
    assert "the disk is read-only" in result.reason


def test_stopping_within_a_file_leaves_nothing_of_it(tmp_path: Path, jobs: list[CopyJob]) -> None:
    jobs[0].files[0].write_bytes(bytes(3 * 1024 * 1024))
    cancellation, told = Cancellation(), list[int]()

    def stop(done: int) -> None:
        told.append(done)
        cancellation.cancel()

    out = tmp_path / "out"
    results = copy_picks(jobs, out, "{name}", Conflict.SKIP, cancellation=cancellation, on_bytes=stop)
    assert results == ()
    assert told == [1024 * 1024]
    assert contents(out) == {}


def test_numbers_go_on_where_picks_are_added_later(tmp_path: Path, jobs: list[CopyJob]) -> None:
    out = tmp_path / "out"
    copy_picks(jobs[1:], out, "{number:3}", Conflict.NUMBER)
    added = [CopyJob(job.files, NameFields("x", number)) for number, job in enumerate(jobs, start=1)]
    results = copy_picks(added, out, "{number:3}", Conflict.NUMBER)
    assert outcomes(results) == ["copied", "there", "there"]
    assert [result.targets[0].name for result in results] == ["001.CR3", "002.jpg", "003.jpg"]
    more = tmp_path / "shoot" / "c.jpg"
    more.write_bytes(b"c")
    (result,) = copy_picks([CopyJob((more,), NameFields("c", 1))], out, "{number:3}", Conflict.NUMBER)
    assert result.targets[0].name == "004.jpg"


def test_promises_that_make_no_sense_are_left_out(tmp_path: Path, jobs: list[CopyJob]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / PROMISES_NAME).write_bytes(b'{"key": 3}\n[]\n{"key": 1, "template": 2, "stem": 3}\n{"half')
    results = copy_picks(jobs[1:2], out, "{name}", Conflict.SKIP)
    assert outcomes(results) == ["copied"]


def test_picks_are_listed_with_pairs_and_sidecars(tmp_path: Path) -> None:
    names = ["a.CR3", "a.jpg", "a.CR3.xmp", "b.jpg", "b.png", "b.xmp", "c.jpg", "d.jpg"]
    for name in names:
        (tmp_path / name).write_bytes(b"12345")
    photos = [tmp_path / name for name in names if not name.endswith("xmp")]
    picked = Marks(Flag.PICK, 2)
    marks = {tmp_path / "a.jpg": picked, tmp_path / "b.png": picked, tmp_path / "d.jpg": Marks(Flag.REJECT)}
    shots = list_picks(photos, marks)
    assert [[file.name for file in shot.files] for shot in shots] == [
        ["a.CR3", "a.jpg", "a.CR3.xmp"],
        ["b.png", "b.xmp"],
    ]
    assert [[file.name for file in shot.stays] for shot in shots] == [[], ["b.xmp"]]
    assert [shot.size for shot in shots] == [15, 10]
    assert {shot.marks for shot in shots} == {picked}


def test_missing_room_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jpg").write_bytes(bytes(1000))
    shots = list_picks([tmp_path / "a.jpg"], {tmp_path / "a.jpg": Marks(Flag.PICK)})
    usage = type("Usage", (), {"free": 300})
    monkeypatch.setattr("editor.core.picks.shutil.disk_usage", lambda _place: usage)
    assert missing_room(tmp_path / "new" / "folder", shots, move=False) == 700
    assert missing_room(tmp_path / "new" / "folder", shots, move=True) == 0
