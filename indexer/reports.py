"""What the commands say: one line a file or a row for people, one object for machines."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.awards import Verdict
from indexer.ingest import Outcome
from indexer.revise import SETTABLE, value_of
from library.case import Case
from library.corpus import Corpus
from library.errors import Translate
from library.feedback import KINDS, Feedback
from library.interface import CATEGORY_NAMES, FIELD_NAMES
from library.notices import told
from library.steps import all_steps

VERDICTS = {
    "added": "已登记奖项",
    "known": "已在库中",
    "new": "新建题名条目",
    "doubt": "存疑，未登记",
}


def outcome_record(outcome: Outcome, translate: Translate) -> dict[str, object]:
    """One object a file, for machines."""
    case = outcome.case
    return {
        "file": outcome.file,
        "status": outcome.status,
        "id": case.id if case else None,
        "title": case.title if case else None,
        "categories": list(case.categories) if case else [],
        "steps": list(case.steps) if case else [],
        "warnings": [told(warning, translate) for warning in case.warnings] if case else [],
        "duplicates": list(case.duplicates) if case else [],
        "reason": outcome.error.sentence(translate) if outcome.error else None,
    }


def outcome_line(outcome: Outcome, translate: Translate) -> str:
    """One line a file, for people."""
    case = outcome.case
    if case is None:
        reason = outcome.error.sentence(translate) if outcome.error else ""
        return f"✗ {outcome.file}  {reason}"
    if outcome.status == "known":
        said = translate("这个文件已在库中，未重复收入。")
        return f"= {outcome.file}  {case.id}  {case.title}  {said}"
    if outcome.status == "attached":
        said = translate("与该案例是同一成果，作为又一份原件附上。")
        return f"+ {outcome.file}  {case.id}  {case.title}  {said}"
    categories = "、".join(translate(CATEGORY_NAMES[c]) for c in case.categories) or translate("类别待定")
    steps = " ".join(translate(all_steps()[step].name) for step in case.steps)
    warnings = "".join(f"\n    ! {told(warning, translate)}" for warning in case.warnings)
    return f"✓ {outcome.file}  {case.id}  {case.title}  [{categories}]  {steps}{warnings}"


def feedback_lines(feedback: Feedback, corpus: Corpus, translate: Translate) -> Iterator[str]:
    """What a reader said, for the keeper of the library; a proposed value with the command that would set it."""
    case = next(iter(corpus.get_many([feedback.case_id])), None)
    said = feedback.said
    yield f"{feedback.number}  {feedback.when}  {feedback.case_id}  {case.title if case else ''}".rstrip()
    yield f"    {translate(KINDS[said.kind])}  {translate(FIELD_NAMES.get(said.field, said.field))}".rstrip()
    yield from (f"    {line}" for line in said.text.splitlines() if line)
    if case and said.proposed and said.field in SETTABLE:
        now = translate("现为 {now}，建议改为 {proposed}：").format(
            now=value_of(case, said.field), proposed=said.proposed
        )
        yield f"    {now}"
        yield f"    python -m indexer set {case.id} {shlex.quote(f'{said.field}={said.proposed}')}"
    elif said.proposed:
        yield f"    → {said.proposed}"


def verdict_record(verdict: Verdict) -> dict[str, object]:
    """One object a row of an award list, for machines."""
    row, case = verdict.row, verdict.case
    return {
        "row": row.number,
        "status": verdict.status,
        "id": case.id if case else None,
        "title": row.title,
        "group": row.group,
        "unit": row.unit,
        "year": row.year,
        "awards": [{"text": a.text, "event": a.event, "year": a.year, "rank": a.rank} for a in row.awards],
        "reason": verdict.reason or None,
        "candidates": [_candidate(one) for one in verdict.maybe],
    }


def verdict_line(verdict: Verdict, translate: Translate) -> str:
    """One line a row, for people; under a doubt the cases it may mean."""
    row, case = verdict.row, verdict.case
    awards = "；".join(award.text for award in row.awards)
    place = case.id if case else "—"
    mark = {"added": "✓", "known": "=", "new": "+", "doubt": "?"}[verdict.status]
    line = f"{mark} {row.number}  {place}  {row.title}  {awards}  {translate(VERDICTS[verdict.status])}"
    if verdict.status != "doubt":
        return line
    maybe = "".join(f"\n    {one.id}  {one.title}  {one.group}  {one.unit}  {one.year or ''}" for one in verdict.maybe)
    return f"{line}：{translate(verdict.reason)}{maybe}"


def verdict_counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    counts = Counter(verdict.status for verdict in verdicts)
    return {status: counts[status] for status in ("added", "known", "new", "doubt")}


def _candidate(case: Case) -> dict[str, object]:
    return {"id": case.id, "title": case.title, "group": case.group, "unit": case.unit, "year": case.year}
