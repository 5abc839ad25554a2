"""Every kind of page is well-formed HTML: parsed strictly, ids once, headings without gaps, labels that exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import html5lib
import lxml.html
import pytest

from tests.drafts import PASTED
from tests.sample_site import Site
from tests.whole_library import EVERY_KIND, fill


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return fill(Site(tmp_path_factory.mktemp("full")))


@pytest.fixture(scope="module")
def status(full: Site) -> Callable[[str], int]:
    """The status of an address, asked once."""
    return cache(lambda address: full.get(address).status_code)


@pytest.mark.parametrize("address", EVERY_KIND)
def test_a_page_is_well_formed(full: Site, address: str) -> None:
    page = full.get(address).text
    html5lib.HTMLParser(strict=True).parse(page)  # raises at the first mistake
    document = lxml.html.fromstring(page)
    ids = Counter(document.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert set(document.xpath("//label/@for")) <= set(ids)
    assert document.xpath("count(//h1)") == 1
    assert document.xpath("//@style | //@onclick | //style | //script[not(@src)]") == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_page_of_an_empty_library_is_well_formed(site: Site, language: str) -> None:
    site.client.set_cookie("language", language)
    pages = {address for address in EVERY_KIND if not re.search(r"/cases/|/units/|/events/|/nothing|id=", address)}
    assert len(pages) > 12
    for address in sorted(pages):
        html5lib.HTMLParser(strict=True).parse(site.page(address))


def test_what_was_found_about_a_draft_is_well_formed(full: Site) -> None:
    page = full.client.post("/check", data={"text": PASTED}).text
    html5lib.HTMLParser(strict=True).parse(page)
    assert lxml.html.fromstring(page).xpath("count(//h1)") == 1


@pytest.mark.parametrize("address", EVERY_KIND)
def test_headings_leave_no_level_out(full: Site, address: str) -> None:
    document = lxml.html.fromstring(full.get(address).text)
    levels = [int(heading.tag[1]) for heading in document.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", EVERY_KIND)
def test_every_link_within_the_site_leads_somewhere(full: Site, status: Callable[[str], int], address: str) -> None:
    document = lxml.html.fromstring(full.get(address).text)
    inside = {link for link in document.xpath("//a/@href") if link.startswith("/") and "/search?" not in link}
    broken = [link for link in inside if status(link.split("#")[0]) != 200]
    assert broken == []
    anchors = {link[1:] for link in document.xpath("//a/@href") if link.startswith("#")} - {""}
    assert anchors <= set(document.xpath("//@id"))
