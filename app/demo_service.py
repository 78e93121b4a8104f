"""Makes the demo shoot in a process of its own, where this copy of the program has what it is made from."""

import importlib.util
import logging
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

DEMO_FOLDER = "Demo shoot"

_log = logging.getLogger(__name__)
_MAKER = Path(__file__).resolve().parents[1] / "packaging" / "demo_shoot.py"


def demo_is_possible() -> bool:
    """Whether the demo shoot can be made: not where the program was installed without its photographs."""
    return _MAKER.is_file() and importlib.util.find_spec("skimage") is not None


class DemoService(QObject):
    """Lives in the GUI thread, which does not wait; `made` carries the folder, `failed` a reason."""

    made = Signal(object)
    failed = Signal(str)

    def __init__(self, data_folder: Path, parent: QObject) -> None:
        """Makes nothing yet.

        Args:
            data_folder: The demo shoot becomes a folder in it.
            parent: The object that owns this.
        """
        super().__init__(parent)
        self.folder = data_folder / DEMO_FOLDER
        self._process: QProcess | None = None

    @property
    def running(self) -> bool:
        """Whether it is being made."""
        return self._process is not None

    @Slot()
    def make(self) -> None:
        """Makes what is missing of it; asked again meanwhile it goes on."""
        if self._process is not None:
            return
        self._process = QProcess(self)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._not_started)
        self._process.start(sys.executable, [str(_MAKER), str(self.folder)])

    def close(self) -> None:
        """Ends the process; what is made of the shoot stays."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished()

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, _status: QProcess.ExitStatus) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        said = bytes(process.readAllStandardError().data()).decode(errors="replace").strip()
        process.deleteLater()
        if code == 0:
            self.made.emit(self.folder)
        else:
            _log.warning("the demo shoot cannot be made: %s", said)
            reason = self.tr("The demo shoot cannot be made in {folder}: {reason}")
            last = said.splitlines()[-1] if said else str(code)
            self.failed.emit(reason.format(folder=self.folder.parent, reason=last))

    @Slot(QProcess.ProcessError)
    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finished(-1, QProcess.ExitStatus.CrashExit)
