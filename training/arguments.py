"""The arguments of the training command line; knows nothing of what the verbs do."""

import argparse
from pathlib import Path

from training.recipes import RECIPES
from training.tile_arguments import tile_verbs

DEFAULT_PHOTOS = Path("../shared/photos")


def build_parser() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Makes the network Framesift ships."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, text, add_options in (*_VERBS, *tile_verbs(_photos)):
        add_options(verbs.add_parser(name, help=text, description=text))
    return parser


def _generate(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    _output(parser, "folder for the pictures and labels.csv")
    parser.add_argument("--seed", type=int, default=42, help="of the draws (default 42)")


def _split(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--labels", type=Path, required=True, help="a labels.csv that generate wrote")
    _output(parser, "folder for train.csv and val.csv")
    parser.add_argument("--seed", type=int, default=42, help="of the shuffle (default 42)")


def _train(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    _output(parser, "folder of the run; a run that stands there is resumed")
    _recipe(parser)
    parser.add_argument(
        "--backbone-weights",
        metavar="none|imagenet|lite0|FILE",
        help="what the backbone starts from: random, what Keras fetches, the start that the training "
        "requirements carry, or a file (default: the recipe's own); imagenet or a file leaves stage 0 out",
    )
    parser.add_argument(
        "--precision",
        choices=("float32", "mixed_bfloat16", "mixed_float16"),
        help="what layers compute in; the mixed ones help GPUs only (default: the recipe's own, float32)",
    )
    parser.add_argument(
        "--from", dest="start", type=Path, metavar="MODEL", help="a .keras network to train on"
    )
    parser.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="a table path,blur,under,over of your own labels (0, 1 or nothing), mixed in with the recipe "
        "corrections; trains on from the network that ships unless --from names another",
    )
    parser.add_argument(
        "--night-table", type=Path, metavar="FILE", help="a table path,night for the night head"
    )


def _evaluate(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    parser.add_argument("--model", type=Path, help="folder with quality.json (default: the model that ships)")
    parser.add_argument("--test", action="store_true", help="open the test part instead of validation")
    parser.add_argument(
        "--table",
        type=Path,
        help="labelled photos instead: path,blur,under,over with 0, 1 or nothing; paths relative to it",
    )
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--pages", type=Path, metavar="FOLDER", help="also write plots and the 20 worst mistakes there"
    )


def _compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="folder with quality.json of the model to beat")
    parser.add_argument("new", type=Path, metavar="NEW", help="folder with quality.json of the other one")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--table", type=Path, help="labelled photos; exit 1 when NEW is worse on them")
    what.add_argument("--photos", type=Path, help="folder whose photos are listed where the verdict changes")


def _export(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    parser.add_argument("--run", type=Path, required=True, help="folder of a finished run")
    _output(parser, "folder for the network, its contract and its card")


def _all(parser: argparse.ArgumentParser) -> None:
    _photos(parser)
    _output(parser, "folder of the run")
    _recipe(parser)
    parser.add_argument("--quick", action="store_true", help="a tiny run that proves the chain in minutes")


def _photos(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--photos",
        type=Path,
        default=DEFAULT_PHOTOS,
        help=f"folder of sharp, well exposed photos (default {DEFAULT_PHOTOS.as_posix()})",
    )


def _output(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--output", type=Path, required=True, help=text)


def _recipe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recipe",
        type=_recipes,
        default=("generation-2",),
        metavar="NAME[,NAME...]",
        help="stages and numbers; several train one network on, one after another (default generation-2); "
        f"names: {', '.join(sorted(RECIPES))}",
    )


def _recipes(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in RECIPES:
            raise argparse.ArgumentTypeError(f"no recipe {name!r}; there are {', '.join(sorted(RECIPES))}")
    return names


_VERBS = (
    ("generate", "Write the KADIS protocol's pictures and their table.", _generate),
    ("split", "Split a table of generated pictures 80/20 by scene.", _split),
    ("train", "Train a network through the stages of a recipe.", _train),
    ("evaluate", "Measure a network on scenes it never saw.", _evaluate),
    ("compare", "Hold two models against each other on labelled or plain photos.", _compare),
    ("export", "Export a trained network with its contract and card.", _export),
    ("all", "Generate, split, train, evaluate and export.", _all),
)
