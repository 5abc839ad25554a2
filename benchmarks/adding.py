"""Adding reports while the site runs: until one is found, and one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from benchmarks.contenders import Contender, Server, child
from benchmarks.corpora import draft
from benchmarks.processes import run


class Writer:
    """A process that adds made-up reports, see benchmarks/writer.py."""

    def __init__(self, says: IO[str], hears: IO[str]) -> None:
        self._says, self._hears = says, hears

    def prepare(self) -> None:
        """Wait until the next report is made up, so that only adding is timed."""
        if not self._says.readline():
            raise RuntimeError("the process that adds reports has ended")

    def add(self) -> str:
        """Add it; returns its number when it counts."""
        print(file=self._hears, flush=True)
        return self._says.readline().strip()


@contextmanager
def writing(one: Contender) -> Iterator[Writer]:
    with child(one.write, one.environment, piped=True) as process:
        assert process.stdin and process.stdout
        yield Writer(process.stdout, process.stdin)


def until_found(writer: Writer, server: Server) -> float:
    """Seconds from adding a report until a search finds it."""
    writer.prepare()
    began = time.perf_counter()
    _wait_for(writer.add(), server)
    return time.perf_counter() - began


@contextmanager
def going_on(writer: Writer) -> Iterator[list[float]]:
    """As long as the body lasts, add one report after the other; the seconds that each took."""
    times: list[float] = []
    over = threading.Event()

    def add() -> None:
        while not (times and over.is_set()):
            writer.prepare()
            began = time.perf_counter()
            writer.add()
            times.append(time.perf_counter() - began)

    adding = threading.Thread(target=add)
    adding.start()
    try:
        yield times
    finally:
        over.set()
        adding.join()


def by_command(one: Contender, number: int, server: Server) -> float:
    """Seconds from the start of the command that adds a Markdown file until the report is found."""
    file = one.corpus.parent / f"{number}.md"
    file.write_text(draft(number), encoding="utf-8")
    began = time.perf_counter()
    run((*one.command, "add", str(file)), one.environment)
    _wait_for(str(number), server)
    return time.perf_counter() - began


def _wait_for(number: str, server: Server) -> None:
    while not server.json(f"/search.json?q={number}&size=1")["total"]:
        time.sleep(0.005)
