"""How much light the scene had, from what the camera wrote, and whether it was a dark scene.

It must not look at probabilities. Light value after the exposure equation of ISO 2720 at ISO 100:
LV = log2(N^2 / t) - log2(ISO / 100). A photo that came out dark was taken with less light than its settings
were made for, so its scene was at most that bright.
"""

import math
from dataclasses import dataclass

from editor.core.metadata import PhotoMetadata
from quality.core.light_measure import LightMeasure

DARK_LINE = 5.0
"""Scenes below this light value are dark: a street at night or a candle-lit room, not a lit living room."""

DARK_LINES = (-4.0, 12.0)
"""Where the user may move the line."""


@dataclass(frozen=True, slots=True)
class SceneLight:
    """What is known of a scene.

    Attributes:
        value: Light value; None without aperture, exposure time and ISO.
        is_dark: Whether it was a dark scene; None when nothing says so.
        by_content: Whether the picture itself had to tell, because the camera wrote too little.
    """

    value: float | None
    is_dark: bool | None
    by_content: bool


def light_value(metadata: PhotoMetadata) -> float | None:
    """The light value of a scene.

    Args:
        metadata: What the camera wrote.

    Returns:
        LV, about -6 (starlight) to 16 (sun on snow); None when a part is missing.
    """
    aperture, seconds, iso = metadata.aperture, metadata.exposure_s, metadata.iso
    if not aperture or not seconds or not iso:
        return None
    return 2 * math.log2(aperture) - math.log2(seconds) - math.log2(iso / 100)


def scene_light(
    metadata: PhotoMetadata, light: LightMeasure | None, dark_line: float = DARK_LINE
) -> SceneLight:
    """Says whether the scene was dark: by the camera's settings, else by the picture.

    Args:
        metadata: What the camera wrote.
        light: What was measured in the picture; None when it was not.
        dark_line: Scenes below this light value are dark.

    Returns:
        What is known.
    """
    value = light_value(metadata)
    if value is not None:
        return SceneLight(value, value < dark_line, by_content=False)
    return SceneLight(None, None if light is None else light.dark_on_purpose, by_content=light is not None)
