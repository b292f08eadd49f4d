"""Inspectors to targets in the register: frozen with sealed names, run once, and whoever cannot go is replaced."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from qingfu.base import verify_draw
from qingfu.base.chance import new_id
from qingfu.base.draw.notice import Match
from qingfu.base.draw.substitutes import Gone, standing
from qingfu.base.draw.substitutes import matched as read_matching
from qingfu.base.errors import Invalid, NoMatch, NotAllowed, NotFound, Stale, Twice, WrongState
from qingfu.base.once import FormId
from qingfu.papers.visitors import Listed
from qingfu.records.draws import actions, queries
from qingfu.records.draws.actions import Candidate, Tied
from qingfu.records.draws.models import Substitute
from qingfu.records.draws.queries import Expected, Impossible, MatchView
from qingfu.records.journal.actions import deed
from qingfu.records.people import actions as people
from tests.cast import County, moment
from tests.records.draws.lots import AT, frozen, inspectors, lot, matched
from tests.records.stage import found, stage

__all__ = ["found", "stage"]

DAY = date(2024, 8, 20)


def absent(county: County, draw: int, taker: str, in_round: int = 1, **said: Any) -> MatchView:
    fields = {"cause": "absent", "reason": "出差", "at": AT, **said}
    return actions.substitute(county["clerk"], draw=draw, in_round=in_round, taker=taker, **fields)


def busy(view: MatchView, in_round: int = 1) -> str:
    """Somebody who goes somewhere in a round."""
    return next(one.taker.ticket for one in view.loads if one.rounds[in_round - 1])


@pytest.mark.proves("P21", "D10")
def test_inspectors_stand_in_the_record_by_ticket_and_schools_by_name(found: County) -> None:
    held = frozen(found, inspectors(), alone=True)
    drawn = actions.run(found["clerk"], draw=held.id, at=AT)
    assert drawn.record is not None
    assert verify_draw.verify(drawn.record, drawn.anchor).verdict == "replayable"
    said = json.loads(drawn.record)["notice"]
    assert "督学" not in json.dumps(said["method"], ensure_ascii=False)
    assert [one["ticket"] for one in said["method"]["takers"]] == [f"T{n:03d}" for n in range(1, 7)]
    assert {one["name"] for one in said["pool"]} == {f"第{n}小学" for n in range(1, 9)}
    assert said["method"]["ties"] == [{"reason": "亲属在该校任职", "taker": "T003", "target": "001"}]
    assert queries.draws(found["clerk"]).rows[0].pool == 8


def test_an_inspector_finds_himself_in_the_notice_with_his_slip(found: County) -> None:
    held = matched(found)
    record = queries.draw(found["clerk"], held).record
    assert record is not None
    slips = queries.slips(found["clerk"], held)
    assert [ticket for ticket, _, _ in slips] == [f"T{n:03d}" for n in range(1, 7)]
    opened = [verify_draw.check_slip(record, *one) for one in slips]
    assert {one.state for one in opened if one} == {"holds"}
    assert all(opened)


def test_whoever_is_left_out_of_either_list_stands_in_the_notice_with_the_reason(found: County) -> None:
    said = inspectors()
    schools = (replace(said.candidates[0], reason="本学期停课", marks={}), *said.candidates[1:])
    inspectors_left = (*said.takers[:5], replace(said.takers[5], reason="产假", marks={}, most=None))
    held = frozen(found, replace(said, candidates=schools, takers=inspectors_left))
    assert [(one.ticket, one.reason) for one in held.notice.excluded] == [("001", "本学期停课"), ("T006", "产假")]
    assert held.notice.excluded[1].name is None
    method = held.notice.method
    assert isinstance(method, Match)
    assert method.ties == ()


def test_what_has_no_answer_is_not_frozen_and_says_why_by_name(found: County) -> None:
    said = inspectors(takers=tuple(Candidate(f"督学{n}", {"town": "清溪镇"}) for n in "甲乙丙"))
    with pytest.raises(NoMatch):
        frozen(found, said)
    why = queries.tried(said.method, said.candidates, said.takers, said.ties)  # type: ignore[arg-type]  # a Match
    assert isinstance(why, Impossible)
    assert why.needs > why.room
    assert {one.why for one in why.bars} <= {"apart", "tied"}
    assert {one.target for one in why.bars} == set(why.targets)
    assert queries.draws(found["clerk"]).total == 0


def test_what_is_expected_is_what_comes(found: County) -> None:
    said = inspectors()
    told = queries.tried(said.method, said.candidates, said.takers, said.ties)  # type: ignore[arg-type]  # a Match
    assert isinstance(told, Expected)
    view = queries.matching(found["clerk"], matched(found, said))
    months = [n for one in view.loads for n in one.rounds]
    totals = sorted((one.total for one in view.loads), reverse=True)
    assert (min(months), max(months)) == (told.least, told.most)
    assert totals == [total for total, n in told.totals for _ in range(n)]


@pytest.mark.proves("P21", "D10")
def test_whoever_is_absent_is_replaced_as_the_record_alone_says(found: County) -> None:
    held = matched(found)
    view = queries.matching(found["clerk"], held)
    taker = busy(view)
    told = queries.proposal(found["clerk"], draw=held, cause="absent", in_round=1, taker=taker)
    after = absent(found, held, taker, seen=told.digest)
    assert [(one.target, one.heir) for one in after.changes] == [(one.target, one.heir) for one in told.changes]
    assert not [seat for seat in after.visits(taker) if seat.round == 1]
    record = queries.draw(found["clerk"], held).record
    assert record is not None
    gone = [Gone(one.cause, one.round, one.target.ticket) for one in after.changes]
    alone = standing(read_matching(record), gone)
    assert [one.substitute for one in alone.changes] == [one.heir and one.heir.ticket for one in after.changes]
    assert {one.reason for one in after.changes} == {"出差"}


def test_whoever_recuses_leaves_that_target_only(found: County) -> None:
    held = matched(found)
    seat = queries.matching(found["clerk"], held).rounds[1][0]
    assert seat.taker is not None
    after = absent(found, held, seat.taker.ticket, 1, cause="recused", target=seat.target.ticket, reason="子女转入该校")
    assert [(one.round, one.target, one.gone) for one in after.changes] == [(2, seat.target, seat.drawn)]
    assert after.rounds[1][0].taker != seat.taker


def test_where_nobody_is_left_it_is_kept_with_the_reasons(found: County) -> None:
    said = inspectors(
        candidates=(Candidate("第一小学"),), takers=(Candidate("督学甲"), Candidate("督学乙")), ties=(),
        method=Match(2, (), ()),
    )  # fmt: skip
    held = matched(found, said)
    taker = busy(queries.matching(found["clerk"], held))
    after = absent(found, held, taker)
    assert after.changes[0].heir is None
    assert sorted(why for _who, why in after.changes[0].barred) == ["absent", "there"]
    assert after.rounds[0][0].taker is None


def test_what_was_looked_at_must_still_be_so(found: County) -> None:
    held = matched(found)
    view = queries.matching(found["clerk"], held)
    first, second = [one.taker.ticket for one in view.loads if one.rounds[0]][:2]
    seen = queries.proposal(found["clerk"], draw=held, cause="absent", in_round=1, taker=second).digest
    heirs = {one.heir.ticket for one in absent(found, held, first).changes if one.heir}
    now = queries.proposal(found["clerk"], draw=held, cause="absent", in_round=1, taker=second).digest
    assert heirs
    if seen != now:
        with pytest.raises(Stale):
            absent(found, held, second, seen=seen)
    with pytest.raises(Stale):
        absent(found, held, second, seen="0" * 64)
    with pytest.raises(Invalid):
        absent(found, held, first)


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"reason": "长" * 201}, {"cause": "tired"}])
def test_nobody_is_replaced_without_a_cause_and_a_reason(found: County, wrong: dict[str, Any]) -> None:
    held = matched(found)
    with pytest.raises(Invalid):
        absent(found, held, "T001", 1, **wrong)


def test_a_visit_that_nobody_makes_is_not_replaced(found: County) -> None:
    held = matched(found)
    for taker, target in (("T999", ""), ("T001", "999")):
        with pytest.raises(Invalid):
            absent(found, held, taker, cause="recused" if target else "absent", target=target)


def test_a_repeat_is_answered_with_what_was_kept_first(found: County) -> None:
    held = matched(found)
    taker, once = busy(queries.matching(found["clerk"], held)), new_id()
    first = absent(found, held, taker, client_id=once)
    assert absent(found, held, taker, client_id=once).changes == first.changes
    said = [FormId(str(new_id()), said="a"), FormId(str(new_id()), said="b")]
    other = next(one.taker.ticket for one in first.loads if one.rounds[1])
    absent(found, held, other, 2, client_id=said[0])
    again = FormId(str(said[0]), said="b")
    with pytest.raises(Twice):
        absent(found, held, other, 2, client_id=again)


def test_what_was_replaced_is_never_taken_back(found: County) -> None:
    held = matched(found)
    absent(found, held, busy(queries.matching(found["clerk"], held)))
    with deed(found["clerk"]):
        for statement in ("UPDATE draws_substitute SET reason = 'x'", "DELETE FROM draws_substitute"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        kept = Substitute.objects.get(draw=held, place=1)
        kept.id = None
        kept.place = 99
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.save(force_insert=True)


@pytest.mark.parametrize(("who", "refused"), [("leader", NotAllowed), ("principal", NotFound), ("expert", NotFound)])
def test_only_who_holds_the_draw_replaces_anybody(found: County, who: str, refused: type[Exception]) -> None:
    held = matched(found)
    taker = busy(queries.matching(found["clerk"], held))
    with pytest.raises(refused):
        actions.substitute(found[who], draw=held, cause="absent", in_round=1, taker=taker, reason="出差", at=AT)
    with pytest.raises(NotFound):
        queries.matching(found[who], held)


def test_nobody_is_replaced_before_it_is_run_nor_in_another_draw(found: County) -> None:
    held = frozen(found, inspectors(), alone=True).id
    with pytest.raises(WrongState):
        absent(found, held, "T001")
    with pytest.raises(NotFound):
        queries.matching(found["clerk"], held)
    other = frozen(found, lot(), alone=True).id
    actions.run(found["clerk"], draw=other, at=AT)
    with pytest.raises(NotFound):
        absent(found, other, "T001")


def test_inspectors_come_from_the_register_with_the_township_of_their_organ(found: County) -> None:
    post = people.add_post(found.keeper, organ=found.organs["town"], title="责任督学", at=moment("2024-08-01"))
    people.hold_post(found.keeper, post=post, person=found.persons["clerk"], from_on=DAY, at=moment("2024-08-01"))
    school = people.add_organ(
        found.keeper, kind="school", name="石桥小学", code="sq", level="county", stage="小学",
        parent=found.organs["town"], at=moment("2024-08-01"),
    )  # fmt: skip
    desk = people.add_post(found.keeper, organ=school.id, title="责任督学", at=moment("2024-08-01"))
    people.hold_post(found.keeper, post=desk, person=found.persons["principal"], from_on=DAY, at=moment("2024-08-01"))
    takers = queries.takers_of(found["clerk"], kind="staff", on=DAY, text="责任督学")
    assert {one.marks["town"] for one in takers.candidates} == {"清溪镇"}
    targets = queries.targets_of(found["clerk"], kind="schools", on=DAY, town="清溪镇")
    assert [one.name for one in targets.candidates] == ["石桥小学"]
    own = queries.own_places(found["clerk"], targets.candidates, takers.candidates, on=DAY, reason="本人所在单位")
    at_school = next(n for n, one in enumerate(takers.candidates, start=1) if one.organ == school.id)
    assert own == (Tied(1, at_school, "本人所在单位"),)


@pytest.mark.parametrize("kind", ["schools", "roster"])
def test_an_inspector_never_visits_a_school_where_he_holds_another_post(found: County, kind: str) -> None:
    school = people.add_organ(
        found.keeper, kind="school", name="石桥小学", code="sq", level="county", stage="小学",
        parent=found.organs["town"], at=moment("2024-08-01"),
    )  # fmt: skip
    for organ, title in ((found.organs["town"], "责任督学"), (school.id, "副校长")):
        post = people.add_post(found.keeper, organ=organ, title=title, at=moment("2024-08-01"))
        people.hold_post(found.keeper, post=post, person=found.persons["clerk"], from_on=DAY, at=moment("2024-08-01"))
    takers = queries.takers_of(found["clerk"], kind="staff", on=DAY, text="责任督学")
    targets = queries.targets_of(found["clerk"], kind=kind, on=DAY, town="清溪镇", brought=(Listed("石桥小学"),))
    own = queries.own_places(found["clerk"], targets.candidates, takers.candidates, on=DAY, reason="x")
    assert own == (Tied(1, 1, "x"),)


def test_brought_lists_are_matched_by_name(found: County) -> None:
    targets = queries.targets_of(
        found["clerk"], kind="roster", on=DAY, brought=(Listed("甲校", town="东镇"), Listed("乙校"))
    )
    takers = queries.takers_of(found["clerk"], kind="roster", on=DAY, brought=(Listed("周一", "甲校", "东镇", 3),))
    assert targets.sealed
    assert (takers.candidates[0].most, takers.candidates[0].marks["town"]) == (3, "东镇")
    assert queries.own_places(found["clerk"], targets.candidates, takers.candidates, on=DAY, reason="x") == (
        Tied(1, 1, "x"),
    )
    for bad in (Tied(3, 1, "x"), Tied(1, 2, "x"), Tied(1, 1, " ")):
        with pytest.raises(Invalid):
            queries.require_ties((bad,), targets, takers)


@pytest.mark.parametrize("who", ["principal", "leader", "expert", "fire-clerk"])
def test_schools_and_those_who_hold_no_draws_match_nobody(found: County, who: str) -> None:
    with pytest.raises(NotAllowed):
        queries.takers_of(found[who], kind="staff", on=DAY)
    with pytest.raises(NotAllowed):
        queries.targets_of(found[who], kind="schools", on=DAY)
