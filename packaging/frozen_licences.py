"""Finds the licences of everything that the frozen program carries, as files to put beside it.

It must not decide what is carried: the specification of the frozen program knows.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

FOLDER = "licences"
"""Where they lie in the frozen program."""

_OWN = Path(__file__).resolve().parent
_LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)
_WORDS = {"", ".txt", ".md", ".rst", ".apache", ".bsd", ".mit", ".lgpl"}


def licence_files(modules: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The licences of the distributions that modules belong to, of Python and of this program.

    Args:
        modules: Top-level names that are carried; those of no distribution are skipped.

    Yields:
        Each file's place in the frozen program and its path. Of every distribution there is at least what
        it says about itself, where its licence is named.
    """
    yield f"{FOLDER}/Framesift/LICENSE", str(_OWN.parent / "LICENSE")
    yield from ((f"{FOLDER}/{path.name}", str(path)) for path in sorted((_OWN / "licences").iterdir()))
    python = Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "LICENSE.txt")
    if python.exists():
        yield f"{FOLDER}/Python/LICENSE.txt", str(python)
    known = packages_distributions()
    for name in sorted({found for module in set(modules) for found in known.get(module, ())}):
        if name.lower() != "framesift":
            yield from _of(distribution(name))


def system_licences(libraries: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The copyright files of libraries that come from the system, where it is a Debian or its like.

    Args:
        libraries: Paths of carried libraries; those that no package of the system owns are skipped.

    Yields:
        As `licence_files`.
    """
    if shutil.which("dpkg-query") is None:
        return
    paths = {str(path) for library in libraries for path in (Path(library), Path(library).resolve())}
    asked = ["dpkg-query", "--search", *sorted(paths)]
    owned = subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603
    for name in sorted({line.partition(":")[0] for line in owned.splitlines()}):
        copyright_file = Path("/usr/share/doc", name, "copyright")
        if copyright_file.exists():
            yield f"{FOLDER}/system/{name}.txt", str(copyright_file)


def _of(found: Distribution) -> Iterator[tuple[str, str]]:
    place = f"{FOLDER}/{found.name}-{found.version}"
    for file in found.files or ():
        is_own = file.parent.name.endswith(".dist-info") and file.name == "METADATA"
        if is_own or (file.suffix.lower() in _WORDS and _LICENCE.search(file.name)):
            yield f"{place}/{'_'.join(file.parts[1:])}", str(file.locate())
