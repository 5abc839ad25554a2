"""How fast searching is at a thousand and at ten thousand reports.

    python -m benchmarks.speed 1000 10000

For each size: build an index of made-up reports (benchmarks/synthetic.py), open it as a fresh process does, ask
questions of every kind, and add one report until it is found. Times of questions are those of the engine alone, each
question asked once, so nothing is remembered from the one before but words that both have.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.synthetic import case, cases, sentences, vocabulary
from indexer.index import Document, open_index
from library.query import Query

ASKED = 60
"""Questions of each kind."""


def kinds(chance: random.Random) -> dict[str, Callable[[], Query]]:
    words, weights = vocabulary()

    def word() -> str:
        return chance.choices(words, weights)[0]

    def part(length: int) -> str:
        return chance.choice(sentences())[2 : 2 + length]

    return {
        "one word": lambda: Query(q=word()),
        "two words": lambda: Query(q=f"{word()} {word()}"),
        "phrase": lambda: Query(q=f'"{part(7)}"'),
        "run of characters": lambda: Query(q=part(9)),
        "question": lambda: Query(q=f"怎样提高{word()}的{word()}？"),
        "filter": lambda: Query(q=word(), category=("metallurgical",), year=("2015..2020",)),
        "either": lambda: Query(q=f"{word()} 或 {word()}"),
        "inside a step": lambda: Query(q=word(), step=("causes",)),
        "sorted": lambda: Query(q=word(), sort="newest"),
        "everything": Query,
    }


def measure(size: int, folder: Path) -> None:
    print(f"\n## {size} reports\n", flush=True)
    subprocess.run([sys.executable, "-m", "benchmarks.speed", "build", str(size), folder], check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.speed", "ask", str(size), folder], check=True)


def build(size: int, folder: Path) -> None:
    made = list(cases(size))  # making them up takes longer than indexing them
    began, cpu = time.perf_counter(), time.process_time()
    open_index("whoosh:", folder).rebuild(Document(one, one.id) for one in made)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"build {took:.0f} s, {size / cpu:.0f} reports a CPU second, {disk / 1e6:.0f} MB on disk")


def ask(size: int, folder: Path) -> None:
    began = time.perf_counter()
    index = open_index("whoosh:", folder)
    index.search(Query(q="高炉"))
    print(f"open and first question {time.perf_counter() - began:.2f} s")
    print("\n| kind | p50 ms | p95 ms | CPU p50 ms |\n|---|---|---|---|")
    for name, question in kinds(random.Random(size)).items():
        walls, cpus = [], []
        for _ in range(ASKED):
            query = question()
            cpu, wall = time.process_time(), time.perf_counter()
            index.search(query)
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
        print(f"| {name} | {share(walls, 0.5):.1f} | {share(walls, 0.95):.1f} | {share(cpus, 0.5):.1f} |")
    for name, typed in (("completion", "高"), ("completion in pinyin", "gaol")):
        times = []
        for _ in range(ASKED // 3):
            wall = time.perf_counter()
            index.complete(typed)
            times.append((time.perf_counter() - wall) * 1000)
        print(f"| {name} (first: {times[0]:.0f}) | {share(times, 0.5):.1f} | {share(times, 0.95):.1f} | |")
    began = time.perf_counter()
    new = case(size + 1)
    index.update([Document(new, "new")], [])
    assert new.id in index.fingerprints()
    found = index.search(Query(q=f'"{new.title}"')).total
    print(f"\nadd one until found {time.perf_counter() - began:.2f} s (found {found})")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", flush=True)


def share(times: list[float], of: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * of))]


def main(arguments: list[str]) -> None:
    match arguments:
        case ["build", size, folder]:
            build(int(size), Path(folder))
        case ["ask", size, folder]:
            ask(int(size), Path(folder))
        case sizes:
            for size in sizes:
                with tempfile.TemporaryDirectory() as aside:
                    measure(int(size), Path(aside))


if __name__ == "__main__":
    main(sys.argv[1:])
