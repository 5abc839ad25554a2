"""Cases like this one, and in what: the same problem, the same causes, the same countermeasures.

A likeness is words in common where they count: in titles and in what is said of the problem, in the analysis of causes,
in the countermeasures. Rare words count more. So every likeness can name its words and show the passage.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
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
from library.search import SearchEngine
from library.snippets import Piece, Snippet, mark, snippets
from library.steps import DATA
from library.text import fold
from library.words import cut_for_index, domain_words

SHOWN = 5  # cases of a group
LOOKED_AT = 12  # cases of which the words in common are counted
CONSIDERED = 40  # words of a text that are counted in the library
TERMS = 8  # of them, the rarest, are looked for
RARE_ENOUGH = 0.4  # a word in a larger share of the library tells nothing
LEAST = 1.2  # rarity in common; less is chance
LEAST_SHARE = 0.2  # of what was looked for

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
    everything = tuple(text for texts in subject.texts.values() for text in texts)
    told = {respect: bool(_words(subject.texts[respect])) for respect in STEPS}
    words = {r: _words(subject.texts[r] if told[r] else everything)[:CONSIDERED] for r in STEPS}
    total = engine.search(Query(size=1)).total
    counts = engine.found_in({word for of in words.values() for word in of})
    rarity = {word: log(1 + total / n) for word, n in counts.items() if 0 < n <= max(2, RARE_ENOUGH * total)}
    found = []
    for respect, of in words.items():
        wanted = sorted((word for word in of if word in rarity), key=lambda word: -rarity[word])[:TERMS]
        if cases := _alike(respect, {word: rarity[word] for word in wanted}, subject.without, corpus, engine):
            found.append(Group(respect, told[respect], tuple(cases)))
    return found


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
    respect: str, rarity: Mapping[str, float], without: Collection[str], corpus: Corpus, engine: SearchEngine
) -> list[Alike]:
    """The cases that have most of the words in one respect; each word counts as it is rare."""
    if not rarity:
        return []
    words = Query(q="，".join(rarity) + "？")  # a question: a case need not have every word
    inside = words.but(step=STEPS[respect])
    asked = words if respect == PROBLEM else inside
    ids = engine.search(asked.but(size=LOOKED_AT)).case_ids
    found = []
    for case in corpus.get_many(id for id in ids if id not in without):
        common = _telling({word for word in rarity if _says(case, respect, word)})
        score = sum(rarity[word] for word in common)
        if score >= max(LEAST, LEAST_SHARE * sum(rarity.values())):
            passage = next(iter(snippets(case, inside, 1)), None)
            shown = tuple(sorted(common, key=lambda word: -rarity[word]))
            found.append(Alike(case, mark(case.title, words, "title"), shown, passage, score))
    return sorted(found, key=lambda alike: (-alike.score, alike.case.id))[:SHOWN]


def _says(case: Case, respect: str, word: str) -> bool:
    if respect == PROBLEM and matching.contains(fold(f"{case.title}。{case.target.measure}"), word):
        return True
    sections = (section for section in case.sections if set(section.steps) & set(STEPS[respect]))
    return any(matching.contains(text, word) for section in sections for text in folded_passages(section))


def _telling(words: Collection[str], said: Collection[str] = ()) -> set[str]:
    """The words that are no part of a longer one, nor of one that was said before."""
    return {word for word in words if not any(word in longer for longer in {*words, *said} - {word})} - {*said}


@cache
def _says_little() -> frozenset[str]:
    lines = (DATA / "title_words.txt").read_text(encoding="utf-8").splitlines()
    return stop_words() | frozenset(line for line in lines if not line.startswith("#"))


def _words(texts: Iterable[str]) -> list[str]:
    """The content words of some texts: words of the domain first, then the most frequent and the longest."""
    times = Counter(word for text in texts for word in cut_for_index(fold(text)) if not word.isascii())
    domain = frozenset(domain_words())
    telling = (word for word in times if len(word) > 1 and word not in _says_little() and not word.endswith("合格率"))
    return sorted(telling, key=lambda word: (word not in domain, -times[word], -len(word), word))
