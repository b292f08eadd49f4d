"""A bureau of the demonstration begins: organs, people, accounts, and its plan with blanks filled and seats taken."""

from __future__ import annotations

from datetime import datetime

from qingfu.base.actor import Actor
from qingfu.base.chance import new_password
from qingfu.base.clock import day_of
from qingfu.base.divisions import towns_of
from qingfu.packfile.read import load
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import Book, OrganLine
from qingfu.records.journal.actions import deed
from qingfu.records.people import actions as people
from qingfu.records.people.queries import as_actor, sort_key
from qingfu.records.plans import actions as plans

LETTERS = {"school": "x", "department": "b", "township": "z"}


def found(book: Book) -> Stage:
    """Found the bureau on its day, through the verbs of the register."""
    facts = book.bureau
    at = facts.founded
    officer = people.found_bureau(
        slug=facts.slug, name=facts.name, short_name=facts.short_name, level=facts.level, division=facts.division,
        officer=facts.officer, title=facts.title, at=at,
    )  # fmt: skip
    keeper = as_actor(officer)
    with deed(keeper):
        persons = {facts.officer: officer.person}
        known = {(facts.short_name, facts.title)}
        places = {facts.short_name: officer.organ.id} | _add_organs(book, keeper, at)
        for line in book.organs:
            _fill_posts(keeper, line, places[line.called], persons, known, at)
        _open_accounts(book, keeper, persons, at)
        edition = plans.adopt_pack(keeper, pack=load(book.pack), at=at).edition
        for path, value in book.plan.blanks.items():
            plans.fill_blank(keeper, edition=edition, path=path, value=value, at=at)
        for party, organ in book.plan.seats.items():
            plans.seat_party(keeper, edition=edition, party=party, organ=places[organ], at=at)
        stage = Stage(book, keeper.bureau, day_of(at))
        stage.begin(day_of(at))
        return stage


def _add_organs(book: Book, keeper: Actor, at: datetime) -> dict[str, int]:
    places: dict[str, int] = {}
    counted: dict[str, int] = {}
    towns = {town.name: town.code for town in towns_of(book.bureau.division)} if book.bureau.level == "county" else {}
    for line in book.organs:
        if line.called == book.bureau.short_name:
            continue
        counted[line.kind] = counted.get(line.kind, 0) + 1
        letter = LETTERS.get(line.kind, line.kind)
        made = people.add_organ(
            keeper, kind=line.kind, name=line.name or line.town or "", short_name=line.called,
            code=f"{letter}{counted[line.kind]:03d}", level="town" if line.kind == "township" else line.level,
            stage=line.stage, division=line.division or towns.get(line.town or ""), at=at,
        )  # fmt: skip
        places[line.called] = made.id
    return places


def _fill_posts(
    keeper: Actor, line: OrganLine, organ: int, persons: dict[str, int], known: set[tuple[str, str]], at: datetime
) -> None:
    for title, name in line.people.items():
        if (line.called, title) in known:
            continue
        post = people.add_post(
            keeper, organ=organ, title=title, member_kind=line.member_kinds.get(title, ""),
            administers=title in line.keeps_register, at=at,
        )  # fmt: skip
        if name not in persons:
            persons[name] = people.add_person(keeper, name=name, at=at)
        people.hold_post(keeper, post=post, person=persons[name], from_on=day_of(at), at=at)


def _open_accounts(book: Book, keeper: Actor, persons: dict[str, int], at: datetime) -> None:
    """Everybody but the people of organs without accounts gets one; nobody is told these passwords."""
    shut = {name for line in book.organs if line.accounts == "no" for name in line.people.values()}
    signs_in = {_holder(book, persona.post): persona.sign_in for persona in book.personas}
    for n, (name, person) in enumerate(persons.items(), start=1):
        if name in shut:
            continue
        token = people.invite(keeper, person=person, at=at)
        plain = sort_key(name, person=True).replace(" ", "")
        people.accept_link(
            token=token, name=signs_in.get(name, f"{plain}-{book.bureau.slug}{n}"), password=new_password(), at=at
        )


def _holder(book: Book, post: str) -> str:
    organ, _, title = post.partition("/")
    return next(line.people[title] for line in book.organs if line.called == organ)
