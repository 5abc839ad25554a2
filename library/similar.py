"""Cases like this one, and in what: the same problem, the same causes, the same countermeasures.

A likeness is words in common where they count: in titles and in what is said of the problem, in the analysis of causes,
in the countermeasures. Rare words count more. So every likeness can name its words and show the passage.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

from library import matching
from library.case import Case
from library.chain import chain
from library.corpus import Corpus
from library.errors import SearchUnavailable
from library.lexicon import stop_words
from library.plain import folded_passages
from library.query import Query
from library.search import Results, SearchEngine
from library.snippets import Piece, Snippet, mark, snippets
from library.steps import DATA
from library.text import fold
from library.words import cut_for_index, domain_words

SHOWN = 5  # cases of a group
LOOKED_AT = 16  # cases that have most of the words anywhere; of them those are told that have them in the right place
CONSIDERED = 40  # words of a text that are counted in the library
TERMS = 6  # of them, the rarest, are looked for
RARE_ENOUGH = 0.4  # a word in a larger share of the library tells little; where there is no other,
FEW = 3  # of these are looked for
OUTSIDE = 0.6  # weight of a word that is none of the domain, beside 1
LEAST = 1.2  # rarity in common; less is chance
LEAST_SHARE = 0.15  # of what was looked for

PROBLEM, CAUSES, COUNTERMEASURES = "problem", "causes", "countermeasures"
STEPS = {
    PROBLEM: ("topic-selection", "current-state", "goal", "goal-and-feasibility"),
    CAUSES: ("causes", "root-causes"),
    COUNTERMEASURES: ("countermeasures", "options", "implementation"),
}
"""In what two cases can be alike, and the steps in which that stands. The problem is told by the title as well."""

WEIGHTS = {PROBLEM: 1.5, CAUSES: 0.8, COUNTERMEASURES: 0.6}
MOST = 4  # cases that are alike on the whole

_CUES = {
    CAUSES: re.compile("原因|由于|因为|导致|造成|引起|致使|要因"),
    COUNTERMEASURES: re.compile("对策|措施|采取|采用|改用|改为|改进|改造|增设|加设|增加|更换|制定|编制|培训"),
}
_SENTENCE = re.compile(r"[^。；！？\n]+")


@dataclass(frozen=True)
class Subject:
    """What other cases are compared with: the texts that tell the problem, the causes and the countermeasures."""

    texts: Mapping[str, tuple[str, ...]]
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


def of_case(case: Case) -> Subject:
    links = chain(case).links
    texts = {
        PROBLEM: (case.title, case.target.measure),
        CAUSES: tuple(link.cause for link in links),
        COUNTERMEASURES: tuple(link.countermeasure for link in links),
    }
    return Subject(texts, (case.id, *case.duplicates))


def of_text(text: str) -> Subject:
    """A title, a paragraph or a few: sentences that speak of causes or countermeasures are told by their words."""
    texts: dict[str, list[str]] = {PROBLEM: [], CAUSES: [], COUNTERMEASURES: []}
    for sentence in _SENTENCE.findall(text):
        respects = [respect for respect, cue in _CUES.items() if cue.search(sentence)]
        for respect in respects or [PROBLEM]:
            texts[respect].append(sentence)
    return Subject({respect: tuple(said) for respect, said in texts.items()})


def groups(subject: Subject, corpus: Corpus, engine: SearchEngine) -> list[Group]:
    """Cases alike in each respect; groups that no case is in are left out. Raises `SearchUnavailable`."""
    search = cache(engine.search)  # several respects may look for the same words
    found = []
    in_library = bool(corpus.get_many(subject.without))
    for respect, told, value in _wanted(subject, engine, in_library):
        # As a question: a case need not have every word.
        asked = Query(q="，".join(value) + "？", size=LOOKED_AT)
        if cases := _alike(respect, value, asked, search(asked), corpus, subject.without):
            found.append(Group(respect, told, tuple(cases)))
    return found


def _wanted(subject: Subject, engine: SearchEngine, in_library: bool) -> Iterator[tuple[str, bool, dict[str, float]]]:
    """Each respect, whether the subject tells of it, and the words to look for with their value: first those that are
    rare in the library and that the text says often, for what a long text says once tells little of it."""
    everything = tuple(text for texts in subject.texts.values() for text in texts)
    told = {respect: bool(_words(subject.texts[respect])) for respect in STEPS}
    words = {r: _words(subject.texts[r] if told[r] else everything)[:CONSIDERED] for r in STEPS}
    total = engine.search(Query(size=1)).total
    counts = engine.found_in({word for of in words.values() for word in of})
    least = 2 if in_library else 1  # in the subject itself and in another
    value = {word: log(1 + total / n) * _weight(word) for word, n in counts.items() if n >= least}
    for respect, of in words.items():
        said = _often(subject.texts[respect] if told[respect] else everything)
        known = sorted((word for word in of if word in value), key=lambda word: -value[word] * said[word])
        rare = [word for word in known if counts[word] <= max(2, RARE_ENOUGH * total)]
        if wanted := rare[:TERMS] or known[:FEW]:
            yield respect, told[respect], {word: value[word] for word in wanted}


def groups_as_json(found: Iterable[Group]) -> dict[str, object]:
    """What programs may rely on, of the site and of the command line."""
    return {
        "groups": [
            {
                "respect": group.respect,
                "told": group.told,
                "cases": [
                    {
                        "id": alike.case.id,
                        "title": alike.case.title,
                        "unit": alike.case.unit,
                        "year": alike.case.year,
                        "score": round(alike.score, 3),
                        "words": alike.words,
                        "passage": {"step": alike.passage.step, "text": alike.passage.text} if alike.passage else None,
                    }
                    for alike in group.cases
                ],
            }
            for group in found
        ]
    }


def similar(case: Case, corpus: Corpus, engine: SearchEngine) -> list[Similar]:
    """The most alike on the whole. None while the index is away: the case itself can be read all the same."""
    try:
        found = [group for group in groups(of_case(case), corpus, engine) if group.told]
    except SearchUnavailable:
        return []
    scores: dict[str, float] = defaultdict(float)
    for group in found:
        for alike in group.cases:
            scores[alike.case.id] += WEIGHTS[group.respect] * alike.score
    best = sorted(scores, key=lambda id: (-scores[id], id))[:MOST]
    return [_on_the_whole(id, found) for id in best]


def _on_the_whole(case_id: str, found: Iterable[Group]) -> Similar:
    shared = {g.respect: alike for g in found for alike in g.cases if alike.case.id == case_id}
    said: set[str] = set()
    reasons = []
    for respect, alike in shared.items():
        if new := _telling(set(alike.words), said):
            reasons.append((respect, tuple(word for word in alike.words if word in new)))
            said |= new
    return Similar(next(iter(shared.values())).case, tuple(reasons))


def _alike(
    respect: str,
    value: Mapping[str, float],
    asked: Query,
    results: Results,
    corpus: Corpus,
    without: Collection[str],
) -> list[Alike]:
    """The cases that have most of the words in one respect; each word counts by its value."""
    steps = set(STEPS[respect])
    least = max(LEAST, LEAST_SHARE * sum(value[word] for word in _telling(value)))
    hits = zip(results.case_ids, results.step_hits, results.places, strict=True)
    near = {
        id: places
        for id, in_steps, places in hits
        if id not in without and (respect == PROBLEM or steps & in_steps.keys())
    }
    found = []
    for case in corpus.get_many(near):
        sections = {
            number: section for number, section in enumerate(case.sections) if steps.intersection(section.steps)
        }
        texts = [text for section in sections.values() for text in folded_passages(section)]
        if respect == PROBLEM:
            texts += [fold(case.title), fold(case.target.measure)]
        common = _telling({word for word in value if any(matching.contains(text, word) for text in texts)})
        score = sum(value[word] for word in common)
        if score >= least:
            there = [place for place in near[case.id] if place.section in sections]
            passage = next(iter(snippets(case, asked, 1, there)), None) if there else None
            shown = tuple(sorted(common, key=lambda word: -value[word]))
            found.append(Alike(case, mark(case.title, asked, "title"), shown, passage, score))
    return sorted(found, key=lambda alike: (-alike.score, alike.case.id))[:SHOWN]


def _weight(word: str) -> float:
    return 1.0 if word in _domain() else OUTSIDE


def _telling(words: Collection[str], said: Collection[str] = ()) -> set[str]:
    """The words that are no part of a longer one, nor of one that was said before."""
    return {word for word in words if not any(word in longer for longer in {*words, *said} - {word})} - {*said}


@cache
def _domain() -> frozenset[str]:
    return frozenset(domain_words())


@cache
def _says_little() -> frozenset[str]:
    lines = (DATA / "title_words.txt").read_text(encoding="utf-8").splitlines()
    return stop_words() | frozenset(line for line in lines if not line.startswith("#"))


def _often(texts: Iterable[str]) -> Counter[str]:
    """How often each word is said."""
    return Counter(word for text in texts for word in cut_for_index(fold(text)) if not word.isascii())


def _words(texts: Iterable[str]) -> list[str]:
    """The content words of some texts: words of the domain first, then the most frequent and the longest."""
    times = _often(texts)
    telling = (word for word in times if len(word) > 1 and word not in _says_little() and not word.endswith("合格率"))
    return sorted(telling, key=lambda word: (word not in _domain(), -times[word], -len(word), word))
