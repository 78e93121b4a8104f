"""The script for Qt's system libraries: silent when none is missing, one clear line where it may not help."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

_SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "system_libraries.sh"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the script acts on Linux only")


def _programs(folder: Path, commands: Iterable[str], **scripts: str) -> str:
    """A PATH with a few of the system's commands and some small scripts of this test's own."""
    folder.mkdir()
    for command in commands:
        found = shutil.which(command)
        assert found is not None
        (folder / command).symlink_to(found)
    for name, body in scripts.items():
        script = folder / name.replace("_", "-")
        script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        script.chmod(0o755)
    return str(folder)


def _run(path: str, python: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(_SCRIPT), python],
        env={"PATH": path, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _without(tmp_path: Path, *libraries: str) -> str:
    """A Python to which the loader does not find some libraries, whatever this computer has."""
    python = tmp_path / "python-without"
    hidden = " ".join(libraries)
    body = f"""#!/bin/sh
shift
exec {sys.executable} -c '
import ctypes, sys
def load(name, original=ctypes.CDLL):
    if name in "{hidden}".split():
        raise OSError(name)
ctypes.CDLL = load
program = sys.argv.pop(1)
exec(program)
' "$@"
"""
    python.write_text(body, encoding="utf-8")
    python.chmod(0o755)
    return str(python)


def test_silent_where_nothing_is_missing(tmp_path: Path) -> None:
    path = _programs(tmp_path / "bin", ["uname"])
    run = _run(path, _without(tmp_path))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_one_line_where_it_may_not_install(tmp_path: Path) -> None:
    path = _programs(tmp_path / "bin", ["uname"], apt_get="exit 99", id="echo 1000")
    run = _run(path, _without(tmp_path, "libEGL.so.1", "libGL.so.1"))
    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    assert "libGL.so.1 libEGL.so.1" in line
    assert line.endswith("sudo apt-get install --no-install-recommends libgl1 libegl1")


def test_root_installs_what_is_missing_and_nothing_else(tmp_path: Path) -> None:
    record = tmp_path / "record"
    path = _programs(tmp_path / "bin", ["uname"], apt_get=f'echo "$@" >> {record}', id="echo 0")
    run = _run(path, _without(tmp_path, "libdbus-1.so.3"))
    update, install = record.read_text(encoding="utf-8").splitlines()
    assert update.split()[0] == "update"
    assert install.split()[0] == "install"
    assert install.split()[-1] == "libdbus-1-3"
    # Still missing after it: said, not hidden.
    assert run.returncode == 1
    assert "libdbus-1.so.3" in run.stderr


@pytest.mark.parametrize(
    ("tool", "command", "package"),
    [
        ("dnf", "dnf install", "libglvnd-egl"),
        ("pacman", "pacman -S --needed", "libglvnd"),
        ("zypper", "zypper install", "libglvnd"),
    ],
)
def test_other_package_managers_are_named_not_run(
    tmp_path: Path, tool: str, command: str, package: str
) -> None:
    path = _programs(tmp_path / "bin", ["uname"], **{tool: "exit 99"})
    run = _run(path, _without(tmp_path, "libEGL.so.1"))
    assert run.returncode == 1
    assert run.stderr.rstrip().endswith(f"sudo {command} {package}")


def test_window_libraries_matter_only_with_a_display(tmp_path: Path) -> None:
    path = _programs(tmp_path / "bin", ["uname"], pacman="exit 99")
    python = _without(tmp_path, "libxcb-cursor.so.0")
    assert _run(path, python).returncode == 0
    with_display = _run(path, python, DISPLAY=":0")
    assert with_display.returncode == 1
    assert "xcb-util-cursor" in with_display.stderr
    assert _run(path, python, WAYLAND_DISPLAY="wayland-0").returncode == 1


def test_does_nothing_on_other_systems(tmp_path: Path) -> None:
    path = _programs(tmp_path / "bin", [], uname="echo Darwin")
    run = _run(path, "/nonexistent/python")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
