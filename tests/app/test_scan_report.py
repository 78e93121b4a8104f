"""The shapes of JSON, CSV and table."""

import csv
import io
import json
import os
import unicodedata
from pathlib import Path

import pytest

from app.scan_report import CSV_COLUMNS, ScanReport, format_csv, format_json, photo_lines
from app.scan_run import ScanRow
from app.scan_table import format_table
from editor.core.photo import PhotoIdentity
from quality.core.labels import PerDefect
from quality.core.scorer import PhotoScore
from quality.core.thresholds import Mode, Modes, Thresholds

FOLDER = Path("shoot")
NO_TEXT = os.fsdecode(b"caf\xe9.jpg")


def row(name: str, *probabilities: float, error: str | None = None) -> ScanRow:
    if error is not None:
        return ScanRow(FOLDER / name, None, error)
    score = PhotoScore(PhotoIdentity(1, ""), 6000, 4000, PerDefect(*probabilities))
    return ScanRow(FOLDER / name, score, None)


ROWS = [
    row("sharp.jpg", 0.125, 0.0625, 0.25),
    row("day/two/both.jpg", 0.875, 0.75, 0.03125),
    row("broken.jpg", error="The file ends too early."),
]


def report(rows: list[ScanRow], under: Mode = Mode.REJECT) -> ScanReport:
    thresholds = Thresholds(0.5, 0.75, 0.5)
    modes = Modes(Mode.REJECT, under, Mode.REJECT)
    lines = photo_lines(FOLDER, rows, thresholds, modes)
    return ScanReport("quality", "ab" * 32, "CPU", thresholds, modes, lines)


def test_json_has_exactly_the_promised_shape() -> None:
    assert json.loads(format_json(report(ROWS, Mode.HINT))) == {
        "model": {"name": "quality", "sha256": "ab" * 32},
        "thresholds": {"blur": 0.5, "under": 0.75, "over": 0.5},
        "modes": {"blur": "reject", "under": "hint", "over": "reject"},
        "photos": [
            {
                "path": "sharp.jpg",
                "width": 6000,
                "height": 4000,
                "blur": 0.125,
                "under": 0.0625,
                "over": 0.25,
                "verdict": "keep",
                "reasons": [],
                "hints": [],
                "error": None,
                "blur_frame": 0.125,
                "blur_sharpest": None,
            },
            {
                "path": "day/two/both.jpg",
                "width": 6000,
                "height": 4000,
                "blur": 0.875,
                "under": 0.75,
                "over": 0.03125,
                "verdict": "reject",
                "reasons": ["blur"],
                "hints": ["under"],
                "error": None,
                "blur_frame": 0.875,
                "blur_sharpest": None,
            },
            {
                "path": "broken.jpg",
                "width": None,
                "height": None,
                "blur": None,
                "under": None,
                "over": None,
                "verdict": None,
                "reasons": [],
                "hints": [],
                "error": "The file ends too early.",
                "blur_frame": None,
                "blur_sharpest": None,
            },
        ],
        "summary": {
            "photos": 3,
            "judged": 2,
            "errors": 1,
            "rejected": 1,
            "hinted": 1,
            "flagged": {"blur": 1, "under": 1, "over": 0},
        },
    }


def test_json_is_ascii_and_any_path_survives() -> None:
    text = format_json(report([row(NO_TEXT, 0, 0, 0), row("日本.jpg", 0, 0, 0)]))
    assert text.isascii()
    assert [photo["path"] for photo in json.loads(text)["photos"]] == [NO_TEXT, "日本.jpg"]


def test_json_keeps_every_bit_of_a_probability() -> None:
    text = format_json(report([row("a.jpg", 0.1 + 0.2, 1 / 3, 1e-30)]))
    photo = json.loads(text)["photos"][0]
    assert (photo["blur"], photo["under"], photo["over"]) == (0.1 + 0.2, 1 / 3, 1e-30)


def test_csv_has_the_same_columns() -> None:
    found = list(csv.DictReader(io.StringIO(format_csv(report(ROWS)), newline="")))
    assert list(found[0]) == list(CSV_COLUMNS) == list(json.loads(format_json(report(ROWS)))["photos"][0])
    assert found[1]["path"] == "day/two/both.jpg"
    assert (found[1]["verdict"], found[1]["reasons"]) == ("reject", "blur under")
    assert found[2]["blur"] == found[2]["verdict"] == ""
    assert found[2]["error"] == "The file ends too early."


def test_csv_quotes_as_rfc_4180_says() -> None:
    name = 'a "b", c\nd.jpg'
    text = format_csv(report([row(name, 0, 0, 0)]))
    assert text.startswith("path,width,height,")
    assert '\r\n"a ""b"", c\nd.jpg",6000,' in text
    assert text.endswith("\r\n")
    (found,) = csv.DictReader(io.StringIO(text, newline=""))
    assert found["path"] == name


def test_table() -> None:
    assert format_table(report(ROWS, Mode.HINT)).splitlines() == [
        "Photo                  Size  Blur  Under  Over  Verdict     Why",
        "sharp.jpg         6000x4000  0.12   0.06  0.25  keep",
        "day/two/both.jpg  6000x4000  0.88   0.75  0.03  reject      B (U)",
        "broken.jpg                -     -      -     -  not judged  The file ends too early.",
        "",
        "3 photos: 2 judged, 1 rejected, 1 hinted, 1 not judged. Flagged: blur 1, under 1, over 0.",
        "Lines: blur 0.50 (reject), under 0.75 (hint), over 0.50 (reject). "
        "Model: quality abababababab on CPU.",
    ]


def test_an_empty_table() -> None:
    assert format_table(report([])).splitlines()[2].startswith("0 photos: 0 judged")


@pytest.mark.parametrize("columns", [72, 80, 100])
def test_a_table_fits(columns: int) -> None:
    rows = [*ROWS, row("long/" * 30 + "name.jpg", 1, 1, 1), row("x.jpg", error="Why? " * 40)]
    table = format_table(report(rows), columns).splitlines()
    lines = table[: len(rows) + 1]
    assert max(map(len, lines)) <= columns
    assert lines[4].split()[0].endswith("me.jpg"), "the end of a name tells most"
    assert "..." in lines[4]
    assert lines[5].endswith("...")


def test_wide_letters_stay_aligned() -> None:
    rows = [row("日本語の写真.jpg", 0, 0, 0), row("e\u0301te\u0301.jpg", 0, 0, 0), row("plain.jpg", 0, 0, 0)]
    lines = format_table(report(rows)).splitlines()[:4]
    ends = set()
    for line in lines[1:]:
        before = line[: line.index("6000x4000")]
        wide = sum(unicodedata.east_asian_width(letter) == "W" for letter in before)
        ends.add(len(before) + wide - sum(map(bool, map(unicodedata.combining, before))))
    assert len(ends) == 1


def test_wide_letters_are_cut_at_the_width() -> None:
    rows = [row("写" * 60 + ".jpg", 0, 0, 0)]
    line = format_table(report(rows), 80).splitlines()[1]
    assert sum(2 if unicodedata.east_asian_width(letter) == "W" else 1 for letter in line) <= 80


def test_a_name_cannot_steer_the_terminal() -> None:
    table = format_table(report([row("a\x1b[2J\n\r.jpg", 0, 0, 0), row(NO_TEXT, 0, 0, 0)]))
    assert "\\x1b[2J\\n\\r.jpg" in table
    assert "caf\\udce9.jpg" in table
    table.encode("utf-8")
