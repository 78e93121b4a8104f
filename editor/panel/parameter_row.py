"""One parameter of an operation: name, slider and number; knows limits only from the declaration."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from editor.core.operation import Operation
from editor.core.parameter import Parameter
from editor.panel.parameter_words import number_words, parameter_name, parameter_tip

REST_MS = 700
"""After this time without a change, steps by keys and wheel count as one edit."""

_NUMBER_WIDTH = 74
_NUMBER_MARGIN = 4
_LABEL_WIDTH = 92
_SHOWN_UNITS = frozenset({"EV", "%", "px", "°"})
_GROOVE = 4.0


class ParameterSlider(QSlider):
    """A slider in steps of the parameter, filled from its default; double click asks for a reset."""

    reset_asked = Signal()

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._parameter = parameter
        self.setRange(
            round(parameter.slider_minimum / parameter.step), round(parameter.slider_maximum / parameter.step)
        )
        self.setSingleStep(1)
        self.setPageStep(max(1, (self.maximum() - self.minimum()) // 20))
        self.setMinimumHeight(22)
        self.setMinimumWidth(80)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Asks for the default."""
        event.accept()
        self.reset_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Moves only with the focus, so that scrolling the panel changes nothing by accident."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paints a groove that is filled between the default and the handle, and a tick at the default."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, middle = self.palette(), self.height() / 2
        text, handle = palette.color(QPalette.ColorRole.WindowText), self.handle_centre()
        zero = self._x_of(round(self._parameter.default / self._parameter.step))
        left, right = self._x_of(self.minimum()), self._x_of(self.maximum())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faded(text, 0.2))
        painter.drawRoundedRect(QRectF(left - 2, middle - _GROOVE / 2, right - left + 4, _GROOVE), 2, 2)
        painter.setBrush(_faded(text, 0.65 if self.isEnabled() else 0.25))
        painter.drawRect(QRectF(min(zero, handle), middle - _GROOVE / 2, abs(handle - zero), _GROOVE))
        painter.fillRect(QRectF(zero - 0.75, middle - 6, 1.5, 12), _faded(text, 0.45))
        painter.setBrush(_faded(text, 1.0 if self.isEnabled() else 0.35))
        painter.drawEllipse(QRectF(handle - 6.5, middle - 6.5, 13, 13))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.color(QPalette.ColorRole.BrightText))
            painter.drawEllipse(QRectF(handle - 9, middle - 9, 18, 18))
        painter.end()

    def handle_centre(self) -> float:
        """Where the middle of the handle lies, in widget pixels."""
        return self._x_of(self.value())

    def _x_of(self, position: int) -> float:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        box = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        share = (position - self.minimum()) / (self.maximum() - self.minimum())
        return box.width() / 2 + min(1.0, max(0.0, share)) * (self.width() - box.width())


class NumberBox(QDoubleSpinBox):
    """A number within the hard limits; scrolls only with the focus."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parameter = parameter
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setDecimals(parameter.decimals)
        self.setRange(parameter.minimum, parameter.maximum)
        self.setSingleStep(parameter.step)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        # Enter gives the keys back to the window: a number is typed, then D or P is pressed.
        self.lineEdit().returnPressed.connect(self.clearFocus)
        self.setFixedWidth(_NUMBER_WIDTH)
        if parameter.unit in _SHOWN_UNITS:
            self.setSuffix(parameter.unit if parameter.unit == "°" else f" {parameter.unit}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """High enough for letters that reach below the line, which the style forgets."""
        hint = super().sizeHint()
        return hint.expandedTo(QSize(0, self.fontMetrics().height() + 2 * _NUMBER_MARGIN))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same height."""
        return super().minimumSizeHint().expandedTo(QSize(0, self.sizeHint().height()))

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        """With a plus where the sign matters."""
        text = super().textFromValue(value)
        return f"+{text}" if value > 0 and self._parameter.minimum < 0 else text

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Moves only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ParameterRow(QWidget):
    """`moved` comes with every change, `rested` when the hand is off: one step of the history."""

    moved = Signal(float)
    rested = Signal()

    def __init__(self, kind: type[Operation], parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.parameter = kind, parameter
        self._value = parameter.default
        name, tip = parameter_name(kind, parameter), parameter_tip(kind, parameter)
        self.label, self.slider, self.number = QLabel(name), ParameterSlider(parameter), NumberBox(parameter)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.rested)
        limits = self.tr("{low} to {high}").format(
            low=number_words(parameter, parameter.minimum), high=number_words(parameter, parameter.maximum)
        )
        reset = self.tr("Double click resets it to {default}.").format(
            default=number_words(parameter, parameter.default)
        )
        for widget in (self.label, self.slider, self.number):
            widget.setToolTip(f"{tip}\n{limits}. {reset}")
        self.slider.setAccessibleName(name)
        self.number.setAccessibleName(self.tr("{name}, number").format(name=name))
        self.label.installEventFilter(self)
        self.label.setFixedWidth(_LABEL_WIDTH)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.label)
        line.addWidget(self.slider, 1)
        line.addWidget(self.number)
        self.set_value(parameter.default)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self.settle)
        self.slider.reset_asked.connect(self.reset)
        self.number.valueChanged.connect(self._typed)
        self.number.editingFinished.connect(self.settle)

    @property
    def value(self) -> float:
        """The value shown; may lie beyond the slider."""
        return self._value

    def set_value(self, value: float) -> None:
        """Shows a value without announcing it."""
        self._value = value
        self.slider.blockSignals(True)
        self.slider.setValue(round(value / self.parameter.step))
        self.slider.blockSignals(False)
        self.slider.update()
        self.number.blockSignals(True)
        self.number.setValue(value)
        self.number.blockSignals(False)
        font = self.label.font()
        font.setBold(value != self.parameter.default)
        self.label.setFont(font)

    @Slot()
    def reset(self) -> None:
        """Goes back to the default."""
        if self._value != self.parameter.default:
            self._change(self.parameter.default)
        self.settle()

    @Slot()
    def settle(self) -> None:
        """The hand is off."""
        self._rest.stop()
        self.rested.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A double click on the name resets, too."""
        if watched is self.label and event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset()
            return True
        return super().eventFilter(watched, event)

    @Slot(int)
    def _slid(self, position: int) -> None:
        self._change(self.parameter.clamp(round(position * self.parameter.step, self.parameter.decimals)))
        if not self.slider.isSliderDown():
            self._rest.start()

    @Slot(float)
    def _typed(self, value: float) -> None:
        self._change(value)
        self._rest.start()

    def _change(self, value: float) -> None:
        self.set_value(value)
        self.moved.emit(value)


def _faded(color: QColor, alpha: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
