"""One hostile case with a payload in every field and file name; every page is opened, and nothing runs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from library.case import Award, Evidence, Section, Target
from tests.browser.conftest import Served
from tests.sample_site import Site

PAYLOADS = (
    '"><img src=x onerror="window.hit=1">',
    "javascript:window.hit=1",
    "{{7*7}}",
    "<script>window.hit=1</script>",
)
BAD = " ".join(PAYLOADS)
OF_EACH_KIND = 5
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>window.hit=1</script></svg>'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    site = Site(tmp_path_factory.mktemp("hostile"))
    text = f"{BAD}\n\n[x]({PAYLOADS[1]}) ![{BAD}](figures/001.png) ![x]({PAYLOADS[1]})\n\n| {BAD} |\n|---|\n| {BAD} |\n"
    steps = ("overview", "topic-selection", "causes", "countermeasures", "results")
    figures = tuple(f.__class__(f.file, BAD, f.step, f.tool, f.page) for f in _figures())
    fields = {
        "title": BAD, "group": BAD, "unit": BAD, "project": BAD, "specialty": BAD, "legacy_type": BAD,
        "group_reg_no": BAD, "topic_reg_no": BAD, "leader": BAD, "comment": BAD, "reference": BAD,
        "target": Target(BAD, BAD, 1.0, 2.0, 3.0), "awards": (Award(BAD, BAD, BAD, 2021, 1),), "warnings": (BAD,),
        "evidence": {"title": Evidence(BAD, BAD, 0.5), BAD: Evidence(BAD)}, "figures": figures,
        "sections": tuple(Section(step, BAD.replace("{", "").replace("}", ""), text) for step in steps),
    }  # fmt: skip
    first = site.add(original=f"{BAD}.svg", data=SVG, **fields)
    site.add(original=f"{BAD}.html", data=b"<script>window.hit=1</script>", duplicates=(first,), **fields)
    (site.folder / "events").mkdir()
    lines = (f"{name}: '{BAD}'" for name in ("title", "place", "issuer", "source", "award_event"))
    matter = "\n".join([*lines, "start: 2021-04-14", f"figures: {{'{BAD}': 1}}"])
    (site.folder / "events" / "bad.md").write_text(f"---\n{matter}\n---\n\n{text}", encoding="utf-8")
    served = Served(site)
    yield served
    served.stop()


def _figures() -> tuple[object, ...]:
    from tests.sample_site import full_case

    return full_case().figures


def test_nothing_runs_on_any_page(browser: Browser, hostile: Served) -> None:
    context = browser.new_context(base_url=hostile.address)
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    seen: set[str] = set()
    waiting = ["/", f"/search?q={quote(BAD)}", "/search", f"/units/{quote(BAD)}", "/compare?id=2021-0001&id=2021-0002"]
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.pop()
        kind = _kind(address)
        if address in seen or kinds[kind] == OF_EACH_KIND:
            continue
        seen.add(address)
        kinds[kind] += 1
        waiting += _look(page, address)
    assert refused == []
    assert len(kinds) > 15
    context.close()


def _kind(address: str) -> str:
    """Pages of one kind differ by a name or by what is asked: of 37 tools and of all filters a few will do."""
    return re.sub(r"^/(cases|steps|tools|events|units)/[^/]+", r"/\1/…", address.partition("?")[0])


def _look(page: Page, address: str) -> list[str]:
    """Open a page, see that nothing of the payload is alive, and give the addresses it leads to."""
    page.goto(address)
    assert page.evaluate("window.hit") is None, address
    assert page.locator("img[src=x], [onerror], [href^='javascript:' i], [src^='javascript:' i]").count() == 0, address
    assert "49" not in page.title()
    assert page.locator("script:not([src])").count() == 0, address
    found: list[str] = page.evaluate("[...document.links].map(link => link.pathname + link.search)")
    return [address for address in found if _is_page(address)]


def _is_page(address: str) -> bool:
    """Originals, figures, spreadsheets, feeds and citation files are downloads, looked at elsewhere."""
    path = address.partition("?")[0]
    return not any(part in path for part in ("/files/", "/figures/")) and "." not in path.rpartition("/")[2]


def test_files_opened_by_their_address_do_not_run(browser: Browser, hostile: Served) -> None:
    context = browser.new_context(base_url=hostile.address)
    for case_id in hostile.site.corpus.ids():
        for source in hostile.site.corpus.get(case_id).sources:
            page = context.new_page()
            page.goto("/healthz")
            with page.expect_download():
                page.evaluate("address => { location = address }", f"/cases/{case_id}/files/{source.stored}")
            assert page.evaluate("window.hit") is None
    context.close()
