"""What can be wrong with the model and its contract; faults of a photo are editor.core.errors."""

from pathlib import Path


class QualityError(Exception):
    """Something the judging needs is missing or wrong.

    Attributes:
        path: The file in question.
        reason: A clear sentence for the user: what was found, and what to do where that helps.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path.name}: {self.reason}"


class ContractError(QualityError):
    """`quality.json` is missing or does not say what this program needs."""


class ModelError(QualityError):
    """The network's file is missing, is not the one the contract names, or cannot be run."""
