"""The few dialogs of the window: what this program is, and whether unsaved marks may be lost."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from app.version import version
from quality.core.inference import QualityModel


def show_about(parent: QWidget, model: QualityModel | None) -> None:
    """Says which version this is and which model judges."""
    judge = (
        _tr("No model: photos are not judged.")
        if model is None
        else _tr("Model {name} {version}, running on {device}.").format(
            name=model.contract.name, version=model.contract.version, device=model.device
        )
    )
    text = _tr("Framesift {version}\n\n{judge}\nEverything runs on this computer.")
    QMessageBox.about(parent, _tr("About Framesift"), text.format(version=version(), judge=judge))


def ask_to_lose(parent: QWidget, unsaved: int, problem: str) -> bool:
    """Asks whether to close although marks could not be saved; staying is the default."""
    text = _tr("The marks of {n} photos are not saved yet. {problem}\n\nClose and lose them?")
    answer = QMessageBox.warning(
        parent,
        _tr("Unsaved marks"),
        text.format(n=unsaved, problem=problem),
        QMessageBox.StandardButton.Close | QMessageBox.StandardButton.Cancel,
        QMessageBox.StandardButton.Cancel,
    )
    return answer is QMessageBox.StandardButton.Close


def _tr(text: str) -> str:
    return QCoreApplication.translate("Questions", text)
