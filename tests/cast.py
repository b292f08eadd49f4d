"""The permanent cast: a small county with its plan in force, and a stranger's bureau beside it.

Names say what somebody is to the story. `county()` makes everything through the verbs a bureau would use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from qingfu.base.actor import Actor
from qingfu.base.clock import CHINA
from qingfu.packfile import blanks
from qingfu.packfile.read import load
from qingfu.packfile.words.pack import Pack
from qingfu.records.enactment.actions import put_in_force
from qingfu.records.people import actions as people
from qingfu.records.people.queries import as_actor, posts
from qingfu.records.plans import actions as plans
from qingfu.records.plans.queries import InForce, in_force

BEGINS = datetime(2024, 7, 16, 9, 0, tzinfo=CHINA)
FILLS = {"number": "3", "day": "2024-09-30", "text": "000-0000"}


def moment(day: str, hour: int = 10) -> datetime:
    """An instant of a day in China, as `2024-07-30`."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=CHINA) + timedelta(hours=hour)


@dataclass
class County:
    """A bureau of the tests: organs and actors by the names of the story."""

    bureau: int
    slug: str
    keeper: Actor
    organs: dict[str, int] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    plan: InForce | None = None

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    @property
    def edition(self) -> int:
        """The plan in force."""
        assert self.plan is not None
        return self.plan.edition

    def in_force(self) -> InForce:
        """The plan as it stands now."""
        return in_force(self.keeper, self.edition)


# name: (kind of organ, organ's name in the pack or our own, its level)
ORGANS = {
    "commission": ("authority", "区教委", "county"),
    "office": ("office", "专班办公室", "county"),
    "leading-group": ("leading-group", "中共重庆市合川区委教育工作领导小组", "county"),
    "task-force": ("leading-group", "专项整治工作专班", "county"),
    "secretariat": ("office", "区委教育工作领导小组秘书组", "county"),
    "committee": ("committee", "社会事务进校园专家委员会", "county"),
    "fire": ("department", "区消防救援局", "county"),
    "police": ("department", "区公安局", "county"),
    "town": ("township", "清溪镇", "town"),
    "school": ("school", "清溪镇中心小学", "county"),
    "other-school": ("school", "白鹤初级中学", "county"),
}
# who: (organ, post, kind of member)
PEOPLE = {
    "reviewer": ("commission", "基础教育科科长", ""),
    "second-reviewer": ("commission", "基础教育科副科长", ""),
    "clerk": ("office", "办公室工作人员", ""),
    "second-clerk": ("office", "办公室副主任", ""),
    "leader": ("leading-group", "组长", ""),
    "deputy": ("leading-group", "副组长", ""),
    "convener": ("task-force", "专班召集人", ""),
    "secretary": ("secretariat", "秘书组工作人员", ""),
    "expert": ("committee", "委员甲", "教育领域专家"),
    "principal-expert": ("committee", "委员乙", "校长教师代表"),
    "npc-expert": ("committee", "委员丙", "人大代表"),
    "cppcc-expert": ("committee", "委员丁", "政协委员"),
    "fire-clerk": ("fire", "宣传科干部", ""),
    "fire-head": ("fire", "分管负责人", ""),
    "police-clerk": ("police", "政工科干部", ""),
    "town-clerk": ("town", "教育干事", ""),
    "principal": ("school", "校长", ""),
    "school-clerk": ("school", "办公室主任", ""),
    "other-principal": ("other-school", "校长", ""),
}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
SEATS = {"leading-group": "leading-group", "task-force": "task-force", "office": "office",
         "education-commission": "commission", "secretariat": "secretariat", "experts": "committee"}  # fmt: skip


# Those that are seen in pictures have a name.
NAMES = {"linjiang": "临江县"}


def county(slug: str = "hechuan", *, enact: bool = True, at: datetime = BEGINS) -> County:
    """Found the county; with `enact` its plan is in force from the day of `at`."""
    first = people.found_bureau(
        slug=slug, name=f"{NAMES.get(slug, slug)}教育局", short_name=NAMES.get(slug, slug), level="county",
        division=None, officer="登记员", title="登记管理员", at=at,
    )  # fmt: skip
    found = County(first.bureau.id, slug, as_actor(first))
    _organs(found, at)
    _people(found, at)
    if enact:
        enact_plan(found, load("hechuan-2024"), SEATS, at=at)
    return found


def _organs(found: County, at: datetime) -> None:
    for name, (kind, title, level) in ORGANS.items():
        organ = people.add_organ(found.keeper, kind=kind, name=title, level=level, code=name, at=at)
        found.organs[name] = organ.id


def _people(found: County, at: datetime) -> None:
    for number, (name, (organ, title, member)) in enumerate(PEOPLE.items()):
        person = people.add_person(found.keeper, name=f"{SURNAMES[number]}{'甲乙丙丁'[number % 4]}", at=at)
        post = people.add_post(found.keeper, organ=found.organs[organ], title=title, member_kind=member, at=at)
        people.hold_post(found.keeper, post=post, person=person, from_on=date(2024, 1, 1), at=at)
        found.persons[name] = person
        found.actors[name] = Actor(
            kind="person", bureau=found.bureau, person=person, post=post, organ=found.organs[organ],
            roles=frozenset({ORGANS[organ][0]}), name=name,
        )  # fmt: skip


def enact_plan(
    found: County, pack: Pack, seats: dict[str, str], *, fills: dict[str, str] | None = None, at: datetime
) -> InForce:
    """Adopt a pack, fill every blank (3, a day, a number nobody has), seat its parties, put it in force."""
    plan = plans.adopt_pack(found.keeper, pack=pack, at=at)
    for blank in blanks.open_blanks(pack):
        value = (fills or {}).get(blank.name, FILLS[blank.holds])
        plans.fill_blank(found.keeper, edition=plan.edition, path=blank.name, value=value, at=at)
    for party, organ in seats.items():
        plans.seat_party(found.keeper, edition=plan.edition, party=party, organ=found.organs[organ], at=at)
    found.plan = put_in_force(found.keeper, edition=plan.edition, on=at.astimezone(CHINA).date(), at=at)
    return found.plan


def everybody(found: County) -> Iterator[tuple[str, Actor]]:
    """Every actor of the county by name, the keeper of the register first."""
    yield "keeper", found.keeper
    yield from found.actors.items()


def delegate_of(found: County, giver: str, taker: str, *, days: int, at: datetime) -> Actor:
    """`taker` acting in the post of `giver` for some days from `at`."""
    day = at.astimezone(CHINA).date()
    post = found[giver].post
    assert post is not None
    people.delegate(
        found.keeper, post=post, taker=found.persons[taker], from_on=day, until_on=day + timedelta(days=days), at=at
    )
    held = next(row for row in posts(found.keeper, on=day) if row.id == post)
    return Actor(
        kind="person", bureau=found.bureau, person=found.persons[taker], post=post, organ=held.organ.id,
        acting_for=found.persons[giver], roles=frozenset({held.organ.kind}), name=taker,
    )  # fmt: skip
