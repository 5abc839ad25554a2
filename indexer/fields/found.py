"""A value that was read, with what a person needs to check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from library.case import Evidence

T = TypeVar("T", covariant=True)
LONGEST_QUOTE = 120


@dataclass(frozen=True)
class Found(Generic[T]):
    value: T
    where: str
    quote: str
    confidence: float = 1.0

    @property
    def evidence(self) -> Evidence:
        quote = " ".join(self.quote.split())
        if len(quote) > LONGEST_QUOTE:
            quote = quote[: LONGEST_QUOTE - 1] + "…"
        return Evidence(self.where, quote, round(self.confidence, 2))


def place(heading: str, page: int | None = None) -> str:
    """Where a value stands, in words: 小组概况（第 3 页）."""
    heading = " ".join(heading.split())
    return f"{heading}（第 {page} 页）" if page else heading
