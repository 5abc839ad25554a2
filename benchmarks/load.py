"""Readers of a site: each asks one page after the other over one connection, without a pause, and notes the time.

    python -m benchmarks.load < task.json > answers.json

A process of its own, so that its work is not mistaken for the server's. Pages are taken as browsers take them:
compressed, read to the end, with the connection kept open.
"""

from __future__ import annotations

import http.client
import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.processes import cpu_seconds

LONGEST = 240.0
"""Seconds."""


class Answer(NamedTuple):
    kind: str
    ms: float
    cpu_ms: float  # of the server; meaningful only with a single reader
    status: int
    size: int  # bytes that were sent


def load(port: int, pid: int, users: int, asked: Sequence[tuple[str, str]]) -> list[Answer]:
    """Ask for pages (kind, address) in their order, by so many readers at once, from a process of its own.

    Ends early after `LONGEST`, for servers that are too slow to be asked for all of them.
    """
    task = json.dumps({"port": port, "pid": pid, "users": users, "asked": asked})
    command = [sys.executable, "-m", "benchmarks.load"]
    done = subprocess.run(command, input=task, capture_output=True, text=True, check=True)
    return [Answer(*one) for one in json.loads(done.stdout)]


def _read_all(port: int, pid: int, users: int, asked: Sequence[tuple[str, str]]) -> list[Answer]:
    waiting: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    for one in asked:
        waiting.put(one)
    answers: list[Answer] = []
    end = time.perf_counter() + LONGEST

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.perf_counter() < end:
            try:
                kind, address = waiting.get_nowait()
            except queue.Empty:
                return
            cpu, began = cpu_seconds(pid), time.perf_counter()
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            size = len(answer.read())
            took, cpu = time.perf_counter() - began, cpu_seconds(pid) - cpu
            answers.append(Answer(kind, took * 1000, cpu * 1000, answer.status, size))

    readers = [threading.Thread(target=read) for _ in range(users)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return answers


if __name__ == "__main__":
    json.dump(_read_all(**json.load(sys.stdin)), sys.stdout)
