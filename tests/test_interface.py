"""Chinese first, English complete: no sentence without its English, no page half translated."""

from __future__ import annotations

import io
import re
from collections import Counter

import lxml.html
import pytest
from babel.messages.pofile import read_po

from library.interface import Words, english
from library.steps import all_steps
from library.tools import all_tools
from tests import sentences
from tests.drafts import PASTED
from tests.sample_site import Site

PO = sentences.ROOT / "library" / "translations" / "en.po"


@pytest.mark.parametrize(
    "source", [sentences.in_templates, sentences.in_code, sentences.in_errors, sentences.in_notices]
)
def test_every_sentence_has_its_english(source: object) -> None:
    assert sorted(set(source()) - set(english())) == []  # type: ignore[operator]


def test_no_sentence_is_put_together_where_no_translation_reaches_it() -> None:
    assert list(sentences.composed_in_code()) == []


def test_every_tool_has_its_english() -> None:
    chinese = {tool for tool in all_tools() if sentences.HAN.search(tool)}
    assert chinese - set(english()) == set()


def test_no_template_has_words_that_no_translation_reaches() -> None:
    assert list(sentences.bare_in_templates()) == []


def test_no_english_sentence_is_chinese_or_empty() -> None:
    left = [m.id for m in read_po(io.BytesIO(PO.read_bytes()), locale="en") if m.id and not m.string]
    assert left == []


def test_translations_keep_their_placeholders() -> None:
    placeholder = re.compile(r"%\(\w+\)s|\{\w+\}")
    for chinese, translated in english().items():
        assert Counter(placeholder.findall(chinese)) == Counter(placeholder.findall(translated)), chinese


def test_no_script_says_anything_of_its_own() -> None:
    for script in (sentences.ROOT / "static").glob("*.js"):
        code = re.sub(r"(?m)^\s*//.*$", "", script.read_text(encoding="utf-8"))
        assert not sentences.HAN.search(code), script.name


def test_one_button_switches_the_language_and_it_stays(site: Site) -> None:
    answer = site.client.post("/preferences", data={"language": "en", "back": "/steps?x=1"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/steps?x=1"
    assert '<html lang="en"' in site.page("/steps")
    assert '<html lang="en"' in site.page("/")


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_switching_never_leads_to_another_site(site: Site, back: str) -> None:
    answer = site.client.post("/preferences", data={"theme": "dark", "back": back})
    assert answer.headers["Location"] == "/"


def test_the_theme_is_kept(site: Site) -> None:
    site.client.post("/preferences", data={"theme": "dark", "back": "/"})
    assert 'data-theme="dark"' in site.page("/")


def test_cookies_of_others_change_nothing(site: Site) -> None:
    site.client.set_cookie("language", '"><script>')
    site.client.set_cookie("theme", "x")
    page = site.page("/")
    assert '<html lang="zh-CN" data-theme="auto">' in page


@pytest.mark.parametrize(
    "address",
    [
        "/", "/search", "/search?q=steel&year=2021&award=-1", "/search?q=nothingthere&year=2021", "/steps",
        "/steps/causes", "/tools", "/events", "/compare", "/nothing", "{case}", "{case}?q=steel",
        "{case}/pages", "{case}/feedback?field=unit",
        "/compare?id={id}&id={id2}", "/units/璟岚冶金建设有限公司", "/search?q=焊接 气孔", "{case}?q=气孔",
        "/tools/排列图", "/events/2021-meeting", "/stats", "/units", "/units?q=x",
        "/start", "/help", "/mine", "/list?id={id}", "/start?kind=innovation&field=piping",
        "/search?unit=璟岚冶金建设有限公司",
    ],
)  # fmt: skip
def test_an_english_page_has_chinese_only_where_it_says_so(event: Site, address: str) -> None:
    site = event
    first, second = site.add(illustrative=True), site.add(duplicates=("2021-0001",), warnings=("请核对",))
    address = address.format(case=f"/cases/{first}", id=first, id2=second)
    site.client.set_cookie("language", "en")
    page = site.get(address).text
    assert chinese_outside_marked_places(page) == []


def test_the_figures_of_an_event_are_named_in_english_where_their_label_is_a_usual_one(event: Site) -> None:
    file = event.folder / "events" / "2021-meeting.md"
    file.write_text(file.read_text("utf-8").replace("figures:\n", "figures:\n  茶歇: 2\n"), encoding="utf-8")
    event.client.set_cookie("language", "en")
    for address in ("/events", "/events/2021-meeting"):
        page = event.page(address)
        assert "Delegates" in page
        assert "参会代表" not in page
        assert '<span lang="zh-CN">茶歇</span>' in page


def test_scopes_and_columns_have_their_full_english_name_strips_a_short_one(site: Site) -> None:
    site.add()
    site.client.set_cookie("language", "en")
    assert ">Root cause</a>" in site.page("/search").split('class="scopes"')[1].split("</ul>")[0]
    assert ">Root</span>" in site.page("/search").split('class="strip"')[1].split("</ol>")[0]
    assert '<th scope="col">Countermeasure</th>' in site.page("/cases/2021-0001")


def test_the_guide_of_every_step_and_tool_is_english_throughout(site: Site) -> None:
    site.add()
    site.client.set_cookie("language", "en")
    pages = [f"/steps/{key}" for key in all_steps()] + [f"/tools/{name}" for name in all_tools()]
    left = {address: chinese_outside_marked_places(site.page(address)) for address in pages}
    assert {address: said for address, said in left.items() if said} == {}


def test_findings_about_a_draft_and_reasons_of_likeness_are_english(site: Site) -> None:
    site.add()
    site.client.set_cookie("language", "en")
    page = site.client.post("/check", data={"text": PASTED}).text
    assert "Cause analysis" in page
    assert chinese_outside_marked_places(page) == []
    assert chinese_outside_marked_places(site.page("/similar?text=气孔多，由于防风棚密封不严")) == []
    assert chinese_outside_marked_places(site.page("/facets/tool")) == []


def chinese_outside_marked_places(page: str) -> list[str]:
    """Chinese words that a screen reader would read out in English."""
    document = lxml.html.fromstring(page)
    for element in document.xpath("//*[@lang='zh-CN' or @lang='zh']"):
        element.drop_tree()
    for box in document.xpath("//input | //head/title[contains(., '·')]"):  # what the reader typed
        box.drop_tree()
    for box in document.xpath("//textarea"):
        box.text = ""
    said = [text.strip() for text in document.itertext() if sentences.HAN.search(text)]
    told = ("title", "alt", "aria-label", "placeholder")
    said += [v for name in told for v in document.xpath(f"//@{name}") if sentences.HAN.search(v)]
    return [text for text in said if "炉壳焊缝" not in text]  # an example of what to type


@pytest.mark.parametrize(
    ("language", "yuan", "shown"),
    [("zh", 186500, "18.65 万元"), ("zh", 9800, "9,800 元"), ("en", 186500, "¥186,500"), ("zh", -23600, "-2.36 万元")],
)
def test_money_reads_as_people_write_it(language: str, yuan: float, shown: str) -> None:
    assert Words(language).money(yuan) == shown


@pytest.mark.parametrize(("value", "shown"), [(97.4, "97.4"), (5.0, "5"), (12345.678, "12,345.678"), (None, "—")])
def test_numbers_have_no_needless_zeros(value: float | None, shown: str) -> None:
    assert Words("zh").number(value) == shown
