"""Fetches a rendering's pixels from a picture: turned, cut, straightened, scaled, in linear working light."""

from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.color_space import ColorSpace
from editor.core.frame import Frame
from editor.core.pixels import Picture, Pixels
from editor.core.window import Window
from editor.core.working_space import Linear

_KERNEL = 3
_NEARLY = 1.0 - 1e-3


def exact_pixels(picture: Picture, frame: Frame) -> Pixels | None:
    """The picture's own values where a frame only turns and cuts; None where it scales or straightens."""
    source = LinearSource(picture, None, frame)
    if frame.angle or source.is_reduced:
        return None
    return np.ascontiguousarray(source.cut_pixels)


class LinearSource:
    """One picture seen through one frame.

    Scaling averages the light of all pixels that fall together, before any curve.
    """

    def __init__(self, picture: Picture, space: ColorSpace | None, frame: Frame) -> None:
        self._space = space
        self._frame = frame
        turned = np.rot90(picture.pixels, -frame.quarter_turns)
        self._turned = turned[:, ::-1] if frame.mirrored else turned
        self._decoded = (
            self._turned.shape[1] / frame.turned_width,
            self._turned.shape[0] / frame.turned_height,
        )

    @property
    def is_reduced(self) -> bool:
        """Whether the rendering is smaller than the decoded pixels."""
        if not self._frame.angle:
            cut = self.cut_pixels
            height, width = int(cut.shape[0]), int(cut.shape[1])
            return height != self._frame.height or width != self._frame.width
        return self._frame.scale < max(self._decoded) * _NEARLY

    @property
    def cut_pixels(self) -> Pixels:
        """The decoded pixels of a cut without an angle, edges at the nearest decoded pixel."""
        across, down = self._decoded
        rows, columns = self._turned.shape[:2]
        left = min(round(self._frame.left * across), columns - 1)
        top = min(round(self._frame.top * down), rows - 1)
        right = max(left + 1, round((self._frame.left + self._frame.cut_width) * across))
        bottom = max(top + 1, round((self._frame.top + self._frame.cut_height) * down))
        return self._turned[top:bottom, left:right]

    def prepare(self) -> None:
        """Scales now what is to be scaled; afterwards several threads may fetch at once."""
        if self.is_reduced:
            _ = self._reduced

    def fetch(self, window: Window) -> Linear:
        """The pixels of a part of the rendering, shape (H, W, 3)."""
        if self._frame.angle:
            return self._straightened(window)
        rows = slice(window.top, window.top + window.height)
        columns = slice(window.left, window.left + window.width)
        if self.is_reduced:
            return np.ascontiguousarray(self._reduced[rows, columns])
        return self._working(self._light(self.cut_pixels[rows, columns]))

    @cached_property
    def _reduced(self) -> Linear:
        """The cut, or for straightening the whole turned picture, at the size of the rendering."""
        frame = self._frame
        if not frame.angle:
            return self._scaled(self.cut_pixels, (frame.width, frame.height))
        size = (round(frame.turned_width * frame.scale), round(frame.turned_height * frame.scale))
        return self._scaled(self._turned, (max(1, size[0]), max(1, size[1])))

    def _scaled(self, pixels: Pixels, size: tuple[int, int]) -> Linear:
        if pixels.dtype == np.uint8:
            light = self._known_space.light_16(np.ascontiguousarray(pixels.astype(np.uint8, copy=False)))
            small = cv2.resize(light, size, interpolation=cv2.INTER_AREA)
            return self._working(small.astype(np.float32) * np.float32(1 / 65535))
        return self._working(cv2.resize(self._light(pixels), size, interpolation=cv2.INTER_AREA))

    def _straightened(self, window: Window) -> Linear:
        matrix = self._to_pixels(window)
        if self.is_reduced:
            return _warped(self._reduced, matrix, window)
        corners = np.array(
            [[0, window.width, 0, window.width], [0, 0, window.height, window.height], [1] * 4]
        )
        places = matrix @ corners
        rows, columns = self._turned.shape[:2]
        left, top = (max(0, int(np.floor(low)) - _KERNEL) for low in places.min(axis=1))
        right, bottom = (int(np.ceil(high)) + _KERNEL + 1 for high in places.max(axis=1))
        needed = self._turned[min(top, rows - 1) : bottom, min(left, columns - 1) : right]
        matrix[:, 2] -= min(left, columns - 1), min(top, rows - 1)
        return _warped(self._working(self._light(needed)), matrix, window)

    def _to_pixels(self, window: Window) -> NDArray[np.float64]:
        """From indices in a window to indices in the pixels that are straightened."""
        frame = self._frame
        rows, columns = self._reduced.shape[:2] if self.is_reduced else self._turned.shape[:2]
        scale = np.array([columns / frame.turned_width, rows / frame.turned_height])
        matrix = scale[:, np.newaxis] * frame.to_photo()
        matrix[:, 2] += matrix[:, :2] @ [window.left + 0.5, window.top + 0.5] - 0.5
        return np.asarray(matrix)

    @property
    def _known_space(self) -> ColorSpace:
        if self._space is None:
            raise ValueError("light needs a colour space")
        return self._space

    def _light(self, pixels: Pixels) -> NDArray[np.float32]:
        return self._known_space.light(np.ascontiguousarray(pixels))

    def _working(self, light: NDArray[np.float32]) -> Linear:
        return np.asarray(cv2.transform(light, self._known_space.to_working))


def _warped(pixels: Linear, matrix: NDArray[np.float64], window: Window) -> Linear:
    warped: Linear = cv2.warpAffine(
        pixels,
        matrix,
        (window.width, window.height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT,
    )
    return np.asarray(np.maximum(warped, np.float32(0.0)))
