"""Tells which photos of a shoot are as its store knows them, by their sizes and times."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from editor.core.shoot_records import StoredPhoto


def find_unchanged(
    keys: Mapping[Path, str], stored: Mapping[str, StoredPhoto]
) -> tuple[dict[Path, int], dict[Path, None]]:
    """Looks at files only where that may tell something: thousands of new photos are not asked for.

    Args:
        keys: The photos of a shoot with their places in it.
        stored: What its store knows, by place.

    Returns:
        The store's rows of photos that lie where they were and have not changed; and the photos that may be
        a stored one that was changed, renamed or moved, in the order of the shoot.
    """
    rows: dict[Path, int] = {}
    unsure: set[Path] = set()
    for path, key in keys.items():
        known = stored.get(key)
        if known is not None:
            with suppress(OSError):
                status = path.stat()
                if (known.identity.size, known.modified_ns) == (status.st_size, status.st_mtime_ns):
                    rows[path] = known.row
                else:
                    unsure.add(path)
    placed = set(rows.values())
    missed = {photo.identity.size for photo in stored.values() if photo.row not in placed}
    if not missed:
        return rows, {}
    for path, key in keys.items():
        with suppress(OSError):
            if key not in stored and path.stat().st_size in missed:
                unsure.add(path)
    return rows, {path: None for path in keys if path in unsure}
