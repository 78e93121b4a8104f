"""Fetches a rendering's pixels from a picture: turned, cut, straightened, scaled, in linear working light."""

from dataclasses import replace
from functools import cached_property, partial
from math import ceil, log2

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.core.color_space import ColorSpace
from editor.core.frame import Frame
from editor.core.pixels import Picture, Pixels
from editor.core.stage_cache import StageCache
from editor.core.window import Window
from editor.core.working_space import Linear

Deep = NDArray[np.uint16]

_KERNEL = 3
_NEARLY = 1.0 - 1e-3
_FINER = 2
_STEPS = 8
_DEEP_LEVELS = (np.arange(256, dtype=np.uint16) * np.uint16(257))[np.newaxis]


def exact_pixels(picture: Picture, frame: Frame) -> Pixels | None:
    """The picture's own values where a frame only turns and cuts; None where it scales or straightens."""
    source = LinearSource(picture, None, frame)
    if frame.angle or source.is_reduced:
        return None
    return np.ascontiguousarray(source.cut_pixels)


def averaged_picture(picture: Picture, size: tuple[int, int]) -> Picture:
    """A smaller copy of a picture in 16 bits, as if it had been decoded to that size.

    Args:
        picture: The picture.
        size: Width and height of the copy, at least 1 and at most those of the picture.
    """
    return replace(picture, pixels=_scaled(picture.pixels, size))


class LinearSource:
    """One picture seen through one frame.

    Scaling averages the encoded values of all pixels that fall together. Exposure, white balance and the
    unsharp mask are nearly linear there, so a preview agrees with the export scaled down, at edges too;
    averages of light, which optics would give, differ from it visibly where highlights roll off.
    """

    def __init__(
        self,
        picture: Picture,
        space: ColorSpace | None,
        frame: Frame,
        cache: StageCache | None = None,
        *,
        draft: bool = False,
    ) -> None:
        """Looks at a picture; scales nothing yet.

        Args:
            picture: The picture.
            space: Its colour space; None where only its own values are wanted.
            frame: What is seen of it.
            cache: Where what is scaled for straightening is kept.
            draft: Whether straightening may go on straight lines between pixels, which is faster.
        """
        self._picture, self._space, self._cache = picture, space, cache
        self._draft = draft
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
        return bool(self._frame.scale < max(self._decoded) * _NEARLY)

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
            return self._working(self._known_space.light(self._reduced[rows, columns]))
        return self._working(self._known_space.light(np.ascontiguousarray(self.cut_pixels[rows, columns])))

    @cached_property
    def _reduced(self) -> Deep:
        """The cut, or for straightening the whole turned picture, scaled down."""
        frame = self._frame
        if not frame.angle:
            return _scaled(self.cut_pixels, (frame.width, frame.height))
        # One of a few scales, so that the next angle finds the picture as it is.
        size = self._turned_size(_STEPS)
        if not self._draft:
            return self._kept(size, self._turned)
        # From one of fewer still, so that the next of the few is found soon.
        return self._kept(size, self._kept(self._turned_size(1), self._turned))

    def _turned_size(self, steps: int) -> tuple[int, int]:
        """Width and height of the turned picture, twice as fine as the rendering or up to a step finer.

        Args:
            steps: How many there are to a doubling.
        """
        frame = self._frame
        scale = float(2.0 ** (ceil(log2(_FINER * frame.scale) * steps) / steps))
        rows, columns = self._turned.shape[:2]
        width, height = round(frame.turned_width * scale), round(frame.turned_height * scale)
        return (columns, rows) if width >= columns or height >= rows else (max(1, width), max(1, height))

    def _kept(self, size: tuple[int, int], pixels: Pixels) -> Deep:
        """Turned pixels at a size that does not enlarge them, from the cache where there is one."""
        make = partial(_scaled, pixels, size)
        if self._cache is None:
            return make()
        frame, origin = self._frame, pixels.shape[:2]
        return self._cache.find((self._picture, frame.quarter_turns, frame.mirrored, origin, size), make)

    def _straightened(self, window: Window) -> Linear:
        if not self.is_reduced:
            return self._working(self._known_space.light(self._warped(window, 1)))
        finer = self._warped(window, _FINER)
        small = cv2.resize(finer, (window.width, window.height), interpolation=cv2.INTER_AREA)
        return self._working(self._known_space.light(small))

    def _warped(self, window: Window, finer: int) -> Deep:
        """A part of the straightened picture, so many times as fine as the rendering."""
        size = (window.width * finer, window.height * finer)
        matrix = self._to_pixels(window, finer)
        if finer > 1:
            return _warp(self._reduced, matrix, size, cv2.INTER_LINEAR if self._draft else cv2.INTER_CUBIC)
        places = matrix @ np.array([[0, size[0], 0, size[0]], [0, 0, size[1], size[1]], [1, 1, 1, 1]])
        rows, columns = self._turned.shape[:2]
        left, top = (max(0, int(np.floor(low)) - _KERNEL) for low in places.min(axis=1))
        right, bottom = (int(np.ceil(high)) + _KERNEL + 1 for high in places.max(axis=1))
        left, top = min(left, columns - 1), min(top, rows - 1)
        matrix[:, 2] -= left, top
        return _warp(_deep(self._turned[top:bottom, left:right]), matrix, size, cv2.INTER_CUBIC)

    def _to_pixels(self, window: Window, finer: int) -> NDArray[np.float64]:
        """From indices in a window to indices in the pixels that are straightened."""
        frame = self._frame
        rows, columns = self._reduced.shape[:2] if finer > 1 else self._turned.shape[:2]
        scale = np.array([columns / frame.turned_width, rows / frame.turned_height])
        matrix = scale[:, np.newaxis] * frame.to_photo()
        matrix[:, 2] += matrix[:, :2] @ [window.left + 0.5 / finer, window.top + 0.5 / finer] - 0.5
        matrix[:, :2] /= finer
        return np.asarray(matrix)

    @property
    def _known_space(self) -> ColorSpace:
        if self._space is None:
            raise ValueError("light needs a colour space")
        return self._space

    def _working(self, light: NDArray[np.float32]) -> Linear:
        return np.asarray(cv2.transform(light, self._known_space.to_working))


def _deep(pixels: Pixels) -> Deep:
    """Encoded values in 16 bits."""
    if pixels.dtype == np.uint8:
        return np.asarray(cv2.LUT(np.ascontiguousarray(pixels), _DEEP_LEVELS), dtype=np.uint16)
    if pixels.dtype == np.uint16:
        same: Deep = np.ascontiguousarray(pixels).astype(np.uint16, copy=False)
        return same
    clean = np.nan_to_num(pixels.astype(np.float32, copy=False), nan=0.0, posinf=1.0, neginf=0.0)
    return np.asarray(np.rint(np.clip(clean, 0.0, 1.0) * np.float32(65535)), dtype=np.uint16)


def _scaled(pixels: Pixels, size: tuple[int, int]) -> Deep:
    if size == (pixels.shape[1], pixels.shape[0]):
        return _deep(pixels)
    return np.asarray(cv2.resize(_deep(pixels), size, interpolation=cv2.INTER_AREA), dtype=np.uint16)


def _warp(pixels: Deep, matrix: NDArray[np.float64], size: tuple[int, int], between: int) -> Deep:
    warped = cv2.warpAffine(
        pixels,
        matrix,
        size,
        flags=between | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REFLECT,
    )
    return np.asarray(warped, dtype=np.uint16)
