"""What is done to the blocks of every format in the end."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.draft import Block
from indexer.reading.captions import with_captions
from indexer.reading.contents import with_contents


def finished(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Tables of contents and captions recognised."""
    return with_captions(with_contents(blocks))
