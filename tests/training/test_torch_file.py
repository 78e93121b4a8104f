"""Tensors of an old PyTorch file are read without PyTorch; anything else in it is refused, never run."""

import io
import pickle
import sys
import types
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from training.errors import TrainingError
from training.torch_file import read_tensors

MAGIC = 0x1950A86A20F9469CFC6C
VALUES = np.arange(24, dtype="<f4")


class Tensor:
    """Pickles as PyTorch's tensors do."""

    def __init__(self, key: str, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> None:
        self.arguments = (key, offset, shape, strides)


class Writer(pickle.Pickler):
    """Stands in for `torch.save` of old."""

    def __init__(self, file: io.BytesIO, torch: Any) -> None:
        super().__init__(file, protocol=2)
        self.torch = torch

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Tensor):
            key, *layout = value.arguments
            rebuild = self.torch._utils._rebuild_tensor_v2
            return rebuild, (Storage(key), *layout, False, OrderedDict())
        return NotImplemented

    def persistent_id(self, value: object) -> Any:
        if isinstance(value, Storage):
            return ("storage", self.torch.FloatStorage, value.key, "cpu", len(VALUES), None)
        return None


class Storage:
    """Numbers that tensors share."""

    def __init__(self, key: str) -> None:
        self.key = key


@pytest.fixture
def torch(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """Enough of the module for its names to be written down."""
    module, inner = types.ModuleType("torch"), types.ModuleType("torch._utils")

    def rebuild(*_: object) -> None:
        raise AssertionError("reading must not call it")

    rebuild.__module__, rebuild.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    module.FloatStorage = type("FloatStorage", (), {"__module__": "torch"})  # type: ignore[attr-defined]
    inner._rebuild_tensor_v2 = rebuild  # type: ignore[attr-defined]
    module._utils = inner  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "torch", module)
    monkeypatch.setitem(sys.modules, "torch._utils", inner)
    return module


def _file(path: Path, torch: types.ModuleType, tensors: dict[str, object], values: bytes) -> Path:
    content = io.BytesIO()
    for part in (MAGIC, 1001, {"little_endian": True}):
        pickle.dump(part, content, protocol=2)
    Writer(content, torch).dump(OrderedDict(tensors))
    pickle.dump(["0"], content, protocol=2)
    content.write(len(VALUES).to_bytes(8, "little") + values)
    path.write_bytes(content.getvalue())
    return path


def test_tensors_come_back_with_shape_and_strides(tmp_path: Path, torch: types.ModuleType) -> None:
    tensors: dict[str, object] = {
        "a.weight": Tensor("0", 2, (2, 3), (3, 1)),
        "b": Tensor("0", 0, (3, 2), (1, 3)),
        "one": Tensor("0", 23, (), ()),
    }
    read = read_tensors(_file(tmp_path / "t.pth", torch, tensors, VALUES.tobytes()))
    assert list(read) == list(tensors)
    np.testing.assert_array_equal(read["a.weight"], [[2, 3, 4], [5, 6, 7]])
    np.testing.assert_array_equal(read["b"], [[0, 3], [1, 4], [2, 5]])
    assert read["one"] == 23


def test_code_in_the_file_is_refused_and_not_run(tmp_path: Path) -> None:
    path, witness = tmp_path / "t.pth", tmp_path / "witness"
    call = b"cbuiltins\nopen\n(V" + str(witness).encode("raw_unicode_escape") + b"\nVw\ntR."
    path.write_bytes(call)
    with pytest.raises(TrainingError, match=r"builtins\.open is no tensor"):
        read_tensors(path)
    assert not witness.exists()


def test_a_tensor_past_its_storage_is_refused(tmp_path: Path, torch: types.ModuleType) -> None:
    path = _file(tmp_path / "t.pth", torch, {"a": Tensor("0", 20, (5,), (1,))}, VALUES.tobytes())
    with pytest.raises(TrainingError, match="past its storage"):
        read_tensors(path)


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps(1), b"\x80"])
def test_other_files_are_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.pth"
    path.write_bytes(content)
    with pytest.raises(TrainingError, match=r"t\.pth can't be read"):
        read_tensors(path)


def test_a_cut_file_is_named(tmp_path: Path, torch: types.ModuleType) -> None:
    path = _file(tmp_path / "t.pth", torch, {"a": Tensor("0", 0, (4,), (1,))}, VALUES.tobytes()[:40])
    with pytest.raises(TrainingError, match=r"t\.pth can't be read"):
        read_tensors(path)
