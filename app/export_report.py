"""What an export did or would do, as JSON for programs and as lines for people; prints nothing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from editor.core.export import ExportReport
from editor.core.export_plan import Action, PlannedFile

_NAMES = {
    Action.WRITE: "written",
    Action.REPLACE: "replaced",
    Action.ALREADY: "already",
    Action.SKIP: "skipped",
    Action.FAIL: "failed",
}


def plan_values(
    plan: tuple[PlannedFile, ...], refused: Mapping[Path, str], folder: Path, estimate: int
) -> dict[str, Any]:
    """A dry run: what would be done, with counts and the bytes that it would take."""
    files = [_file(planned, planned.action, str(planned.error or "") or None) for planned in plan]
    return _values(files, refused, folder) | {"dry_run": True, "estimated_bytes": estimate}


def report_values(report: ExportReport, refused: Mapping[Path, str], folder: Path) -> dict[str, Any]:
    """What was done, with counts and bytes."""
    files = [
        _file(result.planned, result.planned.action if result.error is None else Action.FAIL, result.error)
        | {"bytes": result.size}
        for result in report.results
    ]
    return _values(files, refused, folder) | {"cancelled": report.cancelled, "bytes": report.size}


def format_report(values: Mapping[str, Any]) -> str:
    """One JSON object in plain ASCII, so that any path survives any encoding of the output."""
    return json.dumps(values, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def summary_line(values: Mapping[str, Any]) -> str:
    """One sentence for a person."""
    counts = values["counts"]
    parts = [f"{count} {name}" for name, count in counts.items() if count] or ["nothing to do"]
    if values.get("dry_run"):
        return (
            f"Dry run: {', '.join(parts)}, about {_megabytes(values['estimated_bytes'])}; nothing is written."
        )
    ended = "; stopped, the same command goes on" if values.get("cancelled") else ""
    return f"{', '.join(parts)}, {_megabytes(values['bytes'])} in {values['folder']}{ended}"


def failures(values: Mapping[str, Any]) -> list[str]:
    """A sentence for each photo that failed."""
    return [file["error"] for file in values["files"] if file["error"] is not None]


def _values(files: list[dict[str, Any]], refused: Mapping[Path, str], folder: Path) -> dict[str, Any]:
    files = files + [
        {"photo": str(path), "action": _NAMES[Action.FAIL], "name": None, "error": error}
        for path, error in refused.items()
    ]
    counts = {name: sum(file["action"] == name for file in files) for name in _NAMES.values()}
    return {"folder": str(folder), "counts": counts, "files": files}


def _file(planned: PlannedFile, action: Action, error: str | None) -> dict[str, Any]:
    return {
        "photo": str(planned.item.path),
        "action": _NAMES[action],
        "name": None if action is Action.FAIL else planned.name,
        "error": error,
    }


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
