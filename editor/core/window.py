"""A rectangle of a rendering in whole pixels."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle that lies within the rendering.

    Attributes:
        left: First column.
        top: First row.
        width: Columns, at least 1.
        height: Rows, at least 1.
    """

    left: int
    top: int
    width: int
    height: int

    def grown(self, margin: int, size: tuple[int, int]) -> "Window":
        """The window with a margin all round, cut off at the borders of a rendering of a size."""
        left, top = max(0, self.left - margin), max(0, self.top - margin)
        right = min(size[0], self.left + self.width + margin)
        bottom = min(size[1], self.top + self.height + margin)
        return Window(left, top, right - left, bottom - top)

    def common(self, other: "Window") -> "Window":
        """What this window shares with one that overlaps it."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right = min(self.left + self.width, other.left + other.width)
        bottom = min(self.top + self.height, other.top + other.height)
        return Window(left, top, right - left, bottom - top)

    def within(self, outer: "Window") -> tuple[slice, slice]:
        """The rows and columns that this window takes of an array that holds a larger one."""
        top, left = self.top - outer.top, self.left - outer.left
        return slice(top, top + self.height), slice(left, left + self.width)

    def bands(self, rows: int) -> list["Window"]:
        """The window cut into bands of at most so many rows, from the top."""
        ends = range(0, self.height, rows)
        return [Window(self.left, self.top + end, self.width, min(rows, self.height - end)) for end in ends]
