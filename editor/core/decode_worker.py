"""The decoder's own process: reads requests from standard input, writes pictures to standard output.

It must not touch anything but the photos it is asked for. A photo that kills it, or that makes it run
out of time or memory, ends this process and nothing else.
"""

import contextlib
import math
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from editor.core.decode_failure import decode_error
from editor.core.decode_wire import ACCEPTED, READY, WireRequest, read_request, write_error, write_picture
from editor.core.errors import PhotoError
from editor.core.photo_file import open_photo
from editor.core.photo_formats import PhotoFormat
from editor.core.pixels import Picture

DECODER_ARGUMENT = "--framesift-decoder"
"""With this single argument the frozen program is a decoder and not the program."""

MEMORY_BYTES = 4 << 30
"""How much memory one photo may need beyond what the process has at its start."""


def serve_if_asked(arguments: Sequence[str]) -> bool:
    """Serves as a decoder until the program goes, if the process was started to be one.

    A frozen program has no ``python -m``, so it starts itself again with ``DECODER_ARGUMENT``; its entry
    calls this before anything else.

    Args:
        arguments: Those of the process, without its name.

    Returns:
        Whether it was one; the process should then end.
    """
    if list(arguments) != [DECODER_ARGUMENT]:
        return False
    serve(decode_request)
    return True


def decode_request(request: WireRequest) -> Picture:
    """Decodes one photo in this process.

    Raises:
        PhotoError: whatever is wrong with the file; nothing else is raised.
    """
    # Imported only here, so that importing this module loads no native decoder.
    from editor.core.heif import decode_avif, decode_heif
    from editor.core.raw import decode_raw

    try:
        with open_photo(request.path) as file:
            if request.photo_format is PhotoFormat.RAW:
                return decode_raw(file, request.path, request.at_least)
            if request.photo_format is PhotoFormat.AVIF:
                return decode_avif(file, request.path, request.at_least)
            return decode_heif(file, request.path, request.at_least)
    except Exception as error:  # the per-photo boundary; decode_error logs
        raise decode_error(request.path, error) from error


def serve(decode: Callable[[WireRequest], Picture]) -> None:
    """Answers requests until the program goes or a photo kills the process.

    Args:
        decode: Decodes one photo; raises PhotoError and nothing else.
    """
    requests, answers = _take_streams()
    _limit_memory(MEMORY_BYTES)
    answers.write(READY)
    answers.flush()
    inbox = _Inbox(requests)
    while (request := inbox.next()) is not None:
        _limit_cpu_time(request.cpu_s)
        answers.write(ACCEPTED)
        answers.flush()
        try:
            picture = decode(request)
        except PhotoError as error:
            write_error(answers, error)
        else:
            write_picture(answers, picture)


class _Inbox:
    """Reads on a thread of its own, so that the process ends with the program even in mid-photo."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._arrived = threading.Semaphore(0)
        self._waiting: list[WireRequest] = []
        threading.Thread(target=self._read, name="requests", daemon=True).start()

    def next(self) -> WireRequest | None:
        self._arrived.acquire()
        return self._waiting.pop(0)

    def _read(self) -> None:
        try:
            while (request := read_request(self._stream)) is not None:
                self._waiting.append(request)
                self._arrived.release()
        finally:
            os._exit(0)


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes; what a library prints goes nowhere, instead of between the pixels."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    if sys.platform == "win32":
        import msvcrt

        for stream in (requests, answers):
            msvcrt.setmode(stream, os.O_BINARY)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _limit_memory(size: int) -> None:
    """Lets the process have so many bytes more than now, and leave no dump behind where it dies."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the limit is not kept, or counts what is only reserved
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + size
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _limit_cpu_time(seconds: float) -> None:
    """Lets the system end the process once it has used so many seconds more; whole seconds count."""
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(usage.ru_utime + usage.ru_stime + seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


if __name__ == "__main__":
    serve(decode_request)
