"""The demo's defects are honest: kernels spread light without losing any, exposure follows the stops."""

import numpy as np
import pytest

from demo_camera import Settings
from demo_defects import add_noise, defocus, disk_kernel, expose, path_kernel, shake, to_linear, to_srgb8


def test_srgb_round_trip_is_exact() -> None:
    every = np.arange(256, dtype=np.uint8).reshape(1, 256, 1).repeat(3, axis=2)
    assert np.array_equal(to_srgb8(to_linear(every)), every)


def test_one_stop_is_twice_the_light() -> None:
    light = np.full((2, 2, 3), 0.2, dtype=np.float32)
    assert expose(light, 1.0) == pytest.approx(0.4)
    assert expose(light, -3.0) == pytest.approx(0.025)


def test_too_much_light_is_clipped_not_wrapped() -> None:
    light = np.array([[[0.9, 0.2, 0.0]]], dtype=np.float32)
    assert to_srgb8(expose(light, 2.5)).tolist() == [[[255, 255, 0]]]


@pytest.mark.parametrize("radius", [1.5, 5.0, 7.25])
def test_disk_is_round_and_keeps_the_light(radius: float) -> None:
    kernel = disk_kernel(radius)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert np.allclose(kernel, kernel.T)
    assert np.allclose(kernel, kernel[::-1, ::-1])
    # A disk's even brightness: 1 / area in the middle.
    assert kernel[kernel.shape[0] // 2, kernel.shape[1] // 2] == pytest.approx(
        1 / (np.pi * radius**2), rel=0.02
    )


@pytest.mark.parametrize("angle", [0.0, 37.0, 90.0, 151.0])
@pytest.mark.parametrize("bend", [0.0, 0.3])
def test_path_is_as_long_as_asked(angle: float, bend: float) -> None:
    kernel = path_kernel(18.0, angle, bend)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    rows, columns = np.nonzero(kernel > 0.01 * kernel.max())
    turn = np.deg2rad(angle)
    along = columns * np.cos(turn) + rows * np.sin(turn)
    assert 17 <= np.ptp(along) <= 21


def test_blurs_spread_a_point_as_far_as_they_say() -> None:
    light = np.zeros((128, 512, 3), dtype=np.float32)
    light[64, 256] = 1.0
    disk = defocus(light, 6.0)[..., 0]
    assert np.ptp(np.nonzero(disk > 1e-4)[0]) == pytest.approx(12, abs=1.5)
    line = shake(light, 18.0, angle=0.0, bend=0.0)[..., 0]
    assert np.ptp(np.nonzero(line > 1e-4)[1]) == pytest.approx(18, abs=2)
    assert np.ptp(np.nonzero(line > 1e-4)[0]) <= 3


def test_lengths_follow_the_width_of_the_picture() -> None:
    light = np.zeros((128, 1024, 3), dtype=np.float32)
    light[64, 512] = 1.0
    assert np.ptp(np.nonzero(defocus(light, 6.0)[..., 0] > 1e-4)[0]) == pytest.approx(24, abs=1.5)


def test_noise_is_the_sensors_and_the_same_for_a_seed() -> None:
    light = np.full((200, 200, 3), 0.02, dtype=np.float32)
    noisy = add_noise(light, np.random.default_rng(7))
    assert noisy.mean() == pytest.approx(0.02, rel=0.01)
    assert noisy.std() == pytest.approx(np.sqrt(3e-4 * 0.02 + 2e-3**2), rel=0.02)
    assert np.array_equal(noisy, add_noise(light, np.random.default_rng(7)))


def test_settings_tell_the_same_story() -> None:
    settings = Settings(1 / 60, 4.0, 800)
    assert settings.exposed_by(-3).seconds == pytest.approx(1 / 480)
    longer = settings.hand_held_too_long()
    # Light on the sensor times its speed stays as it was.
    assert longer.seconds * longer.iso / longer.f_number**2 == pytest.approx(800 / 60 / 16)
