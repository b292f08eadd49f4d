"""Who can be tried: one sign-in per persona, with a password of this run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from qingfu.base.chance import new_password
from qingfu.base.clock import day_of
from qingfu.base.divisions import division
from qingfu.project.demo.books import books
from qingfu.project.demo.errors import NoSuchPersona
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import Book, Persona
from qingfu.records.journal.actions import deed
from qingfu.records.people import actions as people
from qingfu.records.people.queries import bureaus, posts_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from qingfu.records.people.models import Account


@dataclass(frozen=True)
class Door:
    """A sign-in: who one is, in which post, under which name, with which password of this run."""

    place: str
    label: str
    post: str
    sign_in: str
    password: str


def place_of(book: Book) -> str:
    """The place of a demonstration, as its division is called."""
    return division(book.bureau.division).name


def personas() -> tuple[tuple[str, str], ...]:
    """(key, label) of everybody one can be, in the order of the data."""
    return tuple((p.key, f"{place_of(book)} · {p.label}") for book in books() for p in book.personas)


def persona_of(account: Account | AnonymousUser) -> str:
    """The key of the persona that an account is signed in as; empty for anybody else."""
    name = account.get_username()
    return next((p.key for book in books() for p in book.personas if p.sign_in == name), "")


def open_doors(at: datetime) -> list[Door]:
    """Set a fresh password for every persona whose bureau has begun, through the verbs of the register."""
    known = {bureau.slug: bureau.id for bureau in bureaus()}
    doors = []
    for book in books():
        if book.bureau.slug not in known:
            continue
        stage = Stage(book, known[book.bureau.slug], day_of(at))
        with deed(stage.clock):
            stage.begin(day_of(at))
            doors += [_open(stage, persona, at) for persona in book.personas]
    return doors


def _open(stage: Stage, persona: Persona, at: datetime) -> Door:
    holder = stage.actor(persona.post)
    password = new_password()
    token = people.reset_password(stage.keeper(), person=holder.person or 0, at=at)
    people.accept_link(token=token, name=persona.sign_in, password=password, at=at)
    post = persona.post.replace("/", " · ")
    return Door(place_of(stage.book), persona.label, f"{holder.name} · {post}", persona.sign_in, password)


def seat_of(key: str, at: datetime) -> tuple[Account, int]:
    """The account of a persona and the post it sits in; raises NoSuchPersona."""
    found = next((p for book in books() for p in book.personas if p.key == key), None)
    if found is not None:
        account = get_user_model().objects.filter(name=found.sign_in).first()
        organ, _, title = found.post.partition("/")
        for post in posts_of(account.pk, at=at) if account else ():
            if post.organ.short_name == organ and post.title == title and account:
                return account, post.id
    raise NoSuchPersona(persona=key, verb="", state="", possible=[])
