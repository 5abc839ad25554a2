"""Plain text, Markdown and web pages in any encoding; cleaning of text; pinyin against copying."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.draft import Draft, Table, Text
from indexer.reading.beside import Beside
from indexer.reading.clean import clean, line
from indexer.reading.encoding import decode
from indexer.reading.html import read_html
from indexer.reading.markdown import read_markdown
from indexer.reading.pinyin import has_pinyin, without_pinyin
from indexer.reading.text import read_text
from library.errors import Refused
from tests.reading import pictures, png, tables, text_of, texts

REPORT = "质量管理小组活动成果报告\n提高大体积混凝土地脚螺栓预埋一次验收合格率\n"
TRADITIONAL = "品質管制小組活動成果報告\n提高大體積混凝土地腳螺栓預埋一次驗收合格率\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030"]
)
def test_encodings_are_recognised(encoding: str) -> None:
    assert decode(REPORT.encode(encoding)) == REPORT


def test_big5_is_recognised() -> None:
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_a_file_put_together_from_two_encodings_is_read_line_by_line() -> None:
    assert decode("第一行是这样的\n".encode() + "第二行是那样的\n".encode("gbk")) == "第一行是这样的\n第二行是那样的\n"


def test_a_short_gbk_text_that_happens_to_be_utf8_in_part_stays_gbk() -> None:
    text = "联通公司信号塔\n质量管理\n"
    assert decode(text.encode("gbk")) == text


def test_bytes_that_mean_nothing_are_marked_not_dropped() -> None:
    assert "\ufffd" in decode(b"\xff\xfe\x00\xd8a\x00".replace(b"\xff\xfe", b"\x80\x80\xff", 1))


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("a\x00b\x07c", "abc"),
        ("\ud83d\ude00 \ud800", "😀"),
        ("\u202e倒\u202c", "倒"),
        ("e\u0301", "é"),
        ("⽬标⻓度", "目标长度"),
        ("\uf0fe 合格", "☑ 合格"),
        ("一\u3000\u3000\n\n\n\n二 ", "一\n\n二"),
        ("\u200b零\ufeff宽", "零宽"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ],
)
def test_text_is_clean(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned
    assert clean(cleaned) == cleaned


def test_a_line_has_no_line_break() -> None:
    assert line("甲\n 乙") == "甲 乙"


def read(tmp_path: Path, text: str | bytes, kind: str = "txt") -> Draft:
    file = tmp_path / f"a.{kind}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return {"txt": read_text, "md": read_markdown, "html": read_html}[kind](file)


def test_a_line_is_a_paragraph(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "一、选题\n\n　　合格率偏低。\n目标96%。")) == ["一、选题", "合格率偏低。", "目标96%。"]


def test_lines_broken_at_a_fixed_width_are_put_together(tmp_path: Path) -> None:
    words = "质量管理小组针对焊缝一次合格率偏低的问题开展活动通过调查分析找出症结所在"
    lines = [words, words, words, "并制定对策。", "二、现状调查"]
    assert texts(read(tmp_path, "\n".join(lines))) == ["".join(lines[:4]), "二、现状调查"]


WRAPPED = """一、工程概况

　　漳台第二建筑有限责任公司承建的实验中学扩建工程，由实验楼、风
雨连廊和地下车库组成，总建筑面积23600m²，与教学楼最近处只有17m，
施工期间学校不停课，每天上课时段的场界噪声由项目部派专人逐时测量
{page}并且记录。
二、现状调查
　　对超过限值的96个时段记下声源，每个时段听声辨认两次，两次不一致
的由组长复核，得到下面的数据。
声源                   时段数   频率(%)
木工圆盘锯、切断机     58       60.4
混凝土振捣             21
"""


def test_a_page_break_inside_a_paragraph_leaves_no_trace(tmp_path: Path) -> None:
    page = "\n\n            第 1 页\n\n静悄悄小组成果报告\n\n"
    draft = read(tmp_path, "静悄悄小组成果报告\n" + WRAPPED.format(page=page))
    assert any("施工期间学校不停课" in text and text.endswith("逐时测量并且记录。") for text in texts(draft))
    assert texts(draft, "header") == ["静悄悄小组成果报告"]
    assert not any("第 1 页" in text for text in texts(draft))


def test_columns_set_in_blanks_are_a_table_with_its_gaps(tmp_path: Path) -> None:
    rows = tables(read(tmp_path, WRAPPED.format(page="")))[0].rows
    assert rows == (
        ("声源", "时段数", "频率(%)"), ("木工圆盘锯、切断机", "58", "60.4"), ("混凝土振捣", "21", ""),
    )  # fmt: skip


def test_numbers_alone_on_a_line_are_text_unless_they_count_pages(tmp_path: Path) -> None:
    assert "37" in texts(read(tmp_path, "合格点数\n37\n不合格点数\n12"))


def test_columns_between_tabs_are_a_table(tmp_path: Path) -> None:
    draft = read(tmp_path, "统计如下\n项目\t频数\n气孔\t12\n完")
    assert tables(draft)[0].rows == (("项目", "频数"), ("气孔", "12"))
    assert texts(draft) == ["统计如下", "完"]


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有文字"):
        read(tmp_path, " \n\x00\n")


PINYIN = "為全面貫徹落實(shí)黨的精神,持續(xù)開展質(zhì)量管理,重(chóng)量5(kg)"


def test_pinyin_against_copying_is_taken_out() -> None:
    assert has_pinyin(PINYIN)
    assert without_pinyin(PINYIN) == "為全面貫徹落實黨的精神,持續開展質量管理,重量5(kg)"


def test_a_character_lost_with_its_pinyin_leaves_a_mark() -> None:
    assert without_pinyin("質量?jī)?yōu)秀成果獎(jiǎng)") == "質量□秀成果獎"


def test_a_single_reading_is_an_authors_own(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "行(háng)业")) == ["行(háng)业"]


def test_pinyin_without_a_tone_mark_goes_only_where_it_is_a_reading() -> None:
    assert without_pinyin("我們(men)用表(a)") == "我們用表(a)"


def test_markdown_gives_headings_lists_tables_and_plain_words(tmp_path: Path) -> None:
    source = """---
title: 提高合格率
x: !!python/object/apply:os.system [id]
---
# 一、选题
##现状调查
设定 **目标** 为 `96%`，见[链接](javascript:alert(1))。
续行
<script>alert(1)</script>

- 甲
  - 乙
1. 丙

| 项目 | 频数 |
|---|---|
| 气\\|孔 | 12 |

原因分析
====

```
# 不是标题
```
"""
    draft = read(tmp_path, source, "md")
    assert draft.properties["title"] == "提高合格率"
    assert [(b.text, b.level) for b in draft.blocks if isinstance(b, Text) and b.level] == [
        ("一、选题", 1),
        ("现状调查", 2),
        ("原因分析", 1),
    ]
    assert "设定 目标 为 96%，见链接。续行" in texts(draft)[2]
    assert tables(draft)[0].rows == (("项目", "频数"), ("气|孔", "12"))
    assert [
        (b.text, b.list_level, b.ordered) for b in draft.blocks if isinstance(b, Text) and b.list_level is not None
    ] == [
        ("甲", 0, False),
        ("乙", 1, False),
        ("丙", 0, True),
    ]
    assert "# 不是标题" in texts(draft)
    assert "<script>" not in "".join(texts(draft))


def test_markdown_made_to_be_slow_is_read_at_once(tmp_path: Path) -> None:
    assert read(tmp_path, "![[" * 5000 + "\n\n" + "**" * 5000 + "\n" + "[(" * 5000, "md").blocks


def test_web_pages_give_their_main_part(tmp_path: Path) -> None:
    source = """<html><head><title>交流会</title><meta charset="utf-8"></head><body>
    <nav>首页 关于我们</nav><div class="content"><h1>交流会召开</h1>
    <p align="center"><b>中冶某公司</b></p><p>正文第一段。<br>第二段<a href="javascript:x()">详情</a></p>
    <ol start="3"><li>甲</li><li>乙</li></ol></div><script>alert(1)</script><footer>版权所有</footer></body></html>"""
    draft = read(tmp_path, source, "html")
    assert texts(draft) == ["交流会召开", "中冶某公司", "正文第一段。", "第二段详情", "甲", "乙"]
    assert text_of(draft, "交流会召开").level == 1
    assert (text_of(draft, "中冶某公司").bold, text_of(draft, "中冶某公司").centered) == (True, True)
    assert text_of(draft, "乙").number == "4."
    assert draft.properties["title"] == "交流会"


def test_web_tables_keep_their_spans(tmp_path: Path) -> None:
    source = "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>1<td>2</table>"
    assert tables(read(tmp_path, source, "html"))[0].rows == (("甲", "乙", ""), ("", "1", "2"))


def test_tables_that_only_place_things_are_not_tables(tmp_path: Path) -> None:
    draft = read(tmp_path, "<table><tr><td>菜单<td><h1>标题</h1><p>正文</table>", "html")
    assert [type(block) for block in draft.blocks] == [Text, Text, Text]


def test_claimed_spans_are_bounded(tmp_path: Path) -> None:
    draft = read(tmp_path, "<table><tr><td colspan=99999 rowspan=99999>甲<td>乙<tr><td>丙</table>", "html")
    assert isinstance(draft.blocks[0], Table)
    assert len(draft.blocks[0].rows[0]) < 300


def test_web_pictures_are_taken_from_the_page_itself_only(tmp_path: Path) -> None:
    import base64

    data = base64.b64encode(png()).decode()
    draft = read(tmp_path, f'<p>文<img src="data:image/png;base64,{data}"><img src="http://127.0.0.1:9/x.png">', "html")
    assert [picture.kind for picture in pictures(draft)] == ["png"]
    assert "1 张图片" in draft.warnings[0]


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("pic/1.png", True),
        ("./pic/1.png?v=2", True),
        ("renamed.files/1.png", True),
        ("pic%2F1.png", True),
        ("http://127.0.0.1:9/pic/1.png", False),
        ("file:///etc/1.png", False),
        ("/pic/1.png", False),
        ("//host/1.png", False),
        ("C:\\pic\\1.png", False),
        ("../../other.png", False),
    ],
)
def test_pictures_beside_a_page_are_found_and_nothing_else(tmp_path: Path, address: str, there: bool) -> None:
    (tmp_path / "1.png").write_bytes(png())
    (tmp_path / "other.png").write_bytes(png())
    beside = Beside({"pic/1.png": tmp_path / "1.png"})
    (tmp_path / "a.html").write_text(f'<p>文<img src="{address}">', encoding="utf-8")
    (tmp_path / "a.md").write_text(f"文\n\n![图1 现场](<{address}>)\n", encoding="utf-8")
    for draft in (read_html(tmp_path / "a.html", beside=beside), read_markdown(tmp_path / "a.md", beside=beside)):
        assert bool(pictures(draft)) == there
        assert bool(draft.warnings) != there


def test_web_pages_in_old_encodings_are_read(tmp_path: Path) -> None:
    source = '<html><head><meta charset="gb2312"></head><body><p>质量管理小组</p></body></html>'.encode("gbk")
    assert texts(read(tmp_path, source, "html")) == ["质量管理小组"]


def test_pinyin_split_over_tags_is_taken_out(tmp_path: Path) -> None:
    source = "<p>落實<span>(shí)</span>持續<span>(xù)</span>質<span>(zhì)</span>量</p>"
    assert texts(read(tmp_path, source, "html")) == ["落實持續質量"]


MHTML = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"

--b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

<html><body><p class=MsoTitle>成果报告</p><p class=MsoToc1>一、选题 3</p><img src="cid:x@y"></body></html>
--b
Content-Type: image/png
Content-ID: <x@y>
Content-Transfer-Encoding: base64

{picture}
--b--
"""


def test_a_page_saved_as_one_file_keeps_its_pictures(tmp_path: Path) -> None:
    import base64

    from tests.reading import png

    file = tmp_path / "a.mht"
    file.write_text(MHTML.format(picture=base64.b64encode(png()).decode()))
    draft = read_html(file, "mhtml")
    assert [picture.kind for picture in pictures(draft)] == ["png"]
    assert (texts(draft, "title"), texts(draft, "toc")) == (["成果报告"], ["一、选题 3"])


def test_looks_of_web_pages_are_told(tmp_path: Path) -> None:
    source = '<p style="font-size:16pt;font-weight:bold;text-align:center">选题理由</p><pre>a\n b</pre><td>x'
    draft = read(tmp_path, source, "html")
    text = text_of(draft, "选题理由")
    assert (text.size, text.bold, text.centered) == (16.0, True, True)


def test_web_parts_at_the_side_are_left_out_unless_they_are_the_page(tmp_path: Path) -> None:
    side = '<div class="sidebar">推荐阅读</div><p style="display:none">隐藏</p>'
    assert texts(read(tmp_path, f"<div>{side}<p>{'正文' * 20}</p></div>", "html")) == ["正文" * 20]
    assert texts(read(tmp_path, "<form><p>整页都在表单里的正文</p></form>", "html")) == ["整页都在表单里的正文"]


def test_broken_data_addresses_are_no_pictures(tmp_path: Path) -> None:
    draft = read(tmp_path, '<p>文<img src="data:image/png;base64,!!!"><img src="data:text/html,x">', "html")
    assert not pictures(draft)


def test_an_empty_web_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有文字"):
        read(tmp_path, "<html><body></body></html>", "html")
