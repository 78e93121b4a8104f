"""Sends Qt's own messages to the program's log instead of straight to standard error."""

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_HARMLESS = "This plugin does not support"
"""Begins what the platform without a screen says about things that need one."""


def log_qt_messages() -> None:
    """Starts sending."""
    qInstallMessageHandler(_take)


def _take(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    level = logging.DEBUG if message.startswith(_HARMLESS) else _LEVELS.get(kind, logging.WARNING)
    _log.log(level, "%s", message)
