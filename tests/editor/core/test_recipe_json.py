"""Recipe files: round trips, upgrades, and a refusal with a place and a reason for everything else."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.core.blur import Blur
from editor.core.clarity import Clarity
from editor.core.color_mix import ColorMix
from editor.core.crop import Crop
from editor.core.exposure import Exposure
from editor.core.noise_reduction import NoiseReduction
from editor.core.operation import Operation
from editor.core.recipe import NEUTRAL, OPERATIONS, Recipe
from editor.core.recipe_json import (
    VERSION,
    RecipeError,
    RecipeVersionError,
    recipe_from_json,
    recipe_to_json,
    upgrade,
)
from editor.core.sharpen import Sharpen
from editor.core.tone import Tone
from editor.core.white_balance import WhiteBalance


@st.composite
def operations(draw: st.DrawFn, kind: type[Operation]) -> Operation:
    """Any values an operation can hold."""
    fields: dict[str, Any] = {
        each.name: draw(st.floats(each.minimum, each.maximum, allow_subnormal=False))
        for each in kind.PARAMETERS
    }
    if kind is Crop:
        left, right, top, bottom = (draw(st.integers(0, 10**6)) / 10**6 for _ in range(4))
        if left == right:
            left, right = 0.0, 1.0
        if top == bottom:
            top, bottom = 0.0, 1.0
        fields |= {"left": min(left, right), "right": max(left, right)}
        fields |= {"top": min(top, bottom), "bottom": max(top, bottom)}
        fields |= {"quarter_turns": draw(st.integers(0, 3)), "mirrored": draw(st.booleans())}
    return kind().with_(**fields)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """Any recipe."""
    return Recipe().with_(*(draw(operations(kind)) for kind in OPERATIONS if draw(st.booleans())))


@settings(deadline=None)
@given(recipes())
def test_a_recipe_comes_back_as_it_was(recipe: Recipe) -> None:
    text = recipe_to_json(recipe)
    assert recipe_from_json(text) == recipe
    assert recipe_to_json(recipe_from_json(text)) == text


@settings(deadline=None)
@given(recipes(), recipes())
def test_equal_recipes_have_equal_texts_and_others_not(one: Recipe, other: Recipe) -> None:
    assert (recipe_to_json(one) == recipe_to_json(other)) == (one == other)


def test_the_neutral_recipe_is_short() -> None:
    assert recipe_to_json(NEUTRAL) == '{"framesift_recipe":1,"operations":{}}'
    assert recipe_from_json(recipe_to_json(NEUTRAL)).is_neutral


def test_every_operation_is_written_under_its_name() -> None:
    recipe = Recipe(
        Crop(left=0.25, mirrored=True),
        NoiseReduction(10, 20),
        WhiteBalance(5, -3),
        Exposure(1.7),
        Tone(1, 2, 3, 4, 5),
        Clarity(6),
        ColorMix(7, 8),
        Blur(1.5),
        Sharpen(80, 1.2, 3),
    )
    written = json.loads(recipe_to_json(recipe))["operations"]
    assert list(written) == [kind.NAME for kind in OPERATIONS]
    assert written["exposure"] == {"ev": 1.7}
    assert written["sharpen"] == {"amount": 80.0, "radius": 1.2, "threshold": 3.0}


def test_a_field_that_is_left_out_has_its_default() -> None:
    text = '{"framesift_recipe":1,"operations":{"sharpen":{"amount":50}}}'
    assert recipe_from_json(text).sharpen == Sharpen(amount=50)


def document(**fields: Any) -> str:
    return json.dumps({"framesift_recipe": VERSION, "operations": {}} | fields)


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", "recipe", "not JSON"),
        ("[]", "recipe", "object"),
        ("{" * 200_000, "recipe", "not JSON"),
        ("[" * 200_000, "recipe", "not JSON"),
        (" " * (1 << 20) + "{}", "recipe", "too long"),
        (document(extra=1), "recipe", "unknown keys: extra"),
        ('{"operations":{},"operations":{}}', "recipe", "twice"),
        ('{"operations":{}}', "framesift_recipe", "whole number"),
        (document(framesift_recipe=True), "framesift_recipe", "whole number"),
        (document(framesift_recipe=1.0), "framesift_recipe", "whole number"),
        (document(operations=[]), "operations", "object"),
        (document(operations={"magic": {}}), "operations", "unknown keys: magic"),
        (document(operations={"exposure": 3}), "exposure", "object"),
        (document(operations={"exposure": {"stops": 3}}), "exposure", "unknown keys: stops"),
        (document(operations={"exposure": {"ev": "1"}}), "exposure.ev", "must be a number"),
        (document(operations={"exposure": {"ev": True}}), "exposure.ev", "must be a number"),
        (document(operations={"exposure": {"ev": 9}}), "exposure.ev", "-8 to 8"),
        (document(operations={"exposure": {"ev": 10**400}}), "exposure.ev", "finite"),
        ('{"framesift_recipe":1,"operations":{"exposure":{"ev":NaN}}}', "recipe", "NaN"),
        ('{"framesift_recipe":1,"operations":{"exposure":{"ev":-Infinity}}}', "recipe", "Infinity"),
        ('{"framesift_recipe":1,"operations":{"exposure":{"ev":1e999}}}', "exposure.ev", "finite"),
        (document(operations={"crop": {"left": 0.5, "right": 0.5}}), "crop.right", "beyond"),
        (document(operations={"crop": {"quarter_turns": 1.5}}), "crop.quarter_turns", "whole"),
        (document(operations={"crop": {"mirrored": 1}}), "crop.mirrored", "true or false"),
    ],
)
def test_what_is_no_recipe_is_refused_with_its_place(text: str, where: str, words: str) -> None:
    with pytest.raises(RecipeError) as caught:
        recipe_from_json(text)
    assert caught.value.where == where
    assert words in caught.value.reason
    assert str(caught.value) == f"{where}: {caught.value.reason}"


@pytest.mark.parametrize("version", [0, -1, VERSION + 1, 99])
def test_another_version_is_refused_by_name(version: int) -> None:
    with pytest.raises(RecipeVersionError) as caught:
        recipe_from_json(document(framesift_recipe=version))
    assert caught.value.where == "framesift_recipe"


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(1, 6))
def test_upgrades_run_one_after_another_and_leave_the_old_alone(version: int, target: int) -> None:
    steps = {
        number: (lambda found, number=number: found | {f"step {number}": {}}) for number in range(1, target)
    }
    old: dict[str, Any] = {"kept": {}}
    if version > target:
        with pytest.raises(RecipeVersionError):
            upgrade(old, version, steps, target)
        return
    new = upgrade(old, version, steps, target)
    assert list(new) == ["kept", *(f"step {number}" for number in range(version, target))]
    assert old == {"kept": {}}


@settings(deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda found: found.decode("latin-1")))
def test_nothing_but_recipe_errors_comes_out_of_any_text(text: str) -> None:
    with contextlib.suppress(RecipeError):
        assert isinstance(recipe_from_json(text), Recipe)
