"""Before a demonstration is served: an empty database where wanted, the days lived, a password for each persona.

What needs Django is imported inside: this module is read before Django is set up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from qingfu.base.clock import day_of, system_now
from qingfu.base.days import read_day
from qingfu.base.words import N_, as_they_are, fill, translator
from qingfu.project import addresses, databases, embedded, environment, prepare, roles
from qingfu.project.demo.books import best_day, books
from qingfu.project.demo.errors import NotADemo, NotOurs, NoWayBack
from qingfu.project.speech import say

if TYPE_CHECKING:
    from qingfu.project.demo.doors import Door
    from qingfu.project.serve import Serving

HEADINGS = (N_("Place"), N_("You are"), N_("Post"), N_("Sign-in name"), N_("Password of this run"))
WELCOME = N_("A demonstration with invented people. The plan's day: {day}. Address: {address}")
LIVING = N_("Living through the days")
WIDTH = 118


def empty() -> None:
    """Drop the embedded database and make it anew; raises NotOurs for another server's."""
    if not databases.is_embedded():
        raise NotOurs
    import psycopg

    server = embedded.superuser(environment.data_folder())
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{addresses.DATABASE}" WITH (FORCE)'.encode())
    roles.prepare(server)


def seeded(serving: Serving, on: str) -> Serving:
    """Live up to the day (``on``; empty: where it stands, at first its best day) and write the banner.

    Raises NotADemo, NoWayBack, NoSuchDay.
    """
    with _one_connection():
        prepare.django()
        from django.db import connections

        from qingfu.project.demo import doors
        from qingfu.records.almanac.queries import lived_until

        if strangers := real_bureaus():
            raise NotADemo(bureau=strangers[0])
        day = wanted_day(on, lived_until())
        _live(day)
        banner = written(doors.open_doors(_now()), day, serving.address)
        connections.close_all()
    return replace(serving, banner=banner)


@contextmanager
def _one_connection() -> Iterator[None]:
    """A pool's threads would not outlive the change into the supervisor."""
    kept = os.environ.get("QINGFU_POOL")
    os.environ["QINGFU_POOL"] = "0"
    try:
        yield
    finally:
        os.environ.pop("QINGFU_POOL")
        if kept is not None:
            os.environ["QINGFU_POOL"] = kept


def real_bureaus() -> tuple[str, ...]:
    """The names of bureaus in the database that are none of ours: their clock must not be moved."""
    from qingfu.records.people.queries import bureaus

    ours = {book.bureau.slug for book in books()}
    return tuple(bureau.name for bureau in bureaus() if bureau.slug not in ours)


def wanted_day(on: str, lived: datetime | None) -> date:
    """The day to begin on; raises NoWayBack for one that is over, NoSuchDay for none."""
    stands = day_of(lived) if lived else None
    if not on:
        return stands or best_day()
    wanted = read_day(on)
    if stands and wanted < stands:
        raise NoWayBack(day=wanted, today=stands, verb="", state="", possible=[])
    return wanted


def _now() -> datetime:
    from qingfu.records.almanac.queries import plan_time

    return plan_time(system_now())


def _live(day: date) -> None:
    from qingfu.project.demo import lived
    from qingfu.records.almanac.actions import set_clock
    from qingfu.records.almanac.queries import lived_until

    since = lived_until()
    first = day_of(since) if since else min(day_of(book.bureau.founded) for book in books())
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[day]}"), TimeElapsedColumn()
    with Progress(*columns) as progress:
        bar = progress.add_task(say(LIVING), total=(day - first).days + 1, day="")
        for one in lived.days_to(day):
            progress.update(bar, advance=1, day=one.isoformat())
    at = lived_until()
    if at is not None and day_of(_now()) != day_of(at):
        # Real time went on since the last run; the demonstration goes on from where it was left.
        set_clock(to=at, at=system_now())


def written(opened: Sequence[Door], day: date, address: str) -> str:
    """What is printed once the pages are there: Chinese first, then English, then one line for each sign-in."""
    out = StringIO()
    console = Console(file=out, width=WIDTH, no_color=True)
    for translate in (translator("zh-hans"), as_they_are):
        console.print(fill(WELCOME, {"day": day, "address": address}, translate), markup=False, highlight=False)
    table = Table(*(say(heading) for heading in HEADINGS))
    for door in opened:
        table.add_row(door.place, door.label, door.post, door.sign_in, door.password)
    console.print(table)
    return out.getvalue()
