"""One decoder in a process of its own: started when first needed, asked one photo after the other.

It must not be shared by two threads at once: ``decode_pool`` sees to that.
"""

import contextlib
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from editor.core.decode_deadline import Deadline
from editor.core.decode_wire import (
    READY,
    WireError,
    WireRequest,
    read_acceptance,
    read_answer,
    write_request,
)
from editor.core.decode_worker import DECODER_ARGUMENT
from editor.core.errors import PhotoError, PhotoUnreadableError
from editor.core.pixels import Picture

TOOK_TOO_LONG = (
    "Reading this file took far too long, so it was given up; copy it from the card again, or convert it."
)
BROKE_DECODER = (
    "This file is damaged in a way that breaks its decoder; copy it from the card again, or convert it."
)
NO_DECODER = "The decoder for this format cannot be started; install Framesift again."

_START_SECONDS = 60.0
_BROKEN_OFF = (WireError, OSError, ValueError)  # a ValueError where another thread closed the pipes
_ROOT = Path(__file__).resolve().parents[2]

_logger = logging.getLogger(__name__)


class DecoderGoneError(Exception):
    """The process had died before it was asked; another one may be."""


def decoder_command() -> tuple[str, ...]:
    """How a decoder is started: by Python, or by the frozen program itself."""
    if getattr(sys, "frozen", False):
        return (sys.executable, DECODER_ARGUMENT)
    return (sys.executable, "-P", "-m", "editor.core.decode_worker")


class DecodeProcess:
    """A running decoder; whatever happens to it, the program sees an answer or a PhotoError."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """Starts the process.

        Args:
            command: The program and its arguments; None takes ``decoder_command``.

        Raises:
            OSError: if it cannot be started.
            WireError: if it ends at once or is no decoder.
        """
        self._process = subprocess.Popen(  # noqa: S603 (our own program)
            list(command or decoder_command()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            self._await_start()
        except BaseException:
            self.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether it can be asked for another photo."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def decode(self, request: WireRequest, wall_s: float) -> Picture:
        """Decodes one photo there; the process may have ended afterwards.

        Args:
            request: The photo, and the processor time it may take.
            wall_s: Seconds after which the process is ended if it waits for anything but a processor.

        Raises:
            PhotoError: what is wrong with the file, also where it killed the process.
            DecoderGoneError: if the process had died before.
        """
        self._ask(request)
        deadline = Deadline(self._process, wall_s)
        try:
            with deadline:
                return read_answer(self._output, request.path)
        except _BROKEN_OFF as error:
            self.close()
            raise self._cause(request.path, deadline) from error
        finally:
            if deadline.passed:  # maybe just after the answer
                self.close()

    def _await_start(self) -> None:
        with Deadline(self._process, _START_SECONDS):
            if self._output.read(len(READY)) != READY:
                raise WireError("the decoder did not start")

    def _ask(self, request: WireRequest) -> None:
        try:
            with Deadline(self._process, _START_SECONDS):
                write_request(self._input, request)
                read_acceptance(self._output)
        except _BROKEN_OFF as error:
            self.close()
            raise DecoderGoneError from error

    def close(self) -> None:
        """Ends the process at once; safe to call again."""
        self._process.kill()
        self._process.wait()
        for stream in (self._input, self._output):
            with contextlib.suppress(OSError):
                stream.close()

    @property
    def _input(self) -> BinaryIO:
        return _open_pipe(self._process.stdin)

    @property
    def _output(self) -> BinaryIO:
        return _open_pipe(self._process.stdout)

    def _cause(self, path: Path, deadline: Deadline) -> PhotoError:
        status = self._process.returncode
        _logger.warning("The decoder ended with status %s on %s", status, path)
        if deadline.passed or status == -getattr(signal, "SIGXCPU", 0):
            return PhotoUnreadableError(path, TOOK_TOO_LONG)
        return PhotoUnreadableError(path, BROKE_DECODER)


def _open_pipe(pipe: object) -> BinaryIO:
    if pipe is None:  # pragma: no cover (both are pipes)
        raise WireError("no pipe")
    return pipe  # type: ignore[return-value]  # Popen made it


def _environment() -> dict[str, str]:
    """The program's own, with the place its modules lie in; number libraries stay on one thread.

    Large blocks come from the system and go back to it (glibc), so no photo sees what another left
    behind, and an idle decoder is small.
    """
    settings = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    settings["MALLOC_MMAP_THRESHOLD_"] = str(1 << 20)
    places = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, **settings, "PYTHONPATH": os.pathsep.join(place for place in places if place)}
