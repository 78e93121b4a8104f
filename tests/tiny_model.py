"""Writes a tiny real network with its contract, which stands in for the trained model in tests.

Its logits follow from the picture: `over` from a bright mean, `under` from a dark mean, `blur` from a
lack of fine detail (a small high-pass filter). It is no model of photographs.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

ROWS, COLUMNS = 384, 512
BRIGHT, DARK, DETAIL = 200.0, 50.0, 2.0
"""Mean brightness (0..255) and mean absolute high-pass value at which the three logits are 0."""

TILE_SIDE = 64
"""Side of the tiles of the tiny network for tiles, in pixels."""

TILE_RULE = "texture at a quarter, most detail at half the scale, overlapping at most half"

POINTS = {"gentle": 0.9, "balanced": 0.5, "strict": 0.2}


def network(shape: tuple[Any, ...] = ("N", ROWS, COLUMNS, 3), *, inputs: int = 1, outputs: int = 3) -> bytes:
    """The serialised network.

    Args:
        shape: Declared shape of the input `image`.
        inputs: 1 for a good network, 2 for one with an input too many.
        outputs: Length of the last axis of `logits`; 3 for a good network.
    """
    high_pass = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], np.float32)
    kernel = np.broadcast_to(high_pass / 3, (1, 3, 3, 3))
    weights = np.zeros((4, outputs), np.float32)
    bias = np.zeros(outputs, np.float32)
    weights[3, 0], bias[0] = -2.0, 2.0 * DETAIL
    weights[:3, 1], bias[1] = -0.1 / 3, 0.1 * DARK
    if outputs == 3:
        weights[:3, 2], bias[2] = 0.1 / 3, -0.1 * BRIGHT
    constants = {"kernel": np.ascontiguousarray(kernel), "weights": weights, "bias": bias}
    nodes = [
        helper.make_node("Transpose", ["image"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "kernel"], ["detail"]),
        helper.make_node("Abs", ["detail"], ["strength"]),
        helper.make_node("GlobalAveragePool", ["strength"], ["mean_strength"]),
        helper.make_node("GlobalAveragePool", ["planes"], ["mean_color"]),
        helper.make_node("Concat", ["mean_color", "mean_strength"], ["measures"], axis=1),
        helper.make_node("Flatten", ["measures"], ["row"]),
        helper.make_node("MatMul", ["row", "weights"], ["weighted"]),
        helper.make_node("Add", ["weighted", "bias"], ["logits"]),
    ]
    declared = [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)]
    declared += [helper.make_tensor_value_info(f"extra{i}", TensorProto.FLOAT, [1]) for i in range(1, inputs)]
    answer = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", outputs])
    stored = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, "tiny", declared, [answer], stored)
    opsets = [helper.make_opsetid("", 17)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def tile_network(side: int = TILE_SIDE) -> bytes:
    """The serialised network for tiles: above 0 where a tile lacks fine detail, below 0 where it has some."""
    high_pass = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]], np.float32)
    kernel = np.ascontiguousarray(np.broadcast_to(high_pass / 3, (1, 3, 3, 3)))
    constants = {
        "kernel": kernel,
        "weights": np.array([[-1.0]], np.float32),
        "bias": np.array([DETAIL], np.float32),
    }
    nodes = [
        helper.make_node("Transpose", ["tile"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("Conv", ["planes", "kernel"], ["detail"]),
        helper.make_node("Abs", ["detail"], ["strength"]),
        helper.make_node("GlobalAveragePool", ["strength"], ["mean_strength"]),
        helper.make_node("Flatten", ["mean_strength"], ["row"]),
        helper.make_node("MatMul", ["row", "weights"], ["weighted"]),
        helper.make_node("Add", ["weighted", "bias"], ["logits"]),
    ]
    tile = helper.make_tensor_value_info("tile", TensorProto.FLOAT, ["N", side, side, 3])
    answer = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", 1])
    stored = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, "tiny_tile", [tile], [answer], stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def sharpness_values(tiles: bytes, side: int = TILE_SIDE) -> dict[str, Any]:
    """What the section `sharpness` of `quality.json` says about a network for tiles."""
    return {
        "model": {"file": "sharpness.onnx", "sha256": hashlib.sha256(tiles).hexdigest()},
        "input": {"name": "tile", "side": side, "channels": "RGB", "range": [0, 255]},
        "output": {"name": "logits"},
        "tiles": {"rule": TILE_RULE, "count": 3, "texture": 2.0},
        "temperature": 1.0,
        "combined": {
            "bias": -1.0,
            "frame": 0.5,
            "sharpest": 1.0,
            "lower": 0.25,
            "middle": 0.25,
            "coarseness": 0.0,
        },
        "figures": {},
    }


def write_model_with_tiles(folder: Path, side: int = TILE_SIDE, **changes: Any) -> Path:
    """Writes both tiny networks and a contract that names them; ``changes`` are of its section."""
    tiles = tile_network(side)
    write_model(folder, sharpness=sharpness_values(tiles, side) | changes)
    (folder / "sharpness.onnx").write_bytes(tiles)
    return folder


def contract_values(model: bytes) -> dict[str, Any]:
    """What `quality.json` says about a network."""
    return {
        "schema": 1,
        "name": "tiny",
        "version": "1",
        "model": {"file": "quality.onnx", "sha256": hashlib.sha256(model).hexdigest()},
        "input": {
            "name": "image",
            "rows": ROWS,
            "columns": COLUMNS,
            "channels": "RGB",
            "range": [0, 255],
            "resize": "reduced decode at 1/4 or finer, then antialiased bicubic, aspect not kept",
        },
        "output": {"name": "logits", "labels": ["blur", "under", "over"]},
        "temperature": _same(1.0),
        "operating_points": {
            name: {
                "thresholds": _same(line),
                "false_reject_rate": 0.01,
                "precision": _same(0.9),
                "recall": _same(0.8),
            }
            for name, line in POINTS.items()
        },
        "figures": {"photos": 0},
        "training": {"made_by": "tests/tiny_model.py"},
    }


def write_model(folder: Path, model: bytes | None = None, **changes: Any) -> Path:
    """Writes `quality.onnx` and `quality.json` into a folder, which is made if need be.

    Args:
        folder: Where to.
        model: The network's bytes; None for the good tiny one.
        changes: Keys of the contract that get another value.

    Returns:
        The folder.
    """
    content = network() if model is None else model
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "quality.onnx").write_bytes(content)
    (folder / "quality.json").write_text(json.dumps(contract_values(content) | changes), encoding="utf-8")
    return folder


def _same(value: float) -> dict[str, float]:
    return {"blur": value, "under": value, "over": value}
