"""No file of the project names a package registry: where packages come from is each machine's matter."""

import re
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]

# Put together here, so that this file passes its own test.
_FORBIDDEN = re.compile(
    "|".join(
        [
            "py" + "pi\\b",
            "python" + "hosted",
            "npm" + "js",
            "deb\\." + "debian",
            "snapshot\\." + "debian",
            "-index" + "-url [a-z]",
            "--find" + "-links [a-z/]",
        ]
    ),
    re.IGNORECASE,
)


def _tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=_ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return [_ROOT / name for name in listing.stdout.decode().split("\0") if name]


def test_no_file_names_a_registry() -> None:
    named = {}
    for path in filter(Path.is_file, _tracked()):
        content = path.read_bytes()
        if b"\0" not in content and (found := _FORBIDDEN.search(content.decode("utf-8", "replace"))):
            named[path.relative_to(_ROOT).as_posix()] = found.group()
    assert not named
