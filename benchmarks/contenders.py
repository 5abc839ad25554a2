"""Who is measured: this library with its own programs, and others with the small programs of benchmarks/peers.py.

Each is three commands: `build` makes the index of a corpus, `serve` answers over HTTP, `write` adds reports on demand
(benchmarks/writer.py).
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.processes import ROOT

STARTED_WITHIN = 120  # seconds


LIBRARY = "this library"
NEEDS = {LIBRARY: "rjieba", "tantivy": "tantivy", "SQLite FTS5": "sqlite3", "Whoosh, usual setup": "jieba"}
"""The names of all, with what must be installed to measure each."""


@dataclass(frozen=True)
class Contender:
    name: str
    build: tuple[str, ...]
    serve: tuple[str, ...]
    write: tuple[str, ...]
    environment: Mapping[str, str]
    corpus: Path
    index: Path  # its folder, for the size on disk
    port: int
    command: tuple[str, ...] = ()  # the library's command line


def installed(name: str) -> bool:
    return find_spec(NEEDS[name]) is not None


def contender(name: str, folder: Path, first_added: int) -> Contender:
    """One of `NEEDS`, with all its files in a folder; what it adds are the reports from `first_added` on."""
    corpus, port = folder / "corpus", free_port()
    if name != LIBRARY:
        index = folder / "index"
        program = (sys.executable, "-W", "ignore", "-m", "benchmarks.peers", NEEDS[name])
        tasks = (("build", corpus), ("serve", port), ("write", first_added))
        build, serve, write = ((*program, task, str(index), str(last)) for task, last in tasks)
        return Contender(name, build, serve, write, {}, corpus, index, port)
    command = (sys.executable, "-m", "indexer")
    return Contender(
        name,
        (*command, "rebuild"),
        (sys.executable, "app.py"),
        (sys.executable, "-m", "benchmarks.writer", str(first_added)),
        {"LIBRARY_CORPUS": str(corpus), "LIBRARY_DATA": str(folder / "data"), "LIBRARY_PORT": str(port)},
        corpus,
        folder / "data" / "index",
        port,
        command,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    pid: int
    port: int
    first_answer: float  # seconds from its start

    def json(self, address: str) -> dict[str, object]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", address)
        found: dict[str, object] = json.load(connection.getresponse())
        connection.close()
        return found


@contextmanager
def serving(one: Contender, first: str) -> Iterator[Server]:
    """A running server that has answered the first address."""
    began = time.perf_counter()
    with child(one.serve, one.environment) as process:
        while not _answers(one.port, first):
            if process.poll() is not None or time.perf_counter() - began > STARTED_WITHIN:
                raise RuntimeError(f"{one.name} did not start")
            time.sleep(0.01)
        yield Server(process.pid, one.port, time.perf_counter() - began)


def _answers(port: int, address: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=STARTED_WITHIN)
    try:
        connection.request("GET", address)
        if (status := connection.getresponse().status) != 200:
            raise RuntimeError(f"the first page is an error ({status})")
        return True
    except ConnectionRefusedError:
        return False
    finally:
        connection.close()


@contextmanager
def child(
    command: Sequence[str], environment: Mapping[str, str], piped: bool = False
) -> Iterator[subprocess.Popen[str]]:
    """Its messages go where nobody reads them: servers note each time a reader must wait."""
    pipe = subprocess.PIPE if piped else None
    with subprocess.Popen(
        command,
        env={**os.environ, **environment},
        cwd=ROOT,
        stdin=pipe,
        stdout=pipe or subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
