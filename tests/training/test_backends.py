"""Only an export needs TensorFlow's converters: a GPU machine may hold PyTorch or JAX alone."""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import sys
for name in ("tf2onnx", "onnx", "onnxslim"):
    sys.modules[name] = None
import training.tile_verbs, training.verbs
import training.fit, training.tile_fit
ours = {name: module for name, module in sys.modules.items() if name.startswith("training.")}
print(*(name for name, module in ours.items() if hasattr(module, "tf")))
"""


def test_training_itself_names_neither_tensorflow_nor_its_converters() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []
