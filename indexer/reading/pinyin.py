"""Takes out the pinyin that some web sites put behind characters against copying: 落實(shí) -> 落實."""

from __future__ import annotations

import re

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = re.compile(rf"(?<=[\u3400-\u9fff])[(（]([a-zü{_TONED}]{{1,6}})[)）]")
_LOST = re.compile(rf"(?:[?？][a-zü]{{0,5}}[{_TONED}][a-zü]{{0,5}}[)）])+")  # the character itself was lost on the way
_FEWEST = 3  # fewer are an author's own: 重(zhòng)要


def has_pinyin(text: str) -> bool:
    """Is the text sprinkled with it?"""
    found = (match for match in _SYLLABLE.finditer(text) if set(match[1]) & set(_TONED))
    return len([1 for _, _ in zip(range(_FEWEST), found, strict=False)]) == _FEWEST


def without_pinyin(text: str) -> str:
    """The text without the insertions; `(kg)` and the like stay. A lost character is shown as □."""
    text = _LOST.sub("□", text)
    return _SYLLABLE.sub(lambda match: "" if _is_reading(text[match.start() - 1], match[1]) else match[0], text)


def _is_reading(char: str, syllable: str) -> bool:
    if set(syllable) & set(_TONED):
        return True
    from pypinyin import Style, pinyin  # slow to load, rarely needed: the neutral tone has no mark

    return syllable in pinyin(char, style=Style.TONE, heteronym=True)[0]
