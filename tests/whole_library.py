"""A small library with one of each: what the tests of every kind of page share. They only read it."""

from __future__ import annotations

from library.case import Figure, Section
from tests.reading_pdf import pdf, say
from tests.sample_site import EVENT, PARAGRAPH, Site, full_case

LONG_TITLE = (
    "提高大跨度异形空间管桁架钢结构屋盖双机抬吊高空对接焊缝超声波探伤一次合格率并缩短高空作业时间的施工质量控制" * 2
)

EVERY_KIND = (
    "/",
    "/search",
    "/search?q=焊缝&year=2021",
    "/search?q=没有的词&year=2021",
    "/facets/unit",
    "/cases/2021-0001",
    "/cases/2021-0001?q=气孔",
    "/cases/2021-0001/feedback",
    "/cases/2021-0002",  # only a title
    "/cases/2021-0003",  # without figures, much like another
    "/cases/2022-0001/pages",  # five pages of a pdf beside the report
    "/cases/2021-0001/pages",  # an original that has no pages
    "/cases/2022-0002",  # a title of 108 characters, sixty figures
    "/steps",
    "/steps/current-state",
    "/tools",
    "/tools/排列图",
    "/compare",
    "/compare?id=2021-0001&id=2022-0001",
    "/start",
    "/start?kind=self-set",
    "/stats",
    "/events",
    "/events/2021-meeting",
    "/units",
    "/units/璟岚冶金建设有限公司",
    "/check",
    "/similar?text=炉壳环缝焊接，防风棚密封不严",
    "/mine",
    "/list?id=2021-0001",
    "/help",
    "/nothing",
)
"""The address of every kind of page."""


def fill(site: Site) -> Site:
    """Six cases over three years, and an exchange meeting."""
    (site.folder / "events").mkdir()
    (site.folder / "events" / "2021-meeting.md").write_text(EVENT, encoding="utf-8")
    site.add(illustrative=True, sections=_long_sections(), warnings=("请核对",))
    site.add(title="降低外墙墙面渗水率", sections=(), figures=(), title_only=True, reference="公开名单")
    site.add(duplicates=("2021-0001",), figures=())
    pages = pdf(site.folder.parent / "pages.pdf", *(say(f"第{number}页", 60, 60) for number in "一二三四五"))
    site.add(
        title="提高转炉托圈安装精度", year=2022, categories=("metallurgical", "smart-construction"),
        original="托圈.pdf", data=pages.read_bytes(),
    )  # fmt: skip
    site.app.extensions["page_pictures"].soon = 60  # so that pages are there at the first look
    site.add(title=LONG_TITLE, year=2022, figures=_sixty_figures())
    site.add(title="降低卫生间渗漏率", year=2023, categories=("non-metallurgical",), unit="另一家公司")
    return site


def _long_sections() -> tuple[Section, ...]:
    return tuple(
        Section(section.step, section.heading, f"{section.text}\n\n" + f"{PARAGRAPH}\n\n" * 6)
        for section in full_case().sections
    )


def _sixty_figures() -> tuple[Figure, ...]:
    return tuple(
        Figure(f"{n:03}.png", f"图{n} 第{n}道焊缝缺陷排列图", "current-state", "排列图", n) for n in range(1, 61)
    )
