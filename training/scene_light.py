"""A scene that is dark on purpose, composed from a photo: its subject is lit, the ground is not."""

import cv2
import numpy as np
from numpy.typing import NDArray

from training.config import PhysicalRanges
from training.distortions import Pixels
from training.draws import uniform
from training.shallow_focus import subject_mask

Bytes = NDArray[np.uint8]


def lit_subject(linear: Pixels, frame: Bytes, ranges: PhysicalRanges, random: np.random.Generator) -> Pixels:
    """A stage or a low-key portrait: the subject keeps its light, the ground around it turns dark.

    Such a picture is exposed as it should be, however dark it is on the whole. The same with a bright
    ground looks over-exposed to a person too, so it isn't made.

    Args:
        linear: Linear light 0..1, shape (H, W, 3).
        frame: The same picture as bytes; its most detailed part is the subject.
        ranges: How much darker the ground becomes.
        random: Source of every draw.
    """
    width = frame.shape[1]
    subject = subject_mask(frame, random.uniform(0.16, 0.34), random.uniform(0.7, 1.6))
    soft = cv2.GaussianBlur(subject, (0, 0), random.uniform(0.02, 0.12) * width)[..., None]
    gain = np.exp2(np.float32(uniform(random, ranges.dark_ground_ev)) * (1 - soft))
    return np.asarray(linear * gain, dtype=np.float32)
