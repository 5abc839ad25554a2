"""The same result twice becomes one case; near copies are told with their passages, for a person to decide."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.index import Index, open_index
from indexer.ingest import Intake, Outcome
from indexer.near import copied_passages, relations
from indexer.refused import RefusedFiles
from indexer.sketches import Sketches
from indexer.sync import rebuild, sync
from indexer.wordings import Wording, contained, matches, same_wording, share_of
from library.case import Award, Case, Section
from library.corpus import Corpus

REPORTS = Path(__file__).parent.parent / "demo" / "reports"


def source(slug: str) -> str:
    """A demo report as its group would write it in Markdown, facts on the cover."""
    matter, body = (REPORTS / f"{slug}.md").read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    body = re.sub(r"(?ms)^~~~figure.*?^~~~$", "", body)  # drawn by the demo's build only
    facts = dict(line.split(": ", 1) for line in matter.splitlines() if ": " in line)
    cover = f"# {facts['title']}\n\n小组名称：{facts['group']}\n\n单位名称：{facts['unit']}\n\n"
    return cover + body


def edited(text: str, share: float) -> str:
    """The text with this share of its Han characters replaced, in prose only, always in the same places."""
    chance = random.Random(20)
    other = "改换另种说法来写同样意思"
    lines = [
        line
        if line.startswith(("#", "|", "小组名称", "单位名称"))
        else "".join(chance.choice(other) if "一" <= c <= "鿿" and chance.random() < share else c for c in line)
        for line in text.split("\n")
    ]
    return "\n".join(lines)


@pytest.fixture
def intake(tmp_path: Path, corpus: Corpus) -> Intake:
    data = tmp_path / "instance"
    return Intake(corpus, open_index("memory:", data), RefusedFiles(data / "refused"), data)


@pytest.fixture
def offer(intake: Intake, tmp_path: Path):  # type: ignore[no-untyped-def]
    def take(name: str, content: str | bytes, beside: tuple[str, ...] = ()) -> Outcome:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return intake.take(file, name, beside)

    return take


def page(text: str) -> str:
    """The same words as a web page."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            lines.append(f"<h{level}>{line.lstrip('# ')}</h{level}>")
        elif line.startswith("|"):
            cells = "".join(f"<td>{cell.strip()}</td>" for cell in line.strip("|").split("|"))
            lines.append("" if set(line) <= set("|-: ") else f"<table><tr>{cells}</tr></table>")
        elif line.strip():
            lines.append(f"<p>{line}</p>")
    return f"<!doctype html><html><head><meta charset=utf-8></head><body>{''.join(lines)}</body></html>"


# --- through the intake ---------------------------------------------------------------------------------------------


def test_the_same_report_in_another_format_joins_its_case(offer, corpus: Corpus) -> None:  # type: ignore[no-untyped-def]
    first = offer("报告.md", source("shell-weld"))
    again = offer("报告.html", page(source("shell-weld")))
    assert (first.status, again.status) == ("added", "attached")
    assert again.case.id == first.case.id
    assert [s.file for s in corpus.get(first.case.id).sources] == ["报告.md", "报告.html"]
    assert corpus.original_path(first.case.id, "original-2.html").read_bytes() == page(source("shell-weld")).encode()


def test_an_attached_original_is_known_from_then_on(offer) -> None:  # type: ignore[no-untyped-def]
    offer("报告.md", source("shell-weld"))
    offer("报告.html", page(source("shell-weld")))
    assert offer("换个名字.html", page(source("shell-weld"))).status == "known"


@pytest.mark.parametrize("share", [0.05, 0.1])
def test_an_edited_copy_is_told_with_share_and_passages_and_both_are_marked(
    offer, corpus: Corpus, share: float
) -> None:  # type: ignore[no-untyped-def]
    first = offer("报告.md", source("shell-weld"))
    copy = offer("改写.md", edited(source("shell-weld"), share))
    assert copy.status == "added"
    assert copy.case.duplicates == (first.case.id,)
    assert corpus.get(first.case.id).duplicates == (copy.case.id,)
    told = copy.case.warnings[0]
    assert first.case.id in told
    assert "的文字相同或相近" in told
    assert "例如：“" in told


def test_reports_on_other_topics_are_no_copies(offer) -> None:  # type: ignore[no-untyped-def]
    offer("一.md", source("shell-weld"))
    other = offer("二.md", source("cdq-boiler-pipe"))  # welding too, from the same unit
    assert (other.status, other.case.duplicates) == ("added", ())


def test_the_same_words_from_another_group_are_a_copy_and_not_the_same_result(offer) -> None:  # type: ignore[no-untyped-def]
    first = offer("一.md", source("shell-weld"))
    taken = offer("二.md", source("shell-weld").replace("铸脊", "飞虹").replace("璟岚冶金建设有限公司", "衡阙市政公司"))
    assert taken.status == "added"
    assert taken.case.duplicates == (first.case.id,)


def test_a_person_who_cleared_the_mark_is_not_contradicted(offer, intake: Intake) -> None:  # type: ignore[no-untyped-def]
    first = offer("一.md", source("shell-weld"))
    intake.set_fields(first.case.id, [("duplicates", "")])
    offer("二.md", edited(source("shell-weld"), 0.05))
    assert intake.corpus.get(first.case.id).duplicates == ()


def test_the_report_of_a_title_only_entry_becomes_its_text(offer, corpus: Corpus) -> None:  # type: ignore[no-untyped-def]
    award = Award("一等奖", year=2019, rank=1)
    entry = Case(id="", title="提高高炉炉壳环缝焊接一次合格率", year=2019, group="“铸脊”小组", awards=(award,),
                 title_only=True, reference="某名单", note="283组申报")  # fmt: skip
    entry = corpus.add(entry)
    came = offer("报告.md", source("shell-weld"))
    assert (came.status, came.case.id) == ("added", entry.id)
    case = corpus.get(entry.id)
    assert not case.title_only
    assert len(case.sections) > 8
    assert (case.awards, case.reference, case.note) == ((award,), "某名单", "283组申报")
    assert list(corpus.problems()) == []


def test_an_original_that_a_killed_process_left_unnamed_is_in_nobodys_way(corpus: Corpus) -> None:
    from library.corpus import Original

    case = corpus.add(Case(id="", title="课题", year=2020, title_only=True))
    folder = corpus.folder / "2020" / case.id
    (folder / "original.pdf").write_bytes(b"left by another")
    assert corpus.attach(case.id, Original("a.pdf", b"mine")).sources[0].stored == "original-2.pdf"
    (folder / "original-2.docx").write_bytes(b"mine too")
    assert corpus.attach(case.id, Original("b.docx", b"mine too")).sources[1].stored == "original-2.docx"
    assert list(corpus.problems()) == []


# --- slides ---------------------------------------------------------------------------------------------------------


def case_of(text: str, **facts: object) -> Case:
    section = Section("implementation", "八、对策实施", text)
    known: dict[str, object] = {"id": "", "title": "降低烧结机漏风率", "year": 2023, "group": "密封先锋QC小组"}
    return Case(sections=(section,), **(known | {"unit": "翊峰冶建二公司"} | facts))  # type: ignore[arg-type]


PROSE = "".join(source("sinter-leakage").split("## ")[5:9])
HALF = "。".join(PROSE.split("。")[::2])


def kinds(corpus: Corpus, case: Case, name: str, beside: tuple[str, ...] = ()) -> list[str]:
    return [found.kind for found in relations(case, name, corpus, Sketches(corpus, None), beside)]


def test_slides_with_half_the_words_are_a_version_of_the_same_result(corpus: Corpus) -> None:
    corpus.add(case_of(PROSE))
    assert kinds(corpus, case_of(HALF), "汇报.pptx") == ["version"]


@pytest.mark.parametrize(
    "facts", [{"year": 2021}, {"year": None}, {"group": "飞虹QC小组"}, {"group": ""}, {"title": "降低烧结机能耗"}]
)
def test_slides_that_may_be_of_another_result_are_left_to_a_person(corpus: Corpus, facts: dict[str, object]) -> None:
    corpus.add(case_of(PROSE))
    assert kinds(corpus, case_of(HALF, **facts), "汇报.pptx") == ["near"]


def test_a_shorter_document_is_no_slides(corpus: Corpus) -> None:
    corpus.add(case_of(PROSE))
    assert kinds(corpus, case_of(HALF), "汇报.docx") == ["near"]


def test_files_of_one_folder_are_versions_of_one_result(corpus: Corpus) -> None:
    first = corpus.add(case_of(PROSE))
    assert kinds(corpus, case_of(HALF, year=None), "修改稿.docx", beside=(first.id,)) == ["version"]


def test_the_same_title_and_group_with_other_words_is_told(corpus: Corpus) -> None:
    corpus.add(case_of(PROSE))
    assert kinds(corpus, case_of("完全另写的一篇文字，讲的是同一件事情。" * 5), "a.docx") == ["near"]


# --- words ----------------------------------------------------------------------------------------------------------


def test_spaces_widths_and_line_ends_do_not_change_the_wording() -> None:
    one = Wording.of_text("焊缝一次合格率由91.2%提高到96%，节约返修费用。\n")
    two = Wording.of_text("焊缝一次合格率 由９１.２% 提高到 96％,\n节约返修费用 。")
    assert same_wording(one, two)


def test_one_changed_number_changes_the_wording_of_a_short_text() -> None:
    text = "焊缝一次合格率由91.2%提高到96%，节约返修费用十八万元。"
    assert not same_wording(Wording.of_text(text), Wording.of_text(text.replace("96", "97")))


def test_edits_leave_sentences_alike() -> None:
    whole = Wording.of_text(source("shell-weld"))
    copy = Wording.of_text(edited(source("shell-weld"), 0.1))
    assert share_of(matches(copy, whole), copy) > 0.8
    assert contained(copy, Wording.of_text(source("pier-surface"))) < 0.2


def test_a_sketch_estimates_how_much_of_a_part_is_in_the_whole() -> None:
    whole, part = Wording.of_text(source("shell-weld")), Wording.of_text(source("shell-weld")[:2500])
    assert len(part.sketch & whole.sketch) == len(part.sketch) > 20


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_a_draft_is_told_which_passages_it_took_from_where(corpus: Corpus) -> None:
    mine = "我们自己写的一段话，别处没有人这样写过，讲的是另外一件完全不同的事情。"
    lender = corpus.add(case_of(PROSE))
    corpus.add(case_of(source("pier-surface").replace("## ", ""), title="降低墩柱缺陷率"))
    taken = max(PROSE.split("。"), key=lambda s: len(s) if "|" not in s and "\n" not in s else 0) + "。"
    (copied,) = copied_passages(f"{mine}\n{taken}", corpus, Sketches(corpus, None))
    assert (copied.case_id, copied.step, copied.share) == (lender.id, "implementation", 1.0)
    assert copied.text == copied.theirs.strip() == taken.strip()


def test_a_case_is_not_its_own_source(corpus: Corpus) -> None:
    case = corpus.add(case_of(PROSE))
    assert copied_passages(case, corpus, Sketches(corpus, None)) == []


# --- many cases -----------------------------------------------------------------------------------------------------


def test_sketches_follow_the_corpus(corpus: Corpus, tmp_path: Path) -> None:
    case = corpus.add(case_of(PROSE))
    file = tmp_path / "near.sqlite"
    sketches = Sketches(corpus, file)
    sketches.follow()
    assert sketches.like(Wording.of(case), 5) == [case.id]
    corpus.replace(replace(case, sections=(Section("goal", "目标", "短"),)), corpus.fingerprint(case.id))
    again = Sketches(corpus, file)
    again.follow()
    assert again.like(Wording.of(case), 5) == []
    assert again.titled("降低烧结机的漏风率") == [case.id]


@pytest.mark.parametrize("bring_in_line", [sync, rebuild])
def test_sketches_are_made_when_the_index_reads_the_cases_anyway(
    corpus: Corpus, tmp_path: Path, bring_in_line: Callable[[Corpus, Index, Sketches], object]
) -> None:
    case = corpus.add(case_of(PROSE))
    bring_in_line(corpus, open_index("whoosh:", tmp_path), Sketches(corpus, tmp_path / "near.sqlite"))
    assert Sketches(corpus, tmp_path / "near.sqlite").like(Wording.of(case), 5) == [case.id]


def test_it_is_told_how_many_sketches_are_made_where_many_are_missing(corpus: Corpus) -> None:
    for number in range(150):
        corpus.add(replace(case_of(PROSE), title=f"降低{number}号烧结机的漏风率"))
    told: list[tuple[int, int]] = []
    sketches = Sketches(corpus, None, lambda done, total: told.append((done, total)))
    sketches.follow()
    assert told == [(0, 150), (100, 150)]
    sketches.follow()
    assert len(told) == 2


def test_a_damaged_cache_is_made_again(corpus: Corpus, tmp_path: Path) -> None:
    case = corpus.add(case_of(PROSE))
    (tmp_path / "near.sqlite").write_bytes(b"no database at all, but long enough to be taken for one " * 20)
    sketches = Sketches(corpus, tmp_path / "near.sqlite")
    sketches.follow()
    assert sketches.like(Wording.of(case), 5) == [case.id]


def test_a_case_that_is_gone_is_forgotten(corpus: Corpus) -> None:
    case = corpus.add(case_of(PROSE))
    sketches = Sketches(corpus, None)
    sketches.follow()
    shutil.rmtree(corpus.folder / "2023" / case.id)
    sketches.follow()
    assert sketches.titled(case.title) == []
