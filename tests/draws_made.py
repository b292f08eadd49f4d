"""The records in tests/data/draws, and how they are made: `python -m tests.draws_made` writes them anew.

No chance of the machine is in them: what a person or a secret would be follows from a name, so that they come out the
same every time, and a verifier in another language can be tried on them without the program that draws.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import escrow, running
from qingfu.base.draw.ceremony import Ceremony, Values
from qingfu.base.draw.curve import N
from qingfu.base.draw.freezing import freeze
from qingfu.base.draw.keys import Secrets
from qingfu.base.draw.notice import (
    LOT,
    RFC3797,
    Allot,
    Entry,
    Exclusion,
    Match,
    Method,
    Notice,
    Pick,
    PublicNumber,
    Share,
    Tie,
    Void,
)

T = TypeVar("T")
DATA = Path(__file__).resolve().parent / "data"
FOLDER, VECTORS = DATA / "draws", DATA / "lottery_vectors"
FROZEN = datetime(2026, 8, 28, 1, 0, tzinfo=UTC)
AREAS = ("城关镇", "东河镇", "西岭乡", "南塘镇")
Team = Sequence[tuple[str, str]]
TEAM: Team = (
    ("县教育局基教股", "organiser"),
    ("三年级家长代表", "witness"),
    ("县纪委监委派驻组", "witness"),
    ("五年级家长代表", "witness"),
    ("街道办事处", "witness"),
)


class Dice:
    """Numbers that follow from a name."""

    def __init__(self, name: str) -> None:
        self.name, self.step = name, 0

    def number(self) -> int:
        """256 bits."""
        self.step += 1
        return int.from_bytes(sha256(f"{self.name}/{self.step}".encode()).digest(), "big")

    def below(self, size: int) -> int:
        return self.number() % size

    def of(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def bell(self, middle: int, width: int) -> int:
        """Around ``middle``, with a deviation of about ``width``."""
        return middle + (sum(self.below(2 * width + 1) for _ in range(3)) - 3 * width)

    def shuffled(self, things: Sequence[T]) -> list[T]:
        return sorted(things, key=lambda _: self.number())

    @property
    def secrets(self) -> Secrets:
        return lambda: 1 + self.number() % (N - 1)


def notice(draw: str, title: str, method: Method, pool: Sequence[Entry], **more: Any) -> Notice:
    """A frozen list of the invented county."""
    return freeze(Notice(draw, title, "青溪县教育局", "五(一)2", FROZEN, method, tuple(pool), **more))


@dataclass(frozen=True)
class Circle:
    """A ceremony up to the seal, with what its members keep to themselves."""

    at: Ceremony
    keys: tuple[int, ...]
    shares: dict[int, int]
    secrets: Secrets

    def opening(self, by: int, of: int) -> escrow.Opening:
        """The piece of the share that ``by`` dealt, opened by ``of``."""
        one = next(deal for deal in self.at.deals if deal.by == by)
        return escrow.open_piece(self.at.table, one, of=of, secret=self.keys[of], secrets=self.secrets)

    def revealed(self, silent: Sequence[int] = (), number: Values | None = None) -> Ceremony:
        """All shares told, those of ``silent`` opened by the last of the others."""
        at = self.at
        for by, share in self.shares.items():
            if by in silent:
                for of in [of for of in range(len(self.keys)) if of != by][-at.threshold :]:
                    at = steps.open_for(at, by=by, opening=self.opening(by, of))
            else:
                at = steps.reveal(at, by=by, share=share)
        return at if number is None else steps.tell_number(at, number)


def circle(frozen: Notice, team: Team, threshold: int, *, without: Sequence[int] = (), name: str = "") -> Circle:
    """Everybody joins, all but ``without`` deal, and it is sealed."""
    secrets = Dice(name or frozen.draw).secrets
    at, keys, shares = Ceremony(frozen), tuple(secrets() for _ in team), {}
    for (member, role), key in zip(team, keys, strict=True):
        at = steps.join(at, steps.new_member(frozen, name=member, role=role, secret=key, secrets=secrets))
    at = steps.close_circle(at, threshold=threshold)
    for by, key in enumerate(keys):
        if by not in without:
            deal, shares[by] = escrow.deal(at.table, by=by, secret=key, secrets=secrets)
            at = steps.give(at, deal)
    return Circle(steps.seal(at), keys, shares, secrets)


def experts(size: int = 30) -> tuple[Entry, ...]:
    return tuple(Entry(f"E{i:02d}", name=f"专家{i:02d}") for i in range(1, size + 1))


def picks() -> Iterator[tuple[str, Ceremony]]:
    """Experts, schools, parents: k of n, and so much of every school and grade."""
    alone, three = TEAM[:1], TEAM[:3]
    own = Exclusion("E31", "与申请单位有隶属关系", name="专家31")
    said = "专家抽取：“进校园”评审"
    yield "pick-alone", circle(notice("experts-1", said, Pick(5), experts(), excluded=(own,)), alone, 1).revealed()
    seen = circle(notice("experts-2", said, Pick(5), experts()), TEAM, 3, without=(4,))
    yield "pick-witnessed", seen.revealed(silent=(1,))
    numbered = PublicNumber("中国福利彩票双色球", "2026099", date(2026, 8, 30))
    schools = notice("schools-1", "双随机抽查学校", Pick(3), experts(), number=numbered)
    yield "pick-number", circle(schools, alone, 1).revealed(number=((3, 9, 17, 21, 28, 33, 11),))
    yield "share", circle(parents(1200), three, 2).revealed()
    yield (
        "rehearsal",
        circle(notice("rehearsal-1", "演练：专家抽取", Pick(5), experts(), rehearsal=True), three, 2).revealed(),
    )
    void = notice("experts-3", "专家抽取", Pick(5), experts(), replaces=Void("experts-0", "见证人离场，未开启"))
    yield "void-replaced", circle(void, three, 2).revealed(silent=(2,))


def parents(size: int) -> Notice:
    dice = Dice("parents")
    pool = tuple(
        Entry(
            f"P{i:04d}",
            holder=f"{dice.number():064x}",
            marks={"grade": str(1 + dice.below(6)), "school": f"第{1 + dice.below(4)}小学"},
        )
        for i in range(size)
    )
    return notice("parents-1", "家长电话回访抽样（不低于3%）", Share(("school", "grade"), 3, 100, 1), pool)


def matches() -> Iterator[tuple[str, Ceremony]]:
    """Inspectors and schools, by township and family ties, over three months and over two."""
    dice = Dice("inspectors")
    schools = tuple(Entry(f"S{i:03d}", name=f"第{i}学校", marks={"area": dice.of(AREAS)}) for i in range(60))
    takers = tuple(
        Entry(f"I{i:02d}", name=f"督学{i}", marks={"area": dice.of(AREAS)}, most=None if i % 5 else 6)
        for i in range(12)
    )
    pairs = sorted({(dice.of(schools).ticket, dice.of(takers).ticket) for _ in range(20)})
    months = Match(3, takers, ("area",), tuple(Tie(*pair, "亲属") for pair in pairs))
    yield "match", circle(notice("visits-1", "责任督学三个月随机派督", months, schools), TEAM[:3], 2).revealed()
    bare = tuple(replace(one, marks={}, most=None) for one in takers[:7])
    pool = tuple(replace(one, marks={}) for one in schools[:21])
    yield "match-even", circle(notice("visits-2", "交叉检查", Match(2, bare), pool), TEAM[:1], 1).revealed()


def pupils(size: int, name: str, *, related: int = 8) -> tuple[tuple[Entry, ...], Allot]:
    """A school's new pupils; of a hundred, ``related`` are twins or must be apart."""
    dice = Dice(f"pupils/{name}")
    pool = tuple(
        Entry(
            f"T{i:06d}",
            holder=f"{dice.number():064x}",
            marks={
                "gender": dice.of("AB"),
                "special": "1" if not dice.below(60) else "0",
                "township": "1" if not dice.below(5) else "0",
            },
            level=min(300, max(0, dice.bell(150, 36))),
        )
        for i in range(size)
    )
    row = iter(dice.shuffled([one.ticket for one in pool]))
    pairs = [tuple(sorted((next(row), next(row)))) for _ in range(size * related // 200)]
    return pool, Allot(
        classes=tuple(f"{i + 1}班" for i in range(-(-size // 45))),
        balance=("gender", "township", "special"),
        together=tuple(sorted(pairs[1::2])),
        apart=tuple(sorted((a, b) for a, b in pairs[::2])),
        later=10,
    )


def allotments() -> Iterator[tuple[str, Ceremony]]:
    """Classes of a village school, of a town school, and of the largest there is."""
    for name, size, classes in (("allot-small", 37, 4), ("allot-90", 90, 2), ("allot-1200", 1200, 27)):
        pool, method = pupils(size, name)
        labels = tuple(f"{i + 1}班" for i in range(classes))
        teams = tuple(Entry(f"J{i:02d}", name=f"教师组{i}") for i in range(classes))
        avoid = tuple(sorted({(pool[3].ticket, "J00"), (pool[8].ticket, "J01")}))
        whole = replace(method, classes=labels, teams=teams, avoid=avoid)
        yield name, circle(notice(name, "阳光分班", whole, pool), TEAM[:4], 3).revealed(silent=(3,))


def vector(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return read


def older() -> Iterator[tuple[str, Ceremony]]:
    """Draws that others held, by their own schemes and with their published numbers."""
    said = vector("rfc3797_example")
    yield "rfc3797-example", _older(RFC3797, said["pool"], 10, said["sources_as_given"])
    said = vector("nomcom_2022")
    people = [f"volunteer {i + 1}" for i in range(said["pool_size"])]
    yield "nomcom-2022", _older(RFC3797, people, 10, [one["values"] for one in said["sources_as_given"]])
    said = vector("xsf_2025_tiebreak")
    yield "xsf-2025", _older(LOT, said["candidates_alphabetical"], 1, [said["numbers"]])


def _older(scheme: str, names: list[str], take: int, values: list[list[int]]) -> Ceremony:
    pool = tuple(Entry(f"N{i:03d}", name=name) for i, name in enumerate(names, start=1))
    number = PublicNumber("as published", "", FROZEN.date())
    frozen = notice(f"{scheme}-{len(names)}", "A draw of others", Pick(take), pool, number=number, scheme=scheme)
    return steps.tell_number(steps.seal(Ceremony(frozen)), tuple(tuple(row) for row in values))


KINDS: tuple[Callable[[], Iterator[tuple[str, Ceremony]]], ...] = (picks, matches, allotments, older)


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of the folder with its bytes."""
    for kind in KINDS:
        for name, at in kind():
            yield f"{name}.record.json", running.run(at)
            yield f"{name}.anchor.json", running.anchor(at)


def main() -> None:
    for name, content in files():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
