"""Which photos are likely wanted next, by the direction of travel: three ahead, two behind."""

AHEAD, BEHIND = 3, 2


class Neighbours:
    """Remembers the last place to know the direction."""

    def __init__(self) -> None:
        self._last, self._direction = 0, 1

    def after(self, place: int, count: int) -> list[int]:
        """The places to load beforehand, the likeliest first.

        Args:
            place: Where the user is now.
            count: How many places there are.
        """
        if place != self._last:
            self._direction = 1 if place > self._last else -1
            self._last = place
        way = self._direction
        ahead = [place + way * step for step in range(1, AHEAD + 1)]
        behind = [place - way * step for step in range(1, BEHIND + 1)]
        wanted = [ahead[0], behind[0], *ahead[1:], *behind[1:]]
        return [near for near in wanted if 0 <= near < count]
