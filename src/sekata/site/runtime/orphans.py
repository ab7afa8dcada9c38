"""A child that ends when its parent does, even when the parent is killed."""

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
PARENT = "SEKATA_PARENT"
LOOK_EVERY = 1.0


def end_with_parent(parent: int, how: int = signal.SIGTERM) -> None:
    """Send `how` to this process as soon as the process `parent` is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, how, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent, how), daemon=True).start()
    if os.getppid() != parent:  # it went before we could ask
        os.kill(os.getpid(), how)


def end_with_tree() -> None:
    """The same for the process tree that started this process; nothing where it was started by hand."""
    parent = os.environ.pop(PARENT, "")
    if parent:
        end_with_parent(int(parent))


def _watch(parent: int, how: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), how)
