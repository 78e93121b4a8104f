"""The files of a tile network and a contract to measure it by; needs no library of training."""

import hashlib

from quality.core.blur_evidence import CombinedBlur
from quality.core.sharpness_contract import SharpnessContract

MODEL_FILE, NETWORK_FILE, FACTS_FILE = "sharpness.onnx", "sharpness.keras", "sharpness.json"
TILE_INPUT, TILE_OUTPUT = "tile", "logits"


def bare_contract(content: bytes, side: int) -> SharpnessContract:
    """What is known of a network, given as its bytes, before it is measured: enough to run it.

    Args:
        content: The serialised ONNX model.
        side: Of its tiles in pixels.
    """
    nothing = CombinedBlur(0, 0, 0, 0, 0, 0)
    sha256 = hashlib.sha256(content).hexdigest()
    return SharpnessContract(MODEL_FILE, sha256, TILE_INPUT, TILE_OUTPUT, side, 1, 0.1, 1.0, nothing, {})
