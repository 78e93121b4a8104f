"""Recipes carry the published numbers; every one survives being saved."""

import dataclasses
import json
from pathlib import Path

import pytest

from training import config
from training.further_recipes import FURTHER_RECIPES
from training.photos import SourcePhoto
from training.recipes import RECIPES, recipe, recipes_of, without_stage_0
from training.split import published_split, training_parts


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_survives_being_saved(name: str, tmp_path: Path) -> None:
    run = recipe(name)
    assert run.recipe == name
    config.save(run, tmp_path / "config.json")
    assert config.load(tmp_path / "config.json") == run


def test_a_configuration_of_an_older_program_is_read_with_defaults() -> None:
    values = json.loads(json.dumps(config.to_json(recipe("generation-2"))))
    for new in (
        "hidden_heads",
        "input_scale",
        "split",
        "before",
        "start_share",
        "corrections",
        "night_table",
    ):
        del values[new]
    for stage in values["stages"]:
        del stage["loss_weights"]
        del stage["batchnorm_momentum"]
    del values["mix"]["corrections"]
    old = config.from_json(values)
    assert [stage.name for stage in old.stages] == ["0a", "0b", "0c", "1", "2"]
    assert old.split == "hash"


def test_generation_2_has_the_published_stages() -> None:
    first, second = without_stage_0(recipe("generation-2")).stages
    assert (first.trainable, first.epochs, first.batch, first.learning_rate) == ("heads", 5, 16, 1e-3)
    assert (second.trainable, second.epochs, second.batch, second.learning_rate) == ("last40", 5, 16, 5e-5)
    assert first.frozen_batchnorm
    assert second.frozen_batchnorm


def test_generation_1a_unfreezes_everything_with_batchnorm_in_training_mode() -> None:
    run = recipe("generation-1a")
    first, second = without_stage_0(run).stages
    assert (first.learning_rate, second.learning_rate) == (1e-3, 1e-4)
    assert (second.trainable, second.frozen_batchnorm) == ("all", False)
    assert first.steps == second.steps == 2239
    assert (run.hidden_heads, run.input_scale, run.split) == (False, 1 / 255, "published")
    assert recipe("generation-1b").hidden_heads
    assert run.mix.kadis == run.mix.kadis_quality == 1.0


def test_generation_3_weighs_the_night_logit_by_stage() -> None:
    stages = recipe("generation-3").stages
    assert {stage.loss_weights for stage in stages[:-1]} == {(1.0, 1.0, 1.0, 0.0)}
    assert (stages[-1].trainable, stages[-1].loss_weights) == ("night", (0.0, 0.0, 0.0, 1.0))


def test_stage_0_comes_only_before_a_random_network() -> None:
    for name in RECIPES.keys() - FURTHER_RECIPES.keys():
        names = [stage.name for stage in without_stage_0(recipe(name)).stages]
        assert names[:2] == ["1", "2"]
    for name in FURTHER_RECIPES:
        assert without_stage_0(recipe(name)) == recipe(name)


def test_the_published_split_has_no_test_part() -> None:
    photos = tuple(SourcePhoto(f"scene{number}", Path("x")) for number in range(50))
    train, validation = training_parts(photos, published=True, seed=42)
    assert {photo.ref for photo in train} == published_split([photo.ref for photo in photos])[0]
    assert len(train) + len(validation) == 50
    train, validation = training_parts(photos)
    assert len(train) + len(validation) < 50


def test_a_changed_number_makes_another_configuration() -> None:
    run = recipe("quick")
    assert dataclasses.replace(run, seed=1) != run


def test_a_network_knows_the_recipes_it_went_through(tmp_path: Path) -> None:
    assert recipes_of(tmp_path / "network.keras") == ()
    run = dataclasses.replace(recipe("longer"), before=("generation-2-lite0",))
    (tmp_path / "quality.json").write_text(json.dumps({"training": config.to_json(run)}), encoding="utf-8")
    assert recipes_of(tmp_path / "quality.keras") == ("generation-2-lite0", "longer")
    config.save(recipe("finish"), tmp_path / "config.json")
    assert recipes_of(tmp_path / "network.keras") == ("finish",)
