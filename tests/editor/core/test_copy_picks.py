"""Copying picks: names from a template that stay in the folder, checked copies, nothing overwritten."""

import errno
import os
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core import copy_picks as module
from editor.core.cancellation import Cancellation
from editor.core.copy_picks import Conflict, CopyJob, CopyResult, copy_picks
from editor.core.file_move import copy_verified
from editor.core.name_template import FIELDS, NameFields, TemplateError, check_template, fill_template

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
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
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

    def full(source: Path, target: Path) -> None:
        if source.suffix == ".JPG":
            raise OSError(errno.ENOSPC, "No space left on device")
        copy_verified(source, target)

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
