"""The export of a network with random weights: one input, a free batch axis, parity enforced."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
keras = pytest.importorskip("keras")
onnx = pytest.importorskip("onnx")

from quality.core.contract import load_contract  # noqa: E402
from quality.core.inference import open_model  # noqa: E402
from training import config  # noqa: E402
from training.errors import ExportRefusedError  # noqa: E402
from training.export import export  # noqa: E402
from training.model import assemble, build_backbone, build_heads, load_network  # noqa: E402
from training.parity import check_parity  # noqa: E402
from training.photos import PictureStore, SourcePhoto, read_photos  # noqa: E402
from training.recipes import recipe  # noqa: E402
from training.split import Part, part_of  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def photos(photo_folder: Path) -> tuple[SourcePhoto, ...]:
    """Four photos, two of them in validation."""
    paths = [photo.path for photo in read_photos(photo_folder)]
    names = [f"scene{number:02d}" for number in range(40)]
    parts = {part: [n for n in names if part_of(SourcePhoto(n, Path(n))) is part] for part in Part}
    chosen = [*parts[Part.VALIDATION][:2], *parts[Part.TRAIN][:2]]
    return tuple(SourcePhoto(name, path) for name, path in zip(chosen, paths, strict=False))


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run whose network nobody trained."""
    folder = tmp_path_factory.mktemp("run")
    keras.utils.set_random_seed(4)
    network = assemble(build_backbone(), build_heads(), inference_mode=True)
    network.save(folder / "network.keras")
    config.save(recipe("quick"), folder / "config.json")
    return folder


@pytest.fixture(scope="module")
def exported(
    run_folder: Path, photos: tuple[SourcePhoto, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The files of an export; no test may change them."""
    folder = tmp_path_factory.mktemp("model")
    export(run_folder, photos, PictureStore(), folder)
    return folder


def test_the_graph_has_one_input_and_a_free_batch_axis(exported: Path) -> None:
    graph = onnx.load(exported / "quality.onnx").graph
    assert [end.name for end in graph.input] == ["image"]
    assert [end.name for end in graph.output] == ["logits"]
    sides = graph.input[0].type.tensor_type.shape.dim
    assert sides[0].dim_param == "N"
    assert [side.dim_value for side in sides[1:]] == [384, 512, 3]
    model = open_model(exported, device="cpu")
    assert model.run(np.zeros((2, 384, 512, 3), np.float32)).shape == (2, 3)


def test_the_contract_loads_and_says_what_was_measured(exported: Path) -> None:
    contract = load_contract(exported / "quality.json")
    assert set(contract.operating_points) == {"gentle", "balanced", "strict"}
    assert "validation" in contract.figures
    values = json.loads((exported / "quality.json").read_text(encoding="utf-8"))
    assert values["parity"]["photos"] == 4
    assert values["parity"]["logit_difference"] <= 3e-3
    assert config.from_json(values["training"]) == recipe("quick")


def test_the_offset_stands_in_the_last_biases(run_folder: Path, exported: Path) -> None:
    offset = json.loads((exported / "quality.json").read_text(encoding="utf-8"))["offset"]
    assert any(abs(value) > 0.01 for value in offset.values())
    before, after = (
        load_network(path).get_layer("heads")
        for path in (run_folder / "network.keras", exported / "quality.keras")
    )
    for defect, value in offset.items():
        moved = np.asarray(after.get_layer(f"{defect}_logit").bias) - np.asarray(
            before.get_layer(f"{defect}_logit").bias
        )
        assert moved == pytest.approx([value], abs=1e-5)


def test_the_card_and_the_keras_network_stand_beside(exported: Path) -> None:
    names = {path.name for path in exported.iterdir()}
    assert names == {"quality.onnx", "quality.json", "quality.keras", "MODEL_CARD.md"}
    card = (exported / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "## Data" in card
    assert "python -m training all --photos PHOTOS --output runs/again --recipe " in card
    assert load_contract(exported / "quality.json").model_sha256 in card


def test_a_tampered_network_is_refused_and_nothing_is_replaced(
    run_folder: Path,
    exported: Path,
    photos: tuple[SourcePhoto, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = (exported / "quality.onnx").read_bytes()

    def tampered(_: Any) -> bytes:
        model = onnx.load_from_string(content)
        for node in model.graph.node:
            if "logits" in node.output:
                node.output[list(node.output).index("logits")] = "before"
        half = onnx.numpy_helper.from_array(np.array([0.01], np.float32), "half")
        model.graph.initializer.append(half)
        model.graph.node.append(onnx.helper.make_node("Add", ["before", "half"], ["logits"]))
        return bytes(model.SerializeToString())

    monkeypatch.setattr("training.export.convert", tampered)
    (tmp_path / "quality.onnx").write_bytes(b"the one that stands there")
    with pytest.raises(ExportRefusedError, match="differ by"):
        export(run_folder, photos, PictureStore(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["quality.onnx"]
    assert (tmp_path / "quality.onnx").read_bytes() == b"the one that stands there"


def test_another_network_is_refused(
    exported: Path, run_folder: Path, photos: tuple[SourcePhoto, ...]
) -> None:
    network = load_network(run_folder / "network.keras")
    bias = network.get_layer("heads").get_layer("under_logit").bias
    bias.assign(np.asarray(bias) + 0.004)
    with pytest.raises(ExportRefusedError):
        check_parity(network, open_model(exported, device="cpu"), photos[:1], PictureStore())
