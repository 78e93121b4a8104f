"""What the program needs of the system's bin; the system itself is reached through the window's toolkit.

It must never delete: a file that cannot be put into the bin stays where it is.
"""

from pathlib import Path
from typing import Protocol


class SystemBin(Protocol):
    """The bin of the desktop; every method waits for the disk."""

    def reason_against(self, folder: Path) -> str:
        """Why nothing of a folder can be put into the bin, a sentence for a person; empty if it can."""

    def put(self, file: Path) -> Path | None:
        """Puts a file into the bin.

        Returns:
            Where it lies now; None where the system does not tell.

        Raises:
            OSError: if it cannot be put there; then it is still where it was.
        """

    def take_back(self, place: Path, file: Path) -> None:
        """Brings a file back from where `put` said that it lies.

        Raises:
            FileExistsError: if another file has its name meanwhile.
            OSError: if it cannot be brought back; it is still in the bin.
        """
