"""Not twice: each verb sent again under its client id does nothing more and gives the first answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from django.apps import apps

from qingfu.base.canon import digest
from qingfu.base.chance import new_id
from qingfu.base.errors import LinkMade, LinkSpent, Twice
from qingfu.base.once import FormId, part_of
from qingfu.packfile import blanks
from qingfu.packfile.read import load
from qingfu.records.duties import actions as duties
from qingfu.records.duties.queries import board
from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import actions as areas
from qingfu.records.forms import actions as forms
from qingfu.records.journal.queries import reading
from qingfu.records.models import Entry, OneTimeLink, TaskLink
from qingfu.records.people import actions as people
from qingfu.records.people.actions.sheets import COLUMNS
from qingfu.records.people.queries import posts
from qingfu.records.plans import actions as plans
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import run as run_of
from tests.cast import BEGINS, FILLS, SEATS, County, county, delegate_of, enact_plan, moment
from tests.records.enactment import panels
from tests.records.enrolment import county_of_areas as enrolment
from tests.records.routes.walk import EXPERTS, MONDAY, apply, opine, posts_of, seat_panel

pytestmark = pytest.mark.django_db
Sending = Callable[[UUID], object]
LATE = moment("2024-07-26")
PASSWORD = "a long and quiet evening"


def sheet_of_schools(*names: str) -> bytes:
    """A filled-in sheet; only the name is given."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([column.heading + ("*" if column.required else "") for column in COLUMNS["schools"]])
    for name in names:
        page.append([name if column.key == "name" else "" for column in COLUMNS["schools"]])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def everything(home: County) -> str:
    """A digest of every row the register holds of the bureau."""
    with reading(home.keeper):
        return digest(
            {
                model.__name__: [
                    [repr(value) for value in row] for row in model._default_manager.order_by("pk").values_list()
                ]
                for model in apps.get_app_config("records").get_models()
            }
        )


def vacant(home: County) -> int:
    """A post nobody holds."""
    return people.add_post(home.keeper, organ=home.organs["school"], title="工会主席", at=BEGINS)


def draft(home: County, *, ready: bool = False) -> int:
    """A second plan of the bureau; all of its blanks filled and its parties seated where it shall be ready."""
    pack = load("hechuan-2024")
    plans.end_edition(home.keeper, edition=home.edition, on=date(2024, 7, 16), at=BEGINS)
    edition = plans.adopt_pack(home.keeper, pack=pack, at=BEGINS).edition
    for blank in blanks.open_blanks(pack) if ready else ():
        plans.fill_blank(home.keeper, edition=edition, path=blank.name, value=FILLS[blank.holds], at=BEGINS)
    for party, organ in SEATS.items() if ready else ():
        plans.seat_party(home.keeper, edition=edition, party=party, organ=home.organs[organ], at=BEGINS)
    return edition


def case(home: County, *, seated: bool = True) -> int:
    """A case before its experts; one opinion is in where the panel is seated."""
    run = apply(home).row.run
    if seated:
        seat_panel(home, run)
        opine(home, "expert", run)
    return run


def add_organ(home: County) -> Sending:
    return lambda once: people.add_organ(home.keeper, kind="school", name="云门中学", client_id=once, at=BEGINS)


def close_organ(home: County) -> Sending:
    organ = home.organs["other-school"]
    return lambda once: people.close_organ(home.keeper, organ=organ, client_id=once, at=BEGINS)


def add_post(home: County) -> Sending:
    organ = home.organs["school"]
    return lambda once: people.add_post(
        home.keeper, organ=organ, title="德育主任", holder="新来的", client_id=once, at=BEGINS
    )


def take_up(home: County) -> Sending:
    post = vacant(home)
    return lambda once: people.take_up(home.keeper, post=post, holder="新来的", client_id=once, at=BEGINS)


def hold_post(home: County) -> Sending:
    post, person = vacant(home), home.persons["clerk"]
    return lambda once: people.hold_post(
        home.keeper, post=post, person=person, from_on=date(2024, 7, 16), client_id=once, at=BEGINS
    )


def leave_post(home: County) -> Sending:
    post = home["second-clerk"].post or 0
    return lambda once: people.leave_post(home.keeper, post=post, on=date(2024, 7, 16), client_id=once, at=BEGINS)


def end_delegation(home: County) -> Sending:
    delegate_of(home, "leader", "deputy", days=3, at=BEGINS)
    rows = posts(home.keeper, organ=home["leader"].organ, on=date(2024, 7, 16))
    held = next(row.delegation for row in rows if row.delegation)
    return lambda once: people.end_delegation(home.keeper, delegation=held, client_id=once, at=BEGINS)


def import_commit(home: County) -> Sending:
    data = sheet_of_schools("云门中学", "渭沱小学")
    return lambda once: people.import_commit(home.keeper, kind="schools", data=data, client_id=once, at=BEGINS)


def adopt_pack(home: County) -> Sending:
    return lambda once: plans.adopt_pack(home.keeper, pack=load("hebi-2024"), client_id=once, at=BEGINS)


def fill_blank(home: County) -> Sending:
    edition, path = draft(home), "lists.whitelist.caps.0.at-most"
    return lambda once: plans.fill_blank(home.keeper, edition=edition, path=path, value="20", client_id=once, at=BEGINS)


def seat_party(home: County) -> Sending:
    edition, organ = draft(home), home.organs["secretariat"]
    return lambda once: plans.seat_party(
        home.keeper, edition=edition, party="office", organ=organ, client_id=once, at=BEGINS
    )


def enter_official_text(home: County) -> Sending:
    return lambda once: plans.enter_official_text(
        home.keeper, edition=home.edition, clause="五(一)", text="原文一句。", client_id=once, at=BEGINS
    )


def put_in_force(home: County) -> Sending:
    edition = draft(home, ready=True)
    return lambda once: enactment.put_in_force(
        home.keeper, edition=edition, on=date(2024, 7, 16), client_id=once, at=BEGINS
    )


def put_in_force_alone(home: County) -> Sending:
    edition = draft(home, ready=True)
    return lambda once: plans.put_in_force(
        home.keeper, edition=edition, on=date(2024, 7, 16), client_id=once, at=BEGINS
    )


def end_edition(home: County) -> Sending:
    return lambda once: plans.end_edition(
        home.keeper, edition=home.edition, on=date(2024, 12, 31), client_id=once, at=BEGINS
    )


def appoint_panel(home: County) -> Sending:
    run, asked = case(home, seated=False), posts_of(home, *EXPERTS)
    return lambda once: routes.appoint_panel(home["clerk"], run=run, posts=asked, client_id=once, at=MONDAY)


def freeze_for_panel(home: County) -> Sending:
    run = case(home, seated=False)
    listed = panels.lot(home, run)
    return lambda once: enactment.freeze_for_panel(home["clerk"], run=run, frozen=listed, client_id=once, at=MONDAY)


def seat_panel_drawn(home: County) -> Sending:
    run = case(home, seated=False)
    draw = panels.drawn(home, run)
    return lambda once: enactment.seat_panel(
        home["clerk"], run=run, draw=draw, uncalled=True, client_id=once, at=MONDAY
    )  # fmt: skip


def name_panel(home: County) -> Sending:
    run = case(home, seated=False)
    return lambda once: enactment.name_panel(
        home["clerk"], run=run, posts=posts_of(home, *EXPERTS), client_id=once, at=MONDAY
    )


def note_call(home: County) -> Sending:
    run = case(home, seated=False)
    draw = panels.drawn(home, run)
    enactment.seat_panel(home["clerk"], run=run, draw=draw, uncalled=True, at=MONDAY)
    ticket = panels.in_turn(home, draw)[0].ticket.ticket
    return lambda once: enactment.note_call(
        home["clerk"], draw=draw, ticket=ticket, outcome="refused", reason="出差", client_id=once, at=MONDAY
    )


def step_aside_drawn(home: County) -> Sending:
    run = case(home, seated=False)
    enactment.seat_panel(home["clerk"], run=run, draw=panels.drawn(home, run), uncalled=True, at=MONDAY)
    return lambda once: enactment.step_aside(home["npc-expert"], run=run, reason="回避", client_id=once, at=MONDAY)


def excuse(home: County) -> Sending:
    run, person = case(home), home.persons["npc-expert"]
    return lambda once: routes.excuse(
        home["clerk"], run=run, person=person, reason="出差", client_id=once, at=MONDAY
    )  # fmt: skip


def step_aside(home: County) -> Sending:
    run = case(home)
    return lambda once: routes.step_aside(home["npc-expert"], run=run, reason="回避", client_id=once, at=MONDAY)


def close_panel(home: County) -> Sending:
    run = case(home)
    return lambda once: routes.close_panel(home["clerk"], run=run, reason="已过时限", client_id=once, at=LATE)


def add_addendum(home: County) -> Sending:
    mine = run_of(home["expert"], case(home)).my_opinion
    assert mine is not None
    return lambda once: routes.add_addendum(home["expert"], opinion=mine.id, text="补充", client_id=once, at=MONDAY)


def keep_file(home: County) -> Sending:
    return lambda once: forms.keep_file(
        home["principal"], name="说明.xlsx", data=sheet_of_schools("云门中学"), client_id=once, at=MONDAY
    )


def accept_link(home: County) -> Sending:
    token = people.invite(home.keeper, person=home.persons["clerk"], at=BEGINS)
    return lambda once: people.accept_link(token=token, name="clerk", password=PASSWORD, client_id=once, at=BEGINS)


def announced(home: County, *, carried_out: bool = False) -> int:
    """Open enrolment with this year before the public; a change of areas has begun, or could be decided."""
    enact_plan(replace(home), load(enrolment.PLAN), enrolment.SEATS, fills=enrolment.FILLS, at=BEGINS)
    enrolment.published(home)
    change = enrolment.opened(home).id
    if carried_out:
        enrolment.carried(home, change)
    return change


def open_year(home: County) -> Sending:
    announced(home)
    return lambda once: areas.open_year(home["reviewer"], year=2025, client_id=once, at=enrolment.AT)


def write_announcement(home: County) -> Sending:
    announced(home)
    return lambda once: areas.write_announcement(
        home["reviewer"], year=2024, times=enrolment.TIMES, conditions="a", where="b", papers="c", online="",
        client_id=once, at=enrolment.AT,
    )  # fmt: skip


def set_catchment(home: County) -> Sending:
    announced(home)
    area = enrolment.areas(home)[0]
    return lambda once: areas.set_catchment(home["reviewer"], year=2024, area=area, client_id=once, at=enrolment.AT)


def take_catchments(home: County) -> Sending:
    announced(home)
    data = enrolment.sheet([("清溪镇中心小学", "清溪路", 90, 80)])
    return lambda once: areas.take_catchments(home["reviewer"], year=2024, data=data, client_id=once, at=enrolment.AT)


def publish_announcement(home: County) -> Sending:
    announced(home)
    return lambda once: enactment.publish_announcement(
        home["reviewer"], year=2024, client_id=once, at=moment("2024-07-19")
    )


def publish_result(home: County) -> Sending:
    announced(home)
    said, school = enrolment.figures(), home.organs["school"]
    return lambda once: enactment.publish_result(
        home["principal"], organ=school, year=2024, figures=said, client_id=once, at=enrolment.AT
    )


def open_change(home: County) -> Sending:
    announced(home)
    # One change has begun already, and an area has one at a time.
    new = {home.organs["other-school"]: "白鹤镇"}
    return lambda once: areas.open_change(
        home["reviewer"], year=2025, effect_on=date(2025, 7, 1), why="a", areas=new, client_id=once, at=enrolment.AT
    )


def announce_change(home: County) -> Sending:
    change, day = announced(home), date(2024, 7, 17)
    return lambda once: areas.announce_change(
        home["reviewer"], change=change, notice_on=day, places="公告栏", client_id=once, at=enrolment.AT
    )


def plan_transition(home: County) -> Sending:
    change, day = announced(home), date(2025, 7, 1)
    return lambda once: areas.plan_transition(
        home["reviewer"], change=change, effect_on=day, until=day, says="a", client_id=once, at=enrolment.AT
    )


def add_meeting(home: County) -> Sending:
    change = announced(home)
    return lambda once: enrolment.meeting(home["reviewer"], change, client_id=once)


def put_in_effect(home: County) -> Sending:
    change = announced(home, carried_out=True)
    return lambda once: areas.put_in_effect(home["reviewer"], change=change, client_id=once, at=enrolment.AT)


def drop_change(home: County) -> Sending:
    change = announced(home, carried_out=True)
    return lambda once: areas.drop_change(
        home["reviewer"], change=change, reason="a", client_id=once, at=enrolment.AT
    )  # fmt: skip


VERBS = (
    add_organ, close_organ, add_post, take_up, hold_post, leave_post, end_delegation, import_commit, adopt_pack,
    fill_blank, seat_party, enter_official_text, put_in_force, put_in_force_alone, end_edition, appoint_panel,
    freeze_for_panel, name_panel, seat_panel_drawn, note_call, step_aside_drawn, excuse,
    step_aside, close_panel, add_addendum, keep_file, accept_link, open_year, write_announcement, set_catchment,
    take_catchments, publish_announcement, publish_result, open_change, announce_change, plan_transition, add_meeting,
    put_in_effect, drop_change,
)  # fmt: skip


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_a_repeat_does_nothing_and_gives_the_first_answer(home: County, verb: Callable[[County], Sending]) -> None:
    send, once, before = verb(home), new_id(), everything(home)
    first = send(once)
    after = everything(home)
    assert after != before
    assert send(once) == first
    assert everything(home) == after
    with reading(home.keeper):
        assert Entry.objects.filter(client_id=once).count() == 1


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb is not accept_link], ids=lambda verb: verb.__name__)
def test_the_same_id_with_something_else_said_is_refused(home: County, verb: Callable[[County], Sending]) -> None:
    send, number = verb(home), str(new_id())
    send(FormId(number, said="a" * 64))
    after = everything(home)
    with pytest.raises(Twice):
        send(FormId(number, said="b" * 64))
    assert everything(home) == after


def invite(home: County) -> Callable[[UUID], str]:
    return lambda once: people.invite(home.keeper, person=home.persons["clerk"], client_id=once, at=BEGINS)


def reset_password(home: County) -> Callable[[UUID], str]:
    accept_link(home)(new_id())
    return lambda once: people.reset_password(home.keeper, person=home.persons["clerk"], client_id=once, at=BEGINS)


def send_link(home: County) -> Callable[[UUID], str]:
    rows = board(home["clerk"], edition=home.edition, duty="census", at=MONDAY, size=100).rows
    task = next(row.id for row in rows if row.organ.id == home.organs["school"])
    return lambda once: duties.send_link(home["clerk"], task=task, client_id=once, at=MONDAY)


@pytest.mark.parametrize("verb", [invite, reset_password, send_link], ids=lambda verb: verb.__name__)
def test_a_link_asked_for_again_is_not_made_again_and_the_first_still_opens(
    home: County, verb: Callable[[County], Callable[[UUID], str]]
) -> None:
    """Of a link only the digest is kept: a repeat is told so, a fresh form makes another."""
    send, once = verb(home), new_id()
    first = send(once)
    after = everything(home)
    with pytest.raises(LinkMade):
        send(once)
    assert everything(home) == after
    with reading(home.keeper):
        links = TaskLink if verb is send_link else OneTimeLink
        assert links.objects.filter(used_at=None).count() == 1
    assert send(new_id()) != first


def test_a_password_link_sent_again_with_another_password_is_spent(home: County) -> None:
    token, once = people.invite(home.keeper, person=home.persons["clerk"], at=BEGINS), new_id()
    people.accept_link(token=token, name="clerk", password=PASSWORD, client_id=once, at=BEGINS)
    with pytest.raises(LinkSpent):
        people.accept_link(token=token, name="clerk", password=PASSWORD + "!", client_id=once, at=BEGINS)
    with pytest.raises(LinkSpent):
        people.accept_link(token=token, name="clerk", password=PASSWORD, client_id=new_id(), at=BEGINS)


def test_one_form_fills_several_blanks_each_under_an_id_of_its_own(home: County) -> None:
    edition, form = draft(home), FormId(str(new_id()), said="a" * 64)
    paths = [blank.name for blank in blanks.open_blanks(load("hechuan-2024")) if blank.holds == "number"][:2]
    for _ in range(2):
        for path in paths:
            plans.fill_blank(
                home.keeper, edition=edition, path=path, value="7", client_id=part_of(form, path), at=BEGINS
            )
    with reading(home.keeper):
        rows = Entry.objects.filter(verb="plans.fill_blank", subject_id=edition)
        assert len(paths) == 2
        assert rows.count() == len(paths)
    assert part_of(None, paths[0]) is None


def test_a_client_id_belongs_to_one_person(home: County) -> None:
    once, other = new_id(), county("baixian", enact=False)
    add_organ(home)(once)
    assert add_organ(other)(once)
    run = case(home, seated=False)
    seat_panel(home, run)
    for who in ("npc-expert", "cppcc-expert"):
        routes.step_aside(home[who], run=run, reason="回避", client_id=once, at=MONDAY)
    with reading(home.keeper):
        assert Entry.objects.filter(client_id=once).count() == 3
