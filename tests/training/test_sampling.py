"""Training pictures: labels fit what was done, the same seed draws the same picture."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from training import light, physical_draws
from training.blur_draws import draw_blur_kernel, shake_path
from training.config import PhysicalRanges, SampleMix
from training.draws import log_uniform, uniform
from training.kadis_draws import KADIS_LABELS, KADIS_LEVELS, TONE_CURVES, KadisDraw, draw_kadis, kadis_picture
from training.sampling import kadis_sample, training_sample
from training.shallow_focus import shallow_focus, subject_mask

Texture = Callable[..., NDArray[np.uint8]]

RANGES = PhysicalRanges()
PLAIN = SampleMix(second_defect=0.0, shallow_focus=0.0, monochrome=0.0, grain=0.0, look=0.0)


def _random(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def _detail(picture: NDArray[np.uint8]) -> float:
    grey = picture.mean(axis=2)
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())


def test_kadis_draws_only_visible_levels_and_every_one() -> None:
    random = _random(1)
    draws = [draw_kadis(random) for _ in range(800)]
    seen = {(draw.kind, draw.level) for draw in draws}
    assert seen == {(kind, level) for kind, levels in KADIS_LEVELS.items() for level in levels}
    counts = [sum(draw.kind == kind for draw in draws) for kind in KADIS_LEVELS]
    assert min(counts) > 150
    assert all(0 <= draw.angle < 180 for draw in draws)


def test_kadis_pristine_share() -> None:
    random = _random(2)
    share = np.mean([draw_kadis(random, 0.5).kind == 0 for _ in range(1000)])
    assert share == pytest.approx(0.5, abs=0.05)


def test_the_milder_level_of_a_tone_curve_may_come_more_often_and_blurs_stay_even() -> None:
    random = _random(3)
    draws = [draw_kadis(random, milder_share=0.8) for _ in range(2000)]
    curves = [draw.level == 4 for draw in draws if draw.kind in TONE_CURVES]
    shakes = [draw.level == 4 for draw in draws if draw.kind == 3]
    assert np.mean(curves) == pytest.approx(0.8, abs=0.05)
    assert np.mean(shakes) == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize("kind", KADIS_LABELS)
def test_kadis_labels_fit_the_code(kind: int, texture: Texture) -> None:
    frame = texture(1)
    sample = kadis_sample(frame, KadisDraw(kind, 4 if kind else 0, 20.0))
    assert tuple(sample.labels) == KADIS_LABELS[kind]
    blur, under, over = sample.labels
    assert (_detail(sample.picture) < 0.7 * _detail(frame)) == bool(blur)
    if not blur:  # the stretch after a blur moves the mean as well
        assert (sample.picture.mean() < frame.mean() - 8) == bool(under)
        assert (sample.picture.mean() > frame.mean() + 8) == bool(over)


def test_a_pristine_kadis_frame_stays_as_it_is(texture: Texture) -> None:
    frame = texture(1)
    assert kadis_picture(frame, KadisDraw(0, 0, 0.0)) is frame


@pytest.mark.parametrize("seed", range(24))
def test_defects_fit_their_labels(seed: int, texture: Texture) -> None:
    frame = texture(seed % 3)
    picture, (blur, under, over) = physical_draws.defective(frame, "", PLAIN, RANGES, _random(seed))
    before, after = light.to_linear(frame), light.to_linear(picture)
    assert blur + under + over == 1
    if blur:
        assert _detail(picture) < 0.85 * _detail(frame)
        assert after.mean() == pytest.approx(before.mean(), rel=0.1)
    if under:
        assert after.mean() < before.mean() * 2**-1.3
    if over:
        assert after.mean() > before.mean() * 1.15
        assert (picture == 255).mean() > (frame == 255).mean()


def test_a_second_defect_is_always_a_blurred_exposure_error(texture: Texture) -> None:
    both = SampleMix(second_defect=1.0)
    for seed in range(12):
        _, labels = physical_draws.defective(texture(), "", both, RANGES, _random(seed))
        assert labels[0] == 1
        assert labels[1] + labels[2] == 1


@pytest.mark.parametrize(("natural", "column"), [("night", 2), ("lowkey", 2), ("highkey", 1)])
def test_a_scene_dark_or_bright_on_purpose_needs_a_strong_error_the_other_way(
    natural: str, column: int, texture: Texture
) -> None:
    frame = np.full_like(texture(), 60 if column == 2 else 200)
    for seed in range(40):
        picture, labels = physical_draws.defective(frame, natural, PLAIN, RANGES, _random(seed))
        if labels[column]:
            before, after = light.to_linear(frame).mean(), light.to_linear(picture).mean()
            assert abs(np.log2(min(1.0, after + 1e-3) / before)) > 1.5


def test_good_pictures_keep_their_detail_and_light(texture: Texture) -> None:
    mix = SampleMix(shallow_focus=0.0, grain=0.0, monochrome=0.0, look=1.0)
    for seed in range(12):
        frame = texture(seed)
        picture = physical_draws.pristine(frame, mix, RANGES, _random(seed))
        ratio = light.to_linear(picture).mean() / light.to_linear(frame).mean()
        assert 2**-1 < ratio < 2**1
        assert _detail(picture) > 0.6 * _detail(frame)


def test_the_same_seed_draws_the_same_picture_and_another_another(texture: Texture) -> None:
    frame = texture(4)
    first, second, other = (
        [training_sample(frame, "", SampleMix(), RANGES, random) for _ in range(6)]
        for random in (_random(5), _random(5), _random(6))
    )
    for one, two in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.picture, two.picture)
        np.testing.assert_array_equal(one.labels, two.labels)
    assert any((one.picture != two.picture).any() for one, two in zip(first, other, strict=True))


def test_the_mix_gives_the_declared_share_of_good_pictures(texture: Texture) -> None:
    random, frame = _random(7), texture(0, 24, 32)
    labels = [training_sample(frame, "", SampleMix(), RANGES, random).labels for _ in range(600)]
    good = np.mean([not label.any() for label in labels])
    assert good == pytest.approx(0.5 * 0.5 + 0.5 * 0.45, abs=0.06)


def test_a_shallow_focus_keeps_the_subject_and_softens_the_rest(texture: Texture) -> None:
    frame = texture(8, 192, 256)
    linear = light.to_linear(frame)
    soft = shallow_focus(linear, frame, 8.0, _random(3))
    change = np.abs(soft - linear).mean(axis=2)
    sharp = change < 1e-3
    assert 0.04 < sharp.mean() < 0.8
    assert change[~sharp].mean() > 0.01


def test_the_subject_lies_where_the_detail_is(texture: Texture) -> None:
    frame = np.full((96, 128, 3), 128, np.uint8)
    frame[60:80, 90:110] = texture(1, 20, 20)
    mask = subject_mask(frame, 0.15, 1.0)
    assert mask[70, 100] == 1
    assert mask[10, 10] == 0


def test_a_shake_is_as_long_as_asked_and_smooth() -> None:
    path = shake_path(20.0, _random(1))
    steps = np.diff(path, axis=0)
    assert np.hypot(*steps.T).sum() == pytest.approx(20.0, rel=0.05)
    turns = np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0])))
    assert np.abs(turns).max() < 0.5


def test_blur_kernels_stay_within_their_ranges() -> None:
    random = _random(11)
    sides = [len(draw_blur_kernel(RANGES, random)) for _ in range(200)]
    assert min(sides) >= 3
    assert max(sides) <= 2 * 29 + 1


def test_blurred_pictures_are_shaken_as_often_as_asked() -> None:
    straight = replace(RANGES, shake_length=(20.0, 20.0), shake_line=1.0)
    always, never = (replace(straight, shaken=share) for share in (1.0, 0.0))
    shaken = [draw_blur_kernel(always, _random(seed)) for seed in range(30)]
    defocused = [draw_blur_kernel(never, _random(seed)) for seed in range(30)]
    assert all(_elongation(kernel) > 5 for kernel in shaken)
    assert all(_elongation(kernel) < 2 for kernel in defocused)


def _elongation(kernel: NDArray[np.floating]) -> float:
    """Longest over shortest spread of a kernel's weight."""
    down, across = np.indices(kernel.shape)
    spread = np.linalg.eigvalsh(np.cov(down.ravel(), across.ravel(), aweights=kernel.ravel()))
    return float(np.sqrt(spread[-1] / max(spread[0], 1e-3)))


def test_draws_stay_within_their_limits_and_fill_them() -> None:
    random = _random(12)
    plain = [uniform(random, (2.0, 8.0)) for _ in range(500)]
    ratio = [log_uniform(random, (2.0, 8.0)) for _ in range(500)]
    assert all(2 <= value <= 8 for value in plain + ratio)
    assert np.median(plain) == pytest.approx(5.0, abs=0.4)
    assert np.median(ratio) == pytest.approx(4.0, abs=0.4)
