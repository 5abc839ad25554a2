"""Reading what a person typed into the search box. Never an error: what is not understood is searched as words.

Words are all required, of a sentence most of them. "…" stays together, -word must not appear, +word must appear even
in a sentence, 或 / OR joins alternatives, 字段:值 looks into one field or narrows. Chinese and full-width punctuation
count the same. At most 200 characters and 20 terms are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from library import lexicon, values
from library.terms import Condition, Form, Range, Reading, Term, TextField, Understood
from library.text import HAN, fold, is_han
from library.words import pieces

MAX_CHARACTERS = 200
MAX_TERMS = 20
QUESTION_TERMS = 2
"""A run of more content words than this is a sentence, and a case need not have every one of them."""

SHORT_RUN = 3
"""Words of a run that is looked for as it is, rather than as a sentence."""

TEXT_FIELDS: dict[str, TextField] = {
    **dict.fromkeys(("标题", "题目", "课题", "课题名", "课题名称", "title"), "title"),
    **dict.fromkeys(("小组", "小组名称", "group"), "group"),
    **dict.fromkeys(("单位", "公司", "企业", "unit"), "unit"),
    **dict.fromkeys(("项目", "工程", "project"), "project"),
    **dict.fromkeys(("组长", "leader"), "leader"),
}
DIMENSION_FIELDS = {
    **dict.fromkeys(("年份", "年度", "年", "year"), "year"),
    **dict.fromkeys(("奖项", "获奖", "奖", "award"), "award"),
    **dict.fromkeys(("类别", "分类", "category"), "category"),
    **dict.fromkeys(("工具", "方法", "tool"), "tool"),
    **dict.fromkeys(("步骤", "环节", "step"), "step"),
    **dict.fromkeys(("类型", "课题类型", "type"), "type"),
    **dict.fromkeys(("目标类型", "目标值类型", "goal"), "goal"),
    **dict.fromkeys(("专业", "specialty"), "specialty"),
}
NUMBER_FIELDS = {
    **dict.fromkeys(("目标提升", "提升", "提升幅度", "improvement"), "change"),
    **dict.fromkeys(("效益", "经济效益", "benefit"), "benefit"),
}

_QUOTES = str.maketrans(dict.fromkeys("“”„‟「」『』〝〞＂", '"') | {"：": ":", "－": "-", "＋": "+", "　": " "})
_TOKEN = re.compile(
    r"(?P<sign>(?<!\S)(?:-(?=[^\s\d-])|\+(?=[^\s+])))?"
    rf"(?:(?P<field>[{HAN}A-Za-z]{{1,8}}):(?=\S))?"
    r'(?:"(?P<exact>[^"]*)"?|(?P<word>[^\s"]+))'
)
_EITHER = frozenset({"或", "或者", "OR", "|", "||", "｜"})
_AND = frozenset({"AND", "并且", "&", "&&", "+"})
_NOT = frozenset({"NOT"})
_SENTENCE_MARKS = re.compile(r"[，。；、！？?!;…《》【】\[\](){}（）]+|,(?!\d)")
_HAN = re.compile(rf"[{HAN}]")
_SPACED_OUT = re.compile(rf"(?<!\S)[{HAN}](?:\s+[{HAN}](?!\S))+")
"""Single characters with spaces between them, as copied from a PDF: 高 炉 is 高炉."""
_PINYIN = re.compile(
    r"(?:(?:[zcs]h?|[bpmfdtnlgkhjqxryw])(?:iang|iong|uang|[aeio]ng|ian|uan|iao|uai|[aeiu]n|[aeu]i|ao|i[aeu]|ou|u[aoe]"
    r"|[aoeiuv]|ve)|ang?|eng?|er|[ae]i|ao|ou|[aoe]){2,6}"
)
"""Letters that may be the syllables of a word of two or more characters."""
_EDGES = "\"'.,:;-/|~·+"
_MEANINGFUL = re.compile(rf"[{HAN}a-zà-ɏα-ω0-9]")
_QUESTION = re.compile(r"[？?]\s*$|怎样|怎么|如何|为什么|有没有|哪些|什么")


class _Token(NamedTuple):
    text: str
    field: str
    exact: bool
    excluded: bool
    required: bool = False


@lru_cache(maxsize=512)
def read(typed: str, off: tuple[str, ...] = ()) -> Reading:
    """What the text means. `off` says what is not to be added: "synonyms", "pinyin", or of one word "synonyms:焊缝"."""
    reader = _Reader(frozenset(off))
    text = typed.strip()
    if len(text) > MAX_CHARACTERS:
        reader.say("cut", text[MAX_CHARACTERS:])
        text = text[:MAX_CHARACTERS]
    reader.sentence = bool(_QUESTION.search(text))
    reader.typed = text
    reader.read(list(_tokens(_SPACED_OUT.sub(lambda run: "".join(run[0].split()), text))))
    return reader.reading()


def _tokens(text: str) -> Iterator[_Token]:
    negate = False
    for found in _TOKEN.finditer(text.translate(_QUOTES)):
        word = found["word"] or ""
        if word in _NOT and not found["field"]:
            negate = True
            continue
        exact = found["exact"] is not None
        excluded = found["sign"] == "-" or negate
        negate = False
        text = found["exact"] if exact else word
        yield _Token(text, found["field"] or "", exact, excluded, found["sign"] == "+" and not excluded)


def split(text: str) -> list[str]:
    """The text in pieces that can be taken away one by one: a word, a quotation, alternatives (气孔 或 夹渣)."""
    found: list[str] = []
    joined = False
    for token in _TOKEN.finditer(text.translate(_QUOTES)):
        if found and (joined or token[0] in _EITHER):
            found[-1] += f" {token[0]}"
        else:
            found.append(token[0])
        joined = token[0] in _EITHER | _NOT
    return found


def required(text: str) -> str:
    """The same words, typed so that each of them must occur: 焊缝 -返修 is +焊缝 -返修."""
    return " ".join(piece if is_signed(piece) or piece in _AND else f"+{piece}" for piece in split(text))


def is_signed(piece: str) -> bool:
    """Whether a piece of `split` has a sign before it: +must, -must not, NOT must not."""
    found = _TOKEN.match(piece)
    return bool(found and (found["sign"] or found[0] in _NOT))


class _Reader:
    """Collects terms in order. One reader per question."""

    def __init__(self, off: frozenset[str]) -> None:
        self.off = off
        self.typed = ""
        self.sentence = False
        self.terms: list[Term] = []
        self.conditions: list[Condition] = []
        self.ranges: list[Range] = []
        self.phrases: list[str] = []
        self.understood: list[Understood] = []
        self.ignored: list[str] = []
        self.longest = 0

    def say(self, kind: str, typed: str, *meant: str, switch: str = "") -> None:
        self.understood.append(Understood(kind, typed, meant, switch))

    def read(self, tokens: list[_Token]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            index += 1
            if token.text in _AND or (token.text in _EITHER and not token.exact):
                continue  # a joining word with nothing to join
            either = [token]
            while index + 1 < len(tokens) and _joins(tokens[index]):
                either.append(tokens[index + 1])
                index += 2
            if len(either) > 1:
                self._either(either)
            elif token.field:
                self._field(token)
            else:
                self._words(token)

    def _field(self, token: _Token) -> None:
        name = token.field.lower()
        minus = "-" if token.excluded else ""
        if field := TEXT_FIELDS.get(name):
            for text in self._parts(token):
                self._add(text, token, field)
            self.say("field", token.field, minus + token.text)
            return
        if dimension := DIMENSION_FIELDS.get(name):
            meant = values.read(dimension, token.text)
            if meant:
                self.conditions.append(Condition(dimension, tuple(minus + value for value in meant)))
                self.say("condition", token.field, *(minus + value for value in meant))
                return
        elif (number := NUMBER_FIELDS.get(name)) and (bounds := values.read_range(number, token.text)):
            self.ranges.append(bounds)
            self.say("range", token.field, token.text)
            return
        written = f"{token.field}:{token.text}"
        if dimension or name in NUMBER_FIELDS:
            self.say("not-understood", written)
            written = token.text
        self._words(token._replace(text=written, field=""))

    def _words(self, token: _Token) -> None:
        parts = self._parts(token)
        if any(is_han(letter) and fold(letter) != letter for letter in token.text):
            self.say("script", token.text, fold(token.text))
        if not token.excluded:
            if not token.required:
                self.longest = max(self.longest, len(parts))
            if not token.exact:
                self.phrases += [run for run in self._runs(token.text) if len(run) > 1]
        for text in parts:
            self._add(text, token)

    def _parts(self, token: _Token) -> list[str]:
        """The folded words of a token; a quoted or excluded one stays whole."""
        if token.exact or token.excluded:
            whole = fold(token.text)
            return [whole] if _MEANINGFUL.search(whole) else []
        return [word for run in self._runs(token.text) for word in self._cut(run)]

    def _runs(self, text: str) -> list[str]:
        runs = (fold(run).strip(_EDGES) for run in _SENTENCE_MARKS.split(text))
        return [run for run in runs if _MEANINGFUL.search(run)]

    def _cut(self, run: str) -> list[str]:
        """Content words of a run. What the dictionary leaves as single characters stays in one piece: 环·缝; in a
        short run one that is alone also with its neighbour, as 建·工程, for there nothing else says what is meant."""
        found = list(_pieces(run))
        if len(run) <= SHORT_RUN and all(_belongs_to_neighbours(word) for word, _ in found):
            return [run]  # 对弧: no word of the dictionary, nor a word and something that says little
        telling = [(word, start) for word, start in found if word not in lexicon.stop_words()]
        self.ignored += [word for word, _ in found if word in lexicon.stop_words()]
        short = len(telling) <= SHORT_RUN
        units = _joined(telling, lambda _, last, word: _both_single(last, word))
        words = [word for word, _ in _joined(units, lambda before, _, word: _belongs(before, word, short))]
        return [word for word in words if word not in lexicon.stop_words()] or [run]

    def _either(self, tokens: list[_Token]) -> None:
        forms: list[Form] = []
        for token in tokens:
            whole = fold(token.text if token.exact else " ".join(self._runs(token.text)))
            if _MEANINGFUL.search(whole):
                forms += self._forms(whole, exact=token.exact)
        if not forms:
            return
        field = TEXT_FIELDS.get(tokens[0].field.lower())
        self.terms.append(Term(_distinct(forms), field, tokens[0].excluded, tokens[0].required))
        self.say("either", tokens[0].field, *(token.text for token in tokens))

    def _add(self, text: str, token: _Token, field: TextField | None = None) -> None:
        forms = self._forms(text, exact=token.exact or token.excluded or field is not None)
        term = Term(forms, field, token.excluded, token.required)
        if term in self.terms:
            return
        self.terms.append(term)
        if field is None:
            kinds = {"without": token.excluded, "required": token.required, "exact": token.exact, "word": True}
            self.say(next(kind for kind, holds in kinds.items() if holds), text)

    def _forms(self, text: str, *, exact: bool) -> tuple[Form, ...]:
        forms = [Form(text)]
        if not exact and self._is_on("synonyms", text):
            added = [other for other in lexicon.synonyms().get(text, ()) if text not in other.text]
            forms += [Form(other.text, other.weight, "synonym") for other in added]
            if added:
                shown = (other.shown for other in added)
                self.say("synonym", text, *shown, switch=f"synonyms:{text}")
        if not exact and _PINYIN.fullmatch(text) and self._is_on("pinyin", text):
            read_so = lexicon.read_as(text)
            forms += [Form(word, lexicon.PINYIN, "pinyin") for word in read_so]
            if read_so:
                self.say("pinyin", text, *read_so, switch=f"pinyin:{text}")
        return _distinct(forms)

    def _is_on(self, expansion: str, text: str) -> bool:
        return not self.off & {expansion, f"{expansion}:{text}"}

    def reading(self) -> Reading:
        if len(self.terms) > MAX_TERMS:
            left_out = [term.text for term in self.terms[MAX_TERMS:]]
            self.say("cut", " ".join(left_out))
        if self.ignored and self.terms:
            self.say("ignored", " ".join(dict.fromkeys(self.ignored)))
        most = (self.sentence and len(self.terms) > 1) or self.longest > QUESTION_TERMS
        if most:
            self.say("question", "")
        nothing = bool(self.typed) and not (self.terms or self.conditions or self.ranges)
        if nothing:
            self.say("ignored", self.typed)
        return Reading(
            tuple(self.terms[:MAX_TERMS]),
            tuple(self.conditions),
            tuple(self.ranges),
            tuple(dict.fromkeys(self.phrases)),
            most,
            nothing,
            tuple(self.understood),
        )


def _joins(token: _Token) -> bool:
    return token.text in _EITHER and not token.exact


def _pieces(run: str) -> Iterator[tuple[str, int]]:
    """Words of a run with their places; Latin words and numbers keep the signs between them (t/caq10201-2020)."""
    start = 0
    whole = ""
    for piece in pieces(run):
        if _HAN.search(piece) or piece.isspace():
            if whole.strip(_EDGES):
                yield whole, start - len(whole)
            whole = ""
            if not piece.isspace():
                yield piece, start
        else:
            whole += piece
        start += len(piece)
    if whole.strip(_EDGES):
        yield whole, start - len(whole)


def _joined(pieces: list[tuple[str, int]], belong: Callable[[str, str, str], bool]) -> list[tuple[str, int]]:
    """Words with their places, of pieces that touch and belong together: asked with the word so far, its last piece and
    the next piece."""
    words: list[tuple[str, int]] = []
    end, last = -1, ""
    for piece, start in pieces:
        if start == end and belong(words[-1][0], last, piece):
            words[-1] = (words[-1][0] + piece, words[-1][1])
        else:
            words.append((piece, start))
        end, last = start + len(piece), piece
    return words


def _belongs_to_neighbours(word: str) -> bool:
    return len(word) == 1 and word not in lexicon.ONE_CHARACTER_WORDS


def _both_single(before: str, word: str) -> bool:
    """环·缝, 砼·桩: two characters that are no word, and not two words either."""
    return len(before) == len(word) == 1 and bool(_HAN.match(before) and _HAN.match(word))


def _belongs(before: str, word: str, short: bool) -> bool:
    """Whether a character belongs to its neighbour: 3·号 always, 建·工程 in a short run; but 砼·裂缝 never."""
    if not _HAN.search(word):
        return False
    if not _HAN.search(before):
        return before[-1].isdigit() and len(word) == 1
    if before in lexicon.ONE_CHARACTER_WORDS or word in lexicon.ONE_CHARACTER_WORDS:
        return False
    return short and (len(before) == 1 or len(word) == 1)


def _distinct(forms: list[Form]) -> tuple[Form, ...]:
    best: dict[str, Form] = {}
    for form in forms:
        if form.text not in best or best[form.text].weight < form.weight:
            best[form.text] = form
    return tuple(best.values())
