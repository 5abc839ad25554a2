"""Two cases that a person says are one result become one."""

from __future__ import annotations

from dataclasses import replace

from library.case import Case
from library.corpus import Corpus
from library.errors import Refused


class MergedWithItself(Refused):
    message = "{case_id} 不能并入它自己；请给出两个不同的编号。"


class WithoutText(Refused):
    message = "{keep} 只有题名，{other} 才有正文。请把有正文的放在前面：python -m indexer merge {other} {keep}"


def merge(corpus: Corpus, keep_id: str, other_id: str) -> list[str]:
    """Merge one case into another, which keeps its text; returns the ids of all cases that changed.

    The originals and awards of both stay. Raises `Refused` or `CaseNotFound`, and changes nothing then.
    """
    if keep_id == other_id:
        raise MergedWithItself(case_id=keep_id)
    keep, other = corpus.get(keep_id), corpus.get(other_id)
    if keep.title_only and not other.title_only:
        raise WithoutText(keep=keep_id, other=other_id)
    third = corpus.get_many({*keep.duplicates, *other.duplicates} - {keep_id, other_id})
    corpus.merge(_both(keep, other), other_id)
    changed = [keep_id]
    for case in third:
        if other_id in case.duplicates:
            corpus.replace(replace(case, duplicates=_renamed(case, keep_id, other_id)), corpus.fingerprint(case.id))
            changed.append(case.id)
    return changed


def _both(keep: Case, other: Case) -> Case:
    twins = dict.fromkeys((*keep.duplicates, *other.duplicates))
    return replace(
        keep,
        awards=tuple(dict.fromkeys((*keep.awards, *other.awards))),
        comment=keep.comment or other.comment,
        duplicates=tuple(twin for twin in twins if twin not in (keep.id, other.id)),
        warnings=tuple(said for said in keep.warnings if other.id not in said),
    )


def _renamed(case: Case, keep_id: str, other_id: str) -> tuple[str, ...]:
    """The possible copies of a third case, the one that is gone told by the one that it became."""
    return tuple(dict.fromkeys(keep_id if twin == other_id else twin for twin in case.duplicates))
