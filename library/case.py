"""What a case is: one QC result, as people read it. Plain values, no input or output.

Names follow T/CAQ 10201-2020 (质量管理小组活动准则). A field that is unknown is None or empty, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Category = Literal["metallurgical", "non-metallurgical", "smart-construction"]
TopicType = Literal["problem-solving", "innovation"]
TargetKind = Literal["self-set", "mandated"]

CATEGORIES: tuple[Category, ...] = ("metallurgical", "non-metallurgical", "smart-construction")
TOPIC_TYPES: tuple[TopicType, ...] = ("problem-solving", "innovation")
TARGET_KINDS: tuple[TargetKind, ...] = ("self-set", "mandated")
LEGACY_TYPES = ("现场型", "服务型", "攻关型", "管理型", "创新型")

RANK_OTHER = 9
"""Award ranks: 0 特等, 1 一等/Ⅰ类, 2 二等/Ⅱ类, 3 三等/Ⅲ类, 9 any other; best first."""


@dataclass(frozen=True)
class Section:
    """One passage of the report under one heading.

    `step` is a key of `library/data/steps.json`; `also` holds further steps of a merged heading
    (现状调查/设定目标). `text` is Markdown as in the case file: `<!-- page 12 -->` on a line of its own says where
    page or slide 12 begins, `![caption](figures/001.png)` is a figure.
    """

    step: str
    heading: str
    text: str
    also: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        return (self.step, *self.also)


@dataclass(frozen=True)
class Figure:
    """A picture of the report; `file` is its name in the case's `figures/` folder."""

    file: str
    caption: str = ""
    step: str = ""
    tool: str = ""  # canonical name from `library/data/tools.json`, empty if it shows none
    page: int | None = None  # page or slide, from 1


@dataclass(frozen=True)
class Award:
    """`rank` orders awards of different bodies (see RANK_OTHER); `text` is the award as written."""

    text: str
    event: str = ""
    issuer: str = ""
    year: int | None = None
    rank: int = RANK_OTHER


SHARES = {"%": 100, "％": 100, "‰": 1000}
"""Units of a share of a whole, and the whole."""


@dataclass(frozen=True)
class Target:
    """What the group wanted to change: `measure` from `before` to `goal`; `after` is what it reached."""

    measure: str = ""
    unit: str = ""
    before: float | None = None
    goal: float | None = None
    after: float | None = None

    @property
    def change(self) -> float | None:
        """How far the measure moved, in its own unit, always positive when something changed."""
        if self.before is None or self.after is None:
            return None
        return abs(self.after - self.before)

    @property
    def improvement(self) -> float | None:
        """Percent of what was wrong that is gone: 0 is no change, 100 the best there can be, less than 0 worse.

        Comparable between measures: of a measure that should fall (defects, hours, cost) what is gone of where it
        began; of a share that should rise (合格率) what is gone of the part that was missing to 100 %; of any other
        that should rise what is saved of the time or cost for each. None where the numbers do not tell.
        """
        if self.before is None or self.after is None or self.before == self.after == 0:
            return None
        whole = SHARES.get(self.unit.strip())
        if not self.should_rise:
            wrong, left = self.before, self.after
        elif whole and max(self.before, self.after, self.goal or 0) <= whole:
            wrong, left = whole - self.before, whole - self.after
        else:
            wrong, left = self.after, self.before
        return 100 * (wrong - left) / wrong if wrong > 0 and left >= 0 else None

    @property
    def should_rise(self) -> bool:
        """Told by the goal, or by the result where no goal is known."""
        end = self.after if self.goal is None else self.goal
        return self.before is not None and end is not None and end >= self.before


@dataclass(frozen=True)
class Source:
    """An original file: `file` is the name people know, `stored` its name in the case's folder."""

    file: str
    stored: str
    sha256: str


@dataclass(frozen=True)
class Evidence:
    """Where in the report a machine-read field comes from, and how sure the machine is (0 to 1)."""

    where: str
    quote: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class Case:
    id: str  # "<year>-<number>"; year 0000 when unknown
    title: str
    year: int | None = None
    group: str = ""
    unit: str = ""
    project: str = ""
    specialty: str = ""
    categories: tuple[Category, ...] = ()
    topic_type: TopicType | None = None
    target_kind: TargetKind | None = None
    legacy_type: str = ""
    group_reg_no: str = ""
    topic_reg_no: str = ""
    period: str = ""  # ISO 8601 interval, "2021-03-01/2021-11-20"; months or days
    leader: str = ""
    members_count: int | None = None
    training_hours: float | None = None  # average hours of QC training per member
    target: Target = field(default_factory=Target)
    benefit_cny: float | None = None
    tools: tuple[str, ...] = ()
    awards: tuple[Award, ...] = ()
    comment: str = ""  # what the reviewers said
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()
    duplicates: tuple[str, ...] = ()  # ids of cases that are near copies
    evidence: dict[str, Evidence] = field(default_factory=dict)  # by field name
    confirmed: tuple[str, ...] = ()  # fields that a person set; machines leave them alone
    machine: dict[str, str] = field(default_factory=dict)  # field -> digest of the value as it was read
    warnings: tuple[str, ...] = ()  # what a person should look at
    illustrative: bool = False  # fictional, made to show what the library does
    title_only: bool = False  # a fact from a published list; there is no full text
    reference: str = ""  # where a title-only entry comes from
    note: str = ""  # what a published list says beside title and award, as written

    @property
    def best_award(self) -> Award | None:
        return min(self.awards, key=lambda award: award.rank, default=None)

    @property
    def steps(self) -> tuple[str, ...]:
        """Keys of the steps that the report contains, in its own order, each once."""
        return tuple(dict.fromkeys(step for section in self.sections for step in section.steps))


@dataclass(frozen=True)
class Event:
    """An exchange meeting or contest: facts with their source, `text` in Markdown."""

    id: str
    title: str
    place: str
    start: str  # ISO date
    end: str
    issuer: str
    source: str
    figures: dict[str, int]  # label -> number, as published
    text: str
    award_event: str = ""  # the name by which awards of cases refer to it
