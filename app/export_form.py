"""The fields of the export dialog: shows a wish and says what is asked for; exports and plans nothing."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from app.export_wish import ExportWish, PairFile, SizeRule, Which
from app.numbers import number
from editor.core.encode import FileFormat
from editor.core.export_exif import MetadataPolicy
from editor.core.export_settings import Conflict, OutputProfile, OutputSharpening
from editor.core.name_template import FIELDS
from editor.panel.side_by_side import side_by_side

_FORMATS = (
    (FileFormat.JPEG, 8),
    (FileFormat.TIFF, 16),
    (FileFormat.PNG, 8),
    (FileFormat.PNG, 16),
    (FileFormat.WEBP, 8),
    (FileFormat.AVIF, 8),
)


class ExportForm(QWidget):
    """`changed` comes whenever something else is asked for."""

    changed = Signal()

    def __init__(
        self,
        counts: Mapping[Which, int],
        wish: ExportWish,
        parent: QWidget | None = None,
        *,
        pairs: bool = False,
    ) -> None:
        """Builds the form.

        Args:
            counts: How many photos each choice means.
            wish: What it begins with; a choice that means no photo gives way to one that does.
            parent: The widget it lies in.
            pairs: Whether there are RAW+JPEG pairs, so that it is asked which file is rendered.
        """
        super().__init__(parent)
        self.which, self.format, self.size_rule = QComboBox(), QComboBox(), QComboBox()
        self.conflict, self.profile, self.pairs = QComboBox(), QComboBox(), QComboBox()
        self._has_pairs = pairs
        self.sharpening, self.metadata = QComboBox(), QComboBox()
        self.folder, self.template = QLineEdit(wish.folder), QLineEdit(wish.template)
        self.choose = QPushButton(self.tr("Choose…"))
        self.quality, self.quality_number = QSlider(Qt.Orientation.Horizontal), QSpinBox()
        self.width_box, self.height_box, self._by = QSpinBox(), QSpinBox(), QLabel("×")
        self.gps = QCheckBox(self.tr("with the place (GPS)"))
        self.example = QLabel()
        self._fill(counts)
        self._show(wish, counts)
        self._build()
        self._align()
        self._connect()
        self._follow()

    @property
    def wish(self) -> ExportWish:
        """What is asked for."""
        file_format, bits = _FORMATS[self.format.currentIndex()]
        return ExportWish(
            which=Which(self.which.currentData()),
            folder=self.folder.text().strip(),
            template=self.template.text().strip(),
            conflict=Conflict(self.conflict.currentData()),
            format=file_format,
            bits=bits,
            quality=self.quality_number.value(),
            size=SizeRule(self.size_rule.currentData()),
            width=self.width_box.value(),
            height=self.height_box.value(),
            profile=OutputProfile(self.profile.currentData()),
            sharpening=OutputSharpening(self.sharpening.currentData()),
            metadata=MetadataPolicy(self.metadata.currentData()),
            keep_gps=self.gps.isChecked(),
            pairs=PairFile(self.pairs.currentData()),
        )

    def _fill(self, counts: Mapping[Which, int]) -> None:
        names = {
            Which.SELECTED: self.tr("Selected"),
            Which.PICKED: self.tr("Picked"),
            Which.FILTERED: self.tr("Shown by the filter"),
            Which.ALL: self.tr("All"),
        }
        for which, name in names.items():
            words = self.tr("{name} ({n})").format(name=name, n=number(counts.get(which, 0)))
            self.which.addItem(words, which.value)
        formats = ("JPEG", self.tr("TIFF, 16 bits"), "PNG", self.tr("PNG, 16 bits"), "WebP", "AVIF")
        self.format.addItems(list(formats))
        rules = (self.tr("Full size"), self.tr("Longest side"), self.tr("Fit into"))
        for rule, name in zip(SizeRule, rules, strict=True):
            self.size_rule.addItem(name, rule.value)
        for box in (self.width_box, self.height_box):
            box.setRange(16, 65_500)
            box.setSuffix(self.tr(" px"))
            box.setSingleStep(16)
            box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.quality.setRange(1, 100)
        self.quality_number.setRange(1, 100)
        self.quality_number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.quality_number.setFixedWidth(52)
        self.quality_number.setAlignment(Qt.AlignmentFlag.AlignRight)
        for spin in (self.quality_number, self.width_box, self.height_box):
            # As high as the boxes and lines around it.
            spin.setMinimumHeight(self.template.sizeHint().height())
        _choices(self.conflict, Conflict, (
            self.tr("Add a number to the name"), self.tr("Leave the photo out"),
            self.tr("Replace, if an earlier export wrote it"),
        ))  # fmt: skip
        _choices(self.profile, OutputProfile, ("sRGB", "Display P3", "Adobe RGB"))
        _choices(self.sharpening, OutputSharpening, (
            self.tr("None"), self.tr("Low"), self.tr("Standard"), self.tr("High"),
        ))  # fmt: skip
        _choices(self.metadata, MetadataPolicy, (
            self.tr("All"), self.tr("Copyright only"), self.tr("None"),
        ))  # fmt: skip
        _choices(self.pairs, PairFile, (
            self.tr("The JPEG, as it is shown"), self.tr("The RAW file, by the same edits"),
        ))  # fmt: skip
        self.profile.setToolTip(self.tr("sRGB is right wherever you do not know better"))
        self.sharpening.setToolTip(self.tr("A last sharpening at the size of the result"))
        self.template.setToolTip(self.tr("Fields: {fields}").format(fields=_fields()))
        self.folder.setPlaceholderText(self.tr("Choose a folder"))
        self.choose.setAutoDefault(False)

    def _show(self, wish: ExportWish, counts: Mapping[Which, int]) -> None:
        which = wish.which
        if not counts.get(which):
            which = next((each for each in Which if counts.get(each)), Which.ALL)
        for box, value in (
            (self.which, which),
            (self.size_rule, wish.size),
            (self.conflict, wish.conflict),
            (self.profile, wish.profile),
            (self.sharpening, wish.sharpening),
            (self.metadata, wish.metadata),
            (self.pairs, wish.pairs),
        ):
            box.setCurrentIndex(max(0, box.findData(value.value)))
        chosen = (wish.format, wish.bits)
        self.format.setCurrentIndex(_FORMATS.index(chosen) if chosen in _FORMATS else 0)
        self.quality.setValue(wish.quality)
        self.quality_number.setValue(wish.quality)
        self.width_box.setValue(wish.width)
        self.height_box.setValue(wish.height)
        self.gps.setChecked(wish.keep_gps)

    def _build(self) -> None:
        hint = QLabel(_fields())
        hint.setProperty("role", "quiet")
        hint.setWordWrap(True)
        hint.setMinimumHeight(2 * hint.fontMetrics().lineSpacing() + 4)
        self.example.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        pairs: list[tuple[str, QWidget | None, QWidget]] = []
        if self._has_pairs:
            pairs.append((self.tr("Of &RAW+JPEG"), self.pairs, side_by_side(self.pairs, stretch=True)))
        rows: tuple[tuple[str, QWidget | None, QWidget], ...] = (
            (self.tr("&Photos"), self.which, side_by_side(self.which, stretch=True)),
            *pairs,
            (self.tr("&To"), self.folder, side_by_side(self.folder, self.choose)),
            (self.tr("&Names"), self.template, self.template),
            ("", None, hint),
            (self.tr("Example"), None, self.example),
            (self.tr("If the name is ta&ken"), self.conflict, side_by_side(self.conflict, stretch=True)),
            (self.tr("&Format"), self.format, side_by_side(self.format, stretch=True)),
            (self.tr("&Quality"), self.quality, side_by_side(self.quality, self.quality_number)),
            (self.tr("&Size"), self.size_rule,
             side_by_side(self.size_rule, self.width_box, self._by, self.height_box, stretch=True)),
            (self.tr("&Colours"), self.profile, side_by_side(self.profile, stretch=True)),
            (self.tr("S&harpening"), self.sharpening, side_by_side(self.sharpening, stretch=True)),
            (self.tr("&Metadata"), self.metadata, side_by_side(self.metadata, self.gps, stretch=True)),
        )  # fmt: skip
        for row, (text, buddy, widget) in enumerate(rows):
            label = QLabel(text)
            if buddy is not None:
                label.setBuddy(buddy)
                buddy.setAccessibleName(text.replace("&", ""))
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        self.quality_number.setAccessibleName(self.tr("Quality, number"))
        self.width_box.setAccessibleName(self.tr("Width in pixels"))
        self.height_box.setAccessibleName(self.tr("Height in pixels"))

    def _align(self) -> None:
        """Boxes below each other end below each other: those with short words are as wide as the widest."""
        short = (self.which, self.format, self.size_rule, self.profile, self.sharpening, self.metadata)
        for box in short:
            box.ensurePolished()
        widest = max(box.sizeHint().width() for box in short)
        for box in short:
            box.setMinimumWidth(widest)

    def _connect(self) -> None:
        self.quality.valueChanged.connect(self.quality_number.setValue)
        self.quality_number.valueChanged.connect(self.quality.setValue)
        for box in (
            *(self.which, self.format, self.size_rule, self.conflict),
            *(self.profile, self.sharpening, self.metadata, self.pairs),
        ):
            box.currentIndexChanged.connect(self._follow)
        for spin in (self.quality_number, self.width_box, self.height_box):
            spin.valueChanged.connect(self._follow)
        for line in (self.folder, self.template):
            line.textChanged.connect(self._follow)
        self.gps.toggled.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """Lets only what matters be changed, and says that something was."""
        wish = self.wish
        for widget in (self.quality, self.quality_number):
            widget.setEnabled(wish.format.has_quality)
        self.width_box.setVisible(wish.size is not SizeRule.FULL)
        self.height_box.setVisible(wish.size is SizeRule.BOX)
        self._by.setVisible(wish.size is SizeRule.BOX)
        self.gps.setEnabled(wish.metadata is MetadataPolicy.ALL)
        self.changed.emit()


def _choices(box: QComboBox, kind: type[StrEnum], names: tuple[str, ...]) -> None:
    for member, name in zip(kind, names, strict=True):
        box.addItem(name, member.value)


def _fields() -> str:
    return " ".join(f"{{{name}}}" for name in FIELDS)
