"""The command line of training: help, bad calls, missing folders, and the verbs that need no network."""

import json
from pathlib import Path

import pytest

from quality.core.contract import load_contract
from training.__main__ import main
from training.arguments import build_parser
from training.errors import TableError
from training.manifest import read_manifest
from training.photos import PictureStore, limited, read_photos
from training.recipes import RECIPES
from training.split import published_split

VERBS = ("generate", "split", "train", "evaluate", "compare", "export", "all")


@pytest.mark.parametrize("verb", VERBS)
def test_help_for_each_verb(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert f"python -m training {verb}" in capsys.readouterr().out


def test_every_verb_is_tested_here() -> None:
    assert set(VERBS) <= set(build_parser().format_help().split())


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["dance"],
        ["generate"],
        ["generate", "--output", "x", "--seed", "many"],
        ["train", "--output", "x", "--recipe", "generation-9"],
        ["train", "--output", "x", "--recipe", "quick,generation-9"],
        ["all", "--output", "x", "--recipe", "quick,"],
        ["evaluate", "--format", "poem"],
        ["export", "--output", "x"],
        ["compare", "a", "b"],
        ["compare", "a", "b", "--table", "t", "--photos", "p"],
    ],
)
def test_a_bad_call_ends_with_2(call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(call)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_corrections_without_a_network_to_start_from_say_so(
    tiny_model_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tiny_model_folder))
    call = ["train", "--output", str(tmp_path), "--corrections", str(tmp_path / "own.csv")]
    assert main(call) == 1
    assert "quality.keras is missing; name a .keras network with --from" in capsys.readouterr().err


@pytest.mark.parametrize(
    "call",
    [
        ["generate", "--photos", "{missing}", "--output", "{out}"],
        ["split", "--labels", "{missing}/labels.csv", "--output", "{out}"],
        ["evaluate", "--photos", "{missing}"],
        ["evaluate", "--photos", "{missing}", "--model", "{missing}"],
    ],
)
def test_a_missing_folder_ends_with_1_and_a_sentence(
    call: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = [word.format(missing=tmp_path / "missing", out=tmp_path / "out") for word in call]
    assert main(filled) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(f"training {call[0]}: ")
    assert "missing" in captured.err
    assert "Traceback" not in captured.err
    assert not captured.out


def test_generate_then_split(photo_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--photos", str(photo_folder), "--output", str(tmp_path)]) == 0
    assert main(["split", "--labels", str(tmp_path / "labels.csv"), "--output", str(tmp_path)]) == 0
    rows = read_manifest(tmp_path / "labels.csv")
    train, validation = (read_manifest(tmp_path / name) for name in ("train.csv", "val.csv"))
    assert sorted([*train, *validation], key=repr) == sorted(rows, key=repr)
    assert not {row.ref for row in train} & {row.ref for row in validation}
    assert {row.ref for row in train} == published_split(row.ref for row in rows)[0]
    assert "labels.csv" in capsys.readouterr().out


def test_evaluate_prints_both_protocols(
    photo_folder: Path, tiny_model_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for file in ("quality.onnx", "quality.json"):
        (folder / file).write_bytes((tiny_model_folder / file).read_bytes())
    call = ["evaluate", "--photos", str(photo_folder), "--model", str(folder)]
    assert main([*call, "--pages", str(tmp_path / "pages")]) == 0
    names = {
        f"{page}-{part}.png" for page in ("plots", "worst") for part in ("kadis", "physical", "composed")
    }
    assert {path.name for path in (tmp_path / "pages").iterdir()} == names
    text = capsys.readouterr().out
    assert "KADIS protocol" in text
    assert "defocus" in text
    assert not (folder / "test_log.csv").exists()


def test_opening_the_test_part_is_logged(
    photo_folder: Path, tiny_model_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for file in ("quality.onnx", "quality.json"):
        (folder / file).write_bytes((tiny_model_folder / file).read_bytes())
    card = folder / "MODEL_CARD.md"
    card.write_text(
        "# card\n\n## Openings of the test part\n\nNone yet.\n\n## Limits\n\n- one\n", encoding="utf-8"
    )
    call = ["evaluate", "--photos", str(photo_folder), "--model", str(folder), "--test", "--format", "json"]
    assert main(call) == 0
    assert main(call) == 0
    values = json.loads(capsys.readouterr().out.split("}\n{")[0] + "}")
    assert values["part"] == "test"
    header, *openings = (folder / "test_log.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("date,sha256,auc")
    assert len(openings) == 2
    sha256 = load_contract(folder / "quality.json").model_sha256
    assert sha256 in openings[0]
    text = card.read_text(encoding="utf-8")
    assert text.startswith("# card\n\n## Limits\n\n- one\n\n## Openings of the test part\n")
    assert "None yet" not in text
    assert text.count(f"`{sha256[:12]}`") == 2


def test_photos_come_from_the_table_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "photos.csv").write_text(
        "file,width,height,source,tier,licence,origin,natural\nb.png,1,1,s,A,CC0,o,night\na.png,1,1,s,B,,o,\n",
        encoding="utf-8",
    )
    photos = read_photos(tmp_path)
    assert [(photo.ref, photo.tier, photo.natural) for photo in photos] == [
        ("a", "B", ""),
        ("b", "A", "night"),
    ]
    assert limited(photos, RECIPES["generation-2"]) == photos
    (tmp_path / "photos.csv").write_text("name\na.png\n", encoding="utf-8")
    with pytest.raises(TableError, match="file"):
        read_photos(tmp_path)


def test_a_picture_is_decoded_once(photo_folder: Path) -> None:
    store, photo = PictureStore(), read_photos(photo_folder)[0]
    assert store[photo] is store[photo]
