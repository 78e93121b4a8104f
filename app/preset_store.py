"""Named presets in the user's configuration folder: one JSON file, replaced whole; no Qt."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from editor.core.atomic_file import write_atomically
from editor.core.operation import Operation
from editor.core.recipe import OPERATIONS, Recipe
from editor.core.recipe_json import RecipeError, recipe_from_json, recipe_to_json

FILE_NAME = "presets.json"
VERSION = 1
LONGEST_NAME = 80

_KINDS = {kind.NAME: kind for kind in OPERATIONS}
_log = logging.getLogger(__name__)


class Preset:
    """Settings of some operations under a name.

    Attributes:
        name: What the user called it.
        recipe: The settings.
        kinds: The operations that it sets; the others of a photo stay.
    """

    __slots__ = ("kinds", "name", "recipe")

    def __init__(self, name: str, recipe: Recipe, kinds: tuple[type[Operation], ...]) -> None:
        self.name, self.recipe, self.kinds = name, recipe, kinds

    def applied(self, recipe: Recipe) -> Recipe:
        """A recipe with the settings of the preset."""
        return recipe.with_from(self.recipe, self.kinds)


class PresetStore:
    """The presets by name; a file that cannot be read is kept beside and begun anew."""

    def __init__(self, folder: Path) -> None:
        """Reads the presets.

        Args:
            folder: The user's configuration folder; made when something is saved.
        """
        self._file = folder / FILE_NAME
        self._presets: dict[str, Preset] = self._read()

    @property
    def presets(self) -> list[Preset]:
        """All presets by name, as a person would sort them."""
        return sorted(self._presets.values(), key=lambda preset: preset.name.casefold())

    def find(self, name: str) -> Preset | None:
        """A preset by its name."""
        return self._presets.get(name)

    def save(self, preset: Preset) -> None:
        """Keeps a preset in place of one of the same name.

        Raises:
            OSError: It cannot be written; nothing has changed.
        """
        self._write({**self._presets, preset.name: preset})

    def remove(self, name: str) -> None:
        """Forgets a preset.

        Raises:
            OSError: It cannot be written; nothing has changed.
        """
        self._write({known: preset for known, preset in self._presets.items() if known != name})

    def _write(self, presets: Mapping[str, Preset]) -> None:
        content = {
            "framesift_presets": VERSION,
            "presets": [
                {
                    "name": preset.name,
                    "operations": [kind.NAME for kind in preset.kinds],
                    "recipe": json.loads(recipe_to_json(preset.recipe)),
                }
                for preset in presets.values()
            ],
        }
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self._file, json.dumps(content, ensure_ascii=False, indent=1).encode())
        self._presets = dict(presets)

    def _read(self) -> dict[str, Preset]:
        try:
            content = json.loads(self._file.read_bytes())
            return {preset.name: preset for preset in _all_parsed(content)}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, RecipeError) as error:
            _log.warning("the presets in %s cannot be read and are set aside: %s", self._file, error)
            self._set_aside()
            return {}

    def _set_aside(self) -> None:
        try:
            self._file.replace(self._file.with_suffix(".unreadable.json"))
        except OSError as error:
            _log.warning("%s cannot be set aside: %s", self._file, error)


def _all_parsed(content: Mapping[str, Any]) -> list[Preset]:
    if content["framesift_presets"] != VERSION:
        raise ValueError(f"version {content['framesift_presets']!r}")
    return [_parsed(entry) for entry in content["presets"]]


def _parsed(entry: Mapping[str, object]) -> Preset:
    name, operations = entry["name"], entry["operations"]
    if not isinstance(name, str) or not name or not isinstance(operations, list):
        raise ValueError("a preset without name or operations")
    recipe = recipe_from_json(json.dumps(entry["recipe"]))
    return Preset(name[:LONGEST_NAME], recipe, tuple(_KINDS[kind] for kind in operations))
