"""The tile networks: the published shape, any size, a run that resumes, an export that agrees."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from quality.core.contract import load_contract  # noqa: E402
from quality.core.inference import open_model  # noqa: E402
from training.config import Stage  # noqa: E402
from training.photos import PictureStore, read_photos  # noqa: E402
from training.recipes import recipes_of  # noqa: E402
from training.tile_files import FACTS_FILE  # noqa: E402
from training.tile_network import AdaptiveMaxPool, at_side, build_tile_network  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Even though the `tf.config:UserWarning"),
]


def test_the_published_network_has_about_twenty_thousand_parameters() -> None:
    network = build_tile_network("passing", 96)
    assert network.count_params() == 21_638
    seen = [network.get_layer(f"conv{number}").input.shape[-1] for number in range(1, 6)]
    assert seen == [3, 9, 10, 28, 24]


@pytest.mark.parametrize("architecture", ["passing", "slim"])
def test_one_network_judges_tiles_of_any_size(architecture: str) -> None:
    small = build_tile_network(architecture, 64)  # type: ignore[arg-type]
    large = at_side(small, architecture, 96)  # type: ignore[arg-type]
    tile = np.random.default_rng(1).uniform(0, 255, (2, 96, 96, 3)).astype(np.float32)
    assert np.asarray(large(tile)).shape == (2, 1)
    for ours, theirs in zip(small.get_weights(), large.get_weights(), strict=True):
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("side", [6, 8, 12, 41])
def test_adaptive_maxima_are_those_of_overlapping_parts(side: int) -> None:
    signal = np.random.default_rng(side).normal(size=(1, side, side, 2)).astype(np.float32)
    found = np.asarray(AdaptiveMaxPool()(signal))
    for row in range(6):
        for column in range(6):
            down = slice(row * side // 6, -(-(row + 1) * side // 6))
            across = slice(column * side // 6, -(-(column + 1) * side // 6))
            assert found[0, row, column] == pytest.approx(signal[0, down, across].max(axis=(0, 1)))


def test_a_run_is_trained_exported_and_fitted(photo_folder: Path, tmp_path: Path, tiny_model: object) -> None:
    from training.sharpness_fit import fit_sharpness
    from training.tile_card import write_card
    from training.tile_config import TILE_RECIPES
    from training.tile_export import export_tiles
    from training.tile_fit import fit_tiles
    from training.tile_rivals import compare_tiles

    photos, store = read_photos(photo_folder), PictureStore()
    run = TILE_RECIPES["tiles-quick"]
    first = fit_tiles(photos, run, tmp_path / "run", store)
    weights = keras.models.load_model(first).get_weights()
    again = keras.models.load_model(fit_tiles(photos, run, tmp_path / "run", store)).get_weights()
    assert all(np.array_equal(one, other) for one, other in zip(weights, again, strict=True))
    folder = tiny_model.write_model(tmp_path / "model")  # type: ignore[attr-defined]
    facts = export_tiles(tmp_path / "run", photos, store, folder, side=96, count=2)
    assert facts["parity"]["logit_difference"] < 3e-3
    assert 0 < facts["seen"]["count"] <= facts["tiles"]["count"]
    fitted = fit_sharpness(folder, photos, store)
    rows = compare_tiles([folder, folder])
    assert [row["recipe"] for row in rows] == ["tiles-quick", "tiles-quick"]
    write_card(folder)
    card = (folder / "SHARPNESS_CARD.md").read_text(encoding="utf-8")
    assert facts["sha256"] in card
    assert card.count("| tiles-quick | 21,638 |") == 2
    model = open_model(folder, device="cpu")
    assert model.sharpness is not None
    assert model.contract.operating_points["balanced"].thresholds.blur == pytest.approx(
        fitted["operating_points"]["balanced"]["thresholds"]["blur"]
    )
    assert load_contract(folder / "quality.json").sharpness == model.contract.sharpness


def test_a_trained_network_is_trained_on(photo_folder: Path, tmp_path: Path) -> None:
    from training.errors import TrainingError
    from training.tile_config import TILE_RECIPES
    from training.tile_fit import fit_tiles

    photos, store = read_photos(photo_folder), PictureStore()
    start = build_tile_network("passing", 96)
    start.save(tmp_path / "start.keras")
    run = replace(
        TILE_RECIPES["tiles-quick"], stages=(Stage("still", 96, 96, 1, 1, 8, 0.0),), before=("tiles",)
    )
    path = fit_tiles(photos, run, tmp_path / "run", store, tmp_path / "start.keras")
    for ours, theirs in zip(start.get_weights(), keras.models.load_model(path).get_weights(), strict=True):
        assert np.array_equal(ours, theirs)
    assert recipes_of(path, FACTS_FILE) == ("tiles", "tiles-quick")
    build_tile_network("slim", 96).save(tmp_path / "slim.keras")
    with pytest.raises(TrainingError, match="no tile network"):
        fit_tiles(photos, run, tmp_path / "other", store, tmp_path / "slim.keras")
