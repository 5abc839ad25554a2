"""Award lists: every row finds its case, or becomes an entry of its own that has a title and no text.

A row is sure of its case when the title is the same and the group or the unit is; where anything speaks against it, the
row is a doubt: it is told with the cases it may mean, and nothing is written until a person decides. Awards are no part
of what is read from a report, so reading a report again leaves them alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from rapidfuzz import fuzz, process

from indexer.award_rows import AwardRow
from indexer.same_result import same_group, same_unit, title_key
from library.case import LEGACY_TYPES, RANK_OTHER, Award, Case, Category, TopicType
from library.corpus import Corpus
from library.errors import Refused
from library.text import fold

NEAR_TITLE = 85.0
"""rapidfuzz ratio (0–100) from which another title may be a slip of the pen; such rows are always doubts."""

LATER = range(-1, 4)
"""Years from the result to an award for it: reports carry the year before or of the award, appeals take three."""

NEW = "new"
_CLEAR = 0.5  # confidence of the categories, of a title alone

Status = Literal["added", "known", "new", "doubt"]


class NoSuchRow(Refused):
    message = "名单里没有第 {row} 行。"


@dataclass(frozen=True)
class Verdict:
    """What became of a row. `case` is the one it belongs to; in doubt, `maybe` are those it may mean, and why not."""

    row: AwardRow
    status: Status
    case: Case | None = None
    maybe: tuple[Case, ...] = ()
    reason: str = ""


@dataclass
class Catalogue:
    """All cases by title."""

    cases: dict[str, Case] = field(default_factory=dict)
    by_title: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, cases: Iterable[Case]) -> Catalogue:
        catalogue = cls()
        for case in cases:
            catalogue.keep(case)
        return catalogue

    def keep(self, case: Case) -> None:
        ids = self.by_title.setdefault(title_key(case.title), [])
        if case.id not in ids:
            ids.append(case.id)
        self.cases[case.id] = case

    def titled(self, title: str) -> list[Case]:
        return [self.cases[case_id] for case_id in self.by_title.get(title_key(title), ())]

    def titled_nearly(self, title: str) -> list[Case]:
        found = process.extract(
            title_key(title), list(self.by_title), scorer=fuzz.ratio, score_cutoff=NEAR_TITLE, limit=5
        )
        return [self.cases[case_id] for key, _, _ in found for case_id in self.by_title[key]]


def take_awards(corpus: Corpus, rows: Iterable[AwardRow], decided: Mapping[int, str]) -> Iterator[Verdict]:
    """Write each row's awards to its case, or a new entry. `decided` holds what a person said: row -> id or "new".

    Doing it again changes nothing. Raises `CaseNotFound` for a decision that names no case.
    """
    catalogue = Catalogue.of(corpus.get_many(corpus.ids()))
    rows = list(rows)
    for number in decided:
        if number not in {row.number for row in rows}:
            raise NoSuchRow(row=number)
    for row in rows:
        verdict = _as_decided(corpus, row, decided[row.number]) if row.number in decided else judge(row, catalogue)
        verdict = _written(corpus, verdict)
        if verdict.case:
            catalogue.keep(verdict.case)
        yield verdict


def judge(row: AwardRow, catalogue: Catalogue) -> Verdict:
    """Which case the row means. A row with a new case has status "new" and no case yet."""
    alike = [(case, _speaks(row, case)) for case in catalogue.titled(row.title)]
    sure = [case for case, (for_it, _) in alike if for_it]
    doubtful = [(case, against) for case, (for_it, against) in alike if not for_it and against]
    if len(sure) > 1:
        return Verdict(row, "doubt", maybe=tuple(sure), reason="库中有多个同名案例")
    if sure:
        return _on(row, sure[0])
    if doubtful:
        return Verdict(row, "doubt", maybe=tuple(case for case, _ in doubtful), reason=doubtful[0][1])
    near = tuple(case for case in catalogue.titled_nearly(row.title) if _same_people(row, case))
    if near and not alike:
        return Verdict(row, "doubt", maybe=near, reason="课题名称相近但不相同")
    return Verdict(row, "new")


def _speaks(row: AwardRow, case: Case) -> tuple[bool, str]:
    """Whether a case of the same title is surely meant; else what is in the way, "" where it is plainly another."""
    group, unit = same_group(row.group, case.group), _same_unit(row, case)
    if group is False and unit is False:
        return False, ""
    if group is False:
        return False, "同一课题，小组名称不同"
    if unit is False and group is None:
        return False, "同一课题，单位不同"
    if row.year and case.year and row.year - case.year not in LATER:
        return False, "同一课题，年份相差太远"
    return True, ""


def _same_people(row: AwardRow, case: Case) -> bool:
    group = same_group(row.group, case.group)
    return bool(group or (group is None and _same_unit(row, case)))


def _same_unit(row: AwardRow, case: Case) -> bool | None:
    """Lists name the unit or the project."""
    found = same_unit(row.unit, case.unit)
    return found or same_unit(row.unit, case.project) or found


def _on(row: AwardRow, case: Case) -> Verdict:
    if any(_contradicts(new, old) for new in row.awards for old in case.awards):
        return Verdict(row, "doubt", maybe=(case,), reason="同一次评选已登记了另一个等级")
    return Verdict(row, "added" if _new_awards(row, case) else "known", case)


def _as_decided(corpus: Corpus, row: AwardRow, decision: str) -> Verdict:
    if decision == NEW:
        return Verdict(row, "new")
    case = corpus.get(decision)
    return Verdict(row, "added" if _new_awards(row, case) else "known", case)


def _written(corpus: Corpus, verdict: Verdict) -> Verdict:
    if verdict.status == "new":
        return replace(verdict, case=corpus.add(entry_of(verdict.row)))
    if verdict.status == "added" and verdict.case:
        seen = corpus.fingerprint(verdict.case.id)
        case = corpus.get(verdict.case.id)
        return replace(
            verdict,
            case=corpus.replace(replace(case, awards=(*case.awards, *_new_awards(verdict.row, case))), seen),
        )
    return verdict


def _new_awards(row: AwardRow, case: Case) -> list[Award]:
    return [new for new in row.awards if not any(_is_same(new, old) for old in case.awards)]


def _is_same(new: Award, old: Award) -> bool:
    """The same grade of the same contest, or the same words in the same year."""
    if new.year != old.year or fold(new.event) != fold(old.event):
        return False
    return fold(new.text) == fold(old.text) or (bool(new.event) and new.rank == old.rank != RANK_OTHER)


def _contradicts(new: Award, old: Award) -> bool:
    same_contest = bool(new.event) and fold(new.event) == fold(old.event) and new.year == old.year
    return same_contest and new.rank != old.rank


def entry_of(row: AwardRow) -> Case:
    """A case with what the list says and nothing else."""
    return Case(
        id="",
        title=row.title,
        year=row.year,
        group=row.group,
        unit=row.unit,
        categories=_clear_categories(row),
        awards=row.awards,
        title_only=True,
        topic_type=_topic_type(row.note),
        note=row.note,
        reference=row.source,
    )


def _clear_categories(row: AwardRow) -> tuple[Category, ...]:
    """By the title and, for plants, the unit. Groups' nicknames (钢铁战士) say nothing of the work."""
    from indexer.categories import read_categories  # takes long to load, and other commands need it not

    categories, why = read_categories([], row.title, "", [row.unit])
    return categories if why and why.quote and why.confidence > _CLEAR else ()


def _topic_type(note: str) -> TopicType | None:
    """As the list says it; the old types are all problem-solving now."""
    if "创新型" in note:
        return "innovation"
    return "problem-solving" if "问题解决型" in note or any(old in note for old in LEGACY_TYPES) else None
