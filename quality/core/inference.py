"""Runs the networks: the only module that imports ONNX Runtime; knows nothing of photos or thresholds.

ONNX Runtime would note down what runs here and send it to its maker. Outside Windows only a variable that is
set before the import forbids that; on Windows, where the system collects such notes, only a call after it.
"""

import contextlib
import importlib.util
import io
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from quality.core.contract import CONTRACT_FILE, QualityContract, load_contract
from quality.core.errors import ModelError
from quality.core.model_file import read_checked
from quality.core.sharpness_contract import SharpnessContract
from resources.paths import resource_path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as ort  # reads the variable when it is imported

ort.disable_telemetry_events()

Device = Literal["auto", "cpu", "cuda"]

MODEL_FOLDER_VARIABLE = "FRAMESIFT_MODEL"
"""Environment variable that names another folder with `quality.json` and its network."""

_CPU = "CPUExecutionProvider"
_CUDA = "CUDAExecutionProvider"
_CUDA_OPTIONS = {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"}
_FATAL_ONLY = 4

_logger = logging.getLogger(__name__)


class QualityModel:
    """The network in memory, checked against its contract. Threads may share one.

    Attributes:
        contract: The contract it was checked against.
        path: The ONNX file.
        sha256: Hash of the bytes that are loaded.
        device: Where it runs, ``CPU`` or ``CUDA``.
        sharpness: The network for tiles, where the contract names one.
        key: Stands for all networks in whose light a photo was judged.
    """

    def __init__(
        self, contract: QualityContract, model_path: Path, device: Device = "auto", threads: int = 1
    ) -> None:
        """Loads the network.

        Args:
            contract: What the file must be.
            model_path: The ONNX file.
            device: ``auto`` takes CUDA where it really works and else the CPU.
            threads: Threads one `run` may use on a CPU. 1 is fastest when several workers share the model.

        Raises:
            ModelError: The file is missing, is not the one the contract names, cannot be loaded, or has
                another input or output; or CUDA was demanded and does not work.
        """
        content = read_checked(model_path, contract.model_sha256)
        self.contract = contract
        self.sha256 = contract.model_sha256
        self.path = model_path
        self._session = _open_session(content, model_path, device, threads)
        input_shape = (contract.rows, contract.columns, 3)
        _check_ends(
            self._session,
            model_path,
            (contract.input_name, input_shape),
            (contract.output_name, (len(contract.labels),)),
        )
        self.sharpness: TileModel | None = None
        self.key = contract.key
        if contract.sharpness is not None:
            tile_path = model_path.with_name(contract.sharpness.model_file)
            self.sharpness = TileModel(contract.sharpness, tile_path, device, threads)
        self.device = "CUDA" if _CUDA in self._session.get_providers() else "CPU"
        _logger.info("model %s %s runs on %s", contract.name, contract.version, self.device)

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Computes the logits of a batch; on a CPU batches of one are fastest.

        Args:
            batch: Shape (N, rows, columns, 3), float32 in 0..255, from `to_model_input`.

        Returns:
            Shape (N, 3), one logit per defect in the order of the contract's labels.

        Raises:
            ValueError: The batch has another shape or type.
            ModelError: The network failed, for example for lack of memory.
        """
        expected = (self.contract.rows, self.contract.columns, 3)
        if batch.shape[1:] != expected or batch.dtype != np.float32:
            raise ValueError(f"need float32 (N, *{expected}), not {batch.dtype} {batch.shape}")
        if len(batch) == 0:
            return np.empty((0, len(self.contract.labels)), np.float32)
        return _answer(self._session, self.path, batch)


class TileModel:
    """The network for tiles in memory, checked against its part of the contract. Threads may share one."""

    def __init__(
        self, contract: SharpnessContract, path: Path, device: Device = "auto", threads: int = 1
    ) -> None:
        """Loads the network; arguments and errors as for `QualityModel`."""
        content = read_checked(path, contract.model_sha256)
        self.contract = contract
        self._path = path
        self._session = _open_session(content, path, device, threads)
        shape = (contract.side, contract.side, 3)
        _check_ends(self._session, path, (contract.input_name, shape), (contract.output_name, (1,)))

    def run(self, tiles: NDArray[np.float32]) -> NDArray[np.float32]:
        """Computes the logits of "not sharp".

        Args:
            tiles: Shape (N, side, side, 3), float32 in 0..255.

        Returns:
            Shape (N,).

        Raises:
            ValueError: The tiles have another shape or type.
            ModelError: The network failed.
        """
        expected = (self.contract.side, self.contract.side, 3)
        if tiles.shape[1:] != expected or tiles.dtype != np.float32:
            raise ValueError(f"need float32 (N, *{expected}), not {tiles.dtype} {tiles.shape}")
        if len(tiles) == 0:
            return np.empty(0, np.float32)
        return _answer(self._session, self._path, tiles)[:, 0]


def open_model(folder: Path | None = None, device: Device = "auto", threads: int = 1) -> QualityModel:
    """Opens the network of a folder by its contract.

    Args:
        folder: Holds `quality.json` and the network; None takes the folder named by FRAMESIFT_MODEL, or
            else the one that ships with the program.
        device: See `QualityModel`.
        threads: See `QualityModel`.

    Raises:
        ContractError: The contract is missing or wrong.
        ModelError: The network is missing or wrong.
    """
    contract, where = open_contract(folder), model_folder() if folder is None else folder
    return QualityModel(contract, where / contract.model_file, device, threads)


def open_contract(folder: Path | None = None) -> QualityContract:
    """The contract of `open_model`, with the same errors; the network is not opened."""
    return load_contract((model_folder() if folder is None else folder) / CONTRACT_FILE)


def model_folder() -> Path:
    """The folder of the model: the one named by FRAMESIFT_MODEL, else the one that ships."""
    named = os.environ.get(MODEL_FOLDER_VARIABLE)
    return Path(named) if named else resource_path("model")


def _open_session(content: bytes, path: Path, device: Device, threads: int) -> ort.InferenceSession:
    """A session on CUDA where that is wanted and has answered once, else one on the CPU."""
    ort.set_default_logger_severity(_FATAL_ONLY)  # else a missing CUDA library writes on standard error
    if device != "cpu" and _CUDA in ort.get_available_providers():
        _preload_cuda()
        session = _try_cuda(content, threads)
        if session is not None:
            return session
    if device == "cuda":
        raise ModelError(path, "CUDA was asked for but does not work here; it needs CUDA 13 and cuDNN 9.")
    try:
        return _session(content, threads, [_CPU])
    except Exception as error:
        raise ModelError(path, f"The model cannot be loaded: {error}") from error


def _try_cuda(content: bytes, threads: int) -> ort.InferenceSession | None:
    try:
        session = _session(content, threads, [(_CUDA, _CUDA_OPTIONS), _CPU])
        if _CUDA not in session.get_providers():
            return None
        declared = session.get_inputs()[0]
        shape = [side if isinstance(side, int) else 1 for side in declared.shape]
        session.run(None, {declared.name: np.zeros(shape, np.float32)})
    except Exception as error:  # noqa: BLE001 - whatever a driver does wrong, the CPU can still judge
        _logger.info("CUDA does not work, the CPU is used: %s", error)
        return None
    return session


def _session(content: bytes, threads: int, providers: Sequence[Any]) -> ort.InferenceSession:
    """A session that never changes its device by itself: ONNX Runtime would say so on standard output."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL_ONLY
    return ort.InferenceSession(content, options, providers=providers, enable_fallback=0)


def _preload_cuda() -> None:
    """Loads CUDA from its Python packages, where these are installed; complains on no stream."""
    if importlib.util.find_spec("nvidia") is None:
        return
    with contextlib.redirect_stdout(io.StringIO()):
        ort.preload_dlls()


def _answer(session: ort.InferenceSession, path: Path, batch: NDArray[np.float32]) -> NDArray[np.float32]:
    """The only output for the only input, both checked when the network was loaded."""
    try:
        answers = session.run(None, {session.get_inputs()[0].name: batch})
    except Exception as error:
        raise ModelError(path, f"The model failed on {session.get_providers()[0]}: {error}") from error
    return np.asarray(answers[0], dtype=np.float32)


def _check_ends(
    session: ort.InferenceSession,
    path: Path,
    wanted_input: tuple[str, tuple[int, ...]],
    wanted_output: tuple[str, tuple[int, ...]],
) -> None:
    inputs, outputs = session.get_inputs(), session.get_outputs()
    if len(inputs) != 1 or len(outputs) != 1:
        raise ModelError(
            path, f"The model must have one input and one output, but has {len(inputs)} and {len(outputs)}."
        )
    _check_end(path, "input", inputs[0], *wanted_input)
    _check_end(path, "output", outputs[0], *wanted_output)


def _check_end(path: Path, end: str, found: Any, name: str, shape: tuple[int, ...]) -> None:
    """Checks name, type and shape; the first axis, of the batch, must be free."""
    if found.name != name:
        raise ModelError(path, f'The model\'s {end} is called "{found.name}", its contract says "{name}".')
    if found.type != "tensor(float)":
        raise ModelError(path, f"The model's {end} is a {found.type} instead of tensor(float).")
    if tuple(found.shape[1:]) != shape or isinstance(found.shape[0], int):
        raise ModelError(path, f"The model's {end} has shape {found.shape} instead of {['N', *shape]}.")
