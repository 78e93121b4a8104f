"""The network is loaded only as its contract says, and answers from several threads alike."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from quality.core import inference
from quality.core.contract import load_contract
from quality.core.errors import ContractError, ModelError
from quality.core.inference import QualityModel, model_folder, open_model
from resources.paths import resource_path


def batch_of(*brightness: float) -> np.ndarray:
    return np.stack([np.full((384, 512, 3), value, np.float32) for value in brightness])


def test_logits_follow_the_picture(tiny_model_folder: Path) -> None:
    model = open_model(tiny_model_folder, device="cpu")
    logits = model.run(batch_of(250, 10, 128))
    assert logits.shape == (3, 3)
    assert logits.dtype == np.float32
    assert (logits[:, 0] > 0).all(), "flat pictures have no detail"
    assert (logits[:, 1] > 0).tolist() == [False, True, False]
    assert (logits[:, 2] > 0).tolist() == [True, False, False]


def test_fine_detail_is_not_blur(tiny_model_folder: Path) -> None:
    noise = np.random.default_rng(0).uniform(0, 255, (1, 384, 512, 3)).astype(np.float32)
    assert open_model(tiny_model_folder, device="cpu").run(noise)[0, 0] < 0


def test_hash_and_device_are_told(tiny_model_folder: Path) -> None:
    model = open_model(tiny_model_folder)
    content = (tiny_model_folder / "quality.onnx").read_bytes()
    assert model.sha256 == hashlib.sha256(content).hexdigest()
    assert model.device in {"CPU", "CUDA"}
    assert open_model(tiny_model_folder, device="cpu").device == "CPU"


def test_cuda_agrees_with_the_cpu_or_is_refused_with_a_reason(tiny_model_folder: Path) -> None:
    if open_model(tiny_model_folder).device == "CPU":
        with pytest.raises(ModelError, match="CUDA was asked for but does not work here"):
            open_model(tiny_model_folder, device="cuda")
        return
    on_cuda, on_cpu = (open_model(tiny_model_folder, device=device) for device in ("cuda", "cpu"))
    np.testing.assert_allclose(on_cuda.run(batch_of(10, 250)), on_cpu.run(batch_of(10, 250)), atol=1e-3)


@pytest.mark.parametrize("breaks", ["when it is opened", "when it first answers"])
def test_a_card_that_does_not_work_gives_way_to_the_cpu(
    breaks: str, tiny_model_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    open_really = inference._session

    class Broken:
        """A session whose driver fails at the first question."""

        def get_providers(self) -> list[str]:
            return ["CUDAExecutionProvider", "CPUExecutionProvider"]

        def get_inputs(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(name="image", shape=["n", 384, 512, 3])]

        def run(self, *_: object) -> None:
            raise RuntimeError("no kernel image is available")

    def session(content: bytes, threads: int, providers: Sequence[object]) -> object:
        if providers == ["CPUExecutionProvider"]:
            return open_really(content, threads, providers)
        if breaks == "when it is opened":
            raise RuntimeError("the driver is too old")
        return Broken()

    monkeypatch.setattr(inference, "_session", session)
    monkeypatch.setattr(inference, "_preload_cuda", lambda: None)
    monkeypatch.setattr(
        "onnxruntime.get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"]
    )
    with caplog.at_level("INFO"):
        model = open_model(tiny_model_folder)
    assert model.device == "CPU"
    assert model.run(batch_of(128)).shape == (1, 3)
    assert "CUDA does not work, the CPU is used" in caplog.text
    with pytest.raises(ModelError, match="CUDA was asked for but does not work here"):
        open_model(tiny_model_folder, device="cuda")


def test_opening_writes_on_no_stream(tiny_model_folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    open_model(tiny_model_folder)
    assert capfd.readouterr() == ("", "")


def test_an_empty_batch_has_an_empty_answer(tiny_model_folder: Path) -> None:
    logits = open_model(tiny_model_folder, device="cpu").run(np.empty((0, 384, 512, 3), np.float32))
    assert logits.shape == (0, 3)


@pytest.mark.parametrize(
    "batch",
    [
        np.zeros((1, 512, 384, 3), np.float32),
        np.zeros((384, 512, 3), np.float32),
        np.zeros((1, 384, 512, 3), np.float64),
        np.zeros((1, 384, 512, 3), np.uint8),
    ],
)
def test_a_wrong_batch_is_refused(tiny_model_folder: Path, batch: np.ndarray) -> None:
    with pytest.raises(ValueError, match="need float32"):
        open_model(tiny_model_folder, device="cpu").run(batch)


def test_threads_share_one_model(tiny_model_folder: Path) -> None:
    model = open_model(tiny_model_folder, device="cpu")
    batches = [batch_of(brightness) for brightness in range(0, 256, 15)]
    expected = [model.run(batch) for batch in batches]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(model.run, batches))
    np.testing.assert_array_equal(found, expected)


def test_a_missing_network(tiny_model_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "quality.json").write_bytes((tiny_model_folder / "quality.json").read_bytes())
    with pytest.raises(ModelError, match=r"quality\.onnx: The model is missing"):
        open_model(tmp_path)


def test_a_missing_contract(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"quality\.json: The model's contract is missing"):
        open_model(tmp_path)


def test_a_network_that_cannot_be_read(tiny_model_folder: Path, tmp_path: Path) -> None:
    contract = load_contract(tiny_model_folder / "quality.json")
    with pytest.raises(ModelError, match="cannot be read"):
        QualityModel(contract, tmp_path)


def test_a_truncated_network(tiny_model: ModuleType, tmp_path: Path) -> None:
    folder = tiny_model.write_model(tmp_path / "model")
    whole = (folder / "quality.onnx").read_bytes()
    (folder / "quality.onnx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="damaged or not the one its contract names"):
        open_model(folder)


def test_a_file_that_is_no_network(tiny_model: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        open_model(tiny_model.write_model(tmp_path, b"no network"))


@pytest.mark.parametrize(
    ("network", "reason"),
    [
        ({"inputs": 2}, "one input and one output, but has 2 and 1"),
        ({"shape": ("N", 240, 320, 3)}, "input has shape"),
        ({"shape": (1, 384, 512, 3)}, "input has shape"),
        ({"outputs": 2}, "output has shape"),
    ],
)
def test_a_network_of_another_shape(
    tiny_model: ModuleType, tmp_path: Path, network: dict[str, object], reason: str
) -> None:
    with pytest.raises(ModelError, match=reason):
        open_model(tiny_model.write_model(tmp_path, tiny_model.network(**network)))


def test_names_must_be_those_of_the_contract(tiny_model: ModuleType, tmp_path: Path) -> None:
    output = {"name": "scores", "labels": ["blur", "under", "over"]}
    with pytest.raises(ModelError, match='output is called "logits", its contract says "scores"'):
        open_model(tiny_model.write_model(tmp_path, output=output))


def test_another_type_of_number_is_refused(tiny_model: ModuleType, tmp_path: Path) -> None:
    import onnx

    network = onnx.load_from_string(tiny_model.network())
    cast = onnx.helper.make_node("Cast", ["image"], ["image_as_float"], to=onnx.TensorProto.FLOAT)
    network.graph.node[0].input[0] = "image_as_float"
    network.graph.node.insert(0, cast)
    network.graph.input[0].type.tensor_type.elem_type = onnx.TensorProto.UINT8
    with pytest.raises(ModelError, match=r"input is a tensor\(uint8\)"):
        open_model(tiny_model.write_model(tmp_path, network.SerializeToString()))


def test_another_folder_can_be_named(tiny_model_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert model_folder() == resource_path("model")
    monkeypatch.setenv("FRAMESIFT_MODEL", str(tiny_model_folder))
    assert open_model(device="cpu").contract.name == "tiny"
