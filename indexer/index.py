"""What every search index must do, and which one an address names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
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
    """Beside `search`: what is in it, and two ways to change it. A failed change leaves the old index serving.

    All raise `SearchUnavailable` when the index cannot be read or another process is writing.
    """

    def fingerprints(self) -> Mapping[str, str]:
        """Case id -> fingerprint of what was indexed; nothing if the index must be made anew."""
        ...

    def update(self, put: Iterable[Document], drop: Iterable[str]) -> None:
        """Add or replace `put`, remove `drop`; readers see all of it or nothing."""
        ...

    def rebuild(self, documents: Iterable[Document]) -> None:
        """Make a new index aside and swap it in."""
        ...

    def check(self) -> None:
        """Read all of it; raises `SearchUnavailable` with what is wrong."""
        ...


def open_index(address: str, data: Path) -> Index:
    """`whoosh:<folder>` (made when first written; without a folder, `index` inside `data`) or `memory:`."""
    kind, _, where = address.partition(":")
    match kind:
        case "whoosh":
            from indexer.whoosh_index import WhooshIndex  # imported only if used

            return WhooshIndex(Path(where) if where else data / "index")
        case "memory":
            from indexer.memory_index import MemoryIndex

            return MemoryIndex()
        case _:
            raise ValueError(f"There is no search engine {kind!r}; LIBRARY_INDEX is {address!r}.")
