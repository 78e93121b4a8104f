"""Scenes a network gets wrong: judged once, kept with the run, and drawn more often."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from training.config import SampleMix  # noqa: E402
from training.hard_scenes import FILE, scene_chances, scene_hardness  # noqa: E402
from training.model import assemble, build_backbone, build_heads  # noqa: E402
from training.photos import PictureStore, SourcePhoto, read_photos  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def test_a_scene_that_is_called_defective_is_drawn_more_often() -> None:
    photos = [SourcePhoto(name, Path(name)) for name in "abc"]
    photos[2] = replace(photos[2], natural="night")
    mix = SampleMix(hard_weight=4.0, natural_weight=7.0)
    chances = scene_chances(photos, mix, np.array([0.0, 1.0, 0.5]))
    assert chances.sum() == pytest.approx(1)
    assert chances[1] == pytest.approx(4 * chances[0])
    assert chances[2] == pytest.approx(7 * chances[0])
    assert scene_chances(photos[:2], mix, None) == pytest.approx([0.5, 0.5])


def test_a_photo_larger_than_a_frame_is_drawn_more_often() -> None:
    small = SourcePhoto("small", Path("small"), rows=383, columns=900)
    large = SourcePhoto("large", Path("large"), rows=384, columns=512)
    unknown = SourcePhoto("unknown", Path("unknown"))
    mix = SampleMix(large_weight=2.0, hard_weight=3.0)
    assert scene_chances([small, large, unknown], mix, None) == pytest.approx([0.25, 0.5, 0.25])
    assert scene_chances([small, large], mix, np.array([1.0, 1.0])) == pytest.approx([1 / 3, 2 / 3])


def test_hardness_is_found_once_and_read_again(photo_folder: Path, tmp_path: Path) -> None:
    photos, store = read_photos(photo_folder)[:3], PictureStore()
    heads = build_heads()
    network = assemble(build_backbone(), heads, inference_mode=True)
    for layer in heads.layers:
        if layer.name == "under_logit":
            layer.set_weights([np.zeros_like(layer.get_weights()[0]), np.array([2.0], dtype=np.float32)])
    network.save(tmp_path / "start.keras")
    found = scene_hardness(photos, store, tmp_path / "start.keras", tmp_path)
    assert found == pytest.approx([1 / (1 + np.exp(-2.0))] * 3, abs=0.4)
    assert found.min() >= round(1 / (1 + np.exp(-2.0)), 4)
    (tmp_path / "start.keras").unlink()
    again = scene_hardness(photos, store, tmp_path / "start.keras", tmp_path)
    assert np.array_equal(found, again)
    assert (tmp_path / FILE).read_text(encoding="utf-8").startswith("ref,hardness\n")
