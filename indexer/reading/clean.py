"""Text as the library keeps it: NFC, without NUL, control and bidi characters, lone surrogates, look-alike radicals.

Every reader passes its text through `clean` (several lines) or `line` (one line) exactly once, where it makes a block.
"""

from __future__ import annotations

import re
import unicodedata

_KEPT_CONTROLS = "\t\n"
_NEW_LINES = "\r\x0b\x0c\x85\u2028\u2029"
_SPACES = "\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_INVISIBLE = "\u200b\u2060\ufeff\xad\ufffe\uffff\ufff9\ufffa\ufffb"
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

# Radicals that PDF fonts put in place of the character and that no Unicode normalisation maps back.
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)

# What Wingdings and Symbol characters mean in forms; Word keeps them as private-use characters.
_SYMBOLS = {
    0xF052: "☑", 0xF0FE: "☑", 0xF053: "☒", 0xF0FD: "☒", 0xF06F: "□", 0xF0A3: "□", 0xF0A8: "□", 0xF071: "□",
    0xF0FC: "√", 0xF050: "√", 0xF0FB: "×", 0xF0CE: "×", 0xF06C: "●", 0xF06E: "■", 0xF0D8: "➢", 0xF0B7: "•",
    0xF0B1: "±", 0xF0B3: "≥", 0xF0A3 + 0x10000: "≤", 0xF0B4: "×", 0xF0B0: "°", 0xF0E0: "→", 0xF0E8: "→",
    0xF075: "◆", 0xF076: "❖", 0xF0A7: "▪", 0xF0AB: "★", 0xF0E6: "⇒",
}  # fmt: skip


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: None for code in range(0xA0)
                                    if unicodedata.category(chr(code)) == "Cc"}  # fmt: skip
    table.update(dict.fromkeys(map(ord, _INVISIBLE + _BIDI)))
    table.update(dict.fromkeys(map(ord, _NEW_LINES), "\n"))
    table.update(dict.fromkeys(map(ord, _SPACES), " "))
    for kept in _KEPT_CONTROLS:
        del table[ord(kept)]
    for code in range(0x2E80, 0x2FE0):
        table[code] = _RADICALS.get(chr(code), unicodedata.normalize("NFKC", chr(code)))
    for code in range(0xE000, 0xF900):
        table[code] = _SYMBOLS.get(code)
    return table


_TABLE = _table()
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t]+")
_EDGES = re.compile(r"[ \t\u3000]*\n[ \t\u3000]*")
_MANY_LINES = re.compile(r"\n{3,}")


def characters(text: str) -> str:
    """The same text with only characters that may be stored, shown and searched; white space stays as it is."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_TABLE))


def clean(text: str) -> str:
    """`characters`, with blanks run together and no blanks at the ends of lines."""
    text = _BLANKS.sub(" ", characters(text))
    return _MANY_LINES.sub("\n\n", _EDGES.sub("\n", text)).strip(" \n\u3000")


def line(text: str) -> str:
    """`clean`, on one line."""
    return " ".join(clean(text).split("\n"))
