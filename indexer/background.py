"""Work that nobody waits for: done piece by piece in a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future

log = logging.getLogger(__name__)


class Background:
    """At most `most` pieces wait. A piece has a name, and is done once however many ask for it meanwhile."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._asked: dict[str, Future[None]] = {}
        self._queue: queue.SimpleQueue[tuple[str, Callable[[], None]]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def ask(self, name: str, work: Callable[[], None]) -> Future[None] | None:
        """The piece of this name, new or already on its way; None where too many wait. One that has failed is
        handed out once more, so that its error is told, and then forgotten."""
        with self._lock:
            known = self._asked.get(name)
            if known:
                if known.done():
                    del self._asked[name]
                return known
            if len(self._asked) >= self._most:
                return None
            asked = self._asked[name] = Future()
            self._queue.put((name, work))
            if self._thread is None:
                # a daemon, unlike those of a ThreadPoolExecutor: stopping the site does not wait for it
                self._thread = threading.Thread(target=self._work, name="background", daemon=True)
                self._thread.start()
            return asked

    def _work(self) -> None:
        while True:
            name, work = self._queue.get()
            try:
                work()
            except Exception as error:
                log.exception("%s failed in the background", name)
                self._asked[name].set_exception(error)
            else:
                with self._lock:
                    self._asked.pop(name).set_result(None)
