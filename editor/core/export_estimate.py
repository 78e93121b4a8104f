"""How large the files of an export will be, for the dry run; a guess, not a promise.

It must not decode whole photos.
"""

from collections.abc import Iterable

from editor.core.errors import PhotoError
from editor.core.export_plan import Action, PlannedFile
from editor.core.export_settings import ExportItem, ExportSettings, estimate_bytes
from editor.core.frame import make_frame
from editor.core.photo_size import read_upright_size


def exported_size(item: ExportItem, settings: ExportSettings) -> tuple[int, int]:
    """Width and height of an exported file.

    Raises:
        PhotoError: if the size of the original is not known and cannot be read.
    """
    full_size = item.full_size or read_upright_size(item.path)
    frame = make_frame(item.recipe.crop, full_size, settings.fit)
    return frame.width, frame.height


def estimate_export(plan: Iterable[PlannedFile], settings: ExportSettings) -> int:
    """Roughly how many bytes an export will write; photos that cannot be read count for nothing."""
    total = 0
    for planned in plan:
        if planned.action in {Action.WRITE, Action.REPLACE}:
            try:
                total += estimate_bytes(*exported_size(planned.item, settings), settings.encoding)
            except PhotoError:
                continue
    return total
