"""The sheet before marks are published: what other programs will see, and what stays as it is."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.edit_offer import EditOffers
from app.numbers import counted, number
from app.sheet import Sheet
from editor.core.xmp_paths import SidecarNaming
from editor.core.xmp_preflight import Preflight


def publish_sheet(found: Preflight, offers: EditOffers | None, shoot: Path, window: QWidget) -> Sheet:
    """The sheet that says what other programs will see.

    Args:
        found: What becomes of marks.
        offers: What becomes of edits; None where they are not offered.
        shoot: The folder.
        window: The window.
    """
    tr = window.tr
    sentence = tr(
        "Other programs will see {picks}, {rejects} and {rated}. {sidecars}. Photos are not touched."
    ).format(
        picks=counted(found.picks, tr("1 pick"), tr("{n} picks")),
        rejects=counted(found.rejects, tr("1 reject"), tr("{n} rejects")),
        rated=counted(found.rated, tr("1 photo with stars"), tr("{n} photos with stars")),
        sidecars=_sidecar_words(found, window),
    )
    if found.clashes:
        one, many = tr("1 name clash is left out."), tr("{n} name clashes are left out.")
        sentence += f" {counted(len(found.clashes), one, many)}"
    if offers is not None:
        sentence += "\n" + _edit_words(offers, window)
    command = tr("Publish") if found.new or found.changed or (offers and offers.shown) else ""
    sheet = Sheet(tr("Publish marks"), sentence, command, window)
    for path, photos in found.clashes.items():
        names = [(photo.relative_to(shoot).as_posix(), "") for photo in photos]
        sheet.add(tr("Clash: {name}").format(name=path.name), tr("different marks"), names)
    _add_edits(sheet, offers or EditOffers(), shoot, window)
    for error in found.refused:
        sheet.add(tr("Stays as it is: {name}").format(name=error.path.name), "", [(error.reason, "")])
    if not sheet.lines:
        sheet.hide_list()
    return sheet


def _sidecar_words(found: Preflight, window: QWidget) -> str:
    """How many sidecars are made and changed."""
    tr = window.tr
    if not found.new and not found.changed:
        return tr("No sidecar has to be written")
    made = counted(found.new, tr("1 sidecar is made"), tr("{n} sidecars are made"))
    if not found.changed:
        return made
    if not found.new:
        one, many = (
            tr("1 sidecar is changed in these marks alone"),
            tr("{n} sidecars are changed in these marks alone"),
        )
        return counted(found.changed, one, many)
    changed = counted(found.changed, tr("1 is changed"), tr("{n} are changed"))
    return tr("{made}, {changed} in these marks alone").format(made=made, changed=changed)


def add_naming(sheet: Sheet, naming: SidecarNaming) -> QComboBox:
    """Adds the choice of how new sidecars are called; its data are the values of `SidecarNaming`."""
    box, choice = QComboBox(), QWidget()
    box.addItem(sheet.tr("IMG.xmp (Lightroom, Bridge)"), SidecarNaming.ADOBE.value)
    box.addItem(sheet.tr("IMG.CR3.xmp (darktable, digiKam)"), SidecarNaming.DARKTABLE.value)
    box.setCurrentIndex(box.findData(naming.value))
    line = QHBoxLayout(choice)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(QLabel(sheet.tr("New sidecars are called")))
    line.addWidget(box)
    line.addStretch(1)
    sheet.add_choice(choice)
    return box


def _edit_words(offers: EditOffers, window: QWidget) -> str:
    """What other programs will see of edits, and what not and why."""
    tr = window.tr
    one, many = (
        tr("They will show the crop or exposure of 1 photo exactly as it is here."),
        tr("They will show the crop or exposure of {n} photos exactly as it is here."),
    )
    words = [one if len(offers.shown) == 1 else many]
    if offers.left_out:
        one, many = tr("1 photo is left out:"), tr("{left} photos are left out:")
        why = tr("turned, mirrored or beyond what they know, or bent for the lens there.")
        words.append(f"{one if len(offers.left_out) == 1 else many} {why}")
    if offers.foreign:
        one, many = (
            tr("1 photo has a crop or exposure of another program, which stays."),
            tr("{foreign} photos have a crop or exposure of another program, which stays."),
        )
        words.append(one if len(offers.foreign) == 1 else many)
    words.append(tr("Tones, colours and sharpness have no exact equal and stay here."))
    return " ".join(words).format(
        n=number(len(offers.shown)), left=number(len(offers.left_out)), foreign=number(len(offers.foreign))
    )


def _add_edits(sheet: Sheet, offers: EditOffers, shoot: Path, window: QWidget) -> None:
    for text, photos in (
        (window.tr("Edits left out"), offers.left_out),
        (window.tr("Edited by another program"), offers.foreign),
    ):
        if photos:
            sheet.add(text, "", [(photo.relative_to(shoot).as_posix(), "") for photo in photos])
