"""What explains a photo's scores: the camera's settings, the light in the picture, and the scene."""

from dataclasses import dataclass

from editor.core.metadata import NO_METADATA, PhotoMetadata
from quality.core.blur_evidence import BlurWitnesses
from quality.core.light_measure import LightMeasure
from quality.core.scene_light import SceneLight


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What is known of one photo beside its scores.

    Attributes:
        metadata: What the camera wrote.
        light: What was measured in the picture; None when it was not.
        scene: What is known of the scene.
        as_night: Whether the user said that the photo belongs to a night series.
        witnesses: What frame and tiles each said about blur; None where the frame alone was asked.
    """

    metadata: PhotoMetadata = NO_METADATA
    light: LightMeasure | None = None
    scene: SceneLight = SceneLight(None, None, by_content=False)  # noqa: RUF009 - frozen, so one serves all
    as_night: bool = False
    witnesses: BlurWitnesses | None = None

    @property
    def scene_is_dark(self) -> bool | None:
        """Whether the scene was dark; the user has the first word."""
        return True if self.as_night else self.scene.is_dark

    @property
    def cannot_tell(self) -> bool:
        """Whether nothing in the photo has enough texture to tell sharp from soft."""
        return self.witnesses is not None and self.witnesses.cannot_tell
