"""Ctrl-C waits while something must not be cut in two: a day, a run that is written down.

Pressed while compiled code makes Python objects of its results, it could end the process, or come out as another error: numba
does not look whether it was pressed.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ctrl_c_waits() -> Iterator[None]:
    """Hold Ctrl-C back; it counts at the end. Elsewhere than in the main thread it is never noticed."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    pressed: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if pressed:  # an error of the day is told with it
            raise KeyboardInterrupt
