"""Recipes as JSON text with a version, checked strictly on the way back.

Keys nobody knows are refused, not kept: a recipe with a part left out would show another picture than the
one that was judged. A change of meaning gets a new version and a step in ``UPGRADES``.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from editor.core.operation import Operation
from editor.core.parameter import ParameterError
from editor.core.recipe import OPERATIONS, Recipe

VERSION = 1
"""The version that is written."""

Document = dict[str, Any]
Upgrade = Callable[[Document], Document]

UPGRADES: Mapping[int, Upgrade] = MappingProxyType({})
"""From each older version, the step that makes the next out of its operations; version 1 is the first."""

_KEY = "framesift_recipe"
_OPERATIONS_KEY = "operations"
_KINDS = {kind.NAME: kind for kind in OPERATIONS}
_LONGEST = 1 << 20


class RecipeError(ValueError):
    """A text that is no recipe.

    Attributes:
        where: The place in it, for example "exposure.ev".
        reason: A clear sentence for a person.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class RecipeVersionError(RecipeError):
    """A recipe of a version that this program does not know; a newer one may."""


def recipe_to_json(recipe: Recipe) -> str:
    """The recipe as one line of JSON: operations that nobody touched are left out.

    Equal recipes give equal texts.
    """
    touched = {
        operation.NAME: {name: getattr(operation, name) for name in operation.field_names()}
        for operation in recipe
        if operation != type(operation)()
    }
    return json.dumps({_KEY: VERSION, _OPERATIONS_KEY: touched}, allow_nan=False, separators=(",", ":"))


def recipe_from_json(text: str) -> Recipe:
    """Reads a recipe of this version or an older one.

    Raises:
        RecipeVersionError: if it is of a version not known here.
        RecipeError: if it is not JSON, has keys nobody knows or keys twice, or values that are no finite
            numbers within the limits of their parameters.
    """
    document = _parsed(text)
    _only(document, {_KEY, _OPERATIONS_KEY}, "recipe")
    version = document.get(_KEY)
    if isinstance(version, bool) or not isinstance(version, int):
        raise RecipeError(_KEY, "must be the whole number of a version.")
    operations = _object(document.get(_OPERATIONS_KEY), _OPERATIONS_KEY)
    operations = upgrade(operations, version, UPGRADES, VERSION)
    _only(operations, set(_KINDS), "operations")
    return Recipe().with_(*(_operation(_KINDS[name], fields) for name, fields in operations.items()))


def upgrade(operations: Document, version: int, steps: Mapping[int, Upgrade], target: int) -> Document:
    """Brings the operations of an older version to a newer one, step by step.

    Args:
        operations: What stands under "operations"; not changed.
        version: Their version.
        steps: The step from each version to the next.
        target: The version wanted.

    Raises:
        RecipeVersionError: if the version is newer than ``target`` or no step leads on from it.
    """
    if version > target:
        raise RecipeVersionError(_KEY, f"is version {version}; this program knows up to {target}: update it.")
    while version < target:
        if version not in steps:
            raise RecipeVersionError(_KEY, f"is version {version}, which never was.")
        operations = steps[version](dict(operations))
        version += 1
    return operations


def _parsed(text: str) -> Document:
    if len(text) > _LONGEST:
        raise RecipeError("recipe", "is far too long.")
    try:
        return _object(json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant), "recipe")
    except RecipeError:
        raise
    except (ValueError, RecursionError) as error:
        raise RecipeError("recipe", f"is not JSON: {error}.") from error


def _once(pairs: list[tuple[str, Any]]) -> Document:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise RecipeError("recipe", "has a key twice.")
    return found


def _no_constant(name: str) -> float:
    raise RecipeError("recipe", f"holds {name}; only finite numbers can be rendered.")


def _object(value: object, where: str) -> Document:
    if not isinstance(value, dict):
        raise RecipeError(where, "must be an object in braces.")
    return value


def _only(found: Document, known: set[str], where: str) -> None:
    unknown = sorted(set(found) - known)
    if unknown:
        raise RecipeError(where, f"has unknown keys: {', '.join(unknown)}.")


def _operation(kind: type[Operation], fields: object) -> Operation:
    given = _object(fields, kind.NAME)
    _only(given, set(kind.field_names()), kind.NAME)
    try:
        return kind().with_(**given)
    except ParameterError as error:
        raise RecipeError(f"{kind.NAME}.{error.name}", error.reason) from error
