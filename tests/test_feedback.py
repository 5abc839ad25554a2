"""Readers say what is wrong or what helped: without account, within bounds, and the keeper can act on it."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from indexer.cli import Commands
from library.feedback import (
    LONGEST,
    MOST_AN_HOUR,
    MOST_OF_A_CASE,
    FeedbackBox,
    NoSuchFeedback,
    NothingSaid,
    Said,
    TooLong,
    TooMuch,
)
from library.settings import Settings
from tests.sample_site import Site, full_case

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WRONG = Said("wrong", "效果检查一节写的是97.2%", "target.after", "97.2")


@pytest.fixture
def box(tmp_path: Path) -> FeedbackBox:
    return FeedbackBox(tmp_path / "feedback")


def test_what_was_said_waits_until_it_is_done(box: FeedbackBox) -> None:
    first = box.put("2021-0001", WRONG, NOON)
    second = box.put("2021-0002", Said("helped"), NOON)
    assert list(box.waiting()) == [first, second]
    box.done(first.number)
    assert list(box.waiting()) == [second]
    with pytest.raises(NoSuchFeedback):
        box.done(first.number)
    assert box.put("2021-0001", WRONG, NOON).number == 3  # a number means one thing for ever


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (Said("wrong", " \n"), NothingSaid),
        (Said("wrong", field="title"), NothingSaid),
        (Said("wrong", "字" * (LONGEST + 1)), TooLong),
        (Said("wrong", proposed="字" * 201), TooLong),
    ],
)
def test_too_little_and_too_long_are_not_kept(box: FeedbackBox, said: Said, error: type[Exception]) -> None:
    with pytest.raises(error):
        box.put("2021-0001", said, NOON)
    assert list(box.waiting()) == []


def test_one_case_takes_only_so_much(box: FeedbackBox) -> None:
    for day in range(MOST_OF_A_CASE):
        box.put("2021-0001", WRONG, NOON + timedelta(days=day))
    with pytest.raises(TooMuch):
        box.put("2021-0001", WRONG, NOON + timedelta(days=99))
    box.put("2021-0002", WRONG, NOON + timedelta(days=99))


def test_one_hour_brings_only_so_much(box: FeedbackBox) -> None:
    for number in range(MOST_AN_HOUR):
        box.put(f"2021-{number:04}", WRONG, NOON)
    with pytest.raises(TooMuch):
        box.put("2022-0001", WRONG, NOON + timedelta(minutes=59))
    box.put("2022-0001", WRONG, NOON + timedelta(minutes=61))


def test_what_could_steer_a_terminal_or_mislead_is_taken_out(box: FeedbackBox) -> None:
    kept = box.put("2021-0001", Said("x", "\x1b[31m红\u202e\r\n下一行", "title", "a\nb\x00"), NOON).said
    assert kept == Said("other", "[31m红\n下一行", "title", "a b")


# -- on the site --------------------------------------------------------------------------------------------------


@pytest.fixture
def case_id(site: Site) -> str:
    return site.add()


def waiting(site: Site) -> list[Said]:
    return [feedback.said for feedback in site.app.extensions["feedback"].waiting()]


def test_a_case_has_a_form_and_thanks_are_given(site: Site, case_id: str) -> None:
    assert f'action="/cases/{case_id}/feedback"' in site.page(f"/cases/{case_id}")
    given = {"kind": "wrong", "text": WRONG.text, "field": WRONG.field, "proposed": WRONG.proposed}
    answer = site.client.post(f"/cases/{case_id}/feedback", data=given, follow_redirects=True)
    assert "已收到，谢谢" in answer.text
    assert waiting(site) == [WRONG]


def test_what_the_machine_guessed_can_be_reported_by_name(site: Site, case_id: str) -> None:
    link = f"/cases/{case_id}/feedback?field=target.after"
    assert f'href="{link}"' in site.page(f"/cases/{case_id}")
    assert '<option value="target.after" selected>' in site.page(link)


def test_what_was_written_is_not_lost_when_it_cannot_be_taken(site: Site, case_id: str) -> None:
    answer = site.client.post(f"/cases/{case_id}/feedback", data={"text": "字" * (LONGEST + 1)})
    assert answer.status_code == 422
    assert "请缩到 2000 字以内" in answer.text
    assert "字" * (LONGEST + 1) in answer.text


def test_a_program_that_fills_every_box_is_thanked_and_forgotten(site: Site, case_id: str) -> None:
    answer = site.client.post(f"/cases/{case_id}/feedback", data={"text": "buy", "website": "http://x"})
    assert answer.status_code == 303
    assert waiting(site) == []


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"},
     {"Origin": "null"}],
)  # fmt: skip
def test_a_form_on_another_site_is_not_taken(site: Site, case_id: str, headers: dict[str, str]) -> None:
    answer = site.client.post(f"/cases/{case_id}/feedback", data={"text": "x"}, headers=headers)
    assert answer.status_code == 403
    assert waiting(site) == []


def test_our_own_pages_may_send_it(site: Site, case_id: str) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert site.client.post(f"/cases/{case_id}/feedback", data={"text": "x"}, headers=headers).status_code == 303


def test_a_site_can_do_without(tmp_path: Path) -> None:
    from app import create_app
    from library.corpus import Corpus

    settings = Settings(CORPUS=str(tmp_path / "corpus"), DATA=str(tmp_path), INDEX="memory:", FEEDBACK="off")
    case = Corpus(settings.corpus).add(full_case(figures=()))
    client = create_app(settings).test_client()
    assert "feedback" not in client.get(f"/cases/{case.id}").text
    assert client.get(f"/cases/{case.id}/feedback").status_code == 404
    assert client.post(f"/cases/{case.id}/feedback", data={"text": "x"}).status_code == 404


# -- for the keeper -----------------------------------------------------------------------------------------------


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    settings = Settings(CORPUS=str(tmp_path / "corpus"), DATA=str(tmp_path / "instance"), INDEX="memory:")
    return Commands(settings, Console(file=io.StringIO(), width=200))


def said_by(commands: Commands) -> str:
    assert isinstance(commands.console.file, io.StringIO)
    return commands.console.file.getvalue()


def test_the_list_gives_the_command_that_would_set_a_proposed_value(commands: Commands) -> None:
    case = commands.corpus.add(full_case(figures=()))
    box = FeedbackBox(commands.settings.feedback)
    box.put(case.id, WRONG, NOON)
    box.put(case.id, Said("wrong", field="title", proposed="$(reboot)'; x"), NOON)
    commands.feedback(done=[])
    told = said_by(commands)
    assert f"1  2026-11-22T12:00:00+00:00  {case.id}  提高高炉炉壳环缝焊接一次合格率" in told
    assert "现为 97.4，建议改为 97.2" in told
    assert f"python -m indexer set {case.id} target.after=97.2" in told
    assert f"""python -m indexer set {case.id} 'title=$(reboot)'"'"'; x'""" in told  # safe to copy into a shell


def test_what_is_done_is_listed_no_more(commands: Commands) -> None:
    FeedbackBox(commands.settings.feedback).put("2021-0001", WRONG, NOON)
    assert commands.feedback(done=[1]) == 0
    commands.feedback(done=[])
    assert WRONG.text not in said_by(commands)


def test_it_is_kept_as_plain_files(commands: Commands) -> None:
    FeedbackBox(commands.settings.feedback).put("2021-0001", WRONG, NOON)
    [file] = commands.settings.feedback.glob("*.json")
    assert json.loads(file.read_text("utf-8"))["said"]["proposed"] == "97.2"
