"""The bar on a terminal: how many files are done, and how many scanned pages of the file in work are recognised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from indexer.submissions import Work
from library.errors import Translate

_LONGEST_NAME = 40


class FileBar:
    """Shows nothing but while `over` a list of files."""

    def __init__(self, console: Console, translate: Translate) -> None:
        self._console = console
        self._translate = translate
        self._name = ""
        self._shown: tuple[Progress, TaskID] | None = None

    def over(self, works: Sequence[Work]) -> Iterator[Work]:
        """The same files, counted."""
        with self._bar(len(works)):
            yield from self._counted(works)

    def pages(self, done: int, total: int) -> None:
        """So many scanned pages of the file in work are recognised."""
        said = self._translate("{name}：识别第 {done}/{total} 页").format(name=self._name, done=done, total=total)
        self._describe(said)

    def cases(self, done: int, total: int) -> None:
        """The file in work waits until the cases of the library can be compared with it: so many are looked through."""
        said = self._translate("{name}：首次比对，通读案例 {done}/{total}").format(
            name=self._name, done=done, total=total
        )
        self._describe(said)

    def _counted(self, works: Iterable[Work]) -> Iterator[Work]:
        for work in works:
            self._name = work.name[-_LONGEST_NAME:]
            self._describe(self._name)
            yield work
            if self._shown:
                self._shown[0].advance(self._shown[1])

    def _describe(self, said: str) -> None:
        if self._shown:
            self._shown[0].update(self._shown[1], description=said)

    @contextmanager
    def _bar(self, total: int) -> Iterator[None]:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            self._shown = progress, progress.add_task("", total=total)
            try:
                yield
            finally:
                self._shown = None
