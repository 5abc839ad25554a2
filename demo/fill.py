"""python -m demo.fill ORIGINALS --corpus corpus: takes the demo originals in, as a user would, and checks the reading.

What a submitted report cannot say of itself is added afterwards and marked as set by a person: the awards, the
reviewers' comment, and that the case is fictional. Where the product reads a field differently from the label in the
source, the difference is printed and the label is kept; so the printed lines are the reading's faults.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from demo.build import REPORTS
from demo.facts import Facts
from demo.source import read_report
from indexer.index import open_index
from indexer.ingest import Intake
from indexer.refused import RefusedFiles
from library.case import Award, Case, Target
from library.corpus import Corpus


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m demo.fill")
    parser.add_argument("originals", type=Path, help="the folder that demo.build wrote")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--data", type=Path, default=Path("instance"))
    options = parser.parse_args(arguments)
    corpus = Corpus(options.corpus, options.data / "cases.sqlite")
    intake = Intake(corpus, open_index("memory:", options.data), RefusedFiles(options.data / "refused"))
    reports = sorted((read_report(source).facts for source in REPORTS.glob("*.md")), key=lambda f: (f.year, f.slug))
    done = [fill(intake, facts, options.originals) for facts in reports]
    return 0 if all(done) else 1


def fill(intake: Intake, facts: Facts, originals: Path) -> bool:
    """Take one original in and complete it."""
    path = originals / f"{facts.slug}.{facts.original}"
    outcome = intake.take(path, f"{facts.title}.{facts.original}")
    if outcome.case is None:
        print(f"{facts.slug}: {outcome.error}", file=sys.stderr)
        return False
    if outcome.status == "known":
        return True
    read = outcome.case
    labels = labelled(facts)
    differing = {name: value for name, value in labels.items() if not same(getattr(read, name), value)}
    for name, value in differing.items():
        print(f"{facts.slug}: {name}: read {getattr(read, name)!r}, is {value!r}")
    awards = tuple(Award(a.text, a.event, a.issuer, a.year, a.rank) for a in facts.awards)
    added: dict[str, object] = {"awards": awards, "comment": facts.comment, "illustrative": True}
    confirmed = tuple(sorted({*read.confirmed, *differing, *added}))
    case: Case = replace(read, **{**differing, **added, "confirmed": confirmed})  # type: ignore[arg-type]
    intake.corpus.replace(case, intake.corpus.fingerprint(read.id))
    print(
        f"{facts.slug}: {read.id}, {len(read.sections)} sections, {len(read.figures)} figures, warnings {read.warnings}"
    )
    return True


def same(read: object, label: object) -> bool:
    """Tools and categories have no order."""
    if isinstance(label, tuple) and isinstance(read, tuple):
        return set(read) == set(label)
    return read == label


def labelled(facts: Facts) -> dict[str, object]:
    """The fields that a reader should find in the report."""
    target = facts.target
    return {
        "title": facts.title,
        "year": facts.year,
        "group": facts.group,
        "unit": facts.unit,
        "categories": tuple(facts.categories),
        "topic_type": facts.topic_type,
        "target_kind": facts.target_kind,
        "legacy_type": facts.legacy_type or "",
        "group_reg_no": facts.group_reg_no,
        "topic_reg_no": facts.topic_reg_no,
        "period": f"{facts.start}/{facts.end}",
        "leader": facts.leader,
        "members_count": facts.members_count,
        "training_hours": facts.training_hours,
        "target": Target(target.measure, target.unit, target.before, target.goal, target.after),
        "benefit_cny": facts.benefit_cny,
        "tools": tuple(facts.tools),
    }


if __name__ == "__main__":
    sys.exit(main())
