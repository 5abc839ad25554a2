"""How good the first ten results are, beside other engines: MRR@10, Recall@10, nDCG@10 and processor time a question.

    python -m benchmarks.quality [--quick] [FOLDER]

Asks over the sample library and the labelled reports of the project (benchmarks/quality/own.py); with a FOLDER also
over openly licensed texts that must be put there (benchmarks/quality/downloaded.py says which). Nothing is downloaded.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality import downloaded, own
from benchmarks.quality.engine import Engine
from benchmarks.quality.engines import engines
from benchmarks.quality.judged import Figures, Judged, JudgedSet, figures

QUICK = 500
"""Questions of a set that are asked in a quick run, the same ones at every run."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, nargs="?", help="texts that were put there")
    arguments.add_argument("--quick", action="store_true", help=f"{QUICK} questions of each set")
    given = arguments.parse_args()
    judged = [*own.sets(), *(downloaded.sets(given.folder) if given.folder else ())]
    for one in judged:
        if one.asked:
            report(one, random.Random(0).sample(one.asked, min(QUICK, len(one.asked))) if given.quick else one.asked)


def report(judged: JudgedSet, asked: Sequence[Judged]) -> None:
    print(f"\n## {judged.name}: {len(asked):,} asked, {len(judged.pages):,} texts\n")
    print("| engine | MRR@10 | Recall@10 | nDCG@10 | CPU ms |")
    print("|---|---|---|---|---|")
    for engine in engines():
        with tempfile.TemporaryDirectory() as place:
            engine.build(judged.pages, Path(place))
            found, milliseconds = measured(engine, asked)
            engine.close()
        print(f"| {engine.name} | {' | '.join(f'{value:.4f}' for value in found)} | {milliseconds:.1f} |", flush=True)


def measured(engine: Engine, asked: Sequence[Judged]) -> tuple[Figures, float]:
    """The means over all questions, and the processor milliseconds of one."""
    engine.search("准备")  # what takes long only the first time
    began = engine.cpu_seconds()
    lists = [engine.like(one.question, one.of) if one.of else engine.search(one.question) for one in asked]
    took = engine.cpu_seconds() - began
    each = [figures([id for id in ids if id != one.of], one.answers) for ids, one in zip(lists, asked, strict=True)]
    return Figures(*(sum(values) / len(asked) for values in zip(*each, strict=True))), took / len(asked) * 1000


if __name__ == "__main__":
    main()
