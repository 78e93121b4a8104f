"""The arguments of the verbs about sharpness; knows nothing of what they do."""

import argparse
from collections.abc import Callable
from pathlib import Path

from training.tile_config import TILE_RECIPES

DEFAULT_CAMERAS = Path("../shared/cameras")
AddOptions = Callable[[argparse.ArgumentParser], None]


def tile_verbs(photos: AddOptions) -> tuple[tuple[str, str, AddOptions], ...]:
    """The verbs: name, help, and what adds their options; ``photos`` adds the common one."""

    def train(parser: argparse.ArgumentParser) -> None:
        photos(parser)
        parser.add_argument(
            "--output", type=Path, required=True, help="folder of the run; resumed where it stands"
        )
        parser.add_argument(
            "--recipe", choices=sorted(TILE_RECIPES), default="tiles", help="default %(default)s"
        )
        parser.add_argument(
            "--from",
            dest="start",
            type=Path,
            metavar="MODEL",
            help="a trained .keras network to train on",
        )

    def export(parser: argparse.ArgumentParser) -> None:
        photos(parser)
        parser.add_argument("--run", type=Path, required=True, help="folder of a finished run")
        parser.add_argument("--output", type=Path, required=True, help="folder of the model")
        parser.add_argument("--side", type=int, default=256, help="of a tile in pixels (default %(default)s)")
        parser.add_argument("--count", type=int, default=2, help="tiles a scan judges (default %(default)s)")

    def compare(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("model", metavar="MODEL", type=Path, help="folder of the model that ships")
        parser.add_argument(
            "rivals", metavar="RIVAL", type=Path, nargs="+", help="folder that `sharpness-export` wrote"
        )

    def fit(parser: argparse.ArgumentParser) -> None:
        photos(parser)
        parser.add_argument(
            "--model", type=Path, help="folder with quality.json (default: the one that ships)"
        )

    def evaluate(parser: argparse.ArgumentParser) -> None:
        fit(parser)
        parser.add_argument("--test", action="store_true", help="open the test part instead of validation")
        parser.add_argument("--cameras", type=Path, default=DEFAULT_CAMERAS, help="folder of cameras' photos")
        parser.add_argument("--format", choices=("table", "json"), default="table")

    return (
        ("sharpness-train", "Train the network that judges native-scale tiles.", train),
        ("sharpness-export", "Export a trained tile network with its figures and card.", export),
        ("sharpness-compare", "Accuracy and time of exported tile networks side by side.", compare),
        ("sharpness-fit", "Fit one blur probability and the lines anew on both networks of a model.", fit),
        ("sharpness-evaluate", "Measure frame, tiles and both on blurs of known strength.", evaluate),
    )
