"""Twenty at once: for the list's last place, and for one decision. Exactly one wins, and the others are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qingfu.base.actor import Actor
from qingfu.base.errors import DecidedAlready, Full, QingfuError
from qingfu.packfile.read import load
from qingfu.records.disclosures.queries import latest, trail
from qingfu.records.enactment import actions as enactment
from qingfu.records.journal.actions import seal
from qingfu.records.journal.queries import reading, story
from qingfu.records.lists import actions as lists
from qingfu.records.lists.models import Listing, Roll
from qingfu.records.lists.queries import listings, rolls
from qingfu.records.people import actions as people
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import run
from tests.cast import SEATS, County, county, enact_plan, moment
from tests.race.together import AT_ONCE, at_once
from tests.records.routes.walk import MONDAY, apply, decide, opine, seat_panel


def _county(**fills: str) -> County:
    made = county(enact=False)
    named = {"routes.annual.steps.experts.need.opinions": "1", **fills}
    enact_plan(made, load("hechuan-2024"), SEATS, fills=named, at=moment("2024-07-16"))
    return made


def _to_be_published(found: County, number: int) -> int:
    case = apply(found, title=f"第{number}号事项", theme=f"主题{number}").row.run
    seat_panel(found, case)
    opine(found, "expert", case)
    for who, verb in (("reviewer", "pass"), ("leader", "approve"), ("clerk", "record")):
        decide(found, who, case, verb)
    return case


@pytest.mark.proves("A15")
def test_twenty_publications_fight_for_the_last_place_of_the_list(real_db: str) -> None:
    found = _county(**{"lists.whitelist.caps.0.at-most": "2"})
    decide(found, "clerk", _to_be_published(found, 0), "publish")
    cases = [_to_be_published(found, number) for number in range(1, AT_ONCE + 1)]
    shown = {case: run(found["clerk"], case).digest for case in cases}

    def publish(case: int) -> Callable[[], object]:
        return lambda: enactment.decide(found["clerk"], run=case, verb="publish", digest=shown[case], at=MONDAY)

    shown_before = len(trail(found["clerk"], key="whitelist"))
    came_back = at_once([publish(case) for case in cases])
    assert sum(isinstance(told, Full) for told in came_back) == AT_ONCE - 1
    assert [rolls(found["clerk"])[0].taken, listings(found["clerk"]).total] == [2, 2]
    # Who found no place stands where he stood: nothing of the refused decision remains.
    states = [run(found["clerk"], case).state for case in cases]
    assert sorted(states) == ["at"] * (AT_ONCE - 1) + ["finished"]
    published = [
        told.verb
        for case in cases
        for told in story(found.keeper, subject="run", subject_id=case)
        if told.verb == "routes.publish"
    ]
    assert published == ["routes.publish"]
    # The public was shown one more list, with both on it.
    copies = trail(found["clerk"], key="whitelist")
    assert len(copies) == shown_before + 1
    current = latest(found["clerk"], key="whitelist", plan=found.in_force())
    assert current is not None
    assert [len(roll["items"]) for roll in current.content["rolls"]] == [2]


def test_twenty_rolls_opened_at_once_are_one(real_db: str) -> None:
    found = _county()
    plan = found.in_force()

    def enter(number: int) -> Callable[[], object]:
        return lambda: lists.enter(
            Actor.clock(found.bureau), plan=plan, list="whitelist", span="2024", title=f"事项{number}",
            organ=found.organs["fire"], card={}, digest="d" * 64, valid_from=date(2024, 8, 1),
            valid_until=date(2024, 12, 31), at=MONDAY,
        )  # fmt: skip

    came_back = at_once([enter(number) for number in range(AT_ONCE)])
    assert sum(isinstance(told, Full) for told in came_back) == AT_ONCE - 3
    with reading(found.keeper):
        assert Roll.objects.get().taken == 3
        assert sorted(Listing.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_twenty_leaders_fight_for_one_decision(real_db: str) -> None:
    found = _county()
    case = _to_be_approved(found)
    leaders = [_leader(found, number) for number in range(AT_ONCE)]
    seen = run(leaders[0], case).digest

    def say(actor: Actor, number: int) -> Callable[[], object]:
        verb = ("approve", "refuse")[number % 2]
        return lambda: enactment.decide(actor, run=case, verb=verb, digest=seen, reason="理由", at=MONDAY)

    came_back = at_once([say(actor, number) for number, actor in enumerate(leaders)])
    losers = [told for told in came_back if isinstance(told, DecidedAlready)]
    assert len(losers) == AT_ONCE - 1
    turn = next(turn for turn in run(found["clerk"], case).turns if turn.step == "approve")
    assert len(turn.acts) == 1
    assert {told.facts["by"] for told in losers} == {turn.acts[0].person_name}
    assert {told.facts["day"] for told in losers} == {date(2024, 7, 22)}
    # The losers wrote nothing into the journal: the chain holds what was done.
    assert seal(found.bureau) > 0
    told = [row.verb for row in story(found.keeper, subject="run", subject_id=case)]
    assert sum(verb in ("routes.approve", "routes.refuse") for verb in told) == 1


def _to_be_approved(found: County) -> int:
    case = apply(found).row.run
    seat_panel(found, case)
    opine(found, "expert", case)
    decide(found, "reviewer", case, "pass")
    return case


def _leader(found: County, number: int) -> Actor:
    organ = found.organs["leading-group"]
    person = people.add_person(found.keeper, name=f"组员{number}", at=MONDAY)
    post = people.add_post(found.keeper, organ=organ, title=f"成员{number}", at=MONDAY)
    people.hold_post(found.keeper, post=post, person=person, from_on=date(2024, 1, 1), at=MONDAY)
    return Actor(
        kind="person", bureau=found.bureau, person=person, post=post, organ=organ, roles=frozenset({"leading-group"})
    )


def test_experts_who_hand_in_at_once_close_the_panel_once(real_db: str) -> None:
    found = _county(**{"routes.annual.steps.experts.need.opinions": "3"})
    case = apply(found).row.run
    seat_panel(found, case)
    experts = ("expert", "principal-expert", "npc-expert", "cppcc-expert")
    came_back = at_once([lambda who=who: opine(found, who, case) for who in experts])  # type: ignore[misc]  # bound now
    assert sum(isinstance(told, QingfuError) for told in came_back) == 1
    told = run(found["clerk"], case)
    assert [turn.step for turn in told.turns] == ["apply", "experts", "first"]
    panel = told.turns[1].panel
    assert panel is not None
    assert len(panel.opinions) == 3


def test_withdrawing_and_deciding_at_once_is_one_or_the_other(real_db: str) -> None:
    found = _county()
    case = _to_be_approved(found)
    seen = run(found["leader"], case).digest
    came_back = at_once(
        [
            lambda: routes.withdraw(found["fire-clerk"], run=case, at=MONDAY),
            lambda: enactment.decide(found["leader"], run=case, verb="refuse", digest=seen, reason="不妥", at=MONDAY),
        ]
    )
    assert sum(isinstance(told, QingfuError) for told in came_back) == 1
    told = run(found["clerk"], case)
    assert told.state in ("withdrawn", "refused")
    assert len(next(turn for turn in told.turns if turn.step == "approve").acts) == 1
