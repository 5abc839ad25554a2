"""How well the rules read reports that they were not made from.

    python -m benchmarks.heldout.judge [FOLDER] [--details] [--only SLUG ...] [--keep FOLDER]

Every report is made into its file, read and turned into a case, as a submitted report would be. FOLDER holds reports
kept elsewhere, each as `<slug>.yaml`; a file `files/<slug>.<format>` in it is judged as it is.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.heldout.compare import FIELDS, Mark, field_marks, step_marks, tool_marks
from benchmarks.heldout.make import make
from benchmarks.heldout.model import REPORTS, Report, load_all
from indexer.case_maker import make_case
from indexer.reading import read
from library.case import Case
from library.errors import Refused

_TARGET = ("before", "goal", "after", "target_unit")


@dataclass
class Tally:
    """The marks of some reports."""

    marks: list[Mark] = field(default_factory=list)
    reports: int = 0

    def add(self, marks: Iterable[Mark]) -> None:
        self.marks.extend(marks)
        self.reports += 1

    def share(self, *kinds: str) -> str:
        chosen = [mark.right for mark in self.marks if mark.kind in kinds]
        return f"{sum(chosen)}/{len(chosen)} {sum(chosen) / len(chosen):6.1%}" if chosen else "–"

    @property
    def tool_f1(self) -> float:
        """Every mark that is not right is a tool missed or a tool too many."""
        marks = [mark.right for mark in self.marks if mark.kind == "tool"]
        return 2 * sum(marks) / (len(marks) + sum(marks)) if marks else 0.0


def main() -> None:
    options = _options()
    reports = [report for report in load_all(options.folder) if not options.only or report.slug in options.only]
    with tempfile.TemporaryDirectory(prefix="heldout-") as temporary:
        folder = Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        tallies, misses = _judged(reports, options.folder / "files", folder)
    _print_tallies(tallies)
    if options.details:
        _print_misses(misses)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=REPORTS, metavar="FOLDER", help="reports kept elsewhere"
    )
    parser.add_argument("--details", action="store_true", help="print every miss")
    parser.add_argument("--only", nargs="+", metavar="SLUG", help="judge only these reports")
    parser.add_argument("--keep", metavar="FOLDER", help="keep the files that were made")
    return parser.parse_args()


def _judged(reports: list[Report], ready: Path, folder: Path) -> tuple[dict[str, Tally], list[tuple[str, Mark]]]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    misses: list[tuple[str, Mark]] = []
    for report in reports:
        case, refusal = _case(report, ready, folder)
        marks = [*step_marks(report, case), *field_marks(report, case), *tool_marks(report, case)]
        if refusal:
            marks.append(Mark("read", "the file", False, "a case", refusal))
        for name in (report.format, "all"):
            tallies[name].add(marks)
        misses += [(report.slug, mark) for mark in marks if not mark.right]
    return tallies, misses


def _case(report: Report, ready: Path, folder: Path) -> tuple[Case | None, str]:
    """The case that the product makes of the report's file, which stands in `ready` or is made in `folder`."""
    path = ready / f"{report.slug}.{report.format}"
    if not path.exists():
        path = make(report, folder)
    try:
        return make_case(read(path, report.name), report.name).case, ""
    except Refused as refused:
        return None, f"{type(refused).__name__}: {refused}"
    except Exception as error:  # a rule that breaks must not hide how the others do
        return None, f"{type(error).__name__}: {error}"


def _print_tallies(tallies: dict[str, Tally]) -> None:
    names = [*(name for name in tallies if name != "all"), "all"]
    print(f"{'':26}" + "".join(f"{name:>18}" for name in names))
    _row("reports", [str(tallies[name].reports) for name in names])
    _row("passages in their step", [tallies[name].share("step") for name in names])
    for name in FIELDS:
        _row(name, [tallies[one].share(name) for one in names])
    _row("title, group, unit, year", [tallies[name].share("title", "group", "unit", "year") for name in names])
    _row("target numbers, unit", [tallies[name].share(*_TARGET) for name in names])
    _row("tools F1", [f"{tallies[name].tool_f1:.3f}" for name in names])


def _row(title: str, cells: list[str]) -> None:
    print(f"{title:26}" + "".join(f"{cell:>18}" for cell in cells))


def _print_misses(misses: list[tuple[str, Mark]]) -> None:
    print()
    for slug, mark in misses:
        print(f"{slug} | {mark.kind} | {mark.subject} | expected {mark.expected} | got {mark.got}")


if __name__ == "__main__":
    main()
