"""ImageNet weights from a file give what Keras itself gives for ``imagenet``, rescaling included."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
keras = pytest.importorskip("keras")
h5py = pytest.importorskip("h5py")

from training.errors import TrainingError  # noqa: E402
from training.model import build_backbone  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

DEVIATION = (0.229, 0.224, 0.225)


def _write_legacy(model: Any, path: Path) -> None:
    """The layout of the published file: a group for each layer that has weights, in their order."""
    with h5py.File(path, "w") as file:
        names = []
        for layer in model.layers:
            group = file.create_group(layer.name)
            weights = [f"{layer.name}/{place}" for place, _ in enumerate(layer.weights)]
            group.attrs["weight_names"] = [name.encode() for name in weights]
            for name, weight in zip(weights, layer.weights, strict=True):
                group.create_dataset(name, data=np.asarray(weight))
            names.append(layer.name.encode())
        file.attrs["layer_names"] = names


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file as Keras publishes it, with random weights but the real mean and deviation."""
    keras.utils.set_random_seed(8)
    model = build_backbone()
    (normalization,) = [layer for layer in model.layers if isinstance(layer, keras.layers.Normalization)]
    normalization.adapt_mean.assign((0.485, 0.456, 0.406))
    normalization.adapt_variance.assign(DEVIATION)
    path: Path = tmp_path_factory.mktemp("weights") / "efficientnetb0_notop.h5"
    _write_legacy(model, path)
    return path


def test_a_file_gives_what_keras_gives(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keras.src.utils.file_utils.get_file", lambda *_, **__: str(published))
    reference = build_backbone("imagenet")
    ours = build_backbone(str(published))
    assert (len(reference.layers), len(ours.layers)) == (238, 237)
    picture = np.random.default_rng(1).uniform(0, 255, (1, 64, 64, 3)).astype(np.float32)
    expected = np.asarray(reference(picture, training=False))
    assert np.abs(expected).max() > 0
    np.testing.assert_allclose(np.asarray(ours(picture, training=False)), expected, rtol=1e-3, atol=1e-5)


def test_the_stem_sees_standardised_values(published: Path) -> None:
    backbone = build_backbone(str(published))
    (normalization,) = [layer for layer in backbone.layers if isinstance(layer, keras.layers.Normalization)]
    white = np.asarray(normalization(np.ones((1, 1, 1, 3), np.float32)))[0, 0, 0]
    np.testing.assert_allclose(white, (1 - np.array((0.485, 0.456, 0.406))) / DEVIATION, rtol=1e-4)


def test_a_missing_or_foreign_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="missing"):
        build_backbone(str(tmp_path / "gone.h5"))
    (tmp_path / "foreign.h5").write_bytes(b"no weights")
    with pytest.raises(TrainingError, match="holds no EfficientNetB0"):
        build_backbone(str(tmp_path / "foreign.h5"))
