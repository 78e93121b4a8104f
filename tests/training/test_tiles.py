"""Training on tiles: draws that follow from their seed, networks of the published shape, one probability."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.core.blur_evidence import CombinedBlur
from quality.core.labels import PerDefect
from training import kernels, light, tile_pixels
from training.blur_fit import combined_scores, fit_combined, held_out_scores, line_at
from training.photos import PictureStore, read_photos
from training.tile_config import TILE_RECIPES, TileMix, TileRanges, load_tile_run, save_tile_run
from training.tile_draws import draw_strength, draw_tile, finished_tile, sharp_tile
from training.tile_report import figures_text, witness_figures
from training.tile_texture import TexturedPair, least_texture
from training.tile_views import draw_blur, views_of
from training.tile_witnesses import Testimony

RANGES = TileRanges(detail=2.0)
ONE = PerDefect(1.0, 1.0, 1.0)


def test_a_draw_follows_from_its_seed(texture) -> None:  # type: ignore[no-untyped-def]
    photo = texture(1, 240, 320)
    one, other, third = (
        draw_tile(photo, 96, TileMix(), RANGES, np.random.default_rng(seed)) for seed in (5, 5, 6)
    )
    assert one is not None
    assert other is not None
    assert third is not None
    assert np.array_equal(one.picture, other.picture)
    assert (one.kind, one.strength) == (other.kind, other.strength)
    assert not np.array_equal(one.picture, third.picture)


@pytest.mark.parametrize("kind", ["defocus", "shake", "enlarged", "denoised"])
def test_what_is_made_soft_has_less_fine_detail(texture, kind) -> None:  # type: ignore[no-untyped-def]
    plain = TileMix(look=0, camera=0, sensor=0, grain=0, monochrome=0, reduced_decode=0, stored_twice=0)
    source = texture(3, 128, 128)

    def detail(kind: str, strength: float) -> float:
        tile = finished_tile(source, kind, strength, (plain, RANGES), np.random.default_rng(1))  # type: ignore[arg-type]
        return float(cv2.Laplacian(tile.picture, cv2.CV_64F).var())

    assert detail(kind, draw_strength(kind, RANGES, np.random.default_rng(2))) < 0.5 * detail("sharp", 0.0)


def test_a_photo_without_detail_is_not_used() -> None:
    flat = np.full((300, 400, 3), 90, np.uint8)
    assert sharp_tile(flat, 96, TileRanges(), np.random.default_rng(1)) is None


def test_a_colour_filter_array_keeps_flat_colours(texture) -> None:  # type: ignore[no-untyped-def]
    flat = np.full((32, 32, 3), (0.2, 0.5, 0.7), np.float32)
    assert np.abs(tile_pixels.through_filter_array(flat)[4:-4, 4:-4] - flat[4:-4, 4:-4]).max() < 1e-3
    linear = light.to_linear(texture(1, 32, 32))
    assert np.abs(tile_pixels.encoded_by_table(linear) - light.to_encoded(linear)).max() < 0.25 / 255 * 4


def test_both_views_of_a_blur_have_the_same_shape() -> None:
    blur = draw_blur("shake", 30.0, np.random.default_rng(4))
    large, small = blur.kernel(1.0), blur.kernel(512 / 1500)
    assert large.sum() == pytest.approx(1, abs=1e-5)
    assert 2 < large.shape[0] / small.shape[0] < 4
    assert (
        draw_blur("defocus", 6.0, np.random.default_rng(4)).kernel(1.0).shape
        == kernels.disk_kernel(6.0).shape
    )


def test_views_of_a_scene_are_always_the_same(photo_folder: Path) -> None:
    photos, store = read_photos(photo_folder), PictureStore()
    first, again = (list(views_of(photos[0], store[photos[0]])) for _ in range(2))
    kinds = [view.kind for view in first]
    assert kinds[:5] == ["pristine", "composed", "defocus", "shake", "shake"]
    assert kinds[5:] in (["under"], ["over"])
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.frame, other.frame)
        assert np.array_equal(one.native, other.native)
        assert one.labels == (one.kind in ("defocus", "shake"), one.kind == "under", one.kind == "over")


def test_a_recipe_survives_its_file(tmp_path: Path) -> None:
    for run in TILE_RECIPES.values():
        save_tile_run(run, tmp_path / "config.json")
        assert load_tile_run(tmp_path / "config.json") == run


@given(st.lists(st.floats(0.2, 9), min_size=130, max_size=160, unique=True))
def test_the_least_texture_parts_what_can_be_told_from_what_cannot(textures: list[float]) -> None:
    line = sorted(textures)[65]
    pairs = [TexturedPair(texture, 1.0 if texture >= line else -1.0) for texture in textures]
    least, shares = least_texture(pairs)
    assert line <= least + 0.01
    assert shares["right_from"] == 1.0
    assert least_texture([TexturedPair(texture, 1.0) for texture in textures])[0] <= min(textures) + 0.01


def heard(scenes: int = 60) -> Testimony:
    """The frame knows defocus and is misled by soft backgrounds; the tiles know shake too."""
    random = np.random.default_rng(3)
    kinds = np.array(["pristine", "composed", "defocus", "shake"] * scenes)
    frame = np.array([{"pristine": -3, "composed": 1, "defocus": 4, "shake": -2}[kind] for kind in kinds])
    tiles = np.array([{"pristine": -4, "composed": -4, "defocus": 4, "shake": 4}[kind] for kind in kinds])
    frame, tiles = frame + random.normal(0, 1, len(kinds)), tiles + random.normal(0, 1, len(kinds))
    blurred = np.isin(kinds, ("defocus", "shake"))
    return Testimony(
        logits=np.stack([frame, np.full(len(kinds), -3.0), np.full(len(kinds), -3.0)], axis=1),
        features=np.stack([frame, tiles, tiles, tiles + 0.5, tiles / 4], axis=1),
        judged=np.full(len(kinds), 3),
        laplacian_frame=np.where(blurred, 40.0, 400.0),
        laplacian_tile=np.where(blurred, 30.0, 300.0),
        labels=np.stack([blurred, np.zeros(len(kinds)), np.zeros(len(kinds))], axis=1).astype(np.float64),
        kinds=kinds,
        strengths=np.where(blurred, 6.0, 0.0),
        refs=np.repeat([f"scene{number}" for number in range(scenes)], 4),
    )


def test_one_probability_clears_a_sharp_subject_and_flags_a_shake() -> None:
    found = heard()
    combined = fit_combined(found)
    assert min(combined.frame, combined.sharpest, combined.lower, combined.middle, combined.coarseness) >= 0
    scores = combined_scores(found, combined, ONE)
    assert np.mean(scores[found.kinds == "composed"] < 0.5) > 0.95
    assert np.mean(scores[found.kinds == "shake"] > 0.5) > 0.95
    assert np.mean((scores > 0.5) == (found.labels[:, 0] == 1)) > 0.97
    assert np.corrcoef(scores, held_out_scores(found, ONE))[0, 1] > 0.99


def test_where_no_tile_speaks_the_frame_stands_alone() -> None:
    found = heard(10)
    silent = Testimony(**{**vars(found), "judged": np.zeros(len(found.refs), np.int64)})
    scores = combined_scores(silent, CombinedBlur(5.0, 1.0, 1.0, 1.0, 1.0, 1.0), ONE)
    assert scores == pytest.approx(1 / (1 + np.exp(-found.logits[:, 0])))
    with pytest.raises(ValueError, match="blur and without"):
        fit_combined(silent)


def test_the_report_says_what_each_witness_missed() -> None:
    found = heard()
    figures = witness_figures(found, combined_scores(found, fit_combined(found), ONE), 0.5)
    missed = figures["missed"]["shake"]
    assert missed["photos"] == 60
    assert missed["by the tiles only"] > 50
    assert missed["flagged combined"] > 55
    assert figures["witnesses"]["both"]["auc"] > figures["witnesses"]["frame alone"]["auc"]
    text = figures_text(figures)
    assert "soft background" in text
    assert "Laplacian of the best tile" in text


def test_a_line_keeps_its_rate() -> None:
    good = np.arange(100) / 100
    assert np.mean(good >= line_at(good, 0.03)) <= 0.03
    assert np.mean(good >= line_at(good, 0.0)) == 0
