"""Gives copied photos their names, and keeps the names promised, so that a stopped copy goes on the same.

The promises lie in the target folder. Without them a move that was stopped would number anew what is left.
"""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from editor.core.errors import PhotoError
from editor.core.name_template import NameFields, fill_template
from editor.core.photo import read_identity

PROMISES_NAME = ".framesift-picks.jsonl"
"""Where the names given out stand, in the target folder."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Promise:
    """One line: a photo by its content and name, and the stem a template gave it."""

    key: str
    template: str
    stem: str


def promise_names(photos: Sequence[tuple[Path, NameFields]], folder: Path, template: str) -> list[str]:
    """The stem of each photo, the same as last time where this folder has met it.

    Where the template counts, a number that was given to another photo is passed over.

    Args:
        photos: The photos with what their names are made from.
        folder: The target; made if need be.
        template: See fill_template.

    Raises:
        TemplateError: if the template makes no sense; nothing is made.
        OSError: if the folder cannot be made or written.
    """
    plain = [fill_template(template, fields) for _, fields in photos]
    folder.mkdir(parents=True, exist_ok=True)
    kept = {line.key: line.stem for line in _read(folder / PROMISES_NAME) if line.template == template}
    given = {stem.casefold() for stem in kept.values()}
    counts = any(
        fill_template(template, _numbered(fields, -1)) != stem
        for (_, fields), stem in zip(photos, plain, strict=True)
    )
    stems, new = [], []
    for (photo, fields), wished in zip(photos, plain, strict=True):
        key = _key(photo)
        stem = kept.get(key) if key else None
        if stem is None:
            stem, number = wished, fields.number
            while counts and stem.casefold() in given:
                number += 1
                stem = fill_template(template, _numbered(fields, number))
            new.append(_Promise(key, template, stem))
            given.add(stem.casefold())
        stems.append(stem)
    _append(folder / PROMISES_NAME, [line for line in new if line.key])
    return stems


def _numbered(fields: NameFields, number: int) -> NameFields:
    return NameFields(fields.name, number, fields.taken_at, fields.camera, fields.rating, fields.label)


def _key(photo: Path) -> str:
    """By what a photo is known again; empty where it cannot be read, which the copy then says."""
    try:
        return f"{read_identity(photo).key}/{photo.name}"
    except PhotoError:
        return ""


def _append(path: Path, lines: Sequence[_Promise]) -> None:
    """Writes lines; they are on the disk when this returns."""
    with path.open("ab") as file:
        # The first line break ends a line that a power cut left unfinished.
        file.write(b"".join(b"\n" + json.dumps(asdict(line)).encode() for line in lines) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> list[_Promise]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    found = []
    for line in content.splitlines():
        try:
            promise = _Promise(**json.loads(line)) if line.strip() else None
        except (ValueError, TypeError) as error:
            _logger.info("A line of the names given out is skipped: %s", error)
            continue
        if promise is not None and all(isinstance(text, str) for text in asdict(promise).values()):
            found.append(promise)
    return found
