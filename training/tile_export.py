"""Exports a trained tile network with what the program must know of it, and refuses one that disagrees."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
import onnx
import onnxslim
import tensorflow as tf
import tf2onnx
from numpy.typing import NDArray

from editor.core.atomic_file import write_atomically
from quality.core.inference import TileModel
from training.calibration import fit_temperature
from training.errors import ExportRefusedError
from training.onnx_graph import OPSET, save_network
from training.photos import PictureStore, SourcePhoto
from training.split import Part, select
from training.tile_batches import drawn_tile
from training.tile_config import SEEN, TileRun, load_tile_run
from training.tile_draws import Tile
from training.tile_files import FACTS_FILE, MODEL_FILE, NETWORK_FILE, TILE_INPUT, TILE_OUTPUT, bare_contract
from training.tile_network import at_side
from training.tile_texture import least_texture, textured_pairs

LARGEST_DIFFERENCE = 3e-3
_TILES = 2000
_PARITY_TILES = 48
_SEED = 60_000

Json = dict[str, Any]


def export_tiles(
    run_folder: Path,
    photos: Sequence[SourcePhoto],
    store: PictureStore,
    output: Path,
    side: int,
    count: int,
) -> Json:
    """Converts, checks and measures a trained tile network, then writes its files.

    Args:
        run_folder: Holds `network.keras` and `config.json`.
        photos: All photos; validation scenes measure.
        store: Their pixels.
        output: Folder for `sharpness.onnx`, `sharpness.keras` and `sharpness.json`.
        side: Of the tiles the program judges, in pixels.
        count: How many tiles of a photo a scan judges at most.

    Returns:
        What `sharpness.json` says.

    Raises:
        ExportRefusedError: If the exported network disagrees with the trained one.
        OSError: If something can't be read or written.
        ValueError: If there are no validation scenes.
    """
    run = load_tile_run(run_folder / "config.json")
    network = at_side(keras.models.load_model(run_folder / "network.keras"), run.architecture, side)
    content = convert_tiles(network, side)
    output.mkdir(parents=True, exist_ok=True)
    unseen = select(photos, Part.VALIDATION)
    with tempfile.TemporaryDirectory(prefix="unfinished-", dir=output) as name:
        trial = Path(name) / MODEL_FILE
        write_atomically(trial, content)
        model = TileModel(bare_contract(content, side), trial, device="cpu")
        random = np.random.default_rng(_SEED)
        tiles = [drawn_tile(unseen, store, run, side, random) for _ in range(_TILES)]
        facts = _measured(network, model, tiles, run) | {"side": side, "count": count}
        least, shares = least_texture(list(textured_pairs(unseen, store, model)))
        facts |= {"sha256": hashlib.sha256(content).hexdigest(), "texture": least, "texture_pairs": shares}
        save_network(network, Path(name) / NETWORK_FILE)
        write_atomically(Path(name) / FACTS_FILE, (json.dumps(facts, indent=2) + "\n").encode("utf-8"))
        for file in (NETWORK_FILE, MODEL_FILE, FACTS_FILE):
            (Path(name) / file).replace(output / file)
    return facts


def convert_tiles(network: keras.Model, side: int) -> bytes:
    """A serialised ONNX model with one input ``tile`` (N, side, side, 3) and one output ``logits`` (N, 1)."""
    signature = [tf.TensorSpec((None, side, side, 3), tf.float32, name=TILE_INPUT)]
    tile = keras.Input((side, side, 3), name=TILE_INPUT)
    logits = keras.layers.Identity(name=TILE_OUTPUT)(network(tile, training=False))
    whole = keras.Model(tile, logits, name=TILE_OUTPUT)
    converted, _ = tf2onnx.convert.from_keras(whole, input_signature=signature, opset=OPSET)
    graph = onnxslim.slim(converted)
    for end in (*graph.graph.input, *graph.graph.output):
        end.type.tensor_type.shape.dim[0].dim_param = "N"
    onnx.checker.check_model(graph, full_check=True)
    ends = [end.name for end in (*graph.graph.input, *graph.graph.output)]
    if ends != [TILE_INPUT, TILE_OUTPUT]:
        raise ExportRefusedError(f"the graph's ends are {ends}, not {[TILE_INPUT, TILE_OUTPUT]}")
    return bytes(graph.SerializeToString())


def _measured(network: keras.Model, model: TileModel, tiles: Sequence[Tile], run: TileRun) -> Json:
    pictures = np.stack([tile.picture for tile in tiles]).astype(np.float32)
    logits = np.concatenate([model.run(pictures[place : place + 8]) for place in range(0, len(tiles), 8)])
    trained = np.asarray(network(pictures[:_PARITY_TILES], training=False))[:, 0]
    difference = float(np.abs(trained - logits[:_PARITY_TILES]).max())
    if difference > LARGEST_DIFFERENCE:
        raise ExportRefusedError(
            f"exported and trained tile network differ by {difference:.2g} in a logit; "
            f"allowed are {LARGEST_DIFFERENCE:g}"
        )
    kinds = np.array([tile.kind for tile in tiles])
    seen = np.array([tile.strength >= SEEN[tile.kind] for tile in tiles])
    truth = (kinds != "sharp").astype(np.float64)
    right = (logits > 0) == (truth == 1)
    return {
        "recipe": run.recipe,
        "before": list(run.before),
        "parameters": int(network.count_params()),
        "parity": {"tiles": _PARITY_TILES, "logit_difference": difference},
        "temperature": round(fit_temperature(logits.astype(np.float64), truth), 6),
        "tiles": _shares(right, kinds),
        "seen": _shares(right[seen], kinds[seen]),
    }


def _shares(right: NDArray[np.bool_], kinds: NDArray[np.str_]) -> Json:
    return {"count": len(right), "accuracy": _share(right)} | {
        kind: _share(right[kinds == kind]) for kind in sorted(set(kinds.tolist()))
    }


def _share(right: NDArray[np.bool_]) -> float:
    return round(float(np.mean(right)), 4)
