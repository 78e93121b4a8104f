"""Pictures drawn for the tests of training: textures like photographs, as arrays and as folders of files."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

Texture = Callable[..., NDArray[np.uint8]]


@pytest.fixture(scope="session")
def texture() -> Texture:
    """Draws a colour texture whose spectrum falls as 1/f, as that of photographs does."""

    def draw(seed: int = 0, rows: int = 96, columns: int = 128) -> NDArray[np.uint8]:
        random = np.random.default_rng(seed)
        down = np.fft.fftfreq(rows)[:, None, None]
        across = np.fft.fftfreq(columns)[None, :, None]
        fall = 1 / np.maximum(np.hypot(down, across), 1 / max(rows, columns))
        waves = np.fft.fft2(random.standard_normal((rows, columns, 3)), axes=(0, 1)) * fall
        values = np.fft.ifft2(waves, axes=(0, 1)).real
        return np.asarray(np.clip(values / values.std() * 48 + 118, 0, 255), dtype=np.uint8)

    return draw


@pytest.fixture(scope="session")
def photo_folder(texture: Texture, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve photos, two of which don't cover the network's input; no test may change them."""
    folder = tmp_path_factory.mktemp("photos")
    for number in range(12):
        rows, columns = (300, 260) if number in (3, 7) else (400, 540)
        picture = Image.fromarray(texture(number, rows, columns))
        picture.save(folder / f"scene{number:02d}.png", compress_level=1)
    return folder
