"""Carries stages out band by band on several threads; keeps only what goes into the stage that changes."""

from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from editor.core.cancellation import Cancellation
from editor.core.color_space import ColorSpace
from editor.core.frame import Frame
from editor.core.pixels import Pixels
from editor.core.render_stages import Stage
from editor.core.source import LinearSource
from editor.core.stage_cache import StageCache
from editor.core.window import Window
from editor.core.working_space import Linear

BAND_PIXELS = 1 << 18
"""About so many pixels are worked on at once by a thread."""

_LEAST_ROWS = 16
_Fetch = Callable[[Window], Linear]


class BandRendering:
    """One rendering under way.

    Args:
        source: Where the pixels come from.
        stages: What is done to them.
        frame: The rendering's frame.
        threads: How many threads work.
        cancellation: Asked between stages and bands.
    """

    def __init__(
        self,
        source: LinearSource,
        stages: list[Stage],
        frame: Frame,
        threads: int,
        cancellation: Cancellation,
    ) -> None:
        self._source = source
        self._stages = stages
        self._size = (frame.width, frame.height)
        self._threads = threads
        self._cancellation = cancellation

    def whole(self, window: Window, space: ColorSpace, dtype: np.dtype[Any]) -> Pixels:
        """Begins with the source; nothing larger than bands is held but the result."""
        self._source.prepare()
        return self._encoded(self._source.fetch, self._stages, window, space, dtype)

    def begun(
        self,
        window: Window,
        space: ColorSpace,
        dtype: np.dtype[Any],
        cache: StageCache,
        keys: tuple[Hashable, Hashable],
    ) -> Pixels:
        """Begins with what is kept of the steps that are the same as in the rendering before.

        A hand moves one slider at a time: what goes into its stage is made once and kept; that stage and
        those after it are carried out band by band without keeping anything between them.

        Args:
            window: The part to render.
            space: The colour space of the result.
            dtype: Its depth.
            cache: Where it is kept.
            keys: What the source's pixels depend on, and what of that a hand may move.
        """
        steps = (keys[1], *(stage.key for stage in self._stages))
        same = cache.same_as_before(steps)
        if same == 0:
            return self.whole(window, space, dtype)
        held = window.grown(_reach(self._stages), self._size)
        wanted = max(0, min(same, len(self._stages)) - 1)
        kept = [(keys[0], held, *steps[: count + 1]) for count in range(wanted + 1)]
        first = next((count for count in range(wanted, 0, -1) if kept[count] in cache), 0)
        linear = cache.find(kept[first], partial(self._source.fetch, held))
        if first < wanted:
            between = partial(self._linear, partial(_part, linear, held), self._stages[first:wanted], held)
            linear = cache.find(kept[wanted], between)
        return self._encoded(partial(_part, linear, held), self._stages[wanted:], window, space, dtype)

    def _linear(self, fetch: _Fetch, stages: list[Stage], window: Window) -> Linear:
        """Linear light after some stages."""
        whole = np.empty((window.height, window.width, 3), dtype=np.float32)

        def place(band: Window) -> None:
            whole[band.within(window)] = self._staged(fetch, stages, band, window)

        self._by_bands(window, _reach(stages), place)
        return whole

    def _encoded(
        self, fetch: _Fetch, stages: list[Stage], window: Window, space: ColorSpace, dtype: np.dtype[Any]
    ) -> Pixels:
        """The result after some stages."""
        whole: Pixels = np.empty((window.height, window.width, 3), dtype=dtype)
        reach = _reach(stages)
        held = window.grown(reach, self._size)

        def place(band: Window) -> None:
            linear = self._staged(fetch, stages, band, held)
            whole[band.within(window)] = space.encode(np.ascontiguousarray(linear), dtype)

        self._by_bands(window, reach, place)
        return whole

    def _staged(self, fetch: _Fetch, stages: list[Stage], band: Window, held: Window) -> Linear:
        """A band after some stages, from as much of what is held as they look at."""
        needed = band.grown(_reach(stages), self._size).common(held)
        linear = fetch(needed)
        for stage in stages:
            self._cancellation.raise_if_cancelled()
            linear = stage.run(linear, needed, self._size)
        return linear[band.within(needed)]

    def _by_bands(self, window: Window, reach: int, place: Callable[[Window], None]) -> None:
        """Lets several threads make a result, in bands so high that what they share is little of them."""
        count = -(-window.width * window.height // (BAND_PIXELS * self._threads)) * self._threads
        rows = max(_LEAST_ROWS, -(-window.height // count), 4 * reach)
        bands = window.bands(rows)

        def make(band: Window) -> None:
            self._cancellation.raise_if_cancelled()
            place(band)

        if self._threads == 1 or len(bands) == 1:
            for band in bands:
                make(band)
            return
        with ThreadPoolExecutor(self._threads, thread_name_prefix="render") as pool:
            for done in [pool.submit(make, band) for band in bands]:
                done.result()


def _reach(stages: list[Stage]) -> int:
    return sum(stage.reach for stage in stages)


def _part(linear: Linear, held: Window, window: Window) -> Linear:
    """A part of what is held."""
    return linear[window.within(held)]
