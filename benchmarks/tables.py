"""The measured figures as Markdown, with what we aim at and whether this library meets it."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import LIBRARY
from benchmarks.figures import ADDING, EIGHT, ONE, Asked, Figures, share
from benchmarks.questions import COMPLETIONS, SEARCHES

NOT_MEASURED = "–"
AIMED_AT = (ONE, ADDING)
"""Eight readers without a pause are always as slow as the processors let them; there the answers a second count."""


@dataclass(frozen=True)
class Row:
    name: str
    shown: Callable[[Figures], str]
    aim: str = ""
    met: Callable[[Figures], bool] | None = None


def table(found: Sequence[Figures], loads: Sequence[float]) -> str:
    today = time.strftime("%Y-%m-%d")
    lines = [
        f"## {found[0].size:,} reports",
        "",
        f"{today}, {machine()}; load average at the start {', '.join(f'{load:.1f}' for load in loads)}.",
        "Pages: p50 / p95 in ms at the reader; in brackets the p50 of the server's processor time.",
    ]
    older = [f"{one.name} on {one.built_on}" for one in found if one.built_on != today]
    lines += [f"Built by an earlier run: {', '.join(older)}."] if older else []
    for title, rows in (("", WHOLE), *((way, list(_pages(way))) for way in (ONE, EIGHT, ADDING))):
        lines += ["", *_lines(title, rows, found)]
    return "\n".join(lines)


def machine() -> str:
    info = Path("/proc/cpuinfo").read_text()
    model = next((line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"Python {platform.python_version()}"
    return f"{platform.system()}, {os.cpu_count()} cores ({model or platform.machine()}), {memory:.0f} GB, {python}"


def _lines(title: str, rows: Sequence[Row], found: Sequence[Figures]) -> Iterator[str]:
    yield f"| {title} | aim | | {' | '.join(one.name for one in found)} |"
    yield "|---" * (len(found) + 3) + "|"
    for row in rows:
        ours = next((one for one in found if one.name == LIBRARY), None)
        verdict = "" if not (ours and row.met) else "met" if row.met(ours) else "**missed**"
        yield f"| {row.name} | {row.aim} | {verdict} | {' | '.join(row.shown(one) for one in found)} |"


def _seconds(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.2f}" if times else NOT_MEASURED


WHOLE = (
    Row(
        "build: reports a CPU second",
        lambda f: f"{f.size / f.built.cpu_seconds:.0f}",
        "≥ 25",
        lambda f: f.size / f.built.cpu_seconds >= 25,
    ),
    Row("build: peak memory, MB", lambda f: f"{f.built.peak_mb:.0f}"),
    Row("index on disk, MB", lambda f: f"{f.disk_mb:.0f}"),
    Row(
        "sync with nothing changed, s (CPU)",
        lambda f: f"{f.unchanged.seconds:.1f} ({f.unchanged.cpu_seconds:.1f})" if f.unchanged else NOT_MEASURED,
    ),
    Row(
        "start of the process to its first page, s (CPU)",
        lambda f: f"{f.start:.1f} ({f.start_cpu:.1f})",
        "≤ 2",
        lambda f: f.start <= 2,
    ),
    Row(
        "a report added until it is found, s",
        lambda f: _seconds(f.found_after),
        "≤ 1",
        lambda f: statistics.median(f.found_after) <= 1,
    ),
    Row("the same by `indexer add`, from its start, s: the first", lambda f: _seconds(f.commanded[:1])),
    Row("… and the next", lambda f: _seconds(f.commanded[1:])),
    Row("a report added, one after the other while pages are read, s", lambda f: f"{f.each_added:.2f}"),
    Row(
        "memory of the server after all, MB (peak)",
        lambda f: f"{f.memory:.0f} ({f.peak:.0f})",
        "≤ 800",
        lambda f: f.peak <= 800,
    ),
)


def _pages(way: str) -> Iterator[Row]:
    aimed = way in AIMED_AT
    for kind in SEARCHES:
        middle, most = (200, 200) if kind == "hostile" else (25, 60)
        aim = f"≤ {middle} / {most}" if aimed else ""
        yield Row(kind, _shown(way, kind), aim, _within(way, kind, middle, most) if aimed else None)
    for kind in COMPLETIONS:
        aim = "p95 ≤ 15" if aimed else ""
        yield Row(kind, _shown(way, kind), aim, _within(way, kind, 15, 15) if aimed else None)
    yield Row("pages asked for", lambda f: f"{len(f.asked[way].answers)}")
    yield Row("errors", lambda f: f"{f.asked[way].errors}", "0", lambda f: not f.asked[way].errors)
    yield Row("answers a second", lambda f: f"{len(f.asked[way].answers) / f.asked[way].seconds:.0f}")
    yield Row("CPU ms an answer", lambda f: f"{_cpu_each(f.asked[way]):.1f}")
    yield Row("kB an answer, compressed where the server does so", lambda f: f"{_size_each(f.asked[way]):.1f}")


def _shown(way: str, kind: str) -> Callable[[Figures], str]:
    def shown(figures: Figures) -> str:
        answers = figures.asked[way].of(kind)
        if not answers:
            return NOT_MEASURED
        times = [answer.ms for answer in answers]
        cpu = f" ({share([answer.cpu_ms for answer in answers], 0.5):.1f})" if way in AIMED_AT else ""
        return f"{share(times, 0.5):.0f} / {share(times, 0.95):.0f}{cpu}"

    return shown


def _within(way: str, kind: str, half: float, nearly_all: float) -> Callable[[Figures], bool]:
    def met(figures: Figures) -> bool:
        times = [answer.ms for answer in figures.asked[way].of(kind)]
        return bool(times) and share(times, 0.5) <= half and share(times, 0.95) <= nearly_all

    return met


def _cpu_each(asked: Asked) -> float:
    return asked.cpu_seconds / len(asked.answers) * 1000


def _size_each(asked: Asked) -> float:
    return statistics.mean(answer.size for answer in asked.answers) / 1000
