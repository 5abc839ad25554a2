"""What every search index must do, and which one an address names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from library.case import Case
from library.search import SearchEngine


@dataclass(frozen=True)
class Document:
    """A case as engines see it, with the fingerprint of the case file it was made from."""

    case: Case
    fingerprint: str

    @property
    def id(self) -> str:
        return self.case.id


class Index(SearchEngine, Protocol):
    """Beside `search`: what is in it, and two ways to change it. A failed change leaves the old index serving."""

    def fingerprints(self) -> Mapping[str, str]:
        """Case id -> fingerprint of what was indexed."""
        ...

    def update(self, put: Iterable[Document], drop: Iterable[str]) -> None:
        """Add or replace `put`, remove `drop`; readers see all of it or nothing."""
        ...

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Make a new index aside and swap it in."""
        ...
