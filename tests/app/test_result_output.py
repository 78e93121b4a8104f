"""Results reach files and streams whole, whatever the encoding, and never take a photo's place."""

import io
import os
import sys
from pathlib import Path

import pytest

from app.result_output import OutputError, check_output, write_file, write_stream

NO_TEXT = os.fsdecode(b"caf\xe9")


def written(text: str, encoding: str) -> bytes:
    content = io.BytesIO()
    stream = io.TextIOWrapper(content, encoding=encoding)
    write_stream(text, stream)
    return content.getvalue()


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "é日\r\n".encode()),
        ("ascii", b"\\xe9\\u65e5\r\n"),
        ("latin-1", b"\xe9\\u65e5\r\n"),
        ("utf-16-le", "é日\r\n".encode("utf-16-le")),
    ],
)
def test_any_encoding(encoding: str, expected: bytes) -> None:
    assert written("é日\r\n", encoding) == expected


def test_a_name_that_is_no_text_keeps_its_bytes() -> None:
    assert written(NO_TEXT, "utf-8") == b"caf\xe9"
    assert written("\ud800", "utf-8") == b"\\ud800"


def test_what_was_printed_before_comes_before() -> None:
    content = io.BytesIO()
    stream = io.TextIOWrapper(content, encoding="utf-8")
    stream.write("first ")
    write_stream("second", stream)
    assert content.getvalue() == b"first second"


def test_a_closed_stream() -> None:
    with pytest.raises(OutputError, match="closed"):
        write_stream("text", None)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk() -> None:
    with open(os.open("/dev/full", os.O_WRONLY), "w") as stream:  # noqa: PTH123 - opened by its number
        with pytest.raises(OutputError) as caught:
            write_stream("text", stream)
        assert caught.value.late
        assert "No space left" in caught.value.reason


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "scan.json"
    path.write_text("an older and longer result")
    check_output(path)
    write_file(f"{NO_TEXT} é\r\n", path)
    assert path.read_bytes() == b"caf\xe9 \xc3\xa9\r\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link, target = tmp_path / "link.json", tmp_path / "target.json"
    target.write_text("old")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("links may not be made here")
    write_file("new", link)
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no device files")
def test_a_device_is_written_to_not_replaced(tmp_path: Path) -> None:
    device = tmp_path / "device"
    device.symlink_to(os.devnull)
    write_file("text", device)
    assert device.is_symlink()
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("photo.jpg", "replace a photo"),
        ("PHOTO.CR2", "replace a photo"),
        ("folder", "is a folder"),
        ("none/scan.json", "does not exist"),
    ],
)
def test_what_must_not_be_written_is_refused_first(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match=reason) as caught:
        check_output(tmp_path / name)
    assert not caught.value.late


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written") as caught:
        write_file("text", tmp_path / "gone" / "scan.json")
    assert caught.value.late


def test_standard_output_needs_no_check() -> None:
    check_output(None)
