"""What the verbs about sharpness do: train, export, fit and measure the tile network."""

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from quality.core.errors import ModelError
from quality.core.inference import model_folder, open_model
from training.blur_fit import combined_scores
from training.errors import TrainingError
from training.measuring_verbs import say
from training.near_duplicates import keep_together
from training.openings import log_tile_opening
from training.photos import PictureStore, read_photos
from training.points_section import rewrite_points
from training.recipes import recipes_of
from training.sharpness_fit import fit_sharpness, hear_part, summary_of
from training.split import Part
from training.tile_config import TILE_RECIPES
from training.tile_files import FACTS_FILE
from training.tile_report import BOTH, figures_text, witness_figures
from training.tile_rivals import compare_tiles, rivals_text
from training.tile_widths import by_width, camera_figures, width_text


def run_train(options: argparse.Namespace) -> int:
    """`sharpness-train`: resumes what stands in the folder."""
    from training.tile_fit import fit_tiles

    run, start = TILE_RECIPES[options.recipe], options.start
    if start is not None:
        if not start.is_file():
            raise TrainingError(f"{start} is missing; name a .keras tile network with --from.")
        run = replace(run, before=recipes_of(start, FACTS_FILE))
    photos = keep_together(read_photos(options.photos))
    path = fit_tiles(photos, run, options.output, PictureStore(), start)
    say(f"trained {path}")
    return 0


def run_export(options: argparse.Namespace) -> int:
    """`sharpness-export`: the network and what was measured of it."""
    from training.tile_card import write_card
    from training.tile_export import export_tiles

    photos = keep_together(read_photos(options.photos))
    facts = export_tiles(options.run, photos, PictureStore(), options.output, options.side, options.count)
    write_card(options.output)
    tiles, seen = facts["tiles"], facts["seen"]
    say(
        f"wrote {options.output}; {tiles['accuracy']:.4f} of {tiles['count']} unseen tiles are judged "
        f"rightly, {seen['accuracy']:.4f} at strengths a person sees"
    )
    return 0


def run_fit(options: argparse.Namespace) -> int:
    """`sharpness-fit`: regression, lines and figures anew, after either network has changed."""
    from training.tile_card import write_card

    folder: Path = options.model or model_folder()
    photos = keep_together(read_photos(options.photos))
    contract = fit_sharpness(folder, photos, PictureStore())
    write_card(folder)
    rewrite_points(folder)
    say(summary_of(contract))
    say(figures_text(contract["sharpness"]["figures"]["validation"]))
    return 0


def run_evaluate(options: argparse.Namespace) -> int:
    """`sharpness-evaluate`: both witnesses on scenes they never saw."""
    folder: Path = options.model or model_folder()
    model = open_model(folder, device="cpu")
    if model.sharpness is None or model.contract.sharpness is None:
        raise ModelError(folder, "The model has no tile network; export and fit one first.")
    photos, store = keep_together(read_photos(options.photos)), PictureStore()
    part = Part.TEST if options.test else Part.VALIDATION
    heard = hear_part(photos, store, (model, model.sharpness), part)
    both = combined_scores(heard, model.contract.sharpness.combined, model.contract.temperature)
    figures = {"part": part.value, **witness_figures(heard, both)}
    widths = by_width(photos, store, model.sharpness, part)
    cameras = camera_figures(options.cameras, model) if options.cameras.is_dir() else None
    if part is Part.TEST:
        log_tile_opening(folder, model.contract.sharpness.model_sha256, figures["witnesses"][BOTH])
    if options.format == "json":
        say(json.dumps({**figures, "widths": widths, "cameras": cameras}, indent=2))
        return 0
    say(f"{part.value} scenes\n" + figures_text(figures))
    say("\n" + width_text(widths))
    if cameras is not None:
        say(f"\nphotos of real cameras, blurred as above ({options.cameras})\n" + figures_text(cameras))
    return 0


def run_compare(options: argparse.Namespace) -> int:
    """`sharpness-compare`: exported tile networks side by side, kept on the card of the first."""
    from training.tile_card import write_card

    rows = compare_tiles([options.model, *options.rivals])
    write_card(options.model)
    say(rivals_text(rows))
    return 0


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "sharpness-train": run_train,
    "sharpness-export": run_export,
    "sharpness-compare": run_compare,
    "sharpness-fit": run_fit,
    "sharpness-evaluate": run_evaluate,
}
