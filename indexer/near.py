"""The same result twice: near copies of a report, and passages taken from other reports.

What is decided, and how (figures from the demo reports as docx, pdf and pptx, and from edited copies of them):

- `again`: the same report in another format. The wording is the same (`same_wording`) and group, unit and year do not
  contradict. Unrelated reports share at most 15 % of their shingles, the same one in two formats 98 % or more.
- `version`: another version of the same result: the title is the same, nothing contradicts, a third of the shorter
  one's shingles are in the other; and either one is slides and the other is not, with group and year known to be the
  same, or both came in one folder.
- `entry`: a title-only entry of the same title whose group or unit is the same: the report that it was waiting for.
- `near`: anything else that shares 30 % or more of the shorter one's wording, or has the same title, group and unit.
  That is for a person to decide; both cases say so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from indexer.same_result import same_group, same_unit, same_year, title_key
from indexer.sketches import Sketches
from indexer.wordings import Match, Wording, contained, matches, same_wording, share_of
from library.case import Case, Target
from library.corpus import Corpus

NEAR = 0.3  # share of the shorter one's wording
VERSION = 0.33  # share of shingles; slides say a report's sentences in fewer words
LOOKED_AT = 5  # cases that are compared word for word
SLIDE_FILES = (".pptx", ".ppt", ".dps")

Kind = Literal["again", "version", "entry", "near"]


@dataclass(frozen=True)
class Relation:
    """How a report relates to a case of the library; `share` is of the shorter one's wording, 0 to 1."""

    kind: Kind
    case: Case
    share: float = 0.0
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True)
class Copied:
    """A passage that another report has too: where it stands here and there, and how alike they are, 0 to 1."""

    case_id: str
    here: str  # step of this report
    step: str  # of the other report
    text: str
    theirs: str
    share: float


def relations(
    case: Case, name: str, corpus: Corpus, sketches: Sketches, beside: Collection[str] = ()
) -> list[Relation]:
    """The cases that a report, read from the file called `name`, is or may be; the surest first.

    `beside` are the cases of the other files of its folder.
    """
    sketches.follow()
    wording = Wording.of(case)
    ids = dict.fromkeys([*sketches.like(wording, LOOKED_AT), *sketches.titled(case.title)])
    found = []
    for other in corpus.get_many(ids):
        together = other.id in beside or _is_slides_of(case, name, other)
        if relation := _relation(case, wording, other, together):
            found.append(relation)
    order = ("again", "version", "entry", "near")
    return sorted(found, key=lambda relation: (order.index(relation.kind), -relation.share, relation.case.id))


def copied_passages(text: str | Case, corpus: Corpus, sketches: Sketches, shortest: int = 20) -> list[Copied]:
    """Passages of `shortest` letters or more that reports in the library have too, in the order of the text.

    For a draft before it is handed in. A draft that is a case does not count as its own source.
    """
    sketches.follow()
    wording = Wording.of(text) if isinstance(text, Case) else Wording.of_text(text)
    own = text.id if isinstance(text, Case) else ""
    others = [case for case in corpus.get_many(sketches.like(wording, 4 * LOOKED_AT)) if case.id != own]
    best: dict[str, Copied] = {}
    for other in others:
        for match in matches(wording, Wording.of(other), shortest):
            copied = Copied(
                other.id, match.sentence.step, match.other.step, match.sentence.text, match.other.text, match.share
            )
            if copied.text not in best or best[copied.text].share < copied.share:
                best[copied.text] = copied
    return [best[s.text] for s in wording.sentences if s.text in best]


def _relation(case: Case, wording: Wording, other: Case, together: bool) -> Relation | None:
    people = same_group(case.group, other.group), same_unit(case.unit, other.unit)
    same_title = title_key(case.title) == title_key(other.title)
    if other.title_only:
        sure = same_title and (people[0] or (people[0] is None and people[1])) and _no_later(case, other)
        return Relation("entry", other) if sure else None
    theirs = Wording.of(other)
    overlap = contained(wording, theirs)
    agree = False not in (*people, same_year(case.year, other.year)) and _agree(case.target, other.target)
    if agree and same_wording(wording, theirs):
        return Relation("again", other, 1.0)
    if overlap >= VERSION and same_title and agree and together:
        return Relation("version", other, overlap)
    same_result = same_title and people[0] and people[1] is not False
    if overlap < NEAR / 2 and not same_result:
        return None
    short, long = sorted((wording, theirs), key=lambda one: len(one.letters))
    found = matches(short, long)
    share = share_of(found, short)
    return Relation("near", other, share, tuple(found)) if share >= NEAR or same_result else None


def _is_slides_of(case: Case, name: str, other: Case) -> bool:
    """One of the two is slides and the other is not, and group and year are known to be the same."""
    here = name.lower().endswith(SLIDE_FILES)
    there = bool(other.sources) and all(source.stored.endswith(SLIDE_FILES) for source in other.sources)
    certain = same_group(case.group, other.group) and same_year(case.year, other.year)
    return here != there and bool(certain)


def _agree(one: Target, two: Target) -> bool:
    pairs: Iterable[tuple[float | None, float | None]] = (
        (one.before, two.before), (one.goal, two.goal), (one.after, two.after),
    )  # fmt: skip
    return all(here is None or there is None or here == there for here, there in pairs)


def _no_later(case: Case, entry: Case) -> bool:
    """An award comes in the year of the result or up to three years later."""
    return case.year is None or entry.year is None or 0 <= entry.year - case.year <= 3
