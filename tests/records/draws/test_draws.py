"""Draws in the register: witnessed, interrupted, run once, called through."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from qingfu.base import verify_draw
from qingfu.base.canon import canonical
from qingfu.base.chance import new_id
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw.curve import packed
from qingfu.base.draw.notice import Pick
from qingfu.base.errors import (
    BadNotice,
    BadShare,
    CircleClosed,
    DrawnAlready,
    Invalid,
    MemberKnown,
    NotFound,
    OutcomeStands,
    SharesMissing,
    WrongState,
)
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.draws import actions, queries
from qingfu.records.draws.actions import Candidate
from qingfu.records.draws.models import Draw, DrawRecord, Secret, Ticket
from qingfu.records.draws.queries import notices
from qingfu.records.enactment import actions as enactment
from qingfu.records.journal.actions import deed
from qingfu.records.people.models import Organ
from tests.cast import County, moment
from tests.records.draws.lots import AT, Phone, frozen, lot, sample, witnessed
from tests.records.stage import found, stage, undone

__all__ = ["found", "stage"]


def verdict(view: queries.DrawView) -> str:
    assert view.record is not None
    said = verify_draw.verify(view.record, view.anchor)
    assert said.faults == ()
    return said.verdict


@pytest.mark.proves("A09")
def test_a_circle_that_is_closed_without_a_threshold_takes_the_majority_of_those_who_joined(found: County) -> None:
    held = frozen(found)
    for name in ("李家长", "王家长", "周家长"):
        Phone(found, held.door, name).join()
    assert actions.close_circle(found["clerk"], draw=held.id, at=AT).threshold == 3


def test_a_draw_without_witnesses_can_be_replayed_and_says_no_more(found: County) -> None:
    held = frozen(found, alone=True)
    assert (held.state, [one.role for one in held.members]) == ("sealed", ["organiser"])
    drawn = actions.run(found["clerk"], draw=held.id, at=AT)
    assert verdict(drawn) == "replayable"
    assert len(drawn.result["chosen"]) == 5
    assert "021" not in drawn.result["order"]


@pytest.mark.proves("A09")
def test_a_share_that_the_organiser_did_not_hold_makes_it_random(found: County) -> None:
    held, phones = witnessed(found)
    with pytest.raises(SharesMissing, match="李家长"):
        actions.run(found["clerk"], draw=held, at=AT)
    for phone in phones:
        phone.reveal()
    assert verdict(actions.run(found["clerk"], draw=held, at=AT)) == "random"
    with deed(found["clerk"]):
        assert not Secret.objects.filter(member__draw=held).exists()


def test_a_walk_out_changes_nothing_of_the_outcome(found: County) -> None:
    held, (stays, leaves) = witnessed(found)
    stays.reveal()
    with undone():
        leaves.reveal()
        told = actions.run(found["clerk"], draw=held, at=AT)
    stays.open_for(leaves)
    assert queries.draw(found["clerk"], held).missing == ("王家长",)
    actions.open_missing(found["clerk"], draw=held, at=AT)
    opened = actions.run(found["clerk"], draw=held, at=AT)
    assert opened.result == told.result
    assert verdict(opened) == "random"


def test_a_phone_is_told_the_pieces_under_its_own_key_and_no_others(found: County) -> None:
    draw, phones = witnessed(found, names=("李家长", "王家长", "周家长"))
    stays, leaves = phones[0], phones[1]
    deal = stays.ceremony().deals[leaves.place()]
    asked = {
        of: {one.name: one.piece for one in queries.witness_state(stays.actor, stays.door, of=of).missing}
        for of in (-1, stays.place(), 99)
    }
    assert asked[stays.place()]["王家长"] == packed(deal.pieces[stays.place()]).hex()
    assert set(asked[-1].values()) == set(asked[99].values()) == {""}
    assert queries.draw(found["clerk"], draw).missing == ("李家长", "王家长", "周家长")


def test_a_draw_runs_once(found: County) -> None:
    held = frozen(found, alone=True).id
    first = actions.run(found["clerk"], draw=held, at=AT)
    with pytest.raises(DrawnAlready):
        actions.run(found["clerk"], draw=held, at=AT)
    assert queries.draw(found["clerk"], held).record == first.record
    with deed(found["clerk"]):
        for statement in ("UPDATE draws_draw_record SET content = ''", "UPDATE draws_draw SET notice = ''"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        assert DrawRecord.objects.filter(draw=held).count() == 1


def test_what_became_void_is_named_by_the_notice_that_replaces_it(found: County) -> None:
    held = frozen(found)
    actions.void(found["clerk"], draw=held.id, reason="见证人未到齐", at=AT)
    with pytest.raises(WrongState):
        actions.close_circle(found["clerk"], draw=held.id, threshold=1, at=AT)
    again = frozen(found, lot(replaces=held.id), alone=True)
    assert again.notice.replaces is not None
    assert (again.notice.replaces.draw, again.notice.replaces.reason) == (held.number, "见证人未到齐")
    assert queries.draw(found["clerk"], held.id).replaced_by == again.number
    with pytest.raises(Invalid):
        frozen(found, lot(replaces=again.id))


def test_once_every_share_is_told_a_draw_is_not_given_up_any_more(found: County) -> None:
    """Whoever has the organiser's share can compute then what will be drawn, and would give up what he dislikes."""
    held, (first, last) = witnessed(found)
    first.reveal()
    assert "void" in queries.draw(found["clerk"], held).may
    with undone():
        assert actions.void(found["clerk"], draw=held, reason="停电", at=AT).state == "void"
    with undone():
        first.open_for(last)
        actions.open_missing(found["clerk"], draw=held, at=AT)
        with pytest.raises(OutcomeStands):
            actions.void(found["clerk"], draw=held, reason="见证人离场", at=AT)
    last.reveal()
    assert "void" not in queries.draw(found["clerk"], held).may
    with pytest.raises(OutcomeStands):
        actions.void(found["clerk"], draw=held, reason="名单有误", at=AT)
    assert verdict(actions.run(found["clerk"], draw=held, at=AT)) == "random"


def test_a_draw_given_up_is_told_to_the_public_by_its_number_and_its_reason(found: County) -> None:
    held = frozen(found, lot(title="突击抽查"))
    rehearsed = frozen(found, lot(rehearsal=True))
    for draw in (held, rehearsed):
        enactment.void_draw(found["clerk"], draw=draw.id, reason="见证人未到齐", at=AT)
    with deed(found["clerk"]):
        (copy,) = Disclosure.objects.filter(shows="draw")
    said = json.loads(bytes(copy.content))
    assert (said["number"], said["state"], said["void_reason"]) == (held.number, "void", "见证人未到齐")
    # What it was to be stands nowhere: it may have been an unannounced check.
    assert "突击抽查" not in str(said) + copy.title


def test_what_was_drawn_before_under_the_same_title_stands_beside_what_is_published(found: County) -> None:
    """Or a school draws until one pleases, and publishes that one."""
    unwelcome, given_up = frozen(found, alone=True), frozen(found)
    actions.run(found["clerk"], draw=unwelcome.id, at=AT)
    actions.void(found["clerk"], draw=given_up.id, reason="停电", at=AT)
    frozen(found, lot(rehearsal=True))
    frozen(found, lot(title="另一次抽取"))
    # Nobody asked for the void one to be named.
    liked = frozen(found, alone=True)
    assert (liked.replaces, frozen(found).replaces) == (given_up.number, "")
    enactment.publish_draw(found["clerk"], draw=liked.id, at=AT)
    with deed(found["clerk"]):
        said = json.loads(bytes(Disclosure.objects.get(shows="draw").content))
    assert [(one["number"], one["state"]) for one in said["before"]] == [
        (unwelcome.number, "drawn"), (given_up.number, "void"),
    ]  # fmt: skip


def test_a_run_draw_never_becomes_void(found: County) -> None:
    held = frozen(found, alone=True).id
    actions.run(found["clerk"], draw=held, at=AT)
    with pytest.raises(WrongState):
        actions.void(found["clerk"], draw=held, reason="不满意", at=AT)


def test_a_rehearsal_never_verifies_as_the_draw(found: County) -> None:
    held = frozen(found, lot(rehearsal=True), alone=True)
    drawn = actions.run(found["clerk"], draw=held.id, at=AT)
    assert "-R2024-" in drawn.number
    assert verdict(drawn) == "rehearsal"


def test_a_witness_is_bound_to_the_key_that_joined(found: County) -> None:
    held = frozen(found)
    real, false = Phone(found, held.door, "李家长"), Phone(found, held.door, "李家长")
    real.join()
    false.key += 1
    with pytest.raises(MemberKnown):
        false.join()
    actions.close_circle(found["clerk"], draw=held.id, threshold=2, at=AT)
    with pytest.raises(BadShare):
        false.deal()
    real.deal()
    with pytest.raises(CircleClosed):
        real.deal()
    with pytest.raises(WrongState):
        Phone(found, held.door, "迟到的人").join()


@pytest.mark.parametrize("name", ["李家长 A", "李家长a", " 李家长A", "李家长 Ａ"])
def test_nobody_joins_under_a_name_that_looks_like_anothers(found: County, name: str) -> None:
    held = frozen(found)
    Phone(found, held.door, "李家长A").join()
    with pytest.raises(MemberKnown):
        Phone(found, held.door, name).join()
    # Nor under the organiser's.
    with pytest.raises(MemberKnown):
        Phone(found, held.door, f"{held.notice.organiser} ").join()


def test_what_a_phone_sends_that_is_no_share_is_refused_in_words(found: County) -> None:
    held = frozen(found)
    phone = Phone(found, held.door, "李家长")
    strange: list[dict[str, object]] = [
        {},
        {"name": 3},
        {"name": "x", "role": "witness", "key": "02", "proof": {}},
        {"role": "organiser"},
        # Proven by their keys, but no names that a record, a column or a screen can hold.
        *(_joining(phone, name) for name in ("家" * 61, "李\x00家长", "李\u202e家长", "李\n家长")),
    ]
    for odd in strange:
        with pytest.raises(BadShare):
            actions.join(phone.actor, door=held.door, member=odd, at=AT)
    with pytest.raises(NotFound):
        actions.join(phone.actor, door="", member={}, at=AT)
    phone.join()
    actions.close_circle(found["clerk"], draw=held.id, threshold=2, at=AT)
    broken: list[dict[str, object]] = [{}, {"by": 1}, {"by": "1", "commitments": None}]
    for other in broken:
        with pytest.raises(BadShare):
            actions.give(phone.actor, door=held.door, deal=other, at=AT)


def _joining(phone: Phone, name: str) -> dict[str, object]:
    notice = phone.draw().notice
    made = steps.new_member(notice, name=name, role="witness", secret=phone.key, secrets=phone.secret)
    return made.document()


def test_the_longest_names_fit(found: County) -> None:
    """A school's whole name is the organiser's; a witness has sixty characters."""
    school = "惠" * 80
    with deed(found["clerk"]):
        Organ.objects.filter(id=found["clerk"].organ or 0).update(name=school)
    held = frozen(found)
    Phone(found, held.door, "家" * 60).join()
    assert [one.name for one in queries.draw(found["clerk"], held.id).members] == [school, "家" * 60]


def test_a_notice_that_is_not_what_was_posted_is_not_believed(found: County) -> None:
    posted = canonical(frozen(found).notice.document())
    row = Draw(notice=posted.replace("专家抽取".encode(), "专家抽签".encode()), notice_digest="0" * 64)
    with pytest.raises(BadNotice):
        notices.notice_of_row(row)


def test_notices_are_read_once_and_the_least_asked_for_goes_first(found: County) -> None:
    one, two, three = (frozen(found, lot(title=title)).notice for title in ("甲", "乙", "丙"))
    shelf = notices.Shelf(25)
    shelf.keep("1", one, 10)
    shelf.keep("2", two, 10)
    assert shelf.find("1") is one
    shelf.keep("3", three, 10)
    assert (shelf.find("2"), shelf.find("1"), shelf.find("3")) == (None, one, three)
    shelf.keep("4", two, 100)
    assert (shelf.find("1"), shelf.find("3"), shelf.find("4")) == (None, None, two)


def test_a_list_that_cannot_be_frozen_is_refused_with_its_place(found: County) -> None:
    with pytest.raises(BadNotice):
        frozen(found, lot(method=Pick(50)))
    with pytest.raises(BadNotice):
        frozen(found, lot(candidates=(Candidate("专家", reason="  "), *lot().candidates)))
    with pytest.raises(Invalid):
        frozen(found, lot(title=" "))


def test_numbers_run_through_the_year_and_rehearsals_have_their_own(found: County) -> None:
    numbers = [frozen(found).number, frozen(found).number, frozen(found, lot(rehearsal=True)).number]
    assert numbers == ["hechuan-2024-001", "hechuan-2024-002", "hechuan-R2024-001"]


@pytest.mark.proves("D04")
def test_at_least_three_in_a_hundred_of_every_school_are_called(found: County) -> None:
    held = frozen(found, sample(), alone=True).id
    actions.run(found["clerk"], draw=held, at=AT)
    calls = queries.call_list(found["clerk"], held)
    assert {one.mark: (one.pool, one.needed) for one in calls.coverage} == {
        "第一小学": (40, 2), "第二小学": (70, 3), "第三小学": (10, 1),
    }  # fmt: skip
    assert (len(calls.lines), calls.needed, calls.reached) == (6, 6, 0)
    assert all(one.below for one in calls.coverage)


@pytest.mark.proves("D04")
def test_whoever_is_lost_is_followed_by_the_next_ticket_of_the_same_draw(found: County) -> None:
    held = frozen(found, sample(), alone=True).id
    drawn = actions.run(found["clerk"], draw=held, at=AT)
    clerk = found["clerk"]
    stratum = next(one for one in drawn.result["strata"] if one["marks"] == ["第一小学"])
    first, second, third = stratum["order"][:3]
    actions.call(clerk, draw=held, ticket=first, outcome="tried", at=AT)
    with pytest.raises(NotFound):
        actions.call(clerk, draw=held, ticket=third, outcome="reached", at=AT)
    with pytest.raises(Invalid):
        actions.call(clerk, draw=held, ticket=first, outcome="refused", at=AT)
    calls = actions.call(clerk, draw=held, ticket=first, outcome="refused", reason="不愿接受回访", at=AT)
    line = next(one for one in calls.lines if one.ticket.ticket == third)
    assert (line.reserve, line.follows, line.standing) == (True, first, "waiting")
    with pytest.raises(WrongState):
        actions.call(clerk, draw=held, ticket=first, outcome="reached", at=AT)
    actions.call(clerk, draw=held, ticket=second, outcome="reached", at=AT)
    calls = actions.call(clerk, draw=held, ticket=third, outcome="reached", at=AT)
    covered = next(one for one in calls.coverage if one.mark == "第一小学")
    assert (covered.reached, covered.below, calls.reached) == (2, False, 2)


@pytest.mark.proves("A09")
def test_whoever_agreed_and_does_not_come_is_followed_too_and_nobody_comes_back(found: County) -> None:
    held = frozen(found, alone=True).id
    clerk = found["clerk"]
    first = actions.run(clerk, draw=held, at=AT).result["order"][0]

    def call(outcome: str, *, after_all: bool) -> queries.CallList:
        return actions.call(
            clerk, draw=held, ticket=first, outcome=outcome, reason="临时出差", after_all=after_all, at=AT
        )

    with pytest.raises(WrongState):
        call("absent", after_all=True)
    call("reached", after_all=False)
    # A page that was opened before somebody else reached him overrules nobody.
    with pytest.raises(WrongState):
        call("unreachable", after_all=False)
    with pytest.raises(Invalid):
        call("tried", after_all=True)
    lines = call("absent", after_all=True).lines
    assert [one.follows for one in lines][-1] == first
    for after_all in (True, False):
        with pytest.raises(WrongState):
            call("refused", after_all=after_all)


@pytest.mark.proves("D04")
def test_what_was_noted_by_mistake_is_taken_back_and_both_notes_are_kept(found: County) -> None:
    held, clerk = frozen(found, alone=True).id, found["clerk"]
    order = actions.run(clerk, draw=held, at=AT).result["order"]
    first = order[0]

    def note(ticket: str, outcome: str) -> queries.CallList:
        return actions.call(clerk, draw=held, ticket=ticket, outcome=outcome, reason="空号", at=AT)

    def again(ticket: str, client_id: UUID | None = None) -> queries.CallList:
        return actions.take_back(clerk, draw=held, ticket=ticket, client_id=client_id, at=AT)

    before = queries.call_list(clerk, held)
    with pytest.raises(WrongState):
        again(first)
    note(first, "unreachable")
    key = new_id()
    for _twice in range(2):
        after = again(first, key)
        assert [(one.ticket.ticket, one.standing) for one in after.lines] == [
            (one.ticket.ticket, "waiting") for one in before.lines
        ]
    assert [one.outcome for one in after.lines[0].calls] == ["unreachable", "taken-back"]
    note(first, "reached")
    assert again(first).reached == 0
    # Whoever was called in his place keeps it.
    heir = next(one for one in note(first, "unreachable").lines if one.follows == first).ticket.ticket
    note(heir, "tried")
    with pytest.raises(WrongState):
        again(first)
    assert [one.ticket.ticket for one in queries.call_list(clerk, held).lines][-1] == heir


def test_whoever_stepped_back_himself_is_not_brought_back_by_the_office(found: County) -> None:
    expert = found.persons["expert"]
    members = tuple(Candidate(f"委员{n}", person=expert if n == 1 else None) for n in range(1, 5))
    said = lot(method=Pick(4), candidates=members)
    held = frozen(found, said, alone=True).id
    drawn = actions.run(found["clerk"], draw=held, at=AT)
    mine = next(one for one in queries.call_list(found["clerk"], held).lines if one.ticket.name == "委员1")
    actions.step_back(found["expert"], draw=drawn.id, reason="出差", at=AT)
    with pytest.raises(WrongState):
        actions.take_back(found["clerk"], draw=held, ticket=mine.ticket.ticket, at=AT)


@pytest.mark.proves("D04")
def test_a_stratum_that_is_used_up_is_named(found: County) -> None:
    held = frozen(found, sample(), alone=True).id
    drawn = actions.run(found["clerk"], draw=held, at=AT)
    small = next(one for one in drawn.result["strata"] if one["marks"] == ["第三小学"])
    for ticket in small["order"]:
        calls = actions.call(found["clerk"], draw=held, ticket=ticket, outcome="unreachable", reason="空号", at=AT)
    assert calls.exhausted == (("第三小学",),)
    assert next(one for one in calls.coverage if one.mark == "第三小学").short


def test_a_public_record_has_tickets_and_no_names(found: County) -> None:
    held = frozen(found, sample(), alone=True).id
    drawn = actions.run(found["clerk"], draw=held, at=AT)
    assert drawn.record is not None
    assert "家长0" not in drawn.record.decode()
    ticket, salt, name = queries.slips(found["clerk"], held)[0]
    bound = next(one for one in json.loads(drawn.record)["notice"]["pool"] if one["ticket"] == ticket)["holder"]
    assert actions.freezing.holder_of(drawn.notice.domain, ticket, salt, name) == bound


def test_telephone_numbers_go_when_the_calls_are_done(found: County) -> None:
    held = frozen(found, sample(), alone=True).id
    actions.run(found["clerk"], draw=held, at=AT)
    assert actions.forget_contacts(found["clerk"], draw=held, at=AT) == 120
    with deed(found["clerk"]):
        assert not Ticket.objects.filter(draw=held).exclude(contact="").exists()


def test_a_repeat_is_answered_with_the_first_draw(found: County) -> None:
    from qingfu.base.chance import new_id

    once = new_id()
    first = actions.freeze(found["clerk"], plan=None, frozen=lot(), client_id=once, at=AT)
    assert (
        actions.freeze(found["clerk"], plan=None, frozen=lot(), client_id=once, at=moment("2024-08-21")).id == first.id
    )
    with deed(found["clerk"]):
        assert Draw.objects.count() == 1


def test_the_story_of_a_draw_asks_as_often_with_many_witnesses(
    found: County, django_assert_max_num_queries: object
) -> None:
    from django.test.utils import CaptureQueriesContext

    counts = []
    for names in (("甲",), ("甲", "乙", "丙", "丁")):
        held, _ = witnessed(found, names=names) if len(names) > 1 else (frozen(found).id, [])
        with CaptureQueriesContext(connection) as asked:
            queries.draw(found["clerk"], held)
        counts.append(len(asked))
    assert counts[0] == counts[1]
