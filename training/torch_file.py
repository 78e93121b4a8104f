"""Reads the tensors of a file that PyTorch before 1.6 saved, without PyTorch and without running its code."""

import pickle
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from training.errors import TrainingError

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_KINDS = {"FloatStorage": "<f4", "LongStorage": "<i8"}


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The tensors of a state dictionary by name, in the order in which they were saved.

    The file is a row of pickles (magic number, protocol, machine, dictionary, keys of the storages), then
    the bytes of each storage behind their number. Only tensors are let through: a name that stands for
    anything else ends the reading before it is looked up.

    Raises:
        TrainingError: If the file is missing, or isn't of this form.
    """
    try:
        with path.open("rb") as file:
            return _read(file)
    except (OSError, ValueError, KeyError, EOFError, TypeError, pickle.UnpicklingError) as error:
        raise TrainingError(f"{path} can't be read as a PyTorch file of tensors: {error}") from error


class _Tensors(pickle.Unpickler):
    """Unpickles tensors as (key of the storage, offset, shape, strides), nothing else."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.kinds: dict[str, str] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _layout
        if module == "torch" and name in _KINDS:
            return _KINDS[name]
        raise pickle.UnpicklingError(f"{module}.{name} is no tensor")

    def persistent_load(self, pid: Any) -> str:
        _, kind, key, _, _, view = pid
        if view is not None:
            raise pickle.UnpicklingError("views of storages aren't read")
        self.kinds[key] = kind
        return str(key)


def _layout(*tensor: Any) -> tuple[Any, ...]:
    return tensor[:4]


def _read(file: BinaryIO) -> dict[str, NDArray[Any]]:
    magic, protocol, _ = (_Tensors(file).load() for _ in range(3))
    if (magic, protocol) != (_MAGIC, _PROTOCOL):
        raise ValueError("it doesn't begin as one")
    unpickler = _Tensors(file)
    layouts = unpickler.load()
    storages = {key: _storage(file, unpickler.kinds[key]) for key in _Tensors(file).load()}
    return {name: _tensor(storages, *layout) for name, layout in layouts.items()}


def _storage(file: BinaryIO, kind: str) -> NDArray[Any]:
    count = int.from_bytes(file.read(8), "little")
    return np.frombuffer(file.read(count * np.dtype(kind).itemsize), dtype=kind, count=count)


def _tensor(
    storages: dict[str, NDArray[Any]], key: str, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]
) -> NDArray[Any]:
    storage = storages[key]
    step = storage.itemsize
    reach = offset + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
    if min((0, offset, *strides)) < 0 or reach >= len(storage):
        raise ValueError("a tensor reaches past its storage")
    return np.lib.stride_tricks.as_strided(
        storage[offset:], shape, [stride * step for stride in strides], writeable=False
    ).copy()
