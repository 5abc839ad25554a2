"""Pages of originals as pictures: made when somebody looks, kept within bounds, told plainly where there are none."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from indexer import page_pictures as making
from indexer.cli import Commands
from indexer.page_pictures import PagePictures
from indexer.reading import office, sandbox
from indexer.reading.limits import Limits
from library.case import Case, Section, Source
from library.corpus import Corpus, Original
from library.errors import FileMissing
from library.page_pictures import BeingPrepared, NoPreview, PagePicture, Preview, places
from library.settings import Settings
from tests.reading_pdf import pdf, say
from tests.sample_site import Site

needs_office = pytest.mark.skipif(not office.program(), reason="LibreOffice is not installed")

RTF = r"{\rtf1\ansi\fs24 \u29616?\u29366?\u35843?\u26597?\par\page \u23545?\u31574?\u23454?\u26045?\par}"
LARGE = 2**30


def a_pdf(folder: Path, *pages: str) -> bytes:
    return pdf(folder / "made.pdf", *(say(text, 60, 60) for text in pages)).read_bytes()


def kept(corpus: Corpus, name: str, data: bytes) -> Case:
    return corpus.add(Case(id="", title="课题"), [Original(name, data)])


@pytest.fixture
def pictures(corpus: Corpus, tmp_path: Path) -> PagePictures:
    return PagePictures(corpus, tmp_path / "pages", LARGE, soon=60)


def test_a_pdf_is_shown_page_by_page(corpus: Corpus, pictures: PagePictures, tmp_path: Path) -> None:
    case = kept(corpus, "报告.pdf", a_pdf(tmp_path, "现状调查", "对策实施"))
    [source] = pictures.sources(case)
    preview = pictures.preview(case, source)
    assert [(page.number, page.width, page.height) for page in preview.pages] == [(1, 1200, 1699), (2, 1200, 1699)]
    assert "对策实施" in preview.pages[1].text
    with Image.open(pictures.picture(case, source, 2)) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (1200, 1699))
        assert drawn.convert("L").getextrema()[0] < 60  # there is ink on it


@needs_office
def test_an_office_file_is_laid_out_first(corpus: Corpus, pictures: PagePictures) -> None:
    case = kept(corpus, "报告.rtf", RTF.encode())
    preview = pictures.preview(case, case.sources[0])
    assert [page.text.strip() for page in preview.pages] == ["现状调查", "对策实施"]
    assert not preview.numbered
    assert pictures.picture(case, case.sources[0], 1).is_file()


def test_a_photographed_page_is_a_page(corpus: Corpus, pictures: PagePictures) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (400, 300), "navy").save(photo, "PNG")
    case = kept(corpus, "照片.png", photo.getvalue())
    assert len(pictures.preview(case, case.sources[0]).pages) == 1
    assert pictures.picture(case, case.sources[0], 1).is_file()


def test_an_original_without_a_layout_says_so(corpus: Corpus, pictures: PagePictures) -> None:
    case = kept(corpus, "报告.md", b"# x")
    assert pictures.sources(case) == ()
    assert "没有版面" in pictures.why_none(case)


def test_without_libreoffice_a_word_file_says_what_is_missing(
    corpus: Corpus, pictures: PagePictures, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    case = kept(corpus, "报告.docx", b"PK\x03\x04")
    assert pictures.sources(case) == ()
    assert "LibreOffice" in pictures.why_none(case)


def test_a_damaged_file_is_told_in_a_sentence_and_not_tried_again_until_it_is_wished(
    corpus: Corpus, pictures: PagePictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = kept(corpus, "报告.pdf", b"%PDF-1.5 and no more")
    with pytest.raises(NoPreview, match="已损坏"):
        pictures.preview(case, case.sources[0])
    with monkeypatch.context() as away:
        away.setattr(sandbox, "run", None)  # it would be noticed
        with pytest.raises(NoPreview, match="已损坏"):
            pictures.preview(case, case.sources[0])
    with pytest.raises(NoPreview, match="已损坏"):
        pictures.make_all(case)


def test_one_page_that_cannot_be_drawn_spoils_no_other(corpus: Corpus, pictures: PagePictures, tmp_path: Path) -> None:
    whole = a_pdf(tmp_path, "一", "二", "三")
    case = kept(corpus, "报告.pdf", whole.replace(b"Kids[9 0 R 11 0 R", b"Kids[9 0 R 99 0 R"))
    source = case.sources[0]
    assert len(pictures.preview(case, source).pages) == 3
    assert pictures.picture(case, source, 1).is_file()
    assert pictures.picture(case, source, 3).is_file()
    with pytest.raises(NoPreview, match="这一页不能显示"):
        pictures.picture(case, source, 2)


def test_a_page_that_is_not_there_is_told(corpus: Corpus, pictures: PagePictures, tmp_path: Path) -> None:
    case = kept(corpus, "报告.pdf", a_pdf(tmp_path, "一"))
    with pytest.raises(NoPreview, match="没有这一页"):
        pictures.picture(case, case.sources[0], 2)


def test_what_was_not_looked_at_for_longest_makes_room(corpus: Corpus, tmp_path: Path) -> None:
    pictures = PagePictures(corpus, tmp_path / "pages", most=1, soon=60)
    first = kept(corpus, "一.pdf", a_pdf(tmp_path, "一"))
    second = kept(corpus, "二.pdf", a_pdf(tmp_path, "二"))
    pictures.make_all(first)
    os.utime(tmp_path / "pages" / first.sources[0].sha256, (0, 0))
    pictures.make_all(second)
    assert [home.name for home in (tmp_path / "pages").iterdir()] == [second.sources[0].sha256]


def test_nobody_waits_behind_a_long_queue_for_a_picture(corpus: Corpus, pictures: PagePictures, tmp_path: Path) -> None:
    case = kept(corpus, "报告.pdf", a_pdf(tmp_path, "一"))
    source = case.sources[0]
    pictures.preview(case, source)
    for _ in range(making.MOST_WAITING):
        pictures._waiting.acquire()
    with pytest.raises(NoPreview, match="过一会儿"):
        pictures.picture(case, source, 1)
    pictures._waiting.release()
    assert pictures.picture(case, source, 1).is_file()


def test_what_takes_long_is_prepared_behind_the_back_of_the_reader(
    corpus: Corpus, pictures: PagePictures, tmp_path: Path
) -> None:
    case = kept(corpus, "报告.pdf", a_pdf(tmp_path, "一"))
    pictures.soon = 0
    with pytest.raises(BeingPrepared):
        pictures.preview(case, case.sources[0])
    pictures.soon = 60
    assert pictures.preview(case, case.sources[0]).total == 1


def test_a_file_that_is_gone_is_told_at_once(corpus: Corpus, pictures: PagePictures, tmp_path: Path) -> None:
    case = kept(corpus, "报告.pdf", a_pdf(tmp_path, "一"))
    corpus.original_path(case.id, case.sources[0].stored).unlink()
    with pytest.raises(FileMissing):
        pictures.preview(case, case.sources[0])


@pytest.mark.parametrize(
    "answer",
    [None, {}, {"pages": [[1200]], "total": 1}, {"pages": [[10**9, 1, ""]], "total": 1},
     {"pages": [["1200", 1, ""]], "total": 1}, {"pages": [[True, 1, ""]], "total": 1}],
)  # fmt: skip
def test_an_answer_of_a_child_that_was_taken_over_is_refused(answer: object) -> None:
    with pytest.raises(making.Refusal):
        making._checked(answer)


def test_a_picture_that_is_none_is_not_kept(tmp_path: Path) -> None:
    made = tmp_path / "1.webp"
    for content in (b"<svg onload=x>", b"RIFF\x10\x00\x00\x00WEBPcut"):
        made.write_bytes(content)
        assert not making._is_webp(made)


def test_drawing_is_bound_by_the_limits_of_the_child(
    corpus: Corpus, pictures: PagePictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "LIMITS", Limits(cpu=1))
    heavy = f"1 0 0 RG {'0 0 m 595 842 l 0 842 m 595 0 l S ' * 200_000}"
    case = kept(corpus, "报告.pdf", pdf(tmp_path / "heavy.pdf", heavy).read_bytes())
    with pytest.raises(NoPreview):
        pictures.picture(case, case.sources[0], 1)


# -- which picture shows what ------------------------------------------------------------------------------------

LONG = "小组对2020年完成的环缝焊接质量进行了调查并分层统计"


def preview(stored: str, *texts: str) -> Preview:
    pages = tuple(PagePicture(number, 1200, 1700, text) for number, text in enumerate(texts, 1))
    return Preview(Source("报告", stored, "0"), pages, len(pages))


def test_the_pages_of_a_pdf_are_taken_at_their_number() -> None:
    shown = preview("original.pdf", "", "", "")
    sections = (
        Section("preface", "封面", "<!-- page 1 -->\n\n课题"),
        Section("causes", "原因分析", "<!-- page 2 -->\n\n甲\n\n<!-- page 3 -->\n\n乙"),
        Section("results", "效果检查", "还在第三页\n\n<!-- page 9 -->\n\n没有图片的一页"),
    )
    found = places(Case(id="", title="", sources=(shown.source,), sections=sections), shown)
    assert found.sections == (1, 2, 3)
    assert found.marks == {1: 1, 2: 2, 3: 3}


def test_the_pages_of_a_word_file_are_found_by_its_words() -> None:
    shown = preview("original.docx", "目录", f"{LONG}一", "各项对策均按对策表\r\n逐条实施完毕")
    sections = (
        Section("causes", "原因分析", f"一句短话\n\n<!-- page 7 -->\n\n{LONG}。"),
        Section("results", "效果检查", "<!-- page 8 -->\n\n各项对策均按对策表逐条实施完毕"),
        Section("summary", "总结", "这一句话哪一页上都没有出现过"),
    )
    found = places(Case(id="", title="", sections=sections), shown)
    assert found.sections == (2, 3, None)
    assert found.marks == {7: 2, 8: 3}


def test_words_that_stand_on_two_pages_tell_nothing() -> None:
    shown = preview("original.docx", LONG, LONG)
    sections = (Section("causes", "原因分析", LONG),)
    assert places(Case(id="", title="", sections=sections), shown).sections == (None,)


def test_a_likeness_out_of_order_is_chance() -> None:
    said = [f"这是第{name}步的正文，各步的正文互不相同" for name in "甲乙丙丁"]
    shown = preview("original.docx", f"{said[0]}{said[3]}", said[1], said[2])
    sections = tuple(Section("results", "", text) for text in said)
    assert places(Case(id="", title="", sections=sections), shown).sections == (1, 2, 3, None)


# -- on the site --------------------------------------------------------------------------------------------------


@pytest.fixture
def shown_case(site: Site, tmp_path: Path) -> str:
    """A case whose original is a PDF of five pages; 现状调查 begins on the fifth."""
    site.app.extensions["page_pictures"].soon = 60
    return site.add(original="报告.pdf", data=a_pdf(tmp_path, *"一二三四五"))


def test_the_pages_stand_beside_the_report_with_links_both_ways(site: Site, shown_case: str) -> None:
    page = site.page(f"/cases/{shown_case}/pages")
    assert page.count('<figure id="picture-') == 5
    picture = f"/cases/{shown_case}/pages/original.pdf/5.webp"
    assert f'<img src="{picture}" alt="原件第 5 页" width="1200" height="1699" loading="lazy">' in page
    assert '<a class="page" id="page-5" href="#original-5">第 5 页</a>' in page
    assert 'id="original-5"' in page.split('id="picture-5"')[1]
    assert '<a href="#current-state" lang="zh-CN">三、现状调查</a>' in page.split('id="picture-5"')[1]
    answer = site.get(picture)
    assert answer.mimetype == "image/webp"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_page_labels_of_report_and_results_lead_to_the_picture(site: Site, shown_case: str) -> None:
    assert f'href="/cases/{shown_case}/pages#original-5">第 5 页</a>' in site.page(f"/cases/{shown_case}")
    results = site.page("/search?q=夹渣")
    assert f'href="/cases/{shown_case}/pages?q=夹渣#original-5">第 5 页</a>' in results.replace(
        "%E5%A4%B9%E6%B8%A3", "夹渣"
    )


def test_a_reader_is_told_at_once_that_pages_are_being_prepared_and_the_page_comes_anew(
    site: Site, tmp_path: Path
) -> None:
    case_id = site.add(original="报告.pdf", data=a_pdf(tmp_path, *"一二三四五"))
    pictures = site.app.extensions["page_pictures"]
    pictures.soon = 0
    page = site.page(f"/cases/{case_id}/pages")
    assert "正在准备原件的页面图片" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "三、现状调查" in page  # what is there can be read meanwhile
    assert "下载原件" in page
    pictures.soon = 60
    assert site.get(f"/cases/{case_id}/pages.json").json == {"waiting": False, "pages": 5}
    page = site.page(f"/cases/{case_id}/pages")
    assert page.count('<figure id="picture-') == 5
    assert 'http-equiv="refresh"' not in page


def test_where_there_are_no_pictures_the_page_says_why_and_offers_the_original(site: Site) -> None:
    page = site.page(f"/cases/{site.add(original='报告.md')}/pages")
    assert "没有版面" in page
    assert "下载原件" in page.split('class="pages"')[1]


@pytest.mark.parametrize(
    "rest", ["original.pdf/9.webp", "original.pdf/0.webp", "original-2.pdf/1.webp", "case.md/1.webp"]
)
def test_only_pages_of_originals_can_be_had(site: Site, shown_case: str, rest: str) -> None:
    assert site.get(f"/cases/{shown_case}/pages/{rest}").status_code == 404


def test_pictures_can_be_made_beforehand_and_switched_off(tmp_path: Path) -> None:
    settings = Settings(CORPUS=str(tmp_path / "corpus"), DATA=str(tmp_path / "instance"), INDEX="memory:")
    said = io.StringIO()
    commands = Commands(settings, Console(file=said, width=200))
    case = kept(commands.corpus, "报告.pdf", a_pdf(tmp_path, "一"))
    other = kept(commands.corpus, "报告.md", b"x")
    assert commands.pages([], every=True) == 0
    assert (settings.page_pictures / case.sources[0].sha256 / "1.webp").is_file()
    assert commands.pages([other.id], every=False) == 1
    assert f"{case.id} 的页面图片已备好：1 页。" in said.getvalue()
    assert f"✗ {other.id}" in said.getvalue()
    assert PagePictures(commands.corpus, settings.page_pictures, most=0).sources(case) == ()
