"""The network: its size, its heads, what learns in each stage, BatchNorm frozen and moving."""

import os
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
keras = pytest.importorskip("keras")

from training.config import Stage  # noqa: E402
from training.labelled import UNKNOWN_LABEL as UNKNOWN  # noqa: E402
from training.model import (  # noqa: E402
    HEAD_WIDTHS,
    LAST_LAYERS,
    assemble,
    build_backbone,
    build_heads,
    set_trainable,
    split_network,
)
from training.objectives import KnownAUC, WeightedCrossEntropy, head_losses, masked_cross_entropy  # noqa: E402


@pytest.fixture(scope="module")
def backbone() -> Any:
    """One backbone with random weights for all tests here."""
    keras.utils.set_random_seed(1)
    return build_backbone()


@pytest.fixture
def network(backbone: Any) -> Any:
    keras.utils.set_random_seed(2)
    return assemble(backbone, build_heads(2), inference_mode=False)


def _stage(trainable: str, *, frozen: bool) -> Stage:
    return Stage("x", 32, 32, 1, 1, 2, 1e-3, trainable=trainable, frozen_batchnorm=frozen)  # type: ignore[arg-type]


def test_generation_2_has_the_published_size(network: Any) -> None:
    backbone, heads = split_network(network)
    assert len(backbone.layers) == 237
    assert network.count_params() == 4_217_254
    assert heads.output_shape == (None, 3)


def test_the_last_forty_layers_start_where_they_should(backbone: Any) -> None:
    last = backbone.layers[-LAST_LAYERS:]
    assert last[0].name == "block6c_se_squeeze"
    assert sum(isinstance(layer, keras.layers.BatchNormalization) for layer in last) == 8


def test_the_network_answers_logits_for_any_size(network: Any) -> None:
    heads = split_network(network)[1]
    assert [layer.activation.__name__ for layer in heads.layers if layer.name.endswith("_logit")] == [
        "linear"
    ] * 3
    for rows, columns in ((32, 32), (33, 48)):
        assert network(np.zeros((1, rows, columns, 3), np.float32), training=False).shape == (1, 3)
    logits = np.asarray(heads(np.random.default_rng(1).normal(0, 60, (64, 1280)).astype(np.float32)))
    assert logits.min() < 0
    assert logits.max() > 1
    assert not np.allclose(logits.sum(axis=1), 1)


@pytest.mark.parametrize("generation", HEAD_WIDTHS)
def test_heads_have_their_widths_in_the_network_s_order(generation: int) -> None:
    heads = build_heads(generation)
    dense = [layer for layer in heads.layers if isinstance(layer, keras.layers.Dense)]
    for defect, widths in HEAD_WIDTHS[generation].items():
        own = [layer.units for layer in dense if layer.name.startswith(defect)]
        assert own == [*widths, 1]


def _learning(network: Any) -> tuple[int, int, int]:
    """Backbone layers that learn, BatchNorm among them, and tensors of the heads that learn."""
    backbone, heads = split_network(network)
    layers = [layer for layer in backbone.layers if layer.trainable_weights]
    norms = [layer for layer in layers if isinstance(layer, keras.layers.BatchNormalization)]
    return len(layers), len(norms), len(heads.trainable_weights)


def test_what_learns_in_each_stage(network: Any) -> None:
    backbone, heads = split_network(network)
    with_weights = sum(bool(layer.weights) for layer in backbone.layers) - 1  # all but the normalisation
    all_norms = sum(isinstance(layer, keras.layers.BatchNormalization) for layer in backbone.layers)
    set_trainable(backbone, heads, _stage("all", frozen=False))
    assert _learning(network) == (with_weights, all_norms, len(heads.weights))
    set_trainable(backbone, heads, _stage("heads", frozen=True))
    assert _learning(network) == (0, 0, len(heads.weights))
    set_trainable(backbone, heads, _stage("last40", frozen=True))
    learning = [layer for layer in backbone.layers if layer.trainable_weights]
    assert set(learning) <= set(backbone.layers[-LAST_LAYERS:])
    assert _learning(network) == (len(learning), 0, len(heads.weights))
    assert learning
    set_trainable(backbone, heads, _stage("all", frozen=False))
    assert _learning(network) == (with_weights, all_norms, len(heads.weights))


def _norm_statistics(backbone: Any) -> list[Any]:
    norms = [layer for layer in backbone.layers if isinstance(layer, keras.layers.BatchNormalization)]
    return [np.asarray(layer.moving_mean) for layer in (norms[0], norms[-1])]


@pytest.mark.parametrize(("trainable", "frozen"), [("last40", True), ("all", False)])
def test_frozen_batchnorm_stays_and_that_of_stage_0_moves(
    backbone: Any, trainable: str, frozen: bool
) -> None:
    heads = build_heads(2)
    set_trainable(backbone, heads, _stage(trainable, frozen=frozen))
    network = assemble(backbone, heads, inference_mode=frozen)
    network.compile("sgd", masked_cross_entropy, run_eagerly=True)
    before = _norm_statistics(backbone)
    kernel = np.asarray(backbone.get_layer("top_conv").kernel)
    pictures = np.random.default_rng(3).uniform(0, 255, (2, 32, 32, 3)).astype(np.float32)
    network.train_on_batch(pictures, np.array([[1, 0, 0], [0, 1, 0]], np.float32))
    after = _norm_statistics(backbone)
    moved = [not np.array_equal(old, new) for old, new in zip(before, after, strict=True)]
    assert moved == [not frozen] * 2
    assert not np.array_equal(kernel, np.asarray(backbone.get_layer("top_conv").kernel))


def test_stochastic_depth_can_be_set(backbone: Any) -> None:
    rates = [layer.rate for layer in backbone.layers if isinstance(layer, keras.layers.Dropout)]
    assert len(rates) == 9
    assert max(rates) == pytest.approx(0.2 * 14 / 16)


def test_the_loss_is_cross_entropy_and_unknown_labels_add_nothing() -> None:
    logits = np.array([[2.0, -1.0, 0.5], [0.0, 3.0, -2.0]], np.float32)
    labels = np.array([[1, 0, 1], [0, UNKNOWN, UNKNOWN]], np.float32)
    chances = 1 / (1 + np.exp(-logits))
    each = -np.where(labels == 1, np.log(chances), np.log(1 - chances))
    expected = [each[0].mean(), each[1, 0]]
    np.testing.assert_allclose(np.asarray(masked_cross_entropy(labels, logits)), expected, rtol=1e-5)
    under = np.asarray(head_losses()[1](labels, logits))
    np.testing.assert_allclose(under, [each[0, 1], 0], rtol=1e-5)


def test_the_weighted_loss_is_the_masked_one_of_the_heads_that_count() -> None:
    random = np.random.default_rng(5)
    logits = random.normal(0, 3, (6, 4)).astype(np.float32)
    labels = random.integers(-1, 2, (6, 4)).astype(np.float32)
    three = np.asarray(WeightedCrossEntropy((1.0, 1.0, 1.0, 0.0)).call(labels, logits))
    night = np.asarray(WeightedCrossEntropy((0.0, 0.0, 0.0, 1.0)).call(labels, logits))
    expected = [
        np.asarray(masked_cross_entropy(labels[:, part], logits[:, part])) for part in (slice(3), slice(3, 4))
    ]
    np.testing.assert_allclose(three, expected[0], rtol=1e-5)
    np.testing.assert_allclose(night, expected[1], rtol=1e-5)


def test_the_auc_leaves_out_pictures_with_unknown_labels() -> None:
    random = np.random.default_rng(6)
    labels = random.integers(0, 2, (60, 4)).astype(np.float32)
    logits = random.normal(0, 2, (60, 4)).astype(np.float32) + labels
    reference, metric = KnownAUC(), KnownAUC()
    reference.update_state(labels[:40], logits[:40])
    labels[40:, 1] = UNKNOWN
    labels[:, 3] = UNKNOWN
    metric.update_state(labels, logits)
    assert float(metric.result()) == pytest.approx(float(reference.result()), abs=1e-6)


def test_the_night_stage_trains_the_night_head_alone(backbone: Any) -> None:
    heads = build_heads(3)
    assert heads.output_shape == (None, 4)
    set_trainable(backbone, heads, _stage("night", frozen=True))
    assert not backbone.trainable_weights
    assert {weight.path.split("/")[0] for weight in heads.trainable_weights} == {
        "night_1",
        "night_2",
        "night_3",
        "night_logit",
    }


def test_the_first_form_of_generation_1_is_one_dense_a_head_and_sees_0_to_1() -> None:
    heads = build_heads(1, hidden=False)
    assert heads.count_params() == 3 * (1280 + 1)
    scaled = build_backbone(input_scale=1 / 255)
    scales = [layer.scale for layer in scaled.layers if isinstance(layer, keras.layers.Rescaling)]
    assert scales == [pytest.approx(1 / 255**2)]


def test_a_row_without_any_known_label_has_no_loss() -> None:
    loss = masked_cross_entropy(np.full((1, 3), UNKNOWN, np.float32), np.ones((1, 3), np.float32))
    assert np.asarray(loss) == pytest.approx(0.0)
