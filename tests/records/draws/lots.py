"""Draws brought into every state through the verbs, with witnesses whose phones are played here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from qingfu.base.actor import Actor
from qingfu.base.chance import new_scalar
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import escrow
from qingfu.base.draw.curve import N
from qingfu.base.draw.keys import scalar
from qingfu.base.draw.notice import Match, Pick, Share
from qingfu.records.draws import actions, queries
from qingfu.records.draws.actions import Candidate, Frozen, Tied
from qingfu.records.draws.queries import DrawView
from tests.cast import County, moment

AT = moment("2024-08-20")
STATES = ("frozen", "dealing", "sealed", "drawn", "void")


def experts(count: int = 20) -> tuple[Candidate, ...]:
    return tuple(Candidate(f"专家{place:02d}") for place in range(1, count + 1))


def parents() -> tuple[Candidate, ...]:
    """Three schools of 40, 70 and 10 parents."""
    sizes = {"第一小学": 40, "第二小学": 70, "第三小学": 10}
    return tuple(
        Candidate(f"{school}家长{place:03d}", {"school": school}, contact=f"1380000{place:04d}")
        for school, size in sizes.items()
        for place in range(size)
    )


def lot(**said: object) -> Frozen:
    """Five experts of twenty; one is excluded."""
    listed = (*experts(), Candidate("专家九九", reason="与申请单位有隶属关系"))
    return Frozen(**{"title": "专家抽取", "method": Pick(5), "candidates": listed, **said})  # type: ignore[arg-type]


def sample() -> Frozen:
    return Frozen("家长回访", Share(("school",), 3, 100), parents(), sealed_names=True)


def inspectors(**said: object) -> Frozen:
    """Eight schools of two townships, six inspectors, three rounds; one has a relative, one goes at most four times."""
    towns = ("清溪镇", "白鹤镇")
    schools = tuple(Candidate(f"第{place}小学", {"town": towns[place % 2]}) for place in range(1, 9))
    people = tuple(
        Candidate(f"督学{name}", {"town": "清溪镇"} if name in "甲乙" else {}, most=4 if name == "己" else None)
        for name in "甲乙丙丁戊己"
    )
    ties = (Tied(1, 3, "亲属在该校任职"),)
    made = {
        "title": "责任督学抽取",
        "method": Match(3, (), ("town",)),
        "candidates": schools,
        "takers": people,
        "ties": ties,
    }
    return Frozen(**{**made, **said})  # type: ignore[arg-type]


def matched(county: County, said: Frozen | None = None) -> int:
    """A matching that was run."""
    held = frozen(county, said or inspectors(), alone=True).id
    actions.run(county["clerk"], draw=held, at=AT)
    return held


def frozen(county: County, said: Frozen | None = None, *, by: str = "clerk", alone: bool = False) -> DrawView:
    return actions.freeze(county[by], plan=None, frozen=said or lot(), alone=alone, at=AT)


@dataclass
class Phone:
    """A witness without an account: a key of its own, and what it has dealt."""

    county: County
    door: str
    name: str
    share: int = 0

    def __post_init__(self) -> None:
        self.key = self.secret()

    @property
    def actor(self) -> Actor:
        return Actor.public(self.county.bureau)

    @property
    def secret(self) -> Callable[[], int]:
        return partial(new_scalar, N)

    def draw(self) -> DrawView:
        return queries.behind_door(self.actor, self.door)

    def place(self) -> int:
        return next(one.place for one in self.draw().members if one.name == self.name)

    def ceremony(self) -> steps.Ceremony:
        return queries.ceremony(self.county["clerk"], self.draw().id)

    def join(self) -> DrawView:
        made = steps.new_member(
            self.draw().notice, name=self.name, role="witness", secret=self.key, secrets=self.secret
        )
        return actions.join(self.actor, door=self.door, member=made.document(), at=AT)

    def deal(self) -> DrawView:
        made, self.share = escrow.deal(self.ceremony().table, by=self.place(), secret=self.key, secrets=self.secret)
        return actions.give(self.actor, door=self.door, deal=made.document(), at=AT)

    def reveal(self) -> DrawView:
        return actions.reveal(self.actor, door=self.door, by=self.place(), share=scalar(self.share), at=AT)

    def open_for(self, other: Phone) -> DrawView:
        at = self.ceremony()
        one = next(deal for deal in at.deals if deal.by == other.place())
        made = escrow.open_piece(at.table, one, of=self.place(), secret=self.key, secrets=self.secret)
        return actions.open_for(self.actor, door=self.door, by=other.place(), opening=made.document(), at=AT)


def witnessed(
    county: County, said: Frozen | None = None, names: tuple[str, ...] = ("李家长", "王家长")
) -> tuple[int, list[Phone]]:
    """A draw that is sealed, with every witness's share in it."""
    held = frozen(county, said)
    phones = [Phone(county, held.door, name) for name in names]
    for phone in phones:
        phone.join()
    actions.close_circle(county["clerk"], draw=held.id, threshold=2, at=AT)
    for phone in phones:
        phone.deal()
    actions.seal(county["clerk"], draw=held.id, at=AT)
    return held.id, phones


def in_state(county: County, state: str) -> int:
    """A draw of the office in this state."""
    clerk = county["clerk"]
    if state in ("frozen", "dealing", "void"):
        held = frozen(county).id
        if state == "dealing":
            actions.close_circle(clerk, draw=held, threshold=1, at=AT)
        if state == "void":
            actions.void(clerk, draw=held, reason="停电", at=AT)
        return held
    held = frozen(county, alone=True).id
    if state == "drawn":
        actions.run(clerk, draw=held, at=AT)
    return held
