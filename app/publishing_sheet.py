"""The sheet before marks are published: what other programs will see, and what stays as it is."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.numbers import number
from app.sheet import Sheet
from editor.core.xmp_preflight import Preflight


def publish_sheet(found: Preflight, shoot: Path, window: QWidget) -> Sheet:
    """The sheet that says what other programs will see."""
    tr = window.tr
    sentence = tr(
        "Other programs will see {picks} picks, {rejects} rejects and {rated} photos with stars. "
        "{new} sidecars are made, {changed} are changed in these marks alone. Photos are not touched."
    ).format(
        picks=number(found.picks),
        rejects=number(found.rejects),
        rated=number(found.rated),
        new=number(found.new),
        changed=number(found.changed),
    )
    if found.clashes:
        sentence += " " + tr("{n} name clashes are left out.").format(n=number(len(found.clashes)))
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
