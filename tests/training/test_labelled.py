"""Tables of labelled photos: unknown cells, relative paths, decoding as in the program, verbs."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

from editor.core.color import to_srgb8
from editor.core.decode import decode
from quality.core.inference import open_model
from quality.core.preprocess import DECODE_AT_LEAST, to_model_input
from training.__main__ import main
from training.errors import TableError
from training.judge import judge
from training.labelled import UNKNOWN_LABEL, pictures, read_labelled, read_night
from training.table_report import Gate, gate_of


@pytest.fixture(scope="module")
def table(photo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six good photos, a dark one, a bright one, one nobody judged for blur, and one that is missing."""
    folder = tmp_path_factory.mktemp("labelled")
    (folder / "in").mkdir()
    lines = ["path,blur,under,over"]
    for number in (0, 1, 2, 4, 5, 6):
        (folder / "in" / f"good{number}.png").write_bytes(
            (photo_folder / f"scene{number:02d}.png").read_bytes()
        )
        lines.append(f"in/good{number}.png,0,0,0")
    flat = np.full((600, 800, 3), 20, np.uint8)
    for name, value, labels in (("dark", 20, ",1,0"), ("bright", 240, "1,0,1")):
        Image.fromarray(flat * 0 + np.uint8(value)).save(folder / f"{name}.png")
        lines.append(f"{name}.png,{labels}")
    lines.append("missing.png,0,0,0")
    (folder / "labels.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "labels.csv"


def test_an_empty_cell_is_unknown_and_paths_are_relative(table: Path) -> None:
    photos = read_labelled(table)
    dark = photos[6]
    assert dark.path == table.parent / "dark.png"
    assert dark.labels == (UNKNOWN_LABEL, 1.0, 0.0)
    assert {photo.night for photo in photos} == {UNKNOWN_LABEL}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("path,blur,under\na,0,0\n", "over"),
        ("path,blur,under,over\na,0,maybe,0\n", "line 2: under"),
        ("path,blur,under,over\n", "no row"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=complaint):
        read_labelled(tmp_path / "labels.csv")


def test_night_has_a_table_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "night.csv").write_text("path,night\na.jpg,1\nb.jpg,0\n", encoding="utf-8")
    assert [photo.night for photo in read_night(tmp_path / "night.csv")] == [1.0, 0.0]


def test_a_photo_is_decoded_as_the_program_decodes_it(texture: Any, tmp_path: Path) -> None:
    Image.fromarray(np.tile(texture(1, 600, 800), (4, 4, 1))).save(tmp_path / "large.jpg", quality=90)
    (tmp_path / "t.csv").write_text("path,blur,under,over\nlarge.jpg,0,0,0\n", encoding="utf-8")
    (shown,) = pictures(read_labelled(tmp_path / "t.csv"))
    program = to_srgb8(decode(tmp_path / "large.jpg", DECODE_AT_LEAST))
    assert shown.picture.shape[:2] == (600, 800)
    np.testing.assert_array_equal(to_model_input(shown.picture), to_model_input(program))


def test_a_photo_that_is_missing_is_left_out(table: Path) -> None:
    assert len(read_labelled(table)) == 9
    assert len(list(pictures(read_labelled(table)))) == 8


def test_the_gate_counts_good_photos_and_known_defects(table: Path, tiny_model_folder: Path) -> None:
    model = open_model(tiny_model_folder, device="cpu")
    judged = judge(pictures(read_labelled(table)), model.run)
    assert gate_of(judged, model.contract) == Gate(good=6, false_rejects=0, defects=3, found=3)


@pytest.mark.parametrize(
    ("new", "is_worse"),
    [
        (Gate(10, 1, 5, 4), False),
        (Gate(10, 2, 5, 5), True),
        (Gate(10, 1, 5, 3), True),
        (Gate(10, 0, 5, 0), False),
        (Gate(10, 1, 5, 5), False),
    ],
)
def test_false_rejects_decide_first_then_recall(new: Gate, is_worse: bool) -> None:
    assert new.is_worse_than(Gate(10, 1, 5, 4)) == is_worse


def test_evaluate_prints_the_table_as_text_and_json(
    table: Path, tiny_model_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["evaluate", "--model", str(tiny_model_folder), "--table", str(table)]
    assert main(call) == 0
    assert "Good photos over a line at Balanced" in capsys.readouterr().out
    assert main([*call, "--format", "json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["half"]["pictures"] == 8
    assert values["false_rejects"]["pictures"] == 6
    assert values["half"]["heads"]["under"]["recall"] == 1.0


def _stricter(tiny_model: ModuleType, folder: Path, line: float) -> Path:
    values = tiny_model.contract_values(tiny_model.network())["operating_points"]
    values["balanced"]["thresholds"] = {"blur": line, "under": line, "over": line}
    written: Path = tiny_model.write_model(folder, operating_points=values)
    return written


@pytest.mark.parametrize(("line", "code"), [(0.5, 0), (0.0, 1), (1.0, 1)])
def test_compare_ends_with_1_when_the_new_model_is_worse(
    line: float,
    code: int,
    table: Path,
    tiny_model: ModuleType,
    tiny_model_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    new = _stricter(tiny_model, tmp_path / "new", line)
    assert main(["compare", str(tiny_model_folder), str(new), "--table", str(table)]) == code
    text = capsys.readouterr().out
    assert ("is worse" in text) == bool(code)
    assert "false rejects of 6" in text


def test_compare_lists_the_photos_whose_verdict_changes(
    table: Path,
    tiny_model: ModuleType,
    tiny_model_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    new = _stricter(tiny_model, tmp_path / "new", 1.0)
    assert main(["compare", str(tiny_model_folder), str(new), "--photos", str(table.parent)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["bright.png: blur and over -> keep", "dark.png: blur and under -> keep"]
    assert lines[-1] == "2 of 2 photos listed"
