"""python -m benchmarks.accuracy [NAME…] [--late | --folder F] [--slips]: how much of labelled reports is understood.

Prints, for each format and in all, the share of passages in the right step, of title, unit, group and year, of the
other fields, of the target's numbers and of the category sets, and F1 of the tools. `--late` takes the reports that
were written only after the rules.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks.accuracy.labelled import Labelled, read_labelled
from benchmarks.accuracy.score import FIELDS, NAMES, NUMBERS, Score, score
from benchmarks.accuracy.writers import write
from indexer.case_maker import make_case
from indexer.reading import read
from library.errors import LibraryError

HERE = Path(__file__).parent
COLUMNS: dict[str, tuple[str, ...]] = {
    "steps": ("steps",),
    "title…year": NAMES,
    "fields": FIELDS,
    "target": tuple(f"target.{name}" for name in NUMBERS),
    "measure": ("measure",),
    "categories": ("categories",),
    "tools F1": ("tools",),
    "causes": ("causes",),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy")
    parser.add_argument("names", nargs="*", help="which reports or formats (default: all)")
    parser.add_argument("--late", action="store_true", help="the reports written after the rules")
    parser.add_argument("--folder", type=Path, help="labelled reports kept elsewhere")
    parser.add_argument("--slips", action="store_true", help="print every single fault")
    options = parser.parse_args()
    folder = options.folder or HERE / ("late" if options.late else "reports")
    totals: defaultdict[str, Score] = defaultdict(Score)
    files = 0
    for path in sorted(folder.glob("*.md")):
        report = read_labelled(path)
        for rendering in report.renderings:
            if options.names and not any(name in f"{report.name} {rendering}" for name in options.names):
                continue
            result = _one(report, rendering)
            totals[rendering.partition("-")[0].partition("+")[0]].add(result)
            totals["all"].add(result)
            files += 1
            if options.slips and result.slips:
                print(f"{report.name} {rendering}", *result.slips, sep="\n    ")
    _table(dict(totals), files)
    return 0


def _one(report: Labelled, rendering: str) -> Score:
    kind, content = write(report, rendering)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{report.name}.{kind}"
        path.write_bytes(content)
        try:
            case = make_case(read(path), path.name).case
        except LibraryError as error:
            lost = Score()
            for part in report.parts:
                for _ in part.words:
                    lost.mark("steps", False)
            for name in (*NAMES, "categories"):
                lost.mark(name, False)
            lost.slips.append(f"refused: {error}")
            return lost
    return score(report, case)


def _table(totals: dict[str, Score], files: int) -> None:
    print(f"{files} files")
    print(f"{'':8}", *(f"{name:>11}" for name in COLUMNS))
    for kind in sorted(totals, key=lambda kind: (kind == "all", kind)):
        shares = (totals[kind].share(*whats) for whats in COLUMNS.values())
        print(f"{kind:8}", *(f"{share:>11.1%}" if share is not None else f"{'–':>11}" for share in shares))


if __name__ == "__main__":
    raise SystemExit(main())
