"""Cases like this one, and in what: the same problem, the same causes, the same countermeasures.

On the whole those are alike that say again and again what a text says again and again, rare words first. In one respect
a likeness is words in common where they count: in titles and in what is said of the problem, in the analysis of causes,
in the countermeasures. So every likeness can name its words and show the passage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from library import matching
from library.case import Case
from library.chain import chain
from library.corpus import Corpus
from library.errors import SearchUnavailable
from library.plain import folded_passages
from library.query import Query
from library.search import Likeness, SearchEngine
from library.snippets import Piece, Snippet, mark, snippets
from library.telling import Counted, content_words, domain_first, telling
from library.text import fold

SHOWN = 5  # cases of a group
ON_THE_WHOLE = 10  # cases that are alike on the whole
LOOKED_AT = 10  # cases that have most of the words in the right place
CONSIDERED = 40  # words of a respect that are counted in the library
TERMS = 6  # of them, the rarest, are looked for
ALL_CONSIDERED = 200  # words of a whole text that are counted in the library, those that it says most
ALL_TERMS = 40  # of them, those that tell most, are looked for
LEAST = 1.2  # rarity in common; less is chance
LEAST_SHARE = 0.15  # of what was looked for in one respect
BESIDE_BEST = 0.15  # of the score of the case that is most alike on the whole

PROBLEM, CAUSES, COUNTERMEASURES, CONTENT = "problem", "causes", "countermeasures", "content"
STEPS = {
    PROBLEM: ("topic-selection", "current-state", "goal", "goal-and-feasibility"),
    CAUSES: ("causes", "root-causes"),
    COUNTERMEASURES: ("countermeasures", "options", "implementation"),
}
"""In what two cases can be alike, and the steps in which that stands. The problem is told by the title as well."""

MOST = 4  # cases that are shown beside a case

_CUES = {
    CAUSES: re.compile("原因|由于|因为|导致|造成|引起|致使|要因"),
    COUNTERMEASURES: re.compile("对策|措施|采取|采用|改用|改为|改进|改造|增设|加设|增加|更换|制定|编制|培训"),
}
_SENTENCE = re.compile(r"[^。；！？\n]+")


@dataclass(frozen=True)
class Subject:
    """What other cases are compared with: the texts that tell the problem, the causes and the countermeasures, and all
    that is said."""

    texts: Mapping[str, tuple[str, ...]]
    everything: tuple[str, ...]
    without: tuple[str, ...] = ()  # ids of cases that are not told: itself, near copies


@dataclass(frozen=True)
class Alike:
    case: Case
    title: tuple[Piece, ...]  # the words in common marked
    words: tuple[str, ...]  # in common, the rarest first
    passage: Snippet | None  # where the case says so, if not only in its title
    score: float


@dataclass(frozen=True)
class Group:
    """Cases that are alike in one respect, the most alike first. Where the text does not tell of the respect (`told`),
    all of its words were looked for there."""

    respect: str
    told: bool
    cases: tuple[Alike, ...]


@dataclass(frozen=True)
class Similar:
    """A case that is alike on the whole."""

    case: Case
    reasons: tuple[tuple[str, tuple[str, ...]], ...]  # name of the respect, words in common


@dataclass(frozen=True)
class Found:
    """Cases that are alike on the whole, and in each respect; respects in which no case is alike are left out."""

    whole: tuple[Similar, ...]
    groups: tuple[Group, ...]

    def __bool__(self) -> bool:
        return bool(self.whole or self.groups)


def of_case(case: Case) -> Subject:
    links = chain(case).links
    problem = (case.title, case.target.measure)
    texts = {
        PROBLEM: problem,
        CAUSES: tuple(link.cause for link in links),
        COUNTERMEASURES: tuple(link.countermeasure for link in links),
    }
    report = tuple("\n".join(folded_passages(section)) for section in case.sections)
    return Subject(texts, (*problem, *report), (case.id, *case.duplicates))


def of_text(text: str) -> Subject:
    """A title, a paragraph or a few: sentences that speak of causes or countermeasures are told by their words."""
    texts: dict[str, list[str]] = {PROBLEM: [], CAUSES: [], COUNTERMEASURES: []}
    for sentence in _SENTENCE.findall(text):
        respects = [respect for respect, cue in _CUES.items() if cue.search(sentence)]
        for respect in respects or [PROBLEM]:
            texts[respect].append(sentence)
    return Subject({respect: tuple(said) for respect, said in texts.items()}, (text,))


def find(subject: Subject, corpus: Corpus, engine: SearchEngine) -> Found:
    """Raises `SearchUnavailable`."""
    return _Finder(subject, corpus, engine).found(ON_THE_WHOLE)


def similar(case: Case, corpus: Corpus, engine: SearchEngine) -> tuple[Similar, ...]:
    """The most alike on the whole. None while the index is away: the case itself can be read all the same."""
    try:
        return _Finder(of_case(case), corpus, engine).found(MOST).whole
    except SearchUnavailable:
        return ()


class _Finder:
    """Looks for the cases that are like one subject."""

    def __init__(self, subject: Subject, corpus: Corpus, engine: SearchEngine) -> None:
        self.subject = subject
        self.corpus = corpus
        self.engine = engine
        self.library = engine.search(Query(size=1)).total
        self.least = 2 if corpus.get_many(subject.without) else 1  # in the subject itself and in another

    def found(self, most: int) -> Found:
        """`most` are the cases that are alike on the whole."""
        whole, rarity = self.whole(most)
        reasons: dict[str, dict[str, tuple[str, ...]]] = {like.case_id: {} for like in whole}
        groups = []
        for respect, told, value in self.wanted():
            likes = self.likes(value, LOOKED_AT, STEPS[respect], reasons)
            shared = self.in_common(respect, value, likes)
            for id in shared.keys() & reasons.keys() if told else ():
                reasons[id][respect] = shared[id]
            if cases := self.alike(value, likes, shared):
                groups.append(Group(respect, told, cases))
        for like in whole:
            if not reasons[like.case_id]:
                words = sorted(telling(like.inside), key=lambda word: (-rarity[word], word))
                reasons[like.case_id][CONTENT] = tuple(words[:TERMS])
        similar = (Similar(case, _new_words(reasons[case.id])) for case in self.corpus.get_many(reasons))
        return Found(tuple(similar), tuple(groups))

    def whole(self, most: int) -> tuple[list[Likeness], Mapping[str, float]]:
        """The cases that are alike on the whole, and the rarity of the words that were looked for.

        A word counts by how often the text says it and, as in the cosine measure, by its rarity twice: once for the
        text, once for the case.
        """
        times = content_words(self.subject.everything)
        counted = self.counted(word for word, _ in times.most_common(ALL_CONSIDERED))
        weights = {word: times[word] * counted.rarity(word) ** 2 for word in counted.found_in}
        wanted = counted.rare(sorted(weights, key=lambda word: -weights[word]), ALL_TERMS)
        rarity = {word: counted.rarity(word) for word in wanted}
        likes = self.likes({word: weights[word] for word in wanted}, most)
        least = BESIDE_BEST * max((like.score for like in likes), default=0.0)
        close = [
            like
            for like in likes[:most]
            if like.score >= least and sum(rarity[word] for word in telling(like.inside)) >= LEAST
        ]
        return close, rarity

    def wanted(self) -> Iterator[tuple[str, bool, dict[str, float]]]:
        """Each respect, whether the subject tells of it, and the words to look for with their value: first those that
        are rare in the library and that the text says often, for what a long text says once tells little of it."""
        texts = self.subject.texts
        said = {respect: content_words(texts[respect]) for respect in STEPS}
        everything = sum(said.values(), Counter())
        words = {respect: domain_first(said[respect] or everything)[:CONSIDERED] for respect in STEPS}
        counted = self.counted({word for of in words.values() for word in of})
        for respect, of in words.items():
            times = said[respect] or everything
            known = [word for word in of if word in counted.found_in]
            known.sort(key=lambda word: -counted.value(word) * times[word])
            if wanted := counted.rare(known, TERMS):
                yield respect, bool(said[respect]), {word: counted.value(word) for word in wanted}

    def counted(self, words: Iterable[str]) -> Counted:
        """The words that another case has too."""
        found_in = self.engine.found_in(set(words))
        return Counted(self.library, {word: n for word, n in found_in.items() if n >= self.least})

    def likes(
        self, words: Mapping[str, float], count: int, steps: Sequence[str] = (), also: Collection[str] = ()
    ) -> list[Likeness]:
        """The best, without the cases that are not told."""
        without = self.subject.without
        found = self.engine.like(words, count + len(without), steps, also) if words else ()
        return [like for like in found if like.case_id not in without]

    def in_common(
        self, respect: str, value: Mapping[str, float], likes: Sequence[Likeness]
    ) -> dict[str, tuple[str, ...]]:
        """By the id of the case the words that it has in one respect, the rarest first; too few are none."""
        least = max(LEAST, LEAST_SHARE * sum(value[word] for word in telling(value)))
        has = {like.case_id: like.inside for like in likes}
        if respect == PROBLEM:
            has = {like.case_id: like.inside | like.in_title for like in likes}
            for case in self.corpus.get_many(has):
                measure = fold(case.target.measure)
                has[case.id] |= {word for word in value if matching.contains(measure, word)}
        common = {id: sorted(telling(words), key=lambda word: (-value[word], word)) for id, words in has.items()}
        return {id: tuple(words) for id, words in common.items() if sum(value[word] for word in words) >= least}

    def alike(
        self, value: Mapping[str, float], likes: Iterable[Likeness], shared: Mapping[str, tuple[str, ...]]
    ) -> tuple[Alike, ...]:
        asked = Query(q="，".join(value) + "？")
        places = {like.case_id: like.place for like in likes}
        scores = {id: sum(value[word] for word in words) for id, words in shared.items()}
        best = sorted(scores, key=lambda id: (-scores[id], id))[:SHOWN]
        found = []
        for case in self.corpus.get_many(best):
            place = places[case.id]
            passage = next(iter(snippets(case, asked, 1, [place])), None) if place else None
            title = mark(case.title, asked, "title")
            found.append(Alike(case, title, shared[case.id], passage, scores[case.id]))
        return tuple(found)


def _new_words(reasons: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each respect with its words, those left out that were said before."""
    said: set[str] = set()
    told = []
    for respect, words in reasons.items():
        if new := telling(words, said):
            told.append((respect, tuple(word for word in words if word in new)))
            said |= new
    return tuple(told)


def found_as_json(found: Found) -> dict[str, object]:
    """What programs may rely on, of the site and of the command line."""
    return {
        "whole": [{**_told(one.case), "words": dict(one.reasons)} for one in found.whole],
        "groups": [
            {
                "respect": group.respect,
                "told": group.told,
                "cases": [
                    {
                        **_told(alike.case),
                        "score": round(alike.score, 3),
                        "words": alike.words,
                        "passage": {"step": alike.passage.step, "text": alike.passage.text} if alike.passage else None,
                    }
                    for alike in group.cases
                ],
            }
            for group in found.groups
        ],
    }


def _told(case: Case) -> dict[str, object]:
    return {"id": case.id, "title": case.title, "unit": case.unit, "year": case.year}
