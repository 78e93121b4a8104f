"""The sheet before marks are published: what other programs will see, and what stays as it is."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.numbers import counted
from app.sheet import Sheet
from editor.core.xmp_preflight import Preflight


def publish_sheet(found: Preflight, shoot: Path, window: QWidget) -> Sheet:
    """The sheet that says what other programs will see."""
    tr = window.tr
    sentence = tr(
        "Other programs will see {picks}, {rejects} and {rated}. "
        "{made}, {changed} in these marks alone. Photos are not touched."
    ).format(
        picks=counted(found.picks, tr("1 pick"), tr("{n} picks")),
        rejects=counted(found.rejects, tr("1 reject"), tr("{n} rejects")),
        rated=counted(found.rated, tr("1 photo with stars"), tr("{n} photos with stars")),
        made=counted(found.new, tr("1 sidecar is made"), tr("{n} sidecars are made")),
        changed=counted(found.changed, tr("1 is changed"), tr("{n} are changed")),
    )
    if found.clashes:
        one, many = tr("1 name clash is left out."), tr("{n} name clashes are left out.")
        sentence += f" {counted(len(found.clashes), one, many)}"
    command = tr("Publish") if found.new or found.changed else ""
    sheet = Sheet(tr("Publish marks"), sentence, command, window)
    for path, photos in found.clashes.items():
        names = [(photo.relative_to(shoot).as_posix(), "") for photo in photos]
        sheet.add(tr("Clash: {name}").format(name=path.name), tr("different marks"), names)
    for error in found.refused:
        sheet.add(tr("Stays as it is: {name}").format(name=error.path.name), "", [(error.reason, "")])
    if not found.clashes and not found.refused:
        sheet.hide_list()
    return sheet
