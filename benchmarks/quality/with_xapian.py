"""Xapian comes as a Debian package for the system's own Python (apt install python3-xapian): it runs in a child."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import cpu_seconds
from benchmarks.quality.engine import FETCHED, Engine
from benchmarks.quality.judged import Page

PROGRAM = Path(__file__).with_name("xapian_program.py")
PYTHONS = (sys.executable, "/usr/bin/python3")


def with_xapian() -> str | None:
    """A Python that has it."""
    return next((python for python in PYTHONS if _has_xapian(python)), None)


def _has_xapian(python: str) -> bool:
    if not Path(python).exists():
        return False
    return subprocess.run((python, "-c", "import xapian"), stderr=subprocess.DEVNULL, check=False).returncode == 0


class Xapian(Engine):
    name = "Xapian, characters and pairs"

    def __init__(self, python: str) -> None:
        self.python = python

    def build(self, found: Sequence[Page], folder: Path) -> None:
        self.process = subprocess.Popen(
            (self.python, str(PROGRAM), str(folder), str(FETCHED)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._answer([(page.id, page.title, page.text) for page in found])

    def search(self, question: str) -> Sequence[str]:
        return self._answer(question)

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.process.pid)

    def close(self) -> None:
        self.process.communicate()

    def _answer(self, said: object) -> list[str]:
        assert self.process.stdin and self.process.stdout
        print(json.dumps(said), file=self.process.stdin, flush=True)
        answer: list[str] = json.loads(self.process.stdout.readline())
        return answer
