"""Lost highlights and shadows, by value."""

import numpy as np

from editor.core.clipping import BLOCKED_TO, CLIPPED_FROM, blocked, clipped


def test_one_channel_loses_a_highlight_and_all_three_a_shadow() -> None:
    row = [(CLIPPED_FROM, 0, 0), (CLIPPED_FROM - 1,) * 3, (BLOCKED_TO,) * 3, (0, 0, BLOCKED_TO + 1)]
    pixels = np.array([row], np.uint8)
    assert clipped(pixels).tolist() == [[True, False, False, False]]
    assert blocked(pixels).tolist() == [[False, False, True, False]]
