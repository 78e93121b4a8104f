"""Brings up Qt, logging, the last-resort error dialog and the window."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.error_dialog import ErrorReporter
from app.garbage_collection import GarbageCollection
from app.log_setup import set_up_logging
from app.main_window import MainWindow
from app.painting_threads import paint_in_one_thread
from app.qt_log import log_qt_messages
from app.screenshot import Screenshot
from app.settings import Settings
from app.user_folders import cache_folder, config_folder
from app.version import version

SETTINGS_FILE = "framesift.ini"
LOG_FILE = "framesift.log"

# Workers hold Python's lock in short turns only, so that the window gets it back sooner.
_SWITCH_SECONDS = 0.001


def open_window(folder: Path | None, screenshot: Path | None) -> int:
    """Runs the window until it is closed.

    Args:
        folder: What to open at once, or None.
        screenshot: Where to save a picture of the settled window before quitting, or None.

    Returns:
        The exit status.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    paint_in_one_thread()
    set_up_logging(cache_folder() / LOG_FILE)
    log_qt_messages()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName("Framesift")
    application.setApplicationVersion(version())
    GarbageCollection(application)
    reporter = ErrorReporter(application)
    reporter.install()
    window = MainWindow(Settings(config_folder() / SETTINGS_FILE), cache_folder())
    reporter.parent_widget = window
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if folder is not None:
        window.open_path(folder)
    window.show()
    if screenshot is not None:
        Screenshot(window, screenshot)
    QTimer.singleShot(0, window.raise_)
    return application.exec()
