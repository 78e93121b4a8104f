"""The verb `render`: one photo by a recipe into one file, without a window or a shoot. Never imports Qt."""

import argparse
from pathlib import Path
from typing import Any, TextIO

from app.export_options import add_output_options, output_settings
from editor.core.atomic_file import write_atomically
from editor.core.crs_sidecar import read_crs_edits
from editor.core.encode import EncodeError, FileFormat
from editor.core.errors import FileError, PhotoError
from editor.core.export import export_content
from editor.core.export_settings import ExportItem
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.recipe_json import RecipeError, recipe_from_json

_DONE, _FAILED, _BAD_CALL = 0, 1, 2
_LONGEST_RECIPE = 1 << 20
_ENDINGS = {
    ".jpg": FileFormat.JPEG,
    ".jpeg": FileFormat.JPEG,
    ".tif": FileFormat.TIFF,
    ".tiff": FileFormat.TIFF,
    ".png": FileFormat.PNG,
    ".webp": FileFormat.WEBP,
    ".avif": FileFormat.AVIF,
}


def add_render(verbs: Any) -> None:
    """Adds the verb to a parser's verbs."""
    render: argparse.ArgumentParser = verbs.add_parser(
        "render",
        help="render one photo by a recipe",
        description="Renders one photo by a recipe file and writes the result. The photo is only read, and a "
        "file that is there already is never replaced.",
        epilog="Exit status: 0 done, 1 not rendered or not written, 2 bad call.",
    )
    render.add_argument("photo", metavar="PHOTO", type=Path, help="the photo")
    render.add_argument(
        "--recipe", metavar="FILE", type=Path, help="the recipe, JSON, or an XMP sidecar; default: no edits"
    )
    render.add_argument("--output", metavar="FILE", type=Path, required=True, help="the result")
    add_output_options(render)


def run_render(options: argparse.Namespace, errors: TextIO) -> int:
    """Carries out the verb.

    Args:
        options: What was parsed.
        errors: Where complaints go.

    Returns:
        The exit status.
    """
    output: Path = options.output
    try:
        settings = output_settings(options, output.parent, _format(options))
        recipe = _recipe(options, errors)
        _check_free(output)
    except (ValueError, FileError) as error:
        return _complain(errors, str(error), _BAD_CALL)
    try:
        content = export_content(ExportItem(options.photo, recipe), settings)
        write_atomically(output, content)
    except PhotoError as error:
        return _complain(errors, str(error), _FAILED)
    except EncodeError as error:
        return _complain(errors, f"{output}: {error}", _FAILED)
    except OSError as error:
        return _complain(errors, f"{output}: The result could not be written: {error.strerror}.", _FAILED)
    return _DONE


def _format(options: argparse.Namespace) -> FileFormat:
    """The format that was asked for, else the one the output's ending means.

    Raises:
        ValueError: if neither says it.
    """
    if options.format is not None:
        return FileFormat(options.format)
    found = _ENDINGS.get(options.output.suffix.lower())
    if found is None:
        raise ValueError(f"{options.output}: The ending says no format; use one of {', '.join(_ENDINGS)}.")
    return found


def _recipe(options: argparse.Namespace, errors: TextIO) -> Recipe:
    """The recipe in a file, or what a sidecar of another program says that has an equal here.

    Raises:
        ValueError: if it cannot be read; says why.
        FileError: if the sidecar or, for its size, the photo cannot be read.
    """
    path: Path | None = options.recipe
    if path is None:
        return NEUTRAL
    if path.suffix.lower() == ".xmp":
        if not path.exists():
            raise ValueError(f"{path}: The sidecar is not there.")
        edits = read_crs_edits(path, options.photo)
        for name in edits.left_out:
            _complain(errors, f"{path}: Its {name} has no exact equal here and is left out.", _DONE)
        return edits.applied(NEUTRAL)
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST_RECIPE + 1).decode("utf-8")
        return recipe_from_json(text)
    except OSError as error:
        raise ValueError(f"{path}: The recipe could not be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: The recipe is no text in UTF-8.") from error
    except RecipeError as error:
        raise ValueError(f"{path}: {error}") from error


def _check_free(output: Path) -> None:
    """Refuses a file that is there: it could be an original."""
    if output.is_symlink() or output.exists():
        raise ValueError(f"{output}: There is a file of this name; choose another one.")
    if not output.parent.is_dir():
        raise ValueError(f"{output}: The folder for the result does not exist.")


def _complain(errors: TextIO, sentence: str, status: int) -> int:
    print(f"framesift: {sentence}", file=errors)
    return status
