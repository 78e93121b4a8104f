"""Decoders in processes of their own: killed, hanging, greedy or lying, they cost one photo and no more."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from editor.core.decode import DecodeRequest, PhotoDecoder
from editor.core.decode_failure import NO_MEMORY
from editor.core.decode_pool import CLOSED, FULL_LIMIT, REDUCED_LIMIT, SHARED_POOL, DecodePool
from editor.core.decode_process import (
    BROKE_DECODER,
    NO_DECODER,
    TOOK_TOO_LONG,
    DecodeProcess,
    decoder_command,
)
from editor.core.decode_wire import ACCEPTED, READY, WireError, WireRequest
from editor.core.decode_worker import DECODER_ARGUMENT
from editor.core.errors import PhotoError, PhotoTooLargeError, PhotoUnreadableError
from editor.core.photo_formats import PhotoFormat
from editor.core.pixels import Picture

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")

Write = Callable[[str, bytes], Path]
Make = Callable[..., bytes]
LONG = 120.0
_ROOT = Path(__file__).parents[3]

# A real decoder that does to itself, on a photo of a certain name, what a broken file may do to it.
_HAUNTED = """
import ctypes, os, signal, sys
import numpy as np
from editor.core.decode_failure import decode_error
from editor.core.decode_worker import decode_request, serve

def decode(request):
    name = request.path.stem
    if name == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "segfault":
        ctypes.string_at(0)
    if name == "wait":
        signal.pause()
    if name == "spin":
        while True:
            pass
    if name == "greedy":
        try:
            np.ones(1 << 40, np.uint8)
        except MemoryError as error:
            raise decode_error(request.path, error) from error
    if name == "chatty":
        print("something between the pixels", flush=True)
        os.write(1, b"and more")
    return decode_request(request)

serve(decode)
"""
_HAUNTED_COMMAND = (sys.executable, "-P", "-c", _HAUNTED)


@pytest.fixture
def pool() -> Iterator[DecodePool]:
    haunted = DecodePool(1, _HAUNTED_COMMAND)
    yield haunted
    haunted.close()
    assert haunted.pids == ()


@pytest.fixture
def raw(dng: Make) -> bytes:
    light = np.full((32, 48, 3), 900, np.uint16)
    light[:, :24] = 3000
    return dng(light)


def asked(path: Path, cpu_s: float = LONG) -> WireRequest:
    return WireRequest(PhotoFormat.RAW, path, (4, 4), cpu_s)


def failure(pool: DecodePool, path: Path, cpu_s: float = LONG, wall_s: float = LONG) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        pool.decode(asked(path, cpu_s), wall_s)
    assert caught.value.path == path
    return caught.value


@pytest.mark.parametrize("death", ["kill", "segfault"])
def test_a_photo_that_kills_its_decoder_is_an_error_and_the_next_one_opens(
    pool: DecodePool, written: Write, raw: bytes, death: str
) -> None:
    good = written("good.dng", raw)
    assert pool.decode(asked(good), LONG).full_width == 48
    (first,) = pool.pids
    error = failure(pool, written(f"{death}.dng", raw))
    assert isinstance(error, PhotoUnreadableError)
    assert error.reason == BROKE_DECODER
    assert pool.pids == ()
    assert pool.decode(asked(good), LONG).full_height == 32
    assert pool.pids != (first,)


def test_one_decoder_serves_many_photos(pool: DecodePool, written: Write, raw: bytes) -> None:
    paths = [written(f"{number}.dng", raw) for number in range(3)]
    pids = set()
    for path in paths:
        pool.decode(asked(path), LONG)
        pids.add(pool.pids)
    assert len(pids) == 1


def test_a_decoder_that_waits_for_ever_is_ended(pool: DecodePool, written: Write, raw: bytes) -> None:
    assert failure(pool, written("wait.dng", raw), wall_s=0.05).reason == TOOK_TOO_LONG
    assert pool.decode(asked(written("good.dng", raw)), LONG).full_width == 48


def test_a_decoder_that_computes_for_ever_is_ended_by_its_processor_time(
    pool: DecodePool, written: Write, raw: bytes
) -> None:
    assert failure(pool, written("spin.dng", raw), cpu_s=0.01).reason == TOOK_TOO_LONG


def test_processor_time_counts_for_each_photo_anew(pool: DecodePool, written: Write, raw: bytes) -> None:
    path = written("good.dng", raw)
    for _ in range(3):
        pool.decode(asked(path, cpu_s=1.0), LONG)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not keep the limit")
def test_a_photo_that_needs_too_much_memory_says_so(pool: DecodePool, written: Write, raw: bytes) -> None:
    error = failure(pool, written("greedy.dng", raw))
    assert isinstance(error, PhotoTooLargeError)
    assert error.reason == NO_MEMORY
    assert len(pool.pids) == 1


def test_what_a_library_prints_does_not_get_between_the_pixels(
    pool: DecodePool, written: Write, raw: bytes
) -> None:
    plain = pool.decode(asked(written("good.dng", raw)), LONG)
    chatty = pool.decode(asked(written("chatty.dng", raw)), LONG)
    np.testing.assert_array_equal(plain.pixels, chatty.pixels)


def test_a_decoder_that_died_while_idle_is_replaced_without_a_word(
    pool: DecodePool, written: Write, raw: bytes
) -> None:
    path = written("good.dng", raw)
    pool.decode(asked(path), LONG)
    (pid,) = pool.pids
    os.kill(pid, signal.SIGKILL)
    assert pool.decode(asked(path), LONG).full_width == 48


def test_many_threads_share_the_decoders(written: Write, raw: bytes) -> None:
    pool = DecodePool(2, _HAUNTED_COMMAND)
    paths = [written(f"{name}.dng", raw) for name in ("a", "kill", "b", "c", "segfault", "d")]

    def outcome(path: Path) -> Picture | PhotoError:
        try:
            return pool.decode(asked(path), LONG)
        except PhotoError as error:
            return error

    try:
        with ThreadPoolExecutor(6) as threads:
            outcomes = list(threads.map(outcome, paths))
        assert len(pool.pids) <= 2
    finally:
        pool.close()
    for path, found in zip(paths, outcomes, strict=True):
        if path.stem in {"kill", "segfault"}:
            assert isinstance(found, PhotoUnreadableError)
            assert found.path == path
        else:
            assert isinstance(found, Picture), found


def test_closing_ends_a_decoder_in_mid_photo(pool: DecodePool, written: Write, raw: bytes) -> None:
    path = written("wait.dng", raw)
    caught: list[PhotoError] = []
    thread = threading.Thread(target=lambda: caught.append(failure(pool, path)))
    thread.start()
    while not pool.pids:
        time.sleep(0.001)
    pool.close()
    thread.join(300)
    assert not thread.is_alive()
    assert caught[0].reason in {BROKE_DECODER, CLOSED}
    assert failure(pool, path).reason == CLOSED


def test_a_decoder_that_cannot_be_started_is_an_error(written: Write, raw: bytes) -> None:
    path = written("a.dng", raw)
    for command in (["/nowhere/decoder"], [sys.executable, "-c", "pass"], [sys.executable, "-c", "print(1)"]):
        assert failure(DecodePool(1, command), path).reason == NO_DECODER


@pytest.mark.parametrize(
    "answer",
    [
        b"\x09",
        b"\x00\xff\xff\xff\xff",
        b"\x04\x07" + b"\1\0\0\0" * 4 + b"\0\0\0\0",
        b"\x04\x00" + b"\xff\xff\xff\xff" * 5,
        b"\x04\x00" + b"\xff\xff\xff\x00" * 4 + b"\0\0\0\0",
        b"\x04\x00" + b"\2\0\0\0" * 2 + b"\1\0\0\0" * 2 + b"\0\0\0\0",
        b"\x04\x00" + b"\1\0\0\0" * 4 + b"\xff\xff\xff\xff",
        b"\x04\x00" + b"\1\0\0\0" * 4 + b"\0\0\0\0" + b"\1\2",
        b"",
    ],
)
def test_a_decoder_that_a_file_took_over_cannot_make_the_program_believe_it(
    written: Write, raw: bytes, answer: bytes
) -> None:
    liar = f"""
import os
os.write(1, {READY!r})
os.read(0, 1)
os.write(1, {ACCEPTED + answer!r})
"""
    pool = DecodePool(1, (sys.executable, "-I", "-S", "-c", liar))
    assert failure(pool, written("a.dng", raw)).reason == BROKE_DECODER
    pool.close()


def test_a_decoder_refuses_what_is_no_request() -> None:
    for words in (b"\xff" * 21, b"\0" * 5, b"\0" * 17 + b"\xff\xff\xff\xff"):
        decoder = subprocess.run(
            decoder_command(),
            input=words,
            capture_output=True,
            check=False,
            timeout=300,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
        )
        assert decoder.returncode == 0
        assert decoder.stdout == READY


def test_names_in_any_script_cross_to_the_decoder(tmp_path: Path, raw: bytes) -> None:
    decoder = PhotoDecoder()
    for name in ("été 日本 😀.dng", "two\nlines.dng", "odd\udcff.dng", " .dng", "-c.dng"):
        path = tmp_path / name
        try:
            path.write_bytes(raw)
        except OSError:
            continue  # this file system does not take such names
        assert decoder.decode(DecodeRequest(path)).full_width == 48, name


def test_relative_paths_cross_to_the_decoder(
    written: Write, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written("a.dng", raw)
    PhotoDecoder().decode(DecodeRequest(path))
    monkeypatch.chdir(path.parent)
    assert PhotoDecoder().decode(DecodeRequest(Path("a.dng"))).full_width == 48


def test_the_folder_of_the_photos_lends_the_decoder_no_code(
    written: Write, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("rawpy.py", "numpy.py", "editor.py"):
        written(module, b"raise SystemExit('taken over')")
    path = written("a.dng", raw)
    monkeypatch.chdir(path.parent)
    process = DecodeProcess()
    try:
        assert process.decode(asked(path), LONG).full_width == 48
    finally:
        process.close()


def test_common_photos_start_no_decoder(written: Write, jpeg_bytes: bytes) -> None:
    pool = DecodePool(1, ["/nowhere/decoder"])
    assert PhotoDecoder(pool).decode(DecodeRequest(written("a.jpg", jpeg_bytes))).full_width == 420


def test_limits_grow_with_the_file() -> None:
    assert REDUCED_LIMIT.cpu_seconds(0) < 5
    assert REDUCED_LIMIT.cpu_seconds(25_000_000) < FULL_LIMIT.cpu_seconds(25_000_000) == 30.0


_PROGRAM = """
import sys
from pathlib import Path
from editor.core.decode import decode
from editor.core.decode_pool import SHARED_POOL
decode(Path(sys.argv[1]))
print(*SHARED_POOL.pids, flush=True)
"""
_WAITING_PROGRAM = f"""
import sys, threading
from pathlib import Path
from editor.core.decode_pool import DecodePool
from editor.core.decode_wire import WireRequest
from editor.core.photo_formats import PhotoFormat
pool = DecodePool(1, (sys.executable, "-P", "-c", {_HAUNTED!r}))
request = WireRequest(PhotoFormat.RAW, Path(sys.argv[1]), None, 100.0)
threading.Thread(target=pool.decode, args=(request, 100.0), daemon=True).start()
while not pool.pids:
    pass
print(*pool.pids, flush=True)
"""


def _ended(pid: int) -> bool:
    """Whether a process is gone, or only waits for its grave to be dug."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("end", ["falls off its end", "is killed", "is killed in mid-photo"])
def test_no_decoder_outlives_the_program(written: Write, raw: bytes, end: str) -> None:
    in_photo = end == "is killed in mid-photo"
    path = written("wait.dng" if in_photo else "good.dng", raw)
    code = _WAITING_PROGRAM if in_photo else _PROGRAM
    if end != "falls off its end":
        code += "\nsys.stdin.read()\n"
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT) as program:
        try:
            assert program.stdout is not None
            pids = [int(pid) for pid in program.stdout.readline().split()]
            assert len(pids) == 1
            if end == "falls off its end":
                assert program.wait(300) == 0
        finally:
            program.kill()  # nothing where it has ended
    deadline = time.monotonic() + 300
    while not _ended(pids[0]):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_program_leaves_the_decoders_to_its_parent(written: Write, raw: bytes) -> None:
    code = _PROGRAM + "import os\nchild = os.fork()\nif child == 0:\n    os._exit(len(SHARED_POOL.pids))\n"
    code += "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    path = written("good.dng", raw)
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, path],
        cwd=_ROOT,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0


def test_a_frozen_program_is_its_own_decoder(
    tmp_path: Path, written: Write, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = tmp_path / "framesift"
    frozen.write_text(
        f"#!{sys.executable} -P\nimport sys\nfrom editor.core.decode_worker import serve_if_asked\n"
        "sys.exit(0 if serve_if_asked(sys.argv[1:]) else 'this would be the program')\n"
    )
    frozen.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(frozen))
    assert decoder_command() == (str(frozen), DECODER_ARGUMENT)
    process = DecodeProcess()
    try:
        assert process.decode(asked(written("a.dng", raw)), LONG).full_width == 48
    finally:
        process.close()


def test_the_entry_of_the_program_serves_as_decoder(written: Write, raw: bytes) -> None:
    process = DecodeProcess((sys.executable, "-P", "-m", "app", DECODER_ARGUMENT))
    try:
        assert process.decode(asked(written("a.dng", raw)), LONG).full_width == 48
    finally:
        process.close()


def test_a_process_that_is_no_decoder_is_refused() -> None:
    with pytest.raises(WireError):
        DecodeProcess([sys.executable, "-c", "print('hello')"])


def test_the_shared_pool_runs_no_more_decoders_than_it_may() -> None:
    assert len(SHARED_POOL.pids) <= 4
