"""Adds made-up reports to a running library, as `python -m indexer watch` does once it has read a file.

    python -m benchmarks.writer FIRST

Adds report number FIRST, FIRST + 1 and so on: says that the next is ready, waits for a line, adds the report and says
its number when it counts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count

from benchmarks.synthetic import marked
from indexer.index import open_index
from indexer.ingest import Intake
from indexer.refused import RefusedFiles
from library.case import Case
from library.corpus import Corpus
from library.settings import Settings


def add_on_demand(first: int, add: Callable[[Case], None]) -> None:
    for number in count(first):
        made = marked(number)
        print("ready", flush=True)
        if not sys.stdin.readline():
            return
        add(made)
        print(number, flush=True)


def main(first: int) -> None:
    settings = Settings.from_environment()
    corpus = Corpus(settings.corpus, settings.parsed_cases)
    index = open_index(settings.index, settings.data)
    intake = Intake(corpus, index, RefusedFiles(settings.data / "refused"), settings.data)
    add_on_demand(first, lambda case: intake.make_findable([corpus.add(case).id]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
