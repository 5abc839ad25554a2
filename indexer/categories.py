"""Metallurgical or not, and smart construction on top.

The project decides, not the company that submits it: company names and the group's nickname do not count. Different
words count, each once a passage, weighed by where they stand; the title and the overview say most. Smart construction
needs the technique to be the means or the object of the topic, not a sentence on the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache

from indexer.draft import Table
from indexer.fields.found import Found
from indexer.splitter import Passage
from indexer.wording import fold, squeeze, word_set
from library.case import Category
from library.steps import DATA

_WEIGHTS = {
    "overview": 3.0, "topic-selection": 1.5, "preface": 1.5, "current-state": 1.0, "goal": 1.0, "options": 1.0,
    "goal-and-feasibility": 1.0, "countermeasures": 1.0, "implementation": 1.0, "causes": 0.5, "root-causes": 0.5,
    "results": 0.5, "feasibility": 0.3, "benefits": 0.2, "consolidation": 0.2, "standardization": 0.3,
    "summary": 0.0, "group": 0.0, "plan": 0.0, "appendix": 0.0,
}  # fmt: skip
_TITLE = 5.0
_PROJECT = 4.0
_SMART_WEAK = word_set(
    """
    PLC 信息管理 二维码 自动化 软件 数控 传感器 监测系统 AI VR AR APP 管理平台 大数据 小程序 数字化 智能化 点云
    信息平台 无人机 自动焊接
    """
)
_SMART_IN_TITLE_WEAK = {"实名制", "自动化", "监测系统", "数控", "PLC", "软件", "传感器", "自动焊接"}
_DATA_IN_TITLE = re.compile(
    r"监测|报警|预警|识别|数据|在线|远程|模型|扫描|视频|监控|采集|传输|巡检|信息|扫码|打卡|考勤|防碰撞|系统|平台|算法|遥控"
)
"""Titles whose object is data or a system; which technique serves it stands elsewhere."""
_ASIDE = _SMART_WEAK - {"AI", "传感器", "无人机", "点云", "监测系统", "小程序"}
"""What answers a cause here and there without any smart construction."""
_MANY_SMART = 5
"""So many different words of the field where the work is done: then even weak ones (二维码, 传感器) tell."""
_SMART_STRONG_MORE = (
    "移动端",
    "数据采集",
    "信息系统",
    "管理系统",
    "采集系统",
    "蓝牙",
    "云服务",
    "数据库",
    "测量机器人",
    "焊接机器人",
    "放样机器人",
    "智能",
    "智慧",
    "深度学习",
    "数字化",
    "虚拟预拼装",
    "点云",
    "三维扫描",
    "激光扫描",
    "机器学习",
    "无线传感",
    "远程监测",
    "自动监测",
    "在线监测",
    "信息化",
    "虚拟拼装",
    "云端",
    "参数化",
    "监测平台",
    "LoRa",
    "自动采集",
    "自动测量",
)
_WORKS = frozenset({"钢厂", "特钢", "宝钢", "首钢", "鞍钢", "马钢", "太钢", "三钢", "日照钢铁", "湛钢", "宝武"})
"""Names of steel works: what is built or run there is metallurgical unless the object is plainly something else."""
_PLANT = re.compile(
    r"(?:炼钢|炼铁|轧钢|热轧|冷轧|焦化|烧结|球团|炼焦|钢铁|特钢|钢|铁|棒线|高线|板材|冶炼).{0,6}(?:厂|车间|"
    r"作业区|部|区)$"
)
"""A department of a steel works. Its own equipment is the object, so its name tells the site."""
_OWNER = re.compile(
    r"[^\s，。、；：:,;（）()]{0,10}(?:钢铁|特钢|不锈钢|铝业|铜业|矿业|焦化)[^\s，。、；：:,;（）()]{0,8}?(?:公司|集团|厂)"
)
"""The works that a project is built for tells the site; a contractor with 钢铁 or 冶金 in its name is no owner."""
_SITE = re.compile(
    r"(?:炼钢|炼铁|轧钢|热轧|冷轧|焦化|烧结|钢铁|特钢|选矿|铝业|铜业|电解铝|冶炼)(?:公司|集团|企业|总?厂)?(?=[^\u4e00-\u9fff]|倒班|职工|宿舍|公寓|住宅|办公|生活)"
)
"""A works that only tells whose the building is."""
_BUILDING = re.compile(r"(?:办公|研发|综合|倒班|浴室)楼|食堂|浴室|生活区|培训中心")
"""What is built for people at a works."""
_OF_ANY_PLANT = frozenset(
    {"加热炉", "炉衬", "耐火", "耐材", "炉窑", "筑炉", "砌炉", "炉膛", "球磨机", "焙烧", "线材", "浇铸"}
)
"""What refineries, cement works and power stations have too."""
_LEAST_SITE = 2.2
"""A little less than what a works tells that the overview names as the owner."""
_NOT_ONLY_BUILT = frozenset({"仓储", "面板", "食品", "汽车", "铁路桥", "公路", "顶管", "商业", "码头", "电厂", "车站"})
"""Words of what a works has too."""
_ABOUT_THE_COMPANY = re.compile(
    r"(?:公司|集团|我司|企业|单位)[^。；;\n]{0,12}(?:见长|主营|主业|主要承担|长期承担|从事|擅长|起家|资质|业务|先后承建|"
    r"承建过|参建过|以[^。；;\n]{0,24}(?:见长|为主))|"
    r"(?:此前|曾|先后|以往|过去|近年|历年|多年)来?[^。；;\n]{0,6}(?:承建|承担|参建|参与|施工|建设|完成)|"
    r"(?:公司|单位|我们|中心|部门|队伍|项目部)[^。；;\n]{0,8}(?:此前|以前|以往|过去|一直|向来|历来)|做惯|主业|"
    r"[,，。；;\n](?:此前|以前|过去)(?:只|都|多|主要|一直)"
)
"""What a company usually does says nothing of this project."""
_NEIGHBOUR = re.compile(
    r"供货|驻厂|采购自|购自|由[^，。；;\n]{1,16}供应|停供|改供|随[^，。；;\n]{1,12}搬迁|[上下]游|毗邻|邻近|紧邻|周边|城区供|"
    r"厂区?外|附近|隔壁|对面|一墙之隔|相距|距离?[^，。；;\n]{1,16}(?:公里|km|米)|"
    r"[\d一二两三四五六七八九十数多几]家[^，。；;\n]{0,8}企业|企业[\d一二两三四五六七八九十数多几]+家"
)
"""Who supplies, is supplied or stands beside says nothing of what is built: 所用钢板由三家钢铁企业供货."""
_COMPANY = re.compile(
    r"[^\s，。、；：:,;“”（）()由为是的在和与及对于向]{0,16}?(?:有限责任公司|有限公司|分公司|子公司|公司|集团|"
    r"研究院|项目部|冶建|建工)"
)
_STANDARD = re.compile(r"《[^》\n]{0,80}》|(?:GB|JGJ|YB|DB|CECS|JG|T/)[\w/ \-—]{0,40}")


def read_categories(
    passages: Sequence[Passage], title: str, project: str, names: Sequence[str]
) -> tuple[tuple[Category, ...], Found[str] | None]:
    """The categories and the words that decided. `names` are unit, group and the like, which do not count."""
    weights = dict(_WEIGHTS)
    if not any("overview" in (passage.step, *passage.also) for passage in passages):
        weights["preface"] = weights["overview"]
    texts = [(_TITLE, title), (_PROJECT, project)]
    texts += [(max(weights[step] for step in (one.step, *one.also)), one.text) for one in passages]
    owned = [(weight, _owners(text, names)) for weight, text in texts if weight]
    cleaned = [(weight, _told(text, names)) for weight, text in texts if weight]
    plant = [(_PROJECT, name) for name in names if _PLANT.search(name) and not _COMPANY.search(name)]
    metal, metal_words = _score([*cleaned, *plant], "冶金_strong", 1.0)
    site, site_words = _score([*cleaned, *plant, *owned], "冶金_weak", 0.8, only=_WORKS)
    weak, weak_words = _score(cleaned, "冶金_weak", 0.3, but=_WORKS)
    other, other_words = _score(cleaned, "非冶金", 1.0)
    aside, aside_words = _score(cleaned, "非冶金_weak", 0.35)
    if site:  # roads, roofs and pumping stations are built for a works as well
        aside = min(aside, _LEAST_SITE)
    metal, other = metal + site, other + aside
    metal_words += site_words
    is_metal = metal + weak > other and (len(metal_words) >= 2 or metal >= 2.4)
    if _object_is_no_works(_told(title, names)):
        is_metal = False
    categories: list[Category] = ["metallurgical" if is_metal else "non-metallurgical"]
    decided = [*metal_words, *weak_words] if is_metal else [*other_words, *aside_words]
    smart_words = _smart(passages, title, names)
    if smart_words:
        categories.append("smart-construction")
    quote = "、".join([*decided[:8], *smart_words[:6]])
    sure = abs(metal + weak - other) / (metal + weak + other + 1)
    return tuple(categories), Found(quote, "线索词", quote, max(0.3, min(0.95, 0.4 + sure)))


def _object_is_no_works(title: str) -> bool:
    """What the title says was built decides: the flats of a steel works (钢厂倒班公寓) are flats."""
    built = _BUILDING.search(title) or _hits(title, [w for w in _cues()["非冶金"] if w not in _NOT_ONLY_BUILT])
    of_works = [word for word in _hits(_SITE.sub(" ", title), _cues()["冶金_strong"]) if word not in _OF_ANY_PLANT]
    return bool(built) and not of_works


def _owners(text: str, names: Sequence[str]) -> str:
    """钢厂 for every works that the text names as an owner."""
    found = [match[0] for match in _OWNER.finditer(_of_this_project(text, names))]
    return "钢厂" if any(not re.search("冶金|冶建|建设|工程|安装|检修|修造", name) for name in found) else ""


def _smart(passages: Sequence[Passage], title: str, names: Sequence[str]) -> list[str]:
    """Words that show the technique as means or object: in the title, or again and again where the work is done."""
    in_title = _hits(_told(title, names), _smart_words())
    if any(word not in _SMART_IN_TITLE_WEAK for word in in_title):
        return in_title
    work = [p for p in passages if p.step in {"options", "countermeasures", "implementation"}]
    text = _told("\n".join(p.text for p in work), names)
    heads = "\n".join(line for line in text.split("\n") if len(line) <= 40)
    every = _hits(text, _smart_words())
    if in_title and len(every) >= 2:
        return [*in_title, *every]
    told = [word for word in _hits(_told(_setting(passages), names), _smart_words()) if word not in _SMART_WEAK]
    if in_title and len(told) >= 2:
        return [*in_title, *told]
    strong = [word for word in every if word not in _SMART_WEAK]
    means = list(dict.fromkeys((*strong, *told)))
    if _DATA_IN_TITLE.search(title) and (len(means) >= 2 or (means and len({*every, *told}) > 2)):
        return [*means, *every]
    times = sum(len(_whole(word).findall(text)) for word in strong)
    if len(strong) >= 2 and times >= 6 and _hits(heads, tuple(strong)):
        return strong
    if len(every) >= _MANY_SMART:
        return every
    return _in_answers(work, names)


def _in_answers(work: Sequence[Passage], names: Sequence[str]) -> list[str]:
    """Most answers of the table of countermeasures are such a technique: AI图像识别量距, 机器人全站仪放样."""
    found: list[list[str]] = []
    before: tuple[int, int] | None = None  # width and column of the table that goes on over the page
    for table in (block for one in work for block in one.blocks if isinstance(block, Table) and len(block.rows) <= 20):
        header = [squeeze(cell).lower() for cell in table.rows[0]]
        column = next((c for c, cell in enumerate(header) if cell.startswith(("对策", "what"))), None)
        goes_on = column is None and before is not None and before[0] == len(header)
        column = before[1] if goes_on and before else column
        before = None if column is None else (len(header), column)
        if column is not None:
            rows = table.rows if goes_on else table.rows[1:]
            cells = [row[column] for row in rows if row[column].strip()]
            found += [
                [word for word in _hits(_told(_whole_words(cell), names), _smart_words()) if word not in _ASIDE]
                for cell in cells
            ]
    smart = [words for words in found if words]
    return [word for words in smart for word in words] if len(smart) >= 2 and len(smart) > len(found) / 2 else []


def _whole_words(cell: str) -> str:
    """A cell of a PDF breaks a word where its line ends: 激光位移传感 器阵列."""
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", cell)


def _setting(passages: Sequence[Passage]) -> str:
    """What the project is: of a title that speaks of 自动化监测, 物联网 and 云平台 in the overview tell the rest."""
    return "\n".join(one.text for one in passages if {"overview", "topic-selection"} & {one.step, *one.also})


@cache
def _cues() -> dict[str, tuple[str, ...]]:
    cues = json.loads((DATA / "class_cues.json").read_text(encoding="utf-8"))
    return {kind: tuple(sorted(words, key=len, reverse=True)) for kind, words in cues.items()}


@cache
def _smart_words() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_cues()["智能化"], *_SMART_STRONG_MORE)))


def _score(
    texts: Sequence[tuple[float, str]],
    kind: str,
    factor: float,
    only: frozenset[str] = frozenset(),
    but: frozenset[str] = frozenset(),
) -> tuple[float, list[str]]:
    """Each different word counts once, with the weight of the best passage it stands in."""
    best: dict[str, float] = {}
    for weight, text in texts:
        for word in _hits(text, [word for word in _cues()[kind] if word not in but and (not only or word in only)]):
            best[word] = max(best.get(word, 0.0), weight)
    words = sorted(best, key=lambda word: -best[word])
    return factor * sum(best.values()), words


def _hits(text: str, words: Sequence[str]) -> list[str]:
    return [word for word in words if word in text and (not word.isascii() or _whole(word).search(text))]


@cache
def _whole(word: str) -> re.Pattern[str]:
    """Latin abbreviations only as whole words: AI is not in RAIL."""
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])" if word.isascii() else re.escape(word))


def _told(text: str, names: Sequence[str]) -> str:
    """What the text tells of the project: no names of companies and standards, no words that only sound alike."""
    return _only_words().sub(" ", _COMPANY.sub(" ", _STANDARD.sub(" ", _of_this_project(text, names))))


def _of_this_project(text: str, names: Sequence[str]) -> str:
    """Without the group's and its unit's names and without sentences on what the company usually does."""
    text = fold(text)
    for name in names:
        if len(name) >= 2:
            text = text.replace(fold(name), " ")
    text = "".join(one for one in re.split(r"(?<=[。；;\n])", text) if not _ABOUT_THE_COMPANY.search(one))
    return "".join(one for one in re.split(r"(?<=[，,。；;\n])", text) if not _NEIGHBOUR.search(one))


@cache
def _only_words() -> re.Pattern[str]:
    """热轧带肋钢筋 and 提高线管 have nothing to do with a steel works."""
    return re.compile("|".join(map(re.escape, _cues()["只是字面"])))
