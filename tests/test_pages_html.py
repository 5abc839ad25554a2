"""Every kind of page is well-formed HTML: parsed strictly, ids once, headings without gaps, labels that exist."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import html5lib
import lxml.html
import pytest

from tests.sample_site import Site

PAGES = [
    "/", "/search", "/search?q=气孔&year=2021", "/search?q=没有的词&year=2021", "/cases/2021-0001?q=气孔",
    "/cases/2021-0002",
    "/steps", "/steps/current-state", "/tools", "/tools/排列图", "/compare?id=2021-0001&id=2021-0003", "/compare",
    "/start", "/start?kind=innovation", "/stats", "/help", "/check", "/mine", "/list?id=2021-0001", "/events",
    "/events/2021-meeting", "/units/璟岚冶金建设有限公司", "/nothing",
]  # fmt: skip


@pytest.fixture
def full(event: Site) -> Site:
    event.add(illustrative=True, warnings=("请核对",))
    event.add(sections=(), figures=(), title_only=True, reference="名单")
    event.add(duplicates=("2021-0001",))
    return event


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_well_formed(full: Site, address: str) -> None:
    page = full.get(address).text
    html5lib.HTMLParser(strict=True).parse(page)  # raises at the first mistake
    document = lxml.html.fromstring(page)
    ids = Counter(document.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert set(document.xpath("//label/@for")) <= set(ids)
    assert document.xpath("count(//h1)") == 1
    assert document.xpath("//@style | //@onclick | //style | //script[not(@src)]") == []


@pytest.mark.parametrize("address", PAGES)
def test_headings_leave_no_level_out(full: Site, address: str) -> None:
    document = lxml.html.fromstring(full.get(address).text)
    levels = [int(heading.tag[1]) for heading in document.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", PAGES)
def test_every_link_within_the_site_leads_somewhere(full: Site, address: str) -> None:
    document = lxml.html.fromstring(full.get(address).text)
    inside = {link for link in document.xpath("//a/@href") if link.startswith("/") and "/search?" not in link}
    broken = [link for link in inside if full.get(link.split("#")[0]).status_code != 200]
    assert broken == []
    anchors = {link[1:] for link in document.xpath("//a/@href") if link.startswith("#")} - {""}
    assert anchors <= set(document.xpath("//@id"))
