"""How fast the whole site is at a thousand and at ten thousand reports, beside other engines in one run.

    python -m benchmarks.speed [--quick] [--only NAME …] [SIZE …]

For each size a corpus of made-up reports (benchmarks/synthetic.py), and for this library and every other engine that
is installed (requirements-bench.txt): build the index, start the site, ask for pages of every kind over HTTP as one
reader, as eight at once and as one while a process adds reports, and add a report until it is found. This library is
run by its own commands; what the others do and do not do stands in benchmarks/peers/__init__.py.

The folder named by BENCH_DATA keeps the corpora and the other engines' indexes for the next run; without it all is
made in a temporary folder, which takes about an hour at 10,000, most of it for jieba; slow engines are asked for fewer
pages. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from benchmarks.adding import by_command, going_on, until_found, writing
from benchmarks.contenders import LIBRARY, NEEDS, Contender, Server, contender, installed, serving
from benchmarks.corpora import corpus_of, size_on_disk
from benchmarks.figures import ADDING, EIGHT, ONE, Asked, Figures
from benchmarks.load import load
from benchmarks.processes import Run, cpu_seconds, memory_mb, run
from benchmarks.questions import COMPLETIONS, PEERS_ANSWER, SEARCHES, addresses
from benchmarks.tables import table

USERS = {ONE: 1, EIGHT: 8, ADDING: 1}
FIRST_ADDED = 1_000_001


@dataclass(frozen=True)
class Effort:
    """Pages of each kind in each of the three ways of asking; reports added until they are found."""

    asked: int
    added: int


USUAL = Effort(40, 5)
QUICK = Effort(20, 3)


def measure(name: str, size: int, home: Path, effort: Effort) -> Figures:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=home) as aside:
        one = contender(name, Path(aside), FIRST_ADDED)
        shutil.copytree(corpus_of(size, home), one.corpus, copy_function=os.link)  # case files are never changed
        built, when = _built(one, size, home)
        figures = Figures(name, size, built, when, size_on_disk(one.index) / 1e6)
        if name == LIBRARY:
            figures.unchanged = run((*one.command, "sync"), one.environment)
        with serving(one, "/search?q=" + quote("高炉")) as server:
            figures.start, figures.start_cpu = server.first_answer, cpu_seconds(server.pid)
            asked = _shared_out((*SEARCHES, *COMPLETIONS) if name == LIBRARY else PEERS_ANSWER, effort.asked)
            for way in (ONE, EIGHT):
                figures.asked[way] = _ask(server, USERS[way], asked[way])
            with writing(one) as writer:
                figures.found_after = [until_found(writer, server) for _ in range(effort.added)]
                with going_on(writer) as times:
                    figures.asked[ADDING] = _ask(server, USERS[ADDING], asked[ADDING])
            figures.each_added = statistics.median(times)
            if name == LIBRARY:
                numbers = range(FIRST_ADDED * 2, FIRST_ADDED * 2 + effort.added)
                figures.commanded = [by_command(one, number, server) for number in numbers]
            figures.memory, figures.peak = memory_mb(server.pid), memory_mb(server.pid, peak=True)
    return figures


def _built(one: Contender, size: int, home: Path) -> tuple[Run, str]:
    """Build the index, or take the one that an earlier run left in BENCH_DATA; with the day it was built."""
    today = time.strftime("%Y-%m-%d")
    kept = home / f"{corpus_of(size, home).name}-{one.name.replace(' ', '-')}"
    if (kept / "built.json").exists():
        shutil.copytree(kept / "index", one.index)
        figures, day = json.loads((kept / "built.json").read_text())
        return Run(**figures), day
    built = run(one.build, one.environment)
    if one.name != LIBRARY and "BENCH_DATA" in os.environ:
        shutil.copytree(one.index, kept / "index")
        (kept / "built.json").write_text(json.dumps([asdict(built), today]))
    return built, today


def _ask(server: Server, users: int, asked: Sequence[tuple[str, str]]) -> Asked:
    began, cpu = time.perf_counter(), cpu_seconds(server.pid)
    answers = load(server.port, server.pid, users, asked)
    took, cpu = time.perf_counter() - began, cpu_seconds(server.pid) - cpu
    return Asked(answers, took, cpu)


def _shared_out(kinds: Sequence[str], count: int) -> dict[str, list[tuple[str, str]]]:
    """For each way of asking as many addresses of each kind, mixed; none is asked twice."""
    asked: dict[str, list[tuple[str, str]]] = {way: [] for way in USERS}
    chance = random.Random(5)
    for kind in kinds:
        made = list(islice(addresses(kind), count * len(USERS)))
        chance.shuffle(made)  # the first ones are the most frequent
        for place, way in enumerate(USERS):
            asked[way] += [(kind, address) for address in made[place :: len(USERS)]]
    for some in asked.values():
        chance.shuffle(some)
    return asked


@contextmanager
def _home() -> Iterator[Path]:
    if kept := os.environ.get("BENCH_DATA"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept).resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="bench-") as aside:
            yield Path(aside)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("sizes", nargs="*", type=int, metavar="SIZE", help="reports; 1000 and 10000 by default")
    parser.add_argument("--quick", action="store_true", help="fewer pages of each kind; 1000 reports by default")
    parser.add_argument("--only", nargs="+", choices=NEEDS, default=list(NEEDS), metavar="NAME", help=", ".join(NEEDS))
    options = parser.parse_args(arguments)
    effort = QUICK if options.quick else USUAL
    with _home() as home:
        for size in options.sizes or ([1_000] if options.quick else [1_000, 10_000]):
            report(size, [name for name in options.only if installed(name)], home, effort)


def report(size: int, names: Sequence[str], home: Path, effort: Effort) -> None:
    """Measure one after the other and print the table; on standard error also what is known so far."""
    loads = os.getloadavg()
    found = []
    for name in names:
        print(f"{name}, {size} reports …", file=sys.stderr, flush=True)
        try:
            found.append(measure(name, size, home, effort))
        except (RuntimeError, subprocess.CalledProcessError) as error:  # the others are still worth their hour
            print(f"{name} could not be measured: {error}", file=sys.stderr)
        if found and name != names[-1]:
            print(table(found, loads), file=sys.stderr, flush=True)
    if found:
        print(table(found, loads), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers end and temporary folders go
    main()
