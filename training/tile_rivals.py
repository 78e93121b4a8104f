"""Two or more tile networks side by side: what each judges rightly, and what one tile costs."""

import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from editor.core.atomic_file import write_atomically
from quality.core.inference import TileModel
from training.tile_files import FACTS_FILE, MODEL_FILE, bare_contract

_ROUNDS = 120
_WARM_UP = 10

Json = dict[str, Any]


def compare_tiles(folders: Sequence[Path]) -> list[Json]:
    """What was measured of each exported network, and the median time of one tile on one core here.

    The networks take turns, so that whatever else the machine does slows all of them alike.

    Args:
        folders: Each holds what `sharpness-export` wrote; the first is the one that ships.

    Returns:
        For each folder its recipe, parameters, accuracy over all strengths and over those a person sees,
        0..1, and milliseconds a tile; also kept in the first folder's `sharpness.json` as `rivals`.

    Raises:
        OSError: If a file can't be read or written.
        ModelError: If a network can't be opened.
    """
    facts = [json.loads((folder / FACTS_FILE).read_text(encoding="utf-8")) for folder in folders]
    models = [_opened(folder, each["side"]) for folder, each in zip(folders, facts, strict=True)]
    times = _times(models)
    rows = [_row(each, taken) for each, taken in zip(facts, times, strict=True)]
    whole = json.dumps(facts[0] | {"rivals": rows}, indent=2) + "\n"
    write_atomically(folders[0] / FACTS_FILE, whole.encode("utf-8"))
    return rows


def rivals_text(rows: Sequence[Json]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| recipe | parameters | rightly judged | at strengths seen | ms a tile | rightly judged per ms |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row['recipe']} | {row['parameters']:,} | {row['accuracy']:.4f} | {row['seen']:.4f} | "
        f"{row['milliseconds']:.2f} | {row['accuracy'] / row['milliseconds']:.3f} |"
        for row in rows
    ]
    return "\n".join(lines)


def _opened(folder: Path, side: int) -> TileModel:
    path = folder / MODEL_FILE
    return TileModel(bare_contract(path.read_bytes(), side), path, device="cpu", threads=1)


def _times(models: Sequence[TileModel]) -> list[list[float]]:
    random = np.random.default_rng(1)
    taken: list[list[float]] = [[] for _ in models]
    tiles = [
        random.uniform(0, 255, (1, each.contract.side, each.contract.side, 3)).astype(np.float32)
        for each in models
    ]
    for number in range(_WARM_UP + _ROUNDS):
        for model, tile, own in zip(models, tiles, taken, strict=True):
            before = time.perf_counter()
            model.run(tile)
            if number >= _WARM_UP:
                own.append(time.perf_counter() - before)
    return taken


def _row(facts: Json, taken: Sequence[float]) -> Json:
    return {
        "recipe": facts["recipe"],
        "parameters": facts["parameters"],
        "accuracy": facts["tiles"]["accuracy"],
        "seen": facts["seen"]["accuracy"],
        "milliseconds": round(1000 * statistics.median(taken), 2),
    }
