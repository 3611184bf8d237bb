"""A request that doesn't end, or needs more memory than there is, takes its worker along.

Threads can't be ended from outside. So the worker takes no more requests, gives those that it has
a moment, and ends; the server starts another in its place. What was not committed never was.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
# Set in the environment of a request for which memory ran short (`app.web.errors`).
RAN_SHORT = "pulih.memory_ran_short"
# One in two seconds is soon enough for a limit of a minute and more.
_LOOK_SECONDS = 2.0

_log = logging.getLogger("pulih.web")


class Watched:
    """An application whose requests are timed; `give_up` is called once, from another thread."""

    def __init__(
        self, application: Application, *, limit_seconds: float, give_up: Callable[[], None]
    ) -> None:
        self._application = application
        self._limit = limit_seconds
        self._give_up = give_up
        self._since: dict[int, float] = {}
        self._ended = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        thread = threading.get_ident()
        self._since[thread] = time.monotonic()
        try:
            return self._application(environ, start_response)
        finally:
            del self._since[thread]
            if environ.get(RAN_SHORT):
                _log.error("memory_ran_short")
                self._ended.set()

    def watch(self) -> None:
        """Look until a request is overdue or memory ran short, then give up."""
        while not self._ended.wait(_LOOK_SECONDS):
            now = time.monotonic()
            for thread, since in list(self._since.items()):
                if now - since > self._limit:
                    # Where it is, and not its address: some addresses open a door.
                    _log.error("request_overdue seconds=%d\n%s", now - since, _stack(thread))
                    self._ended.set()
        self._give_up()


def watched(application: Application, *, limit_seconds: float, grace_seconds: float) -> Watched:
    """The application of this worker process, watched by a thread of its own."""

    def give_up() -> None:
        # The worker takes nothing new, finishes what it can, and would then wait for ever.
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace_seconds)
        os._exit(1)

    made = Watched(application, limit_seconds=limit_seconds, give_up=give_up)
    threading.Thread(target=made.watch, name="overdue", daemon=True).start()
    return made


def _stack(thread: int) -> str:
    frame = sys._current_frames().get(thread)  # noqa: SLF001 - there is no other way to see it.
    return "" if frame is None else "".join(traceback.format_stack(frame))
