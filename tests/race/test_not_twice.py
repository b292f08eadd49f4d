"""Sent twenty times at once, done once: hand-ins, one-time links, the door, the ledger, numbers, drafts, the seal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.chain import Link, Sealed, verify
from qingfu.base.chance import new_id
from qingfu.base.errors import LinkSpent, QingfuError, WrongState
from qingfu.base.once import FormId
from qingfu.records.duties import actions as duties
from qingfu.records.duties.queries import TaskRow, TaskView, board, task
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms.actions import save_draft
from qingfu.records.forms.queries import draft
from qingfu.records.journal.actions import seal
from qingfu.records.journal.queries import exported, head, reading, story
from qingfu.records.models import Account, Answer, Draft, Entry, HandIn, Problem, Run, Seal
from qingfu.records.people import actions as people
from qingfu.records.problems import actions as problems
from tests.cast import County, moment
from tests.race.together import AT_ONCE, at_once, refused
from tests.records.problems.lines import in_state, seen
from tests.records.routes.walk import apply

DAY = moment("2024-07-22")
ONE_PROBLEM = "连续三周要求教师微信接龙转发消防答题"


@pytest.fixture
def home(real_county: County) -> County:
    """The county to fight over."""
    return real_county


def census(home: County, organ: str = "school") -> TaskRow:
    """The census task of one organ."""
    rows = board(home["clerk"], edition=home.edition, duty="census", at=DAY, size=100).rows
    return next(row for row in rows if row.organ.id == home.organs[organ])


def one_problem(home: County) -> dict[str, Any]:
    """A problem list with one row."""
    return {"problems": [{"problem": ONE_PROBLEM, "kind": "heavy-trace", "owner": home.organs["fire"]}]}


def hand_in(home: County, *, client_id: UUID | None = None, note: str = "") -> Callable[[], object]:
    """The principal hands in the census with one problem."""
    number = census(home).id
    content = {**one_problem(home), "note": note}
    sent = client_id or new_id()
    return lambda: enactment.hand_in(home["principal"], task=number, content=content, client_id=sent, at=DAY)


def kept(home: County) -> tuple[int, int, int]:
    """How many hand-ins, answers and lines of the ledger there are."""
    with reading(home.keeper):
        return HandIn.objects.count(), Answer.objects.count(), Problem.objects.count()


@pytest.mark.proves("P12")
def test_one_form_sent_twenty_times_at_once_is_one_hand_in_and_one_line(home: County) -> None:
    sent = FormId(str(new_id()), said="a" * 64)
    came_back = at_once([hand_in(home, client_id=sent)] * AT_ONCE)
    assert refused(came_back) == 0
    assert len({told.hand_ins for told in came_back if isinstance(told, TaskView)}) == 1
    assert kept(home) == (1, 1, 1)
    assert [told.verb for told in story(home.keeper, subject="task", subject_id=census(home).id)].count(
        "duties.hand_in"
    ) == 1


def test_twenty_forms_of_their_own_for_one_task_are_one_hand_in_and_the_rest_leave_nothing(home: County) -> None:
    came_back = at_once([hand_in(home) for _ in range(AT_ONCE)])
    assert refused(came_back, WrongState) == AT_ONCE - 1
    assert kept(home) == (1, 1, 1)


def test_of_one_client_id_with_twenty_contents_the_first_to_arrive_stands_and_the_others_are_told(home: County) -> None:
    number = str(new_id())
    forms = [hand_in(home, client_id=FormId(number, said=f"{n:064d}"), note=f"第{n}稿") for n in range(AT_ONCE)]
    came_back = at_once(forms)
    assert [told.code for told in came_back if isinstance(told, QingfuError)] == ["QF-TWICE"] * (AT_ONCE - 1)
    assert kept(home) == (1, 1, 1)


def by_link(home: County, token: str, client_id: UUID) -> Callable[[], object]:
    """The unit hands in through its link."""
    return lambda: enactment.hand_in_by_link(
        bureau=home.bureau, token=token, content=one_problem(home), signed="周校长", client_id=client_id, at=DAY
    )  # fmt: skip


def test_a_one_time_link_opened_by_twenty_at_once_is_spent_by_one(home: County) -> None:
    token = duties.send_link(home["clerk"], task=census(home).id, at=DAY)
    came_back = at_once([by_link(home, token, new_id()) for _ in range(AT_ONCE)])
    assert refused(came_back, LinkSpent) == AT_ONCE - 1
    assert kept(home) == (1, 1, 1)


def test_one_form_sent_twenty_times_through_a_link_gets_twenty_times_the_same_receipt(home: County) -> None:
    token, sent = duties.send_link(home["clerk"], task=census(home).id, at=DAY), new_id()
    came_back = at_once([by_link(home, token, sent)] * AT_ONCE)
    receipts = {told.hand_ins[-1].digest for told in came_back if isinstance(told, TaskView)}
    assert [refused(came_back), len(receipts)] == [0, 1]
    assert kept(home) == (1, 1, 1)


def test_a_fresh_link_made_while_the_old_one_is_used_ends_it_or_comes_too_late(home: County) -> None:
    number = census(home).id
    for _ in range(AT_ONCE // 4):
        token = duties.send_link(home["clerk"], task=number, at=DAY)
        used, made = at_once(
            [by_link(home, token, new_id()), lambda: duties.send_link(home["clerk"], task=number, at=DAY)]
        )
        assert isinstance(made, str)
        if isinstance(used, TaskView):
            duties.give_back(home["clerk"], task=number, reason="再核对一次", at=DAY)
        else:
            assert isinstance(used, LinkSpent)
    handed_in, _, lines = kept(home)
    assert lines == min(handed_in, 1)


def test_an_invitation_opened_by_twenty_at_once_makes_one_account(home: County) -> None:
    token = people.invite(home.keeper, person=home.persons["clerk"], at=DAY)
    doors = [
        lambda n=n: people.accept_link(token=token, name=f"account-{n}", password="a long evening", at=DAY)
        for n in range(AT_ONCE)
    ]
    came_back = at_once(doors)
    assert refused(came_back, LinkSpent) == AT_ONCE - 1
    assert Account.objects.count() == 1


def test_twenty_officers_strike_off_one_line_and_one_did(home: County) -> None:
    held = in_state(home, "reported")
    officers = [home["clerk"], home["second-clerk"]] * (AT_ONCE // 2)
    strikes = [lambda who=who: problems.strike_off(who, problem=held, at=moment("2024-07-25")) for who in officers]
    came_back = at_once(strikes)
    assert refused(came_back, WrongState) == AT_ONCE - 1
    line = seen(home, held)
    assert (line.row.state, len(line.verifications)) == ("struck-off", 1)


def test_accepting_and_giving_back_at_once_is_one_or_the_other(home: County) -> None:
    hand_in(home)()
    number = census(home).id
    judges: list[Callable[[], object]] = [
        lambda: duties.accept(home["clerk"], task=number, at=DAY),
        lambda: duties.give_back(home["second-clerk"], task=number, reason="缺时间", at=DAY),
    ]
    came_back = at_once(judges * (AT_ONCE // 2))
    assert refused(came_back) == AT_ONCE - 1
    told = task(home["clerk"], number, at=DAY)
    assert (told.row.state, told.hand_ins[-1].judged) in (("accepted", "accepted"), ("returned", "returned"))


@pytest.mark.proves("A07")
def test_cases_that_arrive_at_once_are_numbered_without_gap_or_double(home: County) -> None:
    came_back = at_once([partial(apply, home, title=f"事项{n}", theme=f"主题{n}") for n in range(AT_ONCE)])
    assert refused(came_back) == 0
    with reading(home.keeper):
        numbers = sorted(Run.objects.values_list("number", flat=True))
    assert numbers == [f"2024-{n:06d}" for n in range(1, AT_ONCE + 1)]


def test_a_refused_case_leaves_no_gap_in_the_numbers(home: County) -> None:
    def one(n: int) -> Callable[[], object]:
        return lambda: apply(home, title=f"事项{n}", theme=f"主题{n}", starts="2024-10-09" if n % 2 else "2024-11-30")

    came_back = at_once([one(n) for n in range(AT_ONCE)])
    assert refused(came_back) == AT_ONCE // 2
    with reading(home.keeper):
        assert sorted(Run.objects.values_list("number", flat=True)) == [f"2024-{n:06d}" for n in range(1, 11)]


def find(home: County, number: int) -> Callable[[], object]:
    """The office enters a lead."""
    plan = home.in_force()
    return lambda: problems.find(
        home["clerk"], plan=plan, title=f"第{number}条线索", owner=home.organs["school"], source="hotline",
        found_on=date(2024, 7, 20), at=DAY,
    )  # fmt: skip


def test_lines_that_are_found_at_once_are_numbered_without_gap_or_double(home: County) -> None:
    assert refused(at_once([find(home, number) for number in range(AT_ONCE)])) == 0
    with reading(home.keeper):
        numbers = sorted(Problem.objects.values_list("number", flat=True))
    assert numbers == [f"2024-{n:04d}" for n in range(1, AT_ONCE + 1)]


def test_twenty_savings_of_one_draft_at_once_leave_one_draft(home: County) -> None:
    saves = [
        lambda n=n: save_draft(home["principal"], subject="task:1", content={"note": f"{n}"}, at=DAY)
        for n in range(AT_ONCE)
    ]
    assert refused(at_once(saves)) == 0
    found = draft(home["principal"], "task:1")
    assert found is not None
    with reading(home.keeper):
        assert Draft.objects.count() == 1


def test_two_days_begun_at_once_open_every_task_once(home: County) -> None:
    at = moment("2024-08-20")
    came_back = at_once([lambda: enactment.open_the_day(bureau=home.bureau, at=at)] * 6)
    assert refused(came_back) == 0
    opened = [told for told in came_back if told]
    assert len(opened) <= 1
    rows = board(home["clerk"], edition=home.edition, at=at, size=1000).rows
    assert len({(row.duty, row.organ.id, row.period) for row in rows}) == len(rows)


def test_sealers_at_once_while_people_write_keep_the_chain_gapless(home: County) -> None:
    over = Event()
    sealed: list[int] = []

    def sealer() -> None:
        try:
            while not over.is_set():
                sealed.append(seal(home.bureau))
        finally:
            connections.close_all()

    sealers = [Thread(target=sealer) for _ in range(3)]
    for thread in sealers:
        thread.start()
    try:
        for _ in range(3):
            assert refused(at_once([find(home, n) for n in range(10)])) == 0
    finally:
        over.set()
        for thread in sealers:
            thread.join()
    seal(home.bureau, whole=True)
    now = head(home.keeper)
    rows: list[dict[str, Any]] = list(exported(Actor.clock(home.bureau)))
    verify([Sealed(Link(r["n"], digest(r["entry"]), r["prev"], r["digest"]), r["entry"]) for r in rows], now.text)
    with reading(home.keeper):
        assert list(Seal.objects.order_by("n").values_list("n", flat=True)) == list(range(1, now.n + 1))
        assert (now.n, now.waiting) == (Entry.objects.count(), 0)
    assert sum(sealed) <= now.n
