"""What can be said of a draft before people review it: steps, tools, contradictions, near copies, similar cases.

Each finding names its place and, where there is one, a case of the library to learn from. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.making import make
from indexer.near import Copied, copied_passages
from indexer.sketches import Sketches
from library.case import Case
from library.consistency import Contradiction, contradictions
from library.corpus import Corpus
from library.query import Query
from library.search import SearchEngine
from library.similar import Similar, similar
from library.steps import missing_steps, required_steps

SIMILAR = 5
COPIED = 20
SCANS = 8  # scanned pages that are recognised while a person waits; about a minute


@dataclass(frozen=True)
class StepFinding:
    """A step that this kind of report must show, whether the draft has it, and a good case to compare with."""

    step: str
    present: bool
    example: Case | None


@dataclass(frozen=True)
class DraftCheck:
    case: Case  # what was read of the draft; it has no id
    steps: tuple[StepFinding, ...]
    contradictions: tuple[Contradiction, ...]
    copied: tuple[tuple[Copied, Case], ...]  # passage of the draft, and the case that has it too
    similar: tuple[Similar, ...]


def check_draft(path: Path, name: str, corpus: Corpus, engine: SearchEngine, sketches: Sketches) -> DraftCheck:
    """Look a draft over. Raises `Refused` when the file cannot be read as a report."""
    case = make(path, name, scans=SCANS).case
    missing = set(missing_steps(case))
    alike = similar(case, corpus, engine)[:SIMILAR]
    copied = copied_passages(case, corpus, sketches)[:COPIED]
    origins = {origin.id: origin for origin in corpus.get_many(dict.fromkeys(c.case_id for c in copied))}
    return DraftCheck(
        case=case,
        steps=tuple(
            StepFinding(step, step not in missing, _example(case, step, alike, corpus, engine))
            for step in required_steps(case)
        ),
        contradictions=contradictions(case),
        copied=tuple((passage, origins[passage.case_id]) for passage in copied if passage.case_id in origins),
        similar=tuple(alike),
    )


def _example(case: Case, step: str, alike: Sequence[Similar], corpus: Corpus, engine: SearchEngine) -> Case | None:
    """The most alike award winner that has this step, else the best of the same kind of topic."""
    winners = [other.case for other in alike if other.case.best_award and step in other.case.steps]
    if winners:
        return winners[0]
    kind = (case.topic_type,) if case.topic_type else ()
    found = engine.search(Query(step=(step,), type=kind, sort="award", size=1))
    return _first(corpus.get_many(found.case_ids))


def _first(cases: Sequence[Case]) -> Case | None:
    return cases[0] if cases else None
