"""Panels that are drawn: the committee as a list, frozen for a case, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from qingfu.base.draw.notice import Method, Share
from qingfu.records.draws import actions as draws
from qingfu.records.draws import queries
from qingfu.records.draws.actions import Candidate, Frozen
from qingfu.records.draws.queries import CallLine, DrawView
from qingfu.records.enactment import actions as enactment
from qingfu.records.people import actions as people
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import panel_wanted
from tests.cast import BEGINS, County
from tests.records.routes.walk import MONDAY, apply

DAY = MONDAY.date()
BY_KIND: Method = Share(("kind",), 1, 100)
# A second of every kind, so that somebody can follow.
SECONDS = {"教育领域专家": "委员戊", "校长教师代表": "委员己", "人大代表": "委员庚", "政协委员": "委员辛"}


def with_reserves(county: County) -> dict[str, int]:
    """Persons of a second member for each kind, by kind."""
    found = {}
    for place, (kind, title) in enumerate(SECONDS.items()):
        person = people.add_person(county.keeper, name=f"候补{place}", at=BEGINS)
        post = people.add_post(
            county.keeper, organ=county.organs["committee"], title=title, member_kind=kind, at=BEGINS
        )
        people.hold_post(county.keeper, post=post, person=person, from_on=date(2024, 1, 1), at=BEGINS)
        found[kind] = person
    return found


def case(county: County) -> int:
    """A case whose panel is to be chosen."""
    return apply(county).row.run


def committee(county: County, run: int, *, out: Mapping[int, str] | None = None) -> tuple[Candidate, ...]:
    """The whole committee by kind; who may not judge the case, and whoever is in `out`, left out."""
    want = panel_wanted(county["clerk"], run, on=DAY)
    whole = queries.pool(county["clerk"], kind="experts", on=DAY, organ=want.committee)
    left = {**want.barred, **(out or {})}
    places = {n: left[one.person] for n, one in enumerate(whole.candidates, start=1) if one.person in left}
    return queries.listed(whole, by=("kind",), excluded=places)


def lot(county: County, run: int, **said: object) -> Frozen:
    listed = said.pop("candidates", None) or committee(county, run)
    assert isinstance(listed, tuple)
    return replace(
        Frozen("论证专家抽取", BY_KIND, listed, clause="四(二)b", sealed_names=True),
        **said,  # type: ignore[arg-type]
    )


def frozen(county: County, run: int, *, by: str = "clerk", **said: object) -> DrawView:
    return enactment.freeze_for_panel(county[by], run=run, frozen=lot(county, run, **said), alone=True, at=MONDAY)


def drawn(county: County, run: int) -> int:
    """The draw of the case, run."""
    held = frozen(county, run).id
    draws.run(county["clerk"], draw=held, at=MONDAY)
    return held


def in_turn(county: County, draw: int) -> Sequence[CallLine]:
    lines = queries.call_list(county["clerk"], draw).lines
    return [one for one in lines if one.standing in ("waiting", "tried", "reached")]


def call(
    county: County, draw: int, line: CallLine, outcome: str = "reached", reason: str = "", *, after_all: bool = False
) -> None:
    enactment.note_call(
        county["clerk"], draw=draw, ticket=line.ticket.ticket, outcome=outcome, reason=reason, after_all=after_all,
        at=MONDAY,
    )  # fmt: skip


def seated(county: County, run: int) -> set[int]:
    """Persons who sit on the panel now."""
    return set(panel_wanted(county["clerk"], run, on=DAY).asked)


def by_hand(county: County, run: int, posts: Sequence[int]) -> None:
    routes.appoint_panel(county["clerk"], run=run, posts=posts, at=MONDAY)
