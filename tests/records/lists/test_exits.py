"""Off a list and back: every verb in every state as every role, and what happens to the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.base.errors import Full, Invalid, Late, NotAllowed, NotFound, QingfuError, WrongState
from qingfu.packfile.read import load
from qingfu.packfile.words.moves import Exit
from qingfu.packfile.words.pack import Pack
from qingfu.records.journal.actions import deed
from qingfu.records.lists import actions as lists
from qingfu.records.lists.queries import ListingView, listing, rolls
from qingfu.records.lists.states import LISTING, verb_of
from tests.cast import SEATS, County, county, enact_plan, everybody, moment
from tests.records.lists.test_rolls import entered
from tests.records.routes.walk import MONDAY
from tests.records.stage import undone

EXITS = (
    Exit(id="pause", says="暂停", returns=True),
    Exit(id="rectify", says="整改", returns=True),
    Exit(id="revoke", says="撤销"),
    Exit(id="clear", says="清理"),
)
DESK = {"clerk", "second-clerk", "reviewer", "second-reviewer", "leader", "deputy", "convener", "secretary"}
STATES = ("listed", "paused", "rectifying", "revoked", "cleared", "expired")
# Written down apart from the table: what each state lets happen, and where it leads.
LEADS: dict[str, dict[str, str]] = {
    "listed": {"pause": "paused", "rectify": "rectifying", "revoke": "revoked", "clear": "cleared"},
    "paused": {"come_back": "listed", "rectify": "rectifying", "revoke": "revoked", "clear": "cleared"},
    "rectifying": {"come_back": "listed", "revoke": "revoked", "clear": "cleared"},
}
AFTER = moment("2025-01-02")


def with_four_exits() -> Pack:
    """The county's pack with the other plan's four ways off the list."""
    pack = load("hechuan-2024")
    held = pack.lists["whitelist"].model_copy(update={"leaves_by": EXITS})
    exits = {"poor-effect": "clear", "bad-feedback": "pause"}
    judged = pack.evaluations["performance"]
    verdicts = tuple(v.model_copy(update={"exit": exits.get(v.id, v.exit)}) for v in judged.verdicts)
    return pack.model_copy(
        update={
            "lists": {"whitelist": held},
            "evaluations": {"performance": judged.model_copy(update={"verdicts": verdicts})},
        }
    )


@pytest.fixture(scope="module")
def four_exits(stage: County) -> Iterator[County]:
    with undone():
        made = county("four", enact=False)
        enact_plan(made, with_four_exits(), SEATS, at=moment("2024-07-16"))
        yield made


@pytest.fixture
def found(four_exits: County) -> Iterator[County]:
    with undone():
        yield four_exits


def _in_state(found: County, state: str) -> ListingView:
    held = entered(found, "消防安全第一课")
    way = {"paused": "pause", "rectifying": "rectify", "revoked": "revoke", "cleared": "clear"}.get(state)
    if way:
        return lists.leave(found["leader"], listing=held.id, exit=way, reason="评估结果", at=MONDAY)
    if state == "expired":
        lists.expire(Actor.clock(found.bureau), plan=found.in_force(), on=date(2025, 1, 1), at=AFTER)
    return listing(found["leader"], held.id)


def _tried(found: County, verb: Callable[[], object]) -> object:
    class _UndoneError(Exception):
        pass

    with deed(found.keeper):
        try:
            with transaction.atomic():
                outcome = verb()
                raise _UndoneError
        except _UndoneError:
            return outcome
        except QingfuError as refused:
            return refused


@pytest.mark.proves("A20")
@pytest.mark.parametrize("state", STATES)
def test_every_verb_in_every_state_as_every_role(found: County, state: str) -> None:
    held = _in_state(found, state)
    assert held.state == state
    actors = [*everybody(found), ("clock", Actor.clock(found.bureau)), ("public", Actor.public(found.bureau))]
    wrong = []
    for name, actor in actors:
        for verb in ("pause", "rectify", "revoke", "clear", "come_back"):

            def attempt(actor: Actor = actor, verb: str = verb) -> object:
                if verb == "come_back":
                    return lists.come_back(actor, listing=held.id, reason="已整改", at=MONDAY)
                return lists.leave(actor, listing=held.id, exit=verb, reason="评估结果", at=MONDAY)

            told = _tried(found, attempt)
            leads_to = LEADS.get(state, {}).get(verb)
            if name in DESK and leads_to:
                right = isinstance(told, ListingView) and told.state == leads_to
            else:
                right = isinstance(told, NotAllowed | WrongState | NotFound)
            if not right:
                wrong.append((name, verb, told))
        offered = {way.id for way in listing(actor, held.id).exits}
        expected = {way for way in LEADS.get(state, {}) if way != "come_back"} if name in DESK else set()
        if offered != expected:
            wrong.append((name, "offered", offered))
    assert wrong == []
    known = {row.verb for row in LISTING.rows if row.source == state} - {"expire"}
    assert known == set(LEADS.get(state, {}))


@pytest.mark.parametrize("state", STATES)
def test_only_the_clock_lets_a_listing_run_out(found: County, state: str) -> None:
    _in_state(found, state)
    for name, actor in everybody(found):

        def attempt(actor: Actor = actor) -> object:
            return lists.expire(actor, plan=found.in_force(), on=date(2025, 1, 1), at=AFTER)

        told = _tried(found, attempt)
        assert told == 0 if state not in LEADS else isinstance(told, NotAllowed), name
    clock = Actor.clock(found.bureau)
    assert lists.expire(clock, plan=found.in_force(), on=date(2025, 1, 1), at=AFTER) == (1 if state in LEADS else 0)


@pytest.mark.parametrize(("way", "taken"), [("pause", 1), ("rectify", 1), ("revoke", 0), ("clear", 0)])
def test_an_exit_that_can_be_taken_back_keeps_its_place(found: County, way: str, taken: int) -> None:
    held = entered(found, "消防安全第一课")
    lists.leave(found["leader"], listing=held.id, exit=way, reason="评估结果", at=MONDAY)
    assert rolls(found["leader"])[0].taken == taken


def test_a_freed_place_can_be_taken_by_another(found: County) -> None:
    held = [entered(found, f"事项{number}") for number in range(3)]
    with pytest.raises(Full):
        entered(found, "候补事项")
    lists.leave(found["leader"], listing=held[0].id, exit="revoke", reason="成效不明显", at=MONDAY)
    assert entered(found, "候补事项").number == 4


def test_how_it_left_and_came_back_is_kept_with_reasons(found: County) -> None:
    held = entered(found, "消防安全第一课")
    lists.leave(found["leader"], listing=held.id, exit="pause", reason="师生反映强烈", at=MONDAY)
    told = lists.come_back(found["leader"], listing=held.id, reason="已改进", at=moment("2024-07-30"))
    assert told.state == "listed"
    assert [(d.says, d.state, d.reason) for d in told.departures] == [
        ("暂停", "paused", "师生反映强烈"), ("", "listed", "已改进"),
    ]  # fmt: skip


def test_nothing_comes_back_to_a_list_that_is_over(found: County) -> None:
    held = entered(found, "消防安全第一课")
    lists.leave(found["leader"], listing=held.id, exit="pause", reason="师生反映强烈", at=MONDAY)
    with pytest.raises(Late):
        lists.come_back(found["leader"], listing=held.id, reason="已改进", at=AFTER)


@pytest.mark.parametrize(("returns", "state"), [(True, "paused"), (False, "cleared")])
def test_an_exit_the_plan_names_otherwise_leads_where_it_can_or_cannot_be_taken_back(returns: bool, state: str) -> None:
    verb = verb_of(Exit(id="removed", says="调出白名单", returns=returns))
    assert LISTING.move("listed", verb, "decider") == state


def test_leaving_needs_a_reason_and_a_way_the_plan_knows(found: County) -> None:
    held = entered(found, "消防安全第一课")
    with pytest.raises(Invalid):
        lists.leave(found["leader"], listing=held.id, exit="pause", reason=" ", at=MONDAY)
    with pytest.raises(Invalid):
        lists.leave(found["leader"], listing=held.id, exit="removed", reason="评估结果", at=MONDAY)
    with pytest.raises(NotFound):
        lists.leave(found["leader"], listing=held.id + 1, exit="pause", reason="评估结果", at=MONDAY)


def test_leaving_twice_with_one_form_leaves_once(found: County) -> None:
    held, form = entered(found, "消防安全第一课"), new_id()
    for _ in range(2):
        told = lists.leave(
            found["leader"], listing=held.id, exit="revoke", reason="成效不明显", client_id=form, at=MONDAY
        )
    assert (told.state, len(told.departures)) == ("revoked", 1)
    assert rolls(found["leader"])[0].taken == 0
