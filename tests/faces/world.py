"""Two bureaus with something of every kind in each, on a database with real commits: what addresses can lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from qingfu.base.actor import Actor
from qingfu.base.clock import system_now
from qingfu.packfile.read import load
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import affair
from qingfu.records.almanac.actions import set_clock
from qingfu.records.disclosures.queries import trail
from qingfu.records.draws import actions as draws
from qingfu.records.duties import actions as duties
from qingfu.records.duties.queries import board
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms.actions import keep_file, save_draft
from qingfu.records.lists.queries import listing
from qingfu.records.people import actions as people
from qingfu.records.people.queries import keys, posts
from qingfu.records.plans.actions import adopt_pack
from qingfu.records.problems import actions as problems
from qingfu.records.routes.queries import run as run_of
from tests import pg_plugin
from tests.cast import County, county, moment
from tests.conftest import pointed_to
from tests.faces.world_of_enrolment import enrolment_things
from tests.faces.world_of_placements import placement_things
from tests.faces.world_of_schools import school_things
from tests.records.draws import lots
from tests.records.enactment import panels
from tests.records.problems.lines import kept, line, planned
from tests.records.routes.walk import MONDAY, application, carried_to, decide, seat_panel

DAY = "2024-08-20"
PASSWORD = "a long and quiet evening"
MEMBERS = (
    "keeper", "clerk", "reviewer", "leader", "expert", "fire-clerk", "police-clerk", "town-clerk", "principal",
    "other-principal", "stranger", "nobody",
)  # fmt: skip
Things = dict[str, object]


@dataclass
class World:
    """The home bureau and the one beside it: their things by name, and everybody's browser."""

    home: County
    away: County
    mine: Things
    theirs: Things
    browsers: dict[str, Client] = field(default_factory=dict)

    def actor(self, member: str) -> Actor | None:
        """Who somebody is to the register."""
        if member == "nobody":
            return None
        return (
            self.away["clerk"]
            if member == "stranger"
            else self.home.keeper
            if member == "keeper"
            else self.home[member]
        )

    def write_drafts(self, member: str, things: Things) -> None:
        """Let somebody have written every form that is checked before it is handed in."""
        actor = self.actor(member)
        if actor is None:
            return
        whole = application(self.home, title="新的事项", theme="新主题", starts="2024-11-11", ends="2024-11-12")
        for subject, content in (
            (f"apply:{things['edition']}:annual", whole),
            (f"correct:{things['case returned']}", whole),
            (f"activity:{things['listing']}", {**_activity(self.home), "title": "另一次演练"}),
        ):
            save_draft(actor, subject=subject, content=content, at=moment(DAY))


@pytest.fixture(scope="session")
def built_world(
    pg_server: pg_plugin.Server, standing_county: tuple[str, County], django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, World]]:
    """The name of the database with both bureaus in it, and what is in it."""
    template, home = standing_county
    name = f"{pg_plugin.NAME}_world"
    pg_server.create(name, like=template)
    with django_db_blocker.unblock(), pointed_to(name):
        set_clock(to=moment(DAY), at=system_now())
        away = county("away")
        made = World(home, away, things_of(home), things_of(away))
        for member in MEMBERS:
            made.browsers[member] = _browser(made, member)
    yield name, made
    pg_server.drop(name)


@pytest.fixture(scope="module")
def world(built_world: tuple[str, World], django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Both bureaus, for the tests of one module; every test undoes what it does."""
    name, made = built_world
    with django_db_blocker.unblock(), pointed_to(name):
        yield made


def _browser(world: World, member: str) -> Client:
    client = Client()
    if member == "nobody":
        return client
    where, who = (world.away, "clerk") if member == "stranger" else (world.home, member)
    person = where.keeper.person if who == "keeper" else where.persons[who]
    token = people.invite(where.keeper, person=person or 0, at=system_now())
    people.accept_link(token=token, name=member, password=PASSWORD, at=system_now())
    assert client.post("/sign-in", {"verb": "sign-in", "name": member, "password": PASSWORD}).status_code == 302
    return client


def things_of(home: County) -> Things:
    """Something of every kind, by the name it has in the matrix."""
    return {
        **_people(home), **_plans(home), **_tasks(home), **_cases(home), **_ledger(home), **_draws(home),
        **_panels(home),
        **school_things(home), **placement_things(home), **enrolment_things(home),
    }  # fmt: skip


def _people(home: County) -> Things:
    return {
        "bureau": home.slug,
        "school": home.organs["school"],
        "code": "school",
        "post": home["leader"].post,
        "free post": people.add_post(home.keeper, organ=home.organs["school"], title="工会主席", at=MONDAY),
        "person": home.persons["deputy"],
        "person with an account": home.persons["town-clerk"],
        "taker": home.persons["convener"],
        "owner": home.organs["school"],
        "invitation": people.invite(home.keeper, person=home.persons["secretary"], at=system_now()),
        "expert's post": home["expert"].post,
        "principal's post": home["principal"].post,
        "sheet": "schools",
        "delegation": _stands_in(home),
        "no token": "nobody-ever-made-this",
        "loose file": kept(home, "principal", 11),
        "key": _key(home),
    }


def _key(home: County) -> int:
    people.make_key(home["principal"], name="教务系统", at=moment(DAY))
    return keys(home["principal"], on=date.fromisoformat(DAY))[0].id


def _stands_in(home: County) -> int | None:
    day = date.fromisoformat(DAY)
    people.delegate(
        home["second-clerk"], post=home["second-clerk"].post or 0, taker=home.persons["secretary"], from_on=day,
        until_on=day, at=moment(DAY),
    )  # fmt: skip
    return next(row.delegation for row in posts(home.keeper, on=day) if row.delegation)


def _plans(home: County) -> Things:
    draft = adopt_pack(home.keeper, pack=load("hebi-2024"), at=MONDAY)
    return {"edition": home.edition, "draft": draft.edition, "clause": home.in_force().pack.clauses[0].id}


def _tasks(home: County) -> Things:
    at = moment("2024-07-25")
    rows = board(home["clerk"], edition=home.edition, duty="census", at=at, size=100).rows
    of = {name: next(row.id for row in rows if row.organ.id == home.organs[name]) for name in home.organs
          if any(row.organ.id == home.organs[name] for row in rows)}  # fmt: skip
    enactment.hand_in(home["other-principal"], task=of["other-school"], content={}, at=at)
    return {
        "school's task": of["school"],
        "task handed in": of["other-school"],
        "link": duties.send_link(home["clerk"], task=of["town"], at=moment("2024-08-15")),
    }


def _cases(home: County) -> Things:
    ref = keep_file(home["fire-clerk"], name="依据.pdf", data=b"%PDF-1.4\n%%EOF\n", at=MONDAY).ref
    listed = carried_to(home, "listed", title="消防第一课", theme="逃生", attachments=[ref])
    sealed = carried_to(home, "experts", title="交通安全课", theme="过马路").row.run
    seat_panel(home, sealed)
    returned = carried_to(home, "first", title="防溺水课", theme="防溺水").row.run
    decide(home, "reviewer", returned, "return", reason="请写具体")
    place = affair(home["clerk"], listed.id).row.listing
    assert place is not None
    told = listing(home["clerk"], place)
    first = carried_to(home, "first", title="用电安全课", theme="用电").row.run
    later = {
        step: carried_to(home, step, title=f"{theme}课", theme=theme).row.run
        for step, theme in (("approve", "防诈骗"), ("file", "护眼"), ("publish", "禁毒"))
    }
    activity = affairs.plan_activity(
        home["fire-clerk"], listing=place, answers=_activity(home), at=moment("2024-08-19")
    )  # fmt: skip
    of_panel = [turn.panel for turn in run_of(home["clerk"], listed.row.run).turns if turn.panel]
    return {
        "case": listed.row.run, "case sealed": sealed, "case returned": returned, "case at the first review": first,
        "digest": _digest(home, first), "sealed digest": _digest(home, sealed),
        "ticked": f"{first}:{_digest(home, first)}", "step": "first", "route": "annual", "case's file": ref,
        **{f"case to {step}": run for step, run in later.items()},
        **{f"digest to {step}": _digest(home, run) for step, run in later.items()},
        **{f"ticked to {step}": f"{run}:{_digest(home, run)}" for step, run in later.items()},
        **{f"step {step}": step for step in later},
        "opinion": of_panel[0].opinions[0].id, "activity": activity.row.run,
        "listing": place, "roll": told.roll, "exit": told.exits[0].id,
        "evaluation": next(iter(home.in_force().pack.evaluations)),
        "published": trail(home["clerk"], key="whitelist")[0].id,
    }  # fmt: skip


def _digest(home: County, run: int) -> str:
    return run_of(home["clerk"], run).digest


def _activity(home: County) -> Things:
    wanted = {item.id for item in home.in_force().pack.forms["activity-plan"].items}
    whole = {key: value for key, value in application(home).items() if key in wanted}
    return {**whole, "title": "消防演练周", "mode": "practice", "starts": "2024-10-08", "ends": "2024-10-11"}


def _ledger(home: County) -> Things:
    reported = line(home).id
    planned(home, reported)
    ref = kept(home, "principal", 12)
    problems.report_done(home["principal"], problem=reported, text="已停止", files=[ref], at=moment("2024-07-22"))
    waits = line(home).id
    planned(home, waits)
    struck = line(home).id
    planned(home, struck)
    problems.report_done(home["principal"], problem=struck, text="已停止", at=moment("2024-07-22"))
    problems.strike_off(home["second-clerk"], problem=struck, at=moment("2024-07-23"))
    return {
        "line": line(home).id,
        "line planned": waits,
        "line reported": reported,
        "line's file": ref,
        "line struck off": struck,
    }


def _panels(home: County) -> Things:
    """A case whose panel was drawn, and nobody called yet."""
    run = carried_to(home, "experts", title="防雷课", theme="防雷").row.run
    return {"case drawn": run, "draw of the case": panels.drawn(home, run)}


def _draws(home: County) -> Things:
    held = lots.frozen(home, lots.sample(), alone=True)
    draws.run(home["clerk"], draw=held.id, at=moment(DAY))
    enactment.publish_draw(home["clerk"], draw=held.id, at=moment(DAY))
    states = {f"draw {state}": lots.in_state(home, state) for state in ("frozen", "dealing", "sealed")}
    return {
        "draw": held.id, "door": held.door, "draw published": held.number, "paper of a draw": "record",
        "draw matched": lots.matched(home), "side of a matching": "inspectors", **states,
    }  # fmt: skip


def named_pages() -> dict[str, URLPattern]:
    """Every address of the site that has a name, by that name."""
    return dict(_walked(get_resolver()))


def _walked(resolver: URLResolver) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walked(one)
        elif one.name:
            yield one.name, one


def acts_of(page: URLPattern) -> frozenset[str]:
    """The acts that may be done on a page, by the words of its buttons."""
    return frozenset(getattr(page.callback, "acts", ()))
