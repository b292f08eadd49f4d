"""Open enrolment in the register: announced, published by schools, and areas that change by a record only (C06)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from pytest_django import DjangoDbBlocker

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.base.errors import (
    AreaChanged,
    ChangeUnfinished,
    Invalid,
    NotAllowed,
    NotFound,
    RowsFaulty,
    WrongState,
)
from qingfu.packfile.read import load
from qingfu.packfile.trace import by_clause
from qingfu.records.disclosures import actions as disclosures
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.duties.queries import board
from qingfu.records.enactment.actions import publish_announcement, publish_result
from qingfu.records.enrolment import actions, queries
from qingfu.records.enrolment.queries import (
    Ground,
    Moved,
    NewArea,
    moved,
    names_place,
    same_area,
    shown_grounds,
    stage_of,
)
from qingfu.records.enrolment.states import ANNOUNCEMENT, CHANGE
from qingfu.records.journal.actions import deed
from tests.cast import County, everybody, moment
from tests.records.enrolment.county_of_areas import (
    AREAS,
    AT,
    PLAN,
    TIMES,
    areas,
    carried,
    figures,
    meeting,
    open_county,
    opened,
    published,
    sheet,
    written,
)
from tests.records.stage import undone


@pytest.fixture(scope="module")
def enrolling(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[County]:
    with django_db_blocker.unblock():
        with undone():
            yield open_county()
        connections.close_all()


@pytest.fixture
def found(enrolling: County) -> Iterator[County]:
    with undone():
        yield enrolling


OFFICE = {"reviewer", "second-reviewer", "clerk", "second-clerk", "convener", "keeper"}


def shown(county: County, kind: str) -> list[dict[str, Any]]:
    """What stands before the public, the oldest first."""
    with deed(county["reviewer"]):
        rows = Disclosure.objects.filter(shows=kind, replaced_at=None, withdrawn_at=None).order_by("id")
        return [json.loads(bytes(row.content)) for row in rows]


def state_of_task(county: County, duty: str, organ: str) -> str:
    rows = board(county["reviewer"], edition=county.edition, duty=duty, at=AT).rows
    return next(row.state for row in rows if row.organ.id == county.organs[organ])


def faulty(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [one.field for one in refused.value.faults]


@pytest.mark.proves("C06")
def test_each_sentence_on_enrolment_is_run_by_something_that_is_done() -> None:
    runs = {one.clause: {runner.name for runner in one.runners if runner.built} for one in by_clause(load(PLAN))}
    assert "disclosures.enrolment" in runs["五(一)1b"] & runs["五(一)1d"]
    assert "disclosures.enrolment-results" in runs["五(一)1c"]
    assert "disclosures.catchment-changes" in runs["五(一)1e"]
    kinds = {one.shows for one in load(PLAN).disclosures.values()}
    assert kinds >= {queries.ANNOUNCES, queries.RESULTS, queries.CHANGES}


@pytest.mark.proves("C06")
def test_the_announcement_is_a_frozen_copy_and_the_task_is_done_with_it(found: County) -> None:
    assert state_of_task(found, "announce-enrolment", "commission") == "open"
    view = published(found)
    (content,) = shown(found, "enrolment")
    assert content["times"][0] == {"what": "网上登记", "from": "2024-07-22", "until": "2024-07-26"}
    assert [(one["code"], one["area"], one["places"]) for one in content["catchments"] if one["code"] == "school"] == [
        ("school", AREAS["school"], 90)
    ]
    assert (view.state, view.shown.state if view.shown else "") == ("published", "shown")
    assert state_of_task(found, "announce-enrolment", "commission") == "accepted"


def test_a_second_publication_replaces_the_first_and_either_may_be_withdrawn(found: County) -> None:
    first = published(found)
    area = NewArea(found.organs["school"], AREAS["school"], 95, 84)
    assert actions.set_catchment(found["clerk"], year=2024, area=area, at=moment("2024-07-19")).is_changed
    second = publish_announcement(found["clerk"], year=2024, at=moment("2024-07-20"))
    assert first.shown is not None
    assert second.shown is not None
    assert second.shown.id != first.shown.id
    assert shown(found, "enrolment")[0]["catchments"][1]["places"] in (95, 300)
    disclosures.withdraw(found["reviewer"], disclosure=second.shown.id, reason="数字有误", at=moment("2024-07-21"))
    assert shown(found, "enrolment") == []


def test_a_catchment_with_more_children_than_places_says_how_many_more(found: County) -> None:
    more = {one.school.code: one.more for one in written(found).catchments}
    assert more == {"school": 0, "other-school": 20}


def test_what_is_missing_is_named_before_anything_is_published(found: County) -> None:
    actions.open_year(found["reviewer"], year=2024, at=AT)
    with pytest.raises(Invalid) as refused:
        publish_announcement(found["reviewer"], year=2024, at=AT)
    schools = [f"school-{found.organs[name]}" for name in ("school", "other-school")]
    assert set(faulty(refused)) == {"times", "conditions", "where", *schools}
    assert shown(found, "enrolment") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"times": [TIMES[0].__class__("登记", date(2024, 7, 9), date(2024, 7, 1))]}, "until-1"),
        ({"times": [TIMES[0].__class__(" ", date(2024, 7, 1), date(2024, 7, 9))]}, "what-1"),
        ({"conditions": "长" * 2_001}, "conditions"),
    ],
)
def test_a_time_that_ends_before_it_begins_and_a_text_too_long_are_refused(
    found: County, change: dict[str, Any], field: str
) -> None:
    actions.open_year(found["reviewer"], year=2024, at=AT)
    said: dict[str, Any] = {"times": TIMES, "conditions": "", "where": "", "papers": "", "online": "", **change}
    with pytest.raises(Invalid) as refused:
        actions.write_announcement(found["reviewer"], year=2024, at=AT, **said)
    assert faulty(refused) == [field]


def test_next_year_begins_with_what_stood_this_year_and_asks_only_for_the_children(found: County) -> None:
    published(found)
    view = actions.open_year(found["reviewer"], year=2025, at=moment("2025-03-01"))
    assert [one.from_on for one in view.times] == [date(2025, 7, 22), date(2025, 7, 29)]
    assert view.conditions.startswith("年满六周岁")
    assert {one.school.code: (one.area, one.places, one.expected) for one in view.catchments} == {
        "school": (AREAS["school"], 90, None), "other-school": (AREAS["other-school"], 300, None),
    }  # fmt: skip
    with pytest.raises(Invalid):
        actions.open_year(found["reviewer"], year=2025, at=moment("2025-03-02"))


def test_only_the_bureau_side_announces_and_a_school_only_its_own_result(found: County) -> None:
    published(found)
    for name, actor in [*everybody(found), ("public", Actor.public(found.bureau))]:
        if name in OFFICE or name in ("leader", "deputy"):
            continue
        with pytest.raises(NotAllowed):
            queries.years(actor)
        with pytest.raises(NotAllowed):
            actions.set_catchment(actor, year=2024, area=areas(found)[0], at=AT)
        with pytest.raises(NotAllowed):
            actions.open_change(actor, year=2025, effect_on=date(2025, 7, 1), why="a", areas={}, at=AT)
        if name not in ("principal", "school-clerk"):
            with pytest.raises(NotFound):
                queries.result(actor, organ=found.organs["school"], year=2024)
            with pytest.raises(NotFound):
                publish_result(actor, organ=found.organs["school"], year=2024, figures=figures(), at=AT)


@pytest.mark.parametrize("verb", ["open_year", "set_catchment", "publish", "result", "open_change", "meeting"])
def test_the_same_form_sent_twice_is_done_once(found: County, verb: str) -> None:
    published(found)
    held = opened(found).id
    office, once = found["reviewer"], new_id()
    school = found.organs["school"]
    acts: dict[str, Callable[[], object]] = {
        "open_year": lambda: actions.open_year(office, year=2025, client_id=once, at=AT).id,
        "set_catchment": lambda: (
            actions.set_catchment(office, year=2024, area=areas(found)[0], client_id=once, at=AT).written_at
        ),
        "publish": lambda: publish_announcement(office, year=2024, client_id=once, at=AT).shown,
        "result": lambda: (
            publish_result(found["principal"], organ=school, year=2024, figures=figures(), client_id=once, at=AT).at
        ),
        "open_change": lambda: (
            actions.open_change(
                office,
                year=2025,
                effect_on=date(2025, 7, 1),
                why="a",
                areas={found.organs["other-school"]: "全镇"},
                client_id=once,
                at=AT,
            ).id
        ),
        "meeting": lambda: len(meeting(office, held, client_id=once).meetings),
    }
    assert acts[verb]() == acts[verb]()


# Sheets


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("没有这所学校", "清溪路", 90, 80), "school"),
        (("清溪镇中心小学", "", 90, 80), "area"),
        (("清溪镇中心小学", "清溪路", "九十", 80), "places"),
        (("清溪镇中心小学", "清溪路", 90, ""), "expected"),
    ],
)
def test_every_fault_of_a_sheet_is_told_by_its_row_and_nothing_is_taken(
    found: County, row: tuple[object, ...], field: str
) -> None:
    actions.open_year(found["reviewer"], year=2024, at=AT)
    data = sheet([("白鹤初级中学", "全县", 300, 280), row])
    preview = queries.preview_catchments(found["reviewer"], year=2024, data=data)
    assert [(one.n, [fault.field for fault in one.faults]) for one in preview.rows] == [(2, []), (3, [field])]
    with pytest.raises(RowsFaulty):
        actions.take_catchments(found["reviewer"], year=2024, data=data, at=AT)
    assert all(not one.area for one in queries.year_of(found["reviewer"], 2024).catchments)


def test_a_school_named_twice_and_one_without_an_area_are_told(found: County) -> None:
    actions.open_year(found["reviewer"], year=2024, at=AT)
    data = sheet([("清溪镇中心小学", "清溪路", 90, 80), ("school", "柳湾村", 90, 80)])
    preview = queries.preview_catchments(found["reviewer"], year=2024, data=data)
    assert [[fault.field for fault in one.faults] for one in preview.rows] == [["school"], ["school"]]
    assert [one.name for one in preview.without] == ["白鹤初级中学"]


def test_a_clean_sheet_is_taken_whole(found: County) -> None:
    actions.open_year(found["reviewer"], year=2024, at=AT)
    data = sheet([("清溪镇中心小学", "清溪路、柳湾村", "90人", 84), ("other-school", "全县", 300, 280)])
    view = actions.take_catchments(found["clerk"], year=2024, data=data, at=AT)
    assert {one.school.code: (one.area, one.places, one.expected) for one in view.catchments} == {
        "school": ("清溪路、柳湾村", 90, 84), "other-school": ("全县", 300, 280),
    }  # fmt: skip
    assert queries.catchment_template(found["clerk"], year=2024)[:2] == b"PK"


# Results


@pytest.mark.proves("C06")
def test_a_school_publishes_its_result_and_its_task_is_done(found: County) -> None:
    published(found)
    school = found.organs["school"]
    assert state_of_task(found, "publish-enrolment", "school") == "open"
    view = publish_result(found["principal"], organ=school, year=2024, figures=figures(), at=AT)
    assert (view.planned, view.admitted) == (90, 84)
    (content,) = shown(found, "admissions")
    assert (content["within"], content["grounds"]) == (78, [{"ground": "随迁子女摇号", "number": 6}])
    assert state_of_task(found, "publish-enrolment", "school") == "accepted"
    assert state_of_task(found, "publish-enrolment", "other-school") == "open"


def test_the_office_sees_who_has_published_and_who_is_late(found: County) -> None:
    published(found)
    publish_result(found["principal"], organ=found.organs["school"], year=2024, figures=figures(), at=AT)
    rows = queries.results(found["clerk"], year=2024, at=moment("2024-08-26"))
    assert [(one.school.code, one.result is not None, one.late) for one in rows] == [
        ("other-school", False, True), ("school", True, False),
    ]  # fmt: skip
    assert {one.due for one in rows} == {date(2024, 8, 25)}


@pytest.mark.parametrize(
    ("change", "field"),
    [({"registered": 85}, "registered"), ({"refused_within": 1}, "refused-within"), ({"within": -1}, "within")],
)
def test_a_result_that_does_not_add_up_is_refused(found: County, change: dict[str, int], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        publish_result(
            found["principal"], organ=found.organs["school"], year=2024, figures=figures(**change), at=AT
        )  # fmt: skip
    assert field in faulty(refused)


@pytest.mark.proves("C06")
@pytest.mark.parametrize(
    "change",
    [
        {"registered": 97, "within": 91},
        {"registered": 86, "refused": 2, "refused_within": 2},
        {"places": 120},
    ],
)
def test_what_looks_wrong_is_told_and_published_only_with_a_reason(found: County, change: dict[str, int]) -> None:
    published(found)
    said: dict[str, Any] = {"organ": found.organs["school"], "year": 2024, "figures": figures(**change), "at": AT}
    assert len(queries.doubts_about(figures(**change), 90)) == 1
    with pytest.raises(Invalid) as refused:
        publish_result(found["principal"], **said)
    assert faulty(refused) == ["note"]
    publish_result(found["principal"], note="经县教育局同意扩班", **said)
    assert shown(found, "admissions")[0]["note"] == "经县教育局同意扩班"


def test_the_office_types_in_a_paper_only_with_whoever_signed_it(found: County) -> None:
    published(found)
    said: dict[str, Any] = {"organ": found.organs["school"], "year": 2024, "figures": figures(), "at": AT}
    with pytest.raises(Invalid) as refused:
        publish_result(found["clerk"], **said)
    assert faulty(refused) == ["on-behalf"]
    assert publish_result(found["clerk"], on_behalf="周校长", **said).on_behalf == "周校长"


@pytest.mark.parametrize(
    ("grounds", "seen"),
    [
        ([("摇号", 12), ("残疾儿童", 2)], [("", 14)]),
        ([("摇号", 12), ("残疾儿童", 2), ("军人子女", 4)], [("摇号", 12), ("", 6)]),
        ([("摇号", 12)], [("摇号", 12)]),
        ([("残疾儿童", 2)], [("", 2)]),
    ],
)
def test_a_ground_of_few_children_is_not_named_to_the_public(
    grounds: list[tuple[str, int]], seen: list[tuple[str, int]]
) -> None:
    found = shown_grounds(tuple(Ground(*one) for one in grounds))
    assert [(one.ground, one.number) for one in found] == seen


# Changes


@pytest.mark.proves("C06")
@pytest.mark.parametrize("part", ["notice", "transition", "parents"])
def test_a_change_takes_effect_only_with_notice_transition_and_parents(found: County, part: str) -> None:
    published(found)
    held = opened(found).id
    carried(found, held, but=part)
    with pytest.raises(ChangeUnfinished) as refused:
        actions.put_in_effect(found["reviewer"], change=held, at=AT)
    assert faulty(refused) == [f"part-{part}"]
    assert refused.value.clause == "五(一)1e"
    assert queries.MISSING[part] in refused.value.text()


def test_how_early_it_is_announced_is_a_number_of_the_plan(found: County) -> None:
    published(found)
    held = opened(found).id
    carried(found, held)
    office = found["reviewer"]
    actions.plan_transition(office, change=held, effect_on=date(2024, 8, 15), until=date(2026, 8, 31), says="a", at=AT)
    with pytest.raises(ChangeUnfinished) as refused:
        actions.put_in_effect(office, change=held, at=AT)
    assert faulty(refused) == ["part-ahead"]
    actions.plan_transition(office, change=held, effect_on=date(2024, 8, 16), until=date(2026, 8, 31), says="a", at=AT)
    assert actions.put_in_effect(office, change=held, at=AT).state == "decided"


@pytest.mark.proves("C06")
def test_the_public_reads_a_change_from_its_announcement_on(found: County) -> None:
    published(found)
    held = opened(found).id
    assert shown(found, "rezoning") == []
    carried(found, held)
    (content,) = shown(found, "rezoning")
    assert content["areas"][0]["before"] == AREAS["school"]
    assert content["areas"][0]["after"] == "清溪路、河沿街1—80号"
    assert content["meetings"][0]["parents_count"] == 23
    assert content["state"] == "announced"
    actions.put_in_effect(found["reviewer"], change=held, at=AT)
    assert shown(found, "rezoning")[0]["state"] == "decided"


@pytest.mark.parametrize(
    ("day", "stage"), [("2025-06-30", "to-come"), ("2025-07-01", "transition"), ("2027-09-01", "in-effect")]
)
def test_a_decided_change_is_to_come_then_in_transition_then_in_effect(day: str, stage: str) -> None:
    on = date.fromisoformat(day)
    assert stage_of("decided", date(2025, 7, 1), date(2027, 8, 31), on) == stage
    assert stage_of("announced", date(2025, 7, 1), date(2027, 8, 31), on) == "announced"


@pytest.mark.proves("C06")
def test_another_area_without_a_change_on_record_is_refused_this_year_and_next(found: County) -> None:
    published(found)
    office = found["reviewer"]
    smaller = next(one for one in areas(found, school="清溪路") if one.organ == found.organs["school"])
    actions.set_catchment(office, year=2024, area=smaller, at=AT)
    with pytest.raises(AreaChanged) as refused:
        publish_announcement(office, year=2024, at=AT)
    assert refused.value.clause == "五(一)1e"
    assert "清溪镇中心小学" in refused.value.text()
    written(found, year=2025)
    actions.set_catchment(office, year=2025, area=smaller, at=AT)
    with pytest.raises(AreaChanged):
        publish_announcement(office, year=2025, at=AT)


def test_the_same_places_in_another_order_are_the_same_area(found: County) -> None:
    published(found)
    turned = areas(found, school="柳湾村，河沿街1—80号，清溪路")[0]
    actions.set_catchment(found["reviewer"], year=2024, area=turned, at=AT)
    assert publish_announcement(found["reviewer"], year=2024, at=AT).state == "published"
    assert not same_area("清溪路、柳湾村", "清溪路")


@pytest.mark.proves("C06")
def test_a_decided_change_stands_in_next_years_announcement_by_itself(found: County) -> None:
    published(found)
    held = opened(found).id
    carried(found, held)
    office = found["reviewer"]
    actions.put_in_effect(office, change=held, at=AT)
    view = actions.open_year(office, year=2025, at=moment("2025-03-01"))
    assert next(one.area for one in view.catchments if one.school.code == "school") == "清溪路、河沿街1—80号"
    written(found, year=2026)
    for area in areas(found, school="清溪路、河沿街1—80号"):
        actions.set_catchment(office, year=2025, area=area, at=AT)
    assert publish_announcement(office, year=2025, at=moment("2025-03-02")).state == "published"


def test_a_decided_change_cannot_be_left_out_of_the_announcement(found: County) -> None:
    published(found)
    held = opened(found).id
    carried(found, held)
    actions.put_in_effect(found["reviewer"], change=held, at=AT)
    written(found, year=2025)
    with pytest.raises(AreaChanged) as refused:
        publish_announcement(found["reviewer"], year=2025, at=AT)
    assert faulty(refused) == [f"school-{found.organs['school']}"]


def test_a_change_that_was_only_announced_opens_no_other_area(found: County) -> None:
    published(found)
    carried(found, opened(found).id)
    written(found, year=2025)
    for area in areas(found, school="清溪路、河沿街1—80号"):
        actions.set_catchment(found["reviewer"], year=2025, area=area, at=AT)
    with pytest.raises(AreaChanged):
        publish_announcement(found["reviewer"], year=2025, at=AT)


def test_a_dropped_change_says_so_to_the_public_and_is_over(found: County) -> None:
    published(found)
    held = opened(found).id
    carried(found, held)
    actions.drop_change(found["reviewer"], change=held, reason="家长代表多数不同意", at=AT)
    assert shown(found, "rezoning")[0]["dropped_because"] == "家长代表多数不同意"
    with pytest.raises(WrongState):
        actions.put_in_effect(found["reviewer"], change=held, at=AT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"parents": 0}, "parents"), ({"held_on": date(2025, 1, 1)}, "held-on"), ({"said": ""}, "said"),
        ({"said": "请打13800000000"}, "said"), ({"name": " "}, "name"), ({"name": "座谈会 138-0000-0000"}, "name"),
    ],
)  # fmt: skip
def test_a_meeting_without_parents_or_with_a_telephone_number_is_refused(
    found: County, change: dict[str, object], field: str
) -> None:
    published(found)
    held = opened(found).id
    with pytest.raises(Invalid) as refused:
        meeting(found["reviewer"], held, **change)
    assert faulty(refused) == [field]


def test_a_change_needs_an_area_that_was_published_and_is_another(found: County) -> None:
    with pytest.raises(Invalid) as refused:
        opened(found)
    assert faulty(refused) == [f"after-{found.organs['school']}"]
    published(found)
    with pytest.raises(Invalid):
        opened(found, after=AREAS["school"])


def test_what_parents_said_is_never_changed_or_deleted(found: County) -> None:
    published(found)
    carried(found, opened(found).id)
    for table in ("enrolment_meeting", "enrolment_changed_area"):
        for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            refused, inner = pytest.raises(ProgrammingError), transaction.atomic()
            with refused, deed(found["reviewer"]), inner, connection.cursor() as cursor:
                cursor.execute(statement)


def test_every_verb_in_every_state_goes_as_the_tables_say(found: County) -> None:
    assert ANNOUNCEMENT.verbs("draft", "school") == ()
    assert CHANGE.verbs("decided", "office") == ()
    assert CHANGE.verbs("dropped", "office") == ()
    assert "put_in_effect" in CHANGE.verbs("announced", "office")


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("清溪路", True),
        ("清溪路12号", True),
        ("柳湾", True),
        ("河沿街", True),
        ("东门", False),
        ("", False),
        ("村", True),
    ],
)
def test_a_street_is_found_by_part_of_its_name_or_with_a_number(asked: str, there: bool) -> None:
    assert names_place(AREAS["school"], asked) is there


def test_a_street_behind_the_name_of_its_town_is_found_too() -> None:
    assert names_place("涟江街道：锦绣路、东门巷", "锦绣路12号")


AS_WRITTEN = (
    "城关镇（东街、西街、南街社区）；柳湾村（1—5组）、桥头村（三组、五组） 上河村 下河村、河沿街（单号）、"
    "锦绣路（含锦绣花园）、金竹小区（一期）、九里村（除3组外）、普及路"
)


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("东街社区", True), ("西街12号", True), ("南街社区3栋", True), ("城关镇", True), ("城关镇北街", False),
        ("柳湾村3组", True), ("柳湾村三组", True), ("柳湾村第三村民小组", True), ("柳湾村8组", False),
        ("柳湾村十组", False),
        ("桥头村3组", True), ("桥头村四组", False), ("上河村2组", True), ("下河村", True), ("河沿街3号", True),
        ("河沿街4号", False), ("锦绣路8号", True), ("锦绣花园2栋", True), ("金竹小区一期3栋", True),
        ("金竹小区二期", False),
        ("九里村1组", True), ("普及路", True), ("普及路5号", True),
    ],
)  # fmt: skip
def test_an_area_is_searched_as_counties_write_it(asked: str, there: bool) -> None:
    """In brackets, in numerals of either kind, with a blank between two villages."""
    assert names_place(AS_WRITTEN, asked) is there


@pytest.mark.parametrize(
    ("before", "after", "out", "into"),
    [
        ("甲路、乙村", "乙村、甲路", (), ()),
        ("濛江街道：河滨路、龙泉小区", "濛江街道：河滨路", ("龙泉小区",), ()),
        ("雅水镇：雅风村", "雅水镇：雅风村；摆金镇：关口村", (), ("关口村",)),
        ("城关镇（东街、西街）", "城关镇（东街）", ("西街",), ()),
        ("甲路1—80号", "甲路1—60号", ("甲路1—80号",), ("甲路1—60号",)),
    ],
)
def test_what_a_change_moves_is_read_from_the_two_areas(
    before: str, after: str, out: tuple[str, ...], into: tuple[str, ...]
) -> None:
    assert moved(before, after) == Moved(out, into)


def test_a_plan_that_names_no_procedure_still_keeps_a_record_of_every_change() -> None:
    said = load("light-load").disclosures["catchment-changes"]
    assert (said.needs, said.ahead) == ((), None)
    thirty = load(PLAN).disclosures["catchment-changes"]
    assert thirty.needs == ("notice", "transition", "parents")
    assert thirty.ahead is not None
    assert thirty.ahead.is_open
