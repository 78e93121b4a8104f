"""Capture metadata as a short JSON text for the score cache, and back; reads no photo."""

import dataclasses
import json
from datetime import datetime
from typing import Any

from editor.core.metadata import NO_METADATA, PhotoMetadata

_NAMES = frozenset(field.name for field in dataclasses.fields(PhotoMetadata))


def capture_to_json(metadata: PhotoMetadata) -> str:
    """Only what is known, as one JSON object; an empty one when nothing is."""
    known: dict[str, Any] = {
        name: value for name, value in dataclasses.asdict(metadata).items() if value is not None
    }
    if metadata.taken_at is not None:
        known["taken_at"] = metadata.taken_at.isoformat()
    return json.dumps(known, ensure_ascii=False)


def capture_from_json(text: str) -> PhotoMetadata:
    """The metadata again; nothing is known where the text makes no sense."""
    try:
        return capture_from(json.loads(text))
    except (ValueError, TypeError):
        return NO_METADATA


def capture_from(known: object) -> PhotoMetadata:
    """The metadata in what JSON held; nothing is known where that makes no sense."""
    if not isinstance(known, dict):
        return NO_METADATA
    try:
        if "taken_at" in known:
            known["taken_at"] = datetime.fromisoformat(known["taken_at"])
        if not known.keys() <= _NAMES:
            known = {name: value for name, value in known.items() if name in _NAMES}
        return PhotoMetadata(**known)
    except (ValueError, TypeError):
        return NO_METADATA
