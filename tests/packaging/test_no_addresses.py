"""No file of the project names a package registry: where packages come from is each machine's matter."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

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


def _project_files() -> Iterator[Path]:
    """All files but those that .gitignore names; git itself is not needed."""
    lines = (_ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = [".git", *(line.strip("/") for line in lines)]
    folders = [_ROOT]
    while folders:
        for entry in folders.pop().iterdir():
            if any(fnmatch(entry.name, pattern) for pattern in ignored):
                continue
            if entry.is_dir():
                folders.append(entry)
            else:
                yield entry


def test_no_file_names_a_registry() -> None:
    named, seen = {}, 0
    for path in _project_files():
        content = path.read_bytes()
        seen += 1
        if b"\0" not in content and (found := _FORBIDDEN.search(content.decode("utf-8", "replace"))):
            named[path.relative_to(_ROOT).as_posix()] = found.group()
    assert not named
    assert seen > 50
