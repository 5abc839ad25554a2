"""Work that nobody waits for."""

from __future__ import annotations

import threading

import pytest

from indexer.background import Background


def test_a_piece_is_done_once_however_many_ask_for_it() -> None:
    background, go, done = Background(most=2), threading.Event(), []

    def work() -> None:
        go.wait(60)
        done.append("a")

    asked = [background.ask("a", work) for _ in range(3)]
    go.set()
    for one in asked:
        assert one is not None
        one.result(60)
    assert done == ["a"]


def test_no_more_than_so_many_wait() -> None:
    background, go = Background(most=2), threading.Event()
    first, second = (background.ask(name, lambda: go.wait(60) and None) for name in "ab")
    assert background.ask("c", list) is None
    go.set()
    assert first is not None
    assert second is not None
    first.result(60)
    second.result(60)
    third = background.ask("c", lambda: None)
    assert third is not None
    third.result(60)


def test_a_failure_is_told_to_the_next_who_asks_and_then_tried_again() -> None:
    background, tried = Background(most=2), threading.Event()

    def fail() -> None:
        tried.set()
        raise OSError("full")

    first = background.ask("a", fail)
    assert first is not None
    with pytest.raises(OSError, match="full"):
        first.result(60)
    assert background.ask("a", fail) is first
    again = background.ask("a", lambda: None)
    assert again is not None
    again.result(60)
