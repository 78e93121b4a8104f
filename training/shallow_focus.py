"""A sharp subject before a soft background, composed from a sharp photo; such a picture is no blur."""

import cv2
import numpy as np
from numpy.typing import NDArray

from training import distortions, kernels

Bytes = NDArray[np.uint8]


def shallow_focus(
    linear: distortions.Pixels, frame: Bytes, radius: float, random: np.random.Generator
) -> distortions.Pixels:
    """A sharp subject, where the picture has most detail, before a background out of focus."""
    width = frame.shape[1]
    subject = subject_mask(frame, random.uniform(0.14, 0.32), random.uniform(0.7, 1.6))
    background = distortions.blur(linear, kernels.disk_kernel(round(radius * width / 512 * 2) / 2 + 0.5))
    soft = cv2.GaussianBlur(subject, (0, 0), 0.012 * width)[..., None]
    return np.asarray(soft * linear + (1 - soft) * background, dtype=np.float32)


def subject_mask(frame: Bytes, size: float, tallness: float) -> distortions.Pixels:
    """An ellipse over the most detailed part of a frame: 1 inside, 0 outside, shape (H, W).

    Its centre keeps a fifth of the frame away from every border, so that most of it is seen.

    Args:
        frame: Pristine picture.
        size: Half width as a share of the frame's width.
        tallness: Half height over half width.
    """
    height, width = frame.shape[:2]
    detail = np.abs(cv2.Laplacian(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), cv2.CV_32F))
    spread = cv2.GaussianBlur(np.minimum(detail, 60), (0, 0), size * width / 2)
    row, column = np.unravel_index(int(spread.argmax()), spread.shape)
    row, column = np.clip(row, 0.2 * height, 0.8 * height), np.clip(column, 0.2 * width, 0.8 * width)
    mask = np.zeros((height, width), dtype=np.float32)
    axes = (round(size * width), round(size * width * tallness))
    cv2.ellipse(mask, (int(column), int(row)), axes, 0, 0, 360, 1.0, -1)
    return mask
