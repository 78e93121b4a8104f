"""The wish to stop, seen by work that is under way on another thread."""


class JobCancelled(Exception):  # noqa: N818 (no error: the work was asked to stop and did)
    """Raised inside work whose result nobody waits for any more."""


class Cancellation:
    """Set once by whoever gives up on a result, read as often as wanted by the work."""

    __slots__ = ("_cancelled",)

    def __init__(self) -> None:
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Whether the result is no longer wanted."""
        return self._cancelled

    def cancel(self) -> None:
        """Asks the work to stop; for good."""
        self._cancelled = True

    def raise_if_cancelled(self) -> None:
        """Leaves the work here if its result is no longer wanted.

        Raises:
            JobCancelled: if so.
        """
        if self._cancelled:
            raise JobCancelled
