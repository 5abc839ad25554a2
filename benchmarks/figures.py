"""What was measured of one contender at one size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.load import Answer
from benchmarks.processes import Run

ONE, EIGHT, ADDING = "one reader", "eight readers at once", "one reader while reports are added"
"""The ways of asking."""


@dataclass
class Asked:
    """The answers to all that was asked in one way."""

    answers: list[Answer]
    seconds: float
    cpu_seconds: float  # of the server

    def of(self, kind: str) -> list[Answer]:
        """Pages as they should be; an error comes quickly."""
        return [answer for answer in self.answers if answer.kind == kind and answer.status == 200]

    @property
    def errors(self) -> int:
        return sum(answer.status != 200 for answer in self.answers)


@dataclass
class Figures:
    name: str
    size: int
    built: Run
    built_on: str  # the day; before today when an earlier run's index was taken
    disk_mb: float
    unchanged: Run | None = None  # a sync with nothing to do
    start: float = 0.0  # seconds from the start of the server to its first page
    start_cpu: float = 0.0
    found_after: list[float] = field(default_factory=list)  # seconds from adding a report to finding it
    commanded: list[float] = field(default_factory=list)  # the same by the command line
    each_added: float = 0.0  # seconds to add a report, without a pause, while pages are asked for
    memory: float = 0.0  # MB of the server after all that
    peak: float = 0.0
    asked: dict[str, Asked] = field(default_factory=dict)  # by way of asking


def share(values: Sequence[float], of: float) -> float:
    """The value that such a share of all values stays below."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))]
