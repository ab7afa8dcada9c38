"""The web server: granian, its processes forked from one that has loaded the suite, to share its memory."""

import gc
import os
import signal
from collections.abc import Callable
from functools import partial

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from sekata.site.config import CONFIG
from sekata.site.runtime.orphans import end_with_parent
from sekata.site.wsgi import application

IDLE_THREAD_SECONDS = 600
BACKLOG = 1024
COLLECT_AFTER = 50_000
"""New objects before the collector looks: a request makes some thousands, nearly all freed without it."""


def load(parent: int) -> Callable:
    """What each web process calls first."""
    end_with_parent(parent, signal.SIGKILL)
    return application


def serve(host: str, port: int) -> None:
    """Serve pages until told to stop (SIGINT, SIGTERM)."""
    server = Server(
        "sekata.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=CONFIG.web_workers,
        blocking_threads=CONFIG.web_threads,
        blocking_threads_idle_timeout=IDLE_THREAD_SECONDS,
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=10,
    )
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)
    server.serve(target_loader=partial(load, os.getpid()), wrap_loader=False)
