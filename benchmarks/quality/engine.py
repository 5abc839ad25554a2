"""What is measured of an engine."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality.judged import DEPTH, Page

FETCHED = DEPTH + 1  # a page that is like itself is left out


class Engine(ABC):
    name: str

    @abstractmethod
    def build(self, found: Sequence[Page], folder: Path) -> None:
        """Make the index; the folder is empty and stays."""

    @abstractmethod
    def search(self, question: str) -> Sequence[str]:
        """Ids of pages, the best first."""

    def like(self, text: str, of: str) -> Sequence[str]:
        """Pages like a long text, which is that of the page `of`."""
        return self.search(text)

    def cpu_seconds(self) -> float:
        """That searching has taken so far."""
        return time.process_time()

    def close(self) -> None:  # noqa: B027  most have nothing to close
        """When no more will be asked."""
