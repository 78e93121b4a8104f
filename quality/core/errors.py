"""What can be wrong with the model and its contract; faults of a photo are editor.core.errors."""

from editor.core.errors import FileError


class QualityError(FileError):
    """Something the judging needs is missing or wrong."""


class ContractError(QualityError):
    """`quality.json` is missing or does not say what this program needs."""


class ModelError(QualityError):
    """The network's file is missing, is not the one the contract names, or cannot be run."""
