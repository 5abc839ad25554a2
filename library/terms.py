"""What the words of a question mean, as values: terms, conditions and how they were understood.

Made once from the text a person typed (`library.asking`); engines, marks and pages all read these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Why = Literal["typed", "synonym", "pinyin"]
TextField = Literal["title", "group", "unit", "project", "leader"]


class Form(NamedTuple):
    """One way of writing what is looked for. `text` is folded; the weight is 1 as typed, less when we added it."""

    text: str
    weight: float = 1.0
    why: Why = "typed"


@dataclass(frozen=True)
class Term:
    """One of the forms must occur in the case (none of them, if excluded), in any field unless one is named.

    `required` terms must occur even where a case may lack others (`Reading.most`).
    """

    forms: tuple[Form, ...]
    field: TextField | None = None
    excluded: bool = False
    required: bool = False

    @property
    def text(self) -> str:
        return self.forms[0].text


@dataclass(frozen=True)
class Condition:
    """A dimension has one of the values and none of those that begin with "-"."""

    dimension: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Range:
    """A number of the case lies between the bounds, which count as inside unless `open_low` or `open_high`."""

    number: Literal["change", "benefit"]
    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False

    def holds(self, value: float | None) -> bool:
        if value is None:
            return False
        above = self.low is None or value > self.low or (value == self.low and not self.open_low)
        below = self.high is None or value < self.high or (value == self.high and not self.open_high)
        return above and below


@dataclass(frozen=True)
class Understood:
    """One thing the page says about how the question was read.

    kind: "word", "exact", "without", "required" (typed with +), "either" (any of `meant`), "field" (`typed` is the
    field's name), "condition", "range", "synonym" and "pinyin" (`meant` was added for `typed`), "script" (`typed` is in
    Traditional characters, which stand for the same as the Simplified ones in `meant`), "ignored" (carries no
    meaning), "not-understood" (a field or value that nobody knows, searched as words), "question" (most words are
    enough) or "cut" (too long).
    `switch` is what switches an expansion off when added to `Query.off`, empty where nothing can be.
    """

    kind: str
    typed: str
    meant: tuple[str, ...] = ()
    switch: str = ""


@dataclass(frozen=True)
class Reading:
    """A question, read. `phrases` are folded runs as typed: whole, they rank higher. `most` means that a case may
    lack some of the terms (a natural question)."""

    terms: tuple[Term, ...] = ()
    conditions: tuple[Condition, ...] = ()
    ranges: tuple[Range, ...] = ()
    phrases: tuple[str, ...] = ()
    most: bool = False
    nothing: bool = False  # something was typed, and none of it can be looked for
    understood: tuple[Understood, ...] = ()
