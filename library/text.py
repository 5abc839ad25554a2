"""Folding: one way of writing for the index, the query and the marks, with a map back to the original.

Folded text is NFKC, lower case and Simplified Chinese; it has no spaces except between two Latin words or two
numbers, no invisible characters, and one sign for each unit, dash and multiplication. Characters fold one by one,
whatever stands around them, so a part of a text folds to a part of the folded text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

HAN = "㐀-䶿一-鿿豈-﫿〇\U00020000-\U000323af"
"""Han characters, for use inside the brackets of a regular expression."""

Replacement = Callable[[re.Match[str]], str]

_ONE_SIGN = {
    **dict.fromkeys("‐‑‒–—―－−﹣", "-"),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys("×✕✖╳⨯⨉", "×"),
    **dict.fromkeys("ΦφϕØø∅⌀", "φ"),
    **dict.fromkeys("≥≧⩾", "≥"),
    **dict.fromkeys("≤≦⩽", "≤"),
    **dict.fromkeys("“”„‟「」『』〝〞＂", '"'),
    **dict.fromkeys("‘’＇", "'"),
    **dict.fromkeys("•・‧∙⋅･", "·"),
    "㎜": "mm",
}

_COMMA = re.compile(r"\d,\d{3}")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_SPACES = re.compile(r" +")
_SIGNS = re.compile(  # begins with a plain set of characters: about ten times as fast
    r"[#x*<>^-](?:"
    r"(?<=\d#)"  # 3#高炉 and 3号高炉
    r"|(?<=[\dm][x*])(?=\d)"  # 120mm*80mm, 24x120
    r"|(?<=[<>])="
    r"|(?<=--)"
    r"|(?<=m\^)(?=[23]))"
)
_SIGN = {"#": "号", "x": "×", "*": "×", ">=": "≥", "<=": "≤"}
_GAP_KEEPS = re.compile(r"[a-zà-ɏ]{2}|\d\d")


class Folded(NamedTuple):
    """`origin[i]` is the index in the original text of the character that became `text[i]`."""

    text: str
    origin: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a span of the folded text was made from."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> str:
    """The text as it is indexed and looked for."""
    if _COMMA.search(text):
        text = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), text)
    text = text.translate(_FOLD)
    if " " in text:
        text = _SPACES.sub(_gap, text).strip()
    return _SIGNS.sub(_sign, text)


def fold_mapped(text: str, folded: str | None = None) -> Folded:
    """The same as `fold`, with the way back to the original; `folded` is what `fold` gave, where it is at hand."""
    folded = fold(text) if folded is None else folded
    if len(folded) == len(text) and _FOLD.uneven.isdisjoint(text):
        return Folded(folded, range(len(text)))  # nothing grew, so nothing shrank either
    letters = [_FOLD[code] for code in map(ord, text)]
    for number in _THOUSANDS.finditer(text) if "," in text else ():
        for index in range(*number.span()):
            letters[index] = letters[index].replace(",", "")
    origin = [index for index, became in enumerate(letters) for _ in became]
    mapped = _replace(Folded("".join(letters), origin), _SPACES, _gap)
    mapped = _strip(mapped)
    return _replace(mapped, _SIGNS, _sign)


def is_han(letter: str) -> bool:
    return bool(_HAN_LETTER.match(letter))


_HAN_LETTER = re.compile(f"[{HAN}]")


def _gap(spaces: re.Match[str]) -> str:
    """Spaces stay, as one, only between two Latin letters or two digits."""
    start, end = spaces.span()
    text = spaces.string
    return " " if start > 0 and _GAP_KEEPS.fullmatch(text[start - 1] + text[end : end + 1]) else ""


def _sign(sign: re.Match[str]) -> str:
    return _SIGN.get(sign[0], "")


def _replace(folded: Folded, pattern: re.Pattern[str], becomes: Replacement) -> Folded:
    letters: list[str] = []
    origin: list[int] = []
    done = 0
    for match in pattern.finditer(folded.text):
        start, end = match.span()
        became = becomes(match)
        letters += (folded.text[done:start], became)
        origin += (*folded.origin[done:start], *[folded.origin[start]] * len(became))
        done = end
    letters.append(folded.text[done:])
    origin += folded.origin[done:]
    return Folded("".join(letters), origin)


def _strip(folded: Folded) -> Folded:
    start = len(folded.text) - len(folded.text.lstrip(" "))
    end = len(folded.text.rstrip(" "))
    return Folded(folded.text[start:end], folded.origin[start:end]) if end else Folded("", [])


class _FoldTable(dict[int, str]):
    """What each character becomes; worked out when a character is first met."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()  # characters met that do not become just one

    def __missing__(self, code: int) -> str:
        became = self[code] = _folded_letter(chr(code))
        if len(became) != 1:
            self.uneven.add(chr(code))
        return became


def _folded_letter(letter: str) -> str:
    if letter in _ONE_SIGN:
        return _ONE_SIGN[letter]
    kind = unicodedata.category(letter)
    if letter.isspace() or kind == "Co":  # private use: bullets of office documents
        return " "
    if kind in {"Cc", "Cf", "Cs", "Cn", "Mn", "Me"}:  # invisible: soft hyphens, zero-width noise
        return ""
    plain = unicodedata.normalize("NFKC", letter).lower()
    if plain != letter:
        return plain.translate(_FOLD)
    return _simplified(letter) if is_han(letter) else letter


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(letter: str) -> str:
    return str(_converter().convert(letter))


_FOLD = _FoldTable()
