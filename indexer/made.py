"""What reading a submitted file makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from library.case import Case


@dataclass(frozen=True)
class Made:
    """A case without id and sources, and the pictures that it names."""

    case: Case
    figures: dict[str, bytes]
