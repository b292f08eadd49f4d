"""A duty to publish is done when the copy stands before the public: not by a tick, not by another year's copy."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.base.canon import digest
from qingfu.base.chance import new_id
from qingfu.base.errors import Invalid, Stale
from qingfu.records.disclosures.actions import withdraw
from qingfu.records.duties import actions as duties
from qingfu.records.duties.queries import board
from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import actions, queries
from qingfu.records.enrolment.queries import Figures, Ground, NewArea, Span
from qingfu.records.journal.queries import reading
from qingfu.records.models import HandIn
from tests.cast import County
from tests.records.enrolment.county_of_areas import (
    AT,
    areas,
    carried,
    figures,
    meeting,
    open_county,
    opened,
    published,
    written,
)

pytestmark = pytest.mark.django_db
ANNOUNCE, RESULT = "announce-enrolment", "publish-enrolment"


@pytest.fixture
def found() -> County:
    return open_county()


def task(county: County, duty: str, organ: str) -> tuple[int, str]:
    rows = board(county["reviewer"], edition=county.edition, duty=duty, at=AT, size=100).rows
    return next((row.id, row.state) for row in rows if row.organ.id == county.organs[organ])


@pytest.mark.proves("C06")
@pytest.mark.parametrize(
    ("duty", "organ", "who"), [(ANNOUNCE, "commission", "reviewer"), (RESULT, "school", "principal")]
)
def test_a_bare_tick_or_an_empty_hand_in_does_not_do_a_duty_to_publish(
    found: County, duty: str, organ: str, who: str
) -> None:
    number, _ = task(found, duty, organ)
    with pytest.raises(Invalid, match="publishing"):
        duties.tick_off(found[who], task=number, note="已公布", at=AT)
    with pytest.raises(Invalid, match="publishing"):
        enactment.hand_in(found[who], task=number, note="已公布", at=AT)
    assert task(found, duty, organ)[1] == "open"


def test_what_closes_the_task_is_sealed_with_the_copy_that_stands(found: County) -> None:
    view = published(found)
    number, _ = task(found, ANNOUNCE, "commission")
    assert view.shown is not None
    with reading(found["reviewer"]):
        sealed = HandIn.objects.get(task=number).digest
    assert sealed == digest({"task": number, "note": "", "published": view.shown.digest})


@pytest.mark.proves("C06")
def test_an_earlier_year_does_not_do_this_years_duty(found: County) -> None:
    published(found, year=2023)
    enactment.publish_result(
        found["principal"], organ=found.organs["school"], year=2023, figures=figures(), at=AT
    )  # fmt: skip
    assert task(found, ANNOUNCE, "commission")[1] == "open"
    assert task(found, RESULT, "school")[1] == "open"
    actions.open_year(found["reviewer"], year=2024, at=AT)
    for area in areas(found):
        actions.set_catchment(found["reviewer"], year=2024, area=area, at=AT)
    enactment.publish_announcement(found["reviewer"], year=2024, at=AT)
    assert task(found, ANNOUNCE, "commission")[1] == "accepted"


@pytest.mark.parametrize("year", [0, 1999, 2025, 9999, 10**9])
def test_a_result_of_no_year_or_one_to_come_is_refused(found: County, year: int) -> None:
    with pytest.raises(Invalid) as refused:
        enactment.publish_result(
            found["principal"], organ=found.organs["school"], year=year, figures=figures(), at=AT
        )  # fmt: skip
    assert [one.field for one in refused.value.faults] == ["year"]


@pytest.mark.parametrize(
    "grounds",
    [(Ground("摇号", 3), Ground(" 摇 号", 3)), (Ground("摇号13800138000", 6),), (Ground("摇号138 0013-8000", 6),)],
)
def test_a_ground_written_twice_or_with_a_number_of_somebody_is_refused(
    found: County, grounds: tuple[Ground, ...]
) -> None:
    said = Figures(90, 84, 78, grounds, 0, 0)
    with pytest.raises(Invalid):
        enactment.publish_result(found["principal"], organ=found.organs["school"], year=2024, figures=said, at=AT)


def test_what_the_school_says_to_it_holds_no_number_of_somebody(found: County) -> None:
    with pytest.raises(Invalid) as refused:
        enactment.publish_result(
            found["principal"], organ=found.organs["school"], year=2024, figures=figures(),
            note="某生52272320170101123X已转走", at=AT,
        )  # fmt: skip
    assert [one.field for one in refused.value.faults] == ["note"]


def test_what_is_only_drafted_is_not_told_as_the_plan_of_the_announcement(found: County) -> None:
    written(found)
    principal, school = found["principal"], found.organs["school"]
    assert queries.planned_of(principal, organ=school, year=2024) is None
    enactment.publish_announcement(found["reviewer"], year=2024, at=AT)
    assert queries.planned_of(principal, organ=school, year=2024) == 90


def test_nobody_saves_over_what_somebody_else_saved_since(found: County) -> None:
    """Two tabs: the later one with the older page is refused, whichever school or text it is about."""
    view, office = written(found), found["reviewer"]
    one = next(one for one in view.catchments if one.school.id == found.organs["school"])
    actions.set_catchment(
        office, year=2024, area=NewArea(one.school.id, "清溪路", 90, 84), seen=one.seal, at=AT
    )  # fmt: skip
    with pytest.raises(Stale):
        actions.set_catchment(office, year=2024, area=NewArea(one.school.id, "全镇", 1, 1), seen=one.seal, at=AT)

    def write(online: str) -> None:
        actions.write_announcement(
            office, year=2024, times=[Span("登记", date(2024, 7, 1), date(2024, 7, 2))], conditions="a", where="b",
            papers="c", online=online, seen=view.seal, at=AT,
        )  # fmt: skip

    write("")
    with pytest.raises(Stale):
        write("d")
    now = queries.year_of(office, 2024)
    assert next(one.area for one in now.catchments if one.school.id == found.organs["school"]) == "清溪路"
    assert now.online == ""


@pytest.mark.parametrize("day", [date(1, 1, 1), date(202, 7, 1), date(9999, 12, 31)])
def test_a_day_with_a_slip_in_its_year_is_refused_wherever_it_is_written(found: County, day: date) -> None:
    """A day at the end of all days would be taken over into the next year, or counted back from, and end in a fault."""
    published(found)
    office, change = found["reviewer"], opened(found).id
    acts = (
        lambda: actions.write_announcement(
            office, year=2024, times=[Span("登记", day, day)], conditions="a", where="b", papers="c", online="", at=AT
        ),
        lambda: actions.plan_transition(office, change=change, effect_on=day, until=date(9999, 1, 1), says="a", at=AT),
        lambda: actions.announce_change(office, change=change, notice_on=day, places="a", at=AT),
        lambda: meeting(office, change, held_on=day),
        lambda: actions.open_change(
            office, year=2025, effect_on=day, why="a", areas={found.organs["school"]: "清溪路"}, at=AT
        ),
    )
    for act in acts:
        with pytest.raises(Invalid):
            act()


def test_a_second_change_begins_where_a_decided_one_left_off(found: County) -> None:
    """A change decided before the next announcement can be changed again, and taken back, on record."""
    published(found)
    first = opened(found)
    carried(found, first.id)
    actions.put_in_effect(found["reviewer"], change=first.id, at=AT)
    back = opened(found, after="清溪路、河沿街1—80号、柳湾村")
    assert back.areas[0].before == first.areas[0].after
    with pytest.raises(Invalid):
        opened(found, after=first.areas[0].after)


def test_what_was_taken_down_is_not_told_as_shown(found: County) -> None:
    published(found)
    principal, school = found["principal"], found.organs["school"]
    enactment.publish_result(principal, organ=school, year=2024, figures=figures(), at=AT)
    shown = queries.year_of(found["reviewer"], 2024).shown
    assert shown is not None
    withdraw(found["reviewer"], disclosure=shown.id, reason="有误", at=AT)
    assert queries.year_of(found["reviewer"], 2024).is_withdrawn
    assert [one.is_withdrawn for one in queries.years(found["reviewer"])] == [True]
    enactment.publish_announcement(found["reviewer"], year=2024, at=AT)
    assert [one.is_withdrawn for one in queries.years(found["reviewer"])] == [False]


@pytest.mark.parametrize(
    ("typed", "read"), [("９０", 90), ("90人", 90), (" 90 ", 90), ("-1", None), ("九十", None), ("99999999", None)]
)
def test_numbers_are_read_as_people_type_them(typed: str, read: int | None) -> None:
    assert queries.whole_number(typed) == read


def test_a_publication_sent_again_does_nothing_more(found: County) -> None:
    written(found)
    once = new_id()
    enactment.publish_announcement(found["reviewer"], year=2024, client_id=once, at=AT)
    with reading(found["reviewer"]):
        before = HandIn.objects.count()
    enactment.publish_announcement(found["reviewer"], year=2024, client_id=once, at=AT)
    with reading(found["reviewer"]):
        assert HandIn.objects.count() == before
