"""Keeps Qt from sharing the painting of one shape among threads, for which the window would have to wait."""

import os

_SWITCH = "QT_NO_GUI_THREADPOOL"


def paint_in_one_thread() -> None:
    """Switches Qt's pool for painting off; without effect once anything was painted or scaled.

    Qt hands parts of every larger smooth shape to a pool and waits for all of them. While photos are judged
    every core is taken, and the wait is many times longer than the painting: on two busy cores a rounded
    card of 200 by 200 pixels took 5.3 ms with the pool and 0.3 ms without; its own work is 0.06 ms.
    """
    os.environ.setdefault(_SWITCH, "1")
