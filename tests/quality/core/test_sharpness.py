"""Sharpness of whole pictures by a tiny real network for tiles: evidence, map, streaks, delivery sizes."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from quality.core import sharpness_report
from quality.core.blur_evidence import (
    BlurWitnesses,
    CombinedBlur,
    TileEvidence,
    combined_probability,
    evidence_of,
)
from quality.core.errors import ContractError, ModelError
from quality.core.inference import QualityModel, TileModel, open_model
from quality.core.scorer import Scorer
from quality.core.sharpness import judge_tiles, map_sharpness, reduced_to, scan_scale, sharp_at
from quality.core.sharpness_report import examine
from quality.core.streaks import streak_direction
from quality.core.thresholds import Mode, Modes, Thresholds
from quality.core.verdict import Verdict, decide

SIDE = 64


def grain(rows: int, columns: int, seed: int = 0) -> NDArray[np.uint8]:
    """Texture at all scales."""
    random = np.random.default_rng(seed)
    layers = [
        cv2.resize(random.uniform(-1, 1, (rows // size + 2, columns // size + 2)), (columns, rows))
        for size in (1, 4, 16)
    ]
    grey = np.clip(128 + 40 * sum(layers), 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


@pytest.fixture(scope="module")
def model(tiny_model: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> QualityModel:
    return open_model(tiny_model.write_model_with_tiles(tmp_path_factory.mktemp("tiles")), device="cpu")


@pytest.fixture
def tiles(model: QualityModel) -> TileModel:
    assert model.sharpness is not None
    return model.sharpness


def soft(picture: NDArray[np.uint8], sigma: float = 5) -> NDArray[np.uint8]:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), dtype=np.uint8)


def test_sharp_and_soft_pictures_are_told_apart(tiles: TileModel) -> None:
    assert judge_tiles(tiles, grain(300, 400)).middle < 0
    evidence = judge_tiles(tiles, soft(grain(300, 400)))
    assert evidence.judged == 3
    assert 0 < evidence.sharpest <= evidence.lower <= evidence.middle


def test_a_sharp_subject_is_found_on_a_soft_background(tiles: TileModel) -> None:
    picture = soft(grain(300, 400))
    picture[100:180, 150:230] = grain(300, 400)[100:180, 150:230]
    assert judge_tiles(tiles, picture).sharpest < 0 < judge_tiles(tiles, soft(grain(300, 400))).sharpest


def test_nothing_is_judged_in_fog(tiles: TileModel) -> None:
    fog = np.clip(np.random.default_rng(2).normal(170, 2, (300, 400, 3)), 0, 255).astype(np.uint8)
    assert judge_tiles(tiles, fog) == TileEvidence(0)
    assert map_sharpness(tiles, fog).sharpest is None
    assert all(tile.soft is None for tile in map_sharpness(tiles, fog).tiles)


@pytest.mark.parametrize("angle", [0, 30, 45, 90, 120, 150])
def test_streaks_run_where_the_camera_moved(angle: int) -> None:
    length, turn = 21, np.deg2rad(angle)
    kernel = np.zeros((41, 41), np.float32)
    for place in np.linspace(-length / 2, length / 2, 200):
        kernel[round(20 - place * np.sin(turn)), round(20 + place * np.cos(turn))] += 1
    smeared = cv2.filter2D(grain(256, 256).astype(np.float32), -1, kernel / kernel.sum())
    found = streak_direction(smeared[None, 64:192, 64:192].astype(np.float32))
    assert found is not None
    assert min(abs(found - angle), 180 - abs(found - angle)) < 12


def test_defocus_has_no_direction() -> None:
    assert streak_direction(soft(grain(256, 256)).astype(np.float32)[None, 64:192, 64:192]) is None
    assert streak_direction(np.empty((0, 8, 8, 3), np.float32)) is None


def test_a_map_shows_where_it_is_sharp(tiles: TileModel) -> None:
    picture = soft(grain(256, 384))
    picture[128:, 256:] = grain(256, 384)[128:, 256:]
    found = map_sharpness(tiles, picture)
    assert len(found.tiles) == 24
    assert found.sharpest is not None
    assert found.sharpest.left >= 0.6
    assert found.sharpest.top >= 0.5
    assert found.sharp_share == pytest.approx(4 / 24, abs=0.09)
    for tile in found.tiles:
        inside = tile.left >= 0.66 and tile.top >= 0.5
        assert tile.soft is not None
        assert (tile.soft < 0.5) == inside


def test_who_asked_can_end_a_map(tiles: TileModel) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        map_sharpness(tiles, grain(300, 400), stop)


def test_a_softly_missed_photo_is_sharp_enough_for_less(tiles: TileModel) -> None:
    missed = soft(grain(960, 1280), 4)
    found = dict(sharp_at(tiles, missed, (160, 1280)))
    small, full = found[160], found[1280]
    assert small is not None
    assert full is not None
    assert small < 0.5 < full


def test_delivery_never_enlarges() -> None:
    picture = grain(90, 120)
    assert reduced_to(picture, 4000) is picture
    assert reduced_to(picture, 60).shape == (45, 60, 3)


def test_what_could_only_be_decoded_in_full_is_judged_at_the_scale_of_a_scan() -> None:
    assert scan_scale(np.zeros((1200, 2400, 3), np.uint8)).shape == (600, 1200, 3)
    assert scan_scale(np.zeros((1100, 2400, 3), np.uint8)).shape == (1100, 2400, 3)


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=9))
def test_order_statistics_are_in_order(logits: list[float]) -> None:
    evidence = evidence_of(logits)
    assert evidence.judged == len(logits)
    assert min(logits) == evidence.sharpest <= evidence.lower <= evidence.middle <= max(logits)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 50))
def test_a_softer_witness_never_lowers_the_probability(frame: float, sharpest: float, more: float) -> None:
    combined = CombinedBlur(-1.0, 0.4, 0.8, 0.1, 0.2, 0.5)
    low = combined_probability(frame, TileEvidence(3, sharpest, sharpest, sharpest), combined)
    softer = TileEvidence(3, sharpest + more, sharpest + more, sharpest + more, coarseness=more)
    assert 0 <= low <= combined_probability(frame + more, softer, combined) <= 1


def photo(folder: Path, name: str, pixels: NDArray[np.uint8]) -> Path:
    path = folder / name
    Image.fromarray(pixels).save(path)
    return path


def test_the_scorer_joins_both_witnesses(model: QualityModel, tmp_path: Path) -> None:
    scorer = Scorer(model, None)
    good = scorer.score(photo(tmp_path, "good.png", grain(300, 400)))
    bad = scorer.score(photo(tmp_path, "bad.png", soft(grain(300, 400))))
    for score in (good, bad):
        assert score.witnesses is not None
        assert score.witnesses.sharpest is not None
        assert not score.witnesses.cannot_tell
    assert good.probabilities.blur < 0.5 < bad.probabilities.blur
    assert good.probabilities.blur != pytest.approx(good.witnesses.frame if good.witnesses else 0)


def test_fog_is_a_hint_and_never_a_reject(model: QualityModel, tmp_path: Path) -> None:
    fog = photo(tmp_path, "fog.png", np.full((300, 400, 3), 170, np.uint8))
    score = Scorer(model, None).score(fog)
    assert score.witnesses == BlurWitnesses(score.probabilities.blur, None)
    lines, modes = Thresholds(0.5, 1.0, 1.0), Modes(Mode.REJECT, Mode.OFF, Mode.OFF)
    assert score.probabilities.blur > 0.5
    assert decide(score.probabilities, lines, modes).verdict is Verdict.REJECT
    decision = decide(score.probabilities, lines, modes, cannot_tell=True)
    assert decision.verdict is Verdict.KEEP
    assert [defect.value for defect in decision.hints] == ["blur"]
    off = decide(score.probabilities, lines, Modes(Mode.OFF, Mode.OFF, Mode.OFF), cannot_tell=True)
    assert off.hints == ()


def test_a_report_names_every_size_the_photo_has(tiles: TileModel, tmp_path: Path) -> None:
    report = examine(tiles, photo(tmp_path, "a.png", grain(200, 2400)), lambda: None)
    assert [one.long_side for one in report.deliveries] == [2048, None]
    assert report.deliveries[-1].sharp is True
    assert not report.is_soft_everywhere
    blurred = examine(tiles, photo(tmp_path, "b.png", soft(grain(200, 300))), lambda: None)
    assert blurred.is_soft_everywhere
    assert [one.sharp for one in blurred.deliveries] == [False]


@pytest.mark.parametrize("softness", [0.35, 0.36, None])
def test_a_small_photo_is_sharp_where_its_most_detailed_tiles_are(
    tiles: TileModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, softness: float | None
) -> None:
    side = tiles.contract.side
    path = photo(tmp_path, "a.png", grain(2 * side, 3 * side))

    def said(_model: TileModel, _srgb8: object, sides: tuple[int, ...]) -> Iterator[tuple[int, float | None]]:
        return ((side, softness) for side in sides)

    monkeypatch.setattr(sharpness_report, "sharp_at", said)
    report = examine(tiles, path, lambda: None)
    is_sharp = softness != 0.36
    assert len(report.map.tiles) == 6
    assert report.map.sharp_region
    assert report.deliveries[-1].sharp is is_sharp
    assert report.is_soft_everywhere is not is_sharp


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"tiles": {"rule": "another", "count": 3, "texture": 2.0}}, "sharpness.tiles.rule"),
        ({"temperature": 0}, "sharpness.temperature"),
        ({"combined": {"bias": 1}}, "sharpness.combined.frame"),
        (
            {"input": {"name": "tile", "side": 2.5, "channels": "RGB", "range": [0, 255]}},
            "sharpness.input.side",
        ),
    ],
)
def test_a_wrong_section_is_named(
    tiny_model: ModuleType, tmp_path: Path, section: dict[str, object], words: str
) -> None:
    folder = tiny_model.write_model_with_tiles(tmp_path, **section)
    with pytest.raises(ContractError, match=words):
        open_model(folder, device="cpu")


def test_a_network_of_another_size_is_refused(tiny_model: ModuleType, tmp_path: Path) -> None:
    folder = tiny_model.write_model_with_tiles(tmp_path)
    other = tiny_model.tile_network(32)
    tiny_model.write_model(folder, sharpness=tiny_model.sharpness_values(other, 64))
    (folder / "sharpness.onnx").write_bytes(other)
    with pytest.raises(ModelError, match="input has shape"):
        open_model(folder, device="cpu")


def test_both_networks_stand_in_the_key(model: QualityModel, tiny_model_folder: Path) -> None:
    alone = open_model(tiny_model_folder, device="cpu")
    assert alone.sharpness is None
    assert alone.key == alone.sha256 == model.sha256
    assert model.key.startswith(f"{model.sha256}+")


def test_wrong_tiles_are_refused(tiles: TileModel) -> None:
    assert tiles.run(np.empty((0, SIDE, SIDE, 3), np.float32)).shape == (0,)
    with pytest.raises(ValueError, match="float32"):
        tiles.run(np.zeros((1, SIDE, SIDE, 3), np.uint8))
