"""How Chinese words are read, without tones. For completion, for words typed in Latin letters and for spelling;
never for finding: 景点 and 经典 are read alike and are not the same."""

from __future__ import annotations

import re
from functools import lru_cache

from library.text import HAN

_HAN_RUN = re.compile(rf"[{HAN}]+")


@lru_cache(maxsize=50_000)
def syllables(word: str) -> tuple[str, ...]:
    """One syllable a character; Latin words and numbers stay as they are. 率 is lv, as on keyboards."""
    from pypinyin import Style, lazy_pinyin  # takes a quarter of a second, and most questions need none

    return tuple(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False))


def reading(word: str) -> str:
    """gaolu for 高炉."""
    return "".join(syllables(word))


def initials(word: str) -> str:
    """gl for 高炉."""
    return "".join(syllable[0] for syllable in syllables(word) if syllable)


def blur(syllable: str) -> str:
    """With what many speakers do not tell apart made one: zh/z, ch/c, sh/s, -ng/-n, l-/n-."""
    syllable = re.sub(r"^(zh|ch|sh)", lambda first: first[0][0], syllable)
    syllable = re.sub(r"ng$", "n", syllable)
    return re.sub(r"^l", "n", syllable)
