"""Where the files that ship with the program lie: in the source tree, installed or frozen."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """The path of a shipped file or folder.

    Args:
        parts: Names below the resources folder, for example ``"model", "quality.json"``.

    Returns:
        An absolute path; whether it exists is the caller's question.
    """
    return _FOLDER.joinpath(*parts)
