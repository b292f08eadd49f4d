"""A page of two hundred rows asks the database no more often than one of five, and never very often."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any, TypeVar

import pytest
from django.db import connections
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from qingfu.records.journal.queries import reading
from qingfu.records.models import (
    Activity,
    ActivitySchool,
    Affair,
    Edition,
    HandIn,
    Holding,
    Listing,
    Organ,
    Person,
    Post,
    Problem,
    Run,
    Task,
    Turn,
)
from tests.faces.world import World
from tests.records.stage import undone

FEW, MANY = 5, 200
MOST = 90  # queries, with two plans in force; far below what one more for each row would make
Row = TypeVar("Row", bound=Model)
# Who opens it, and what must grow for it.
PAGES = {
    "/inbox": ("clerk", "leader", "expert", "fire-clerk", "principal"),
    "/leader": ("leader",),
    "/cases": ("clerk", "fire-clerk"),
    "/cases/together/{edition}/annual/first": ("reviewer",),
    "/activities": ("clerk", "principal"),
    "/lists": ("clerk", "principal"),
    "/lists/{roll}/sheet": ("clerk",),
    "/duties": ("clerk", "principal"),
    "/duties/sheet": ("clerk",),
    "/problems": ("clerk", "principal"),
    "/problems/sheet": ("clerk",),
    "/school-data": ("reviewer",),
    "/school-data/{school}": ("principal",),
    "/limits": ("reviewer", "principal"),
    "/plans": ("keeper",),
    "/plans/{edition}": ("principal",),
    "/people": ("keeper",),
    "/people/organs": ("keeper",),
    "/people/organs/{school}": ("keeper",),
    "/stand-in": ("keeper", "clerk"),
    "/pictures": ("clerk",),
    "/first-week": ("clerk", "reviewer"),
    "/first-week/questions": ("clerk", "principal"),
    "/hechuan/list": ("nobody",),
    "/hechuan/schools": ("nobody",),
    "/hechuan/s/school/term": ("nobody",),
}
OPENED = [(page, who) for page, members in PAGES.items() for who in members]


@pytest.fixture(autouse=True)
def on_a_plan_day(settings: Settings) -> None:
    """The demonstration's clock, which the world has set."""
    settings.DEMO = True


def copies(rows: list[Row], count: int, **differs: Callable[[int, Row], Any]) -> list[Row]:
    """So many copies of rows in turn; what must differ is made from the copy's number and its original."""
    made = []
    for n in range(count):
        fresh = copy(rows[n % len(rows)])
        fresh.pk = None
        for name, value in differs.items():
            setattr(fresh, name, value(n, rows[n % len(rows)]))
        made.append(fresh)
    return list(type(rows[0])._default_manager.bulk_create(made))


def numbered(prefix: str) -> Callable[[int, Model], str]:
    return lambda n, _: f"{prefix}{n}"


def grow(count: int) -> None:
    """More of everything, each as rich as what the county has already."""
    mark = f"{count}-"
    organs = copies(
        [*Organ.objects.filter(kind="school")], count, name=numbered(f"{mark}小学"), code=numbered(f"x{mark}")
    )
    persons = copies([*Person.objects.filter(account=None)], count, name=numbered("周"))
    posts = copies(
        [*Post.objects.filter(organ__kind="school")], count, title=numbered(f"{mark}职员"),
        organ_id=lambda n, row: organs[n].pk if n % 2 else row.organ_id,
    )  # fmt: skip
    copies([*Holding.objects.all()], count, post_id=lambda n, _: posts[n].pk, person_id=lambda n, _: persons[n].pk)
    tasks = [*Task.objects.filter(duty="census")]
    done = copies(tasks, count, period=numbered(mark), organ_id=lambda n, row: organs[n].pk if n % 2 else row.organ_id)
    handed = [*HandIn.objects.all()]
    copies(handed, count, task_id=lambda n, _: done[n].pk)
    copies([*Problem.objects.all()], count, number=numbered(f"2024-9{mark}"))
    _cases(count, mark)
    copies([*Edition.objects.all()], count // 5, pack=numbered(f"p{mark}"), state=lambda _n, _row: "ended")


def _key_of(run: Run, _n: int, _row: object) -> int:
    return run.pk


def _cases(count: int, mark: str) -> None:
    runs = [*Run.objects.filter(kind="affair")]
    fresh = copies(runs, count, number=numbered(f"2024-9{mark}"))
    turns = [*Turn.objects.all()]
    for n, run in enumerate(fresh):
        was = runs[n % len(runs)].pk
        mine = [t for t in turns if t.run_id == was]
        copies(mine, len(mine), run_id=partial(_key_of, run))
    listed = copies([*Listing.objects.all()], count, number=lambda n, _: 1_000 * count + n)
    affairs = {affair.run_id: affair for affair in Affair.objects.all()}
    copies(
        [affairs[run.pk] for run in runs], count, run_id=lambda n, _: fresh[n].pk,
        listing_id=lambda n, row: listed[n].pk if row.listing_id else None,
        title=numbered(f"{mark}事项"), match_key=numbered(f"{mark}事项"),
    )  # fmt: skip
    plans = [*Run.objects.filter(kind="activity")]
    run_of = copies(plans, count, number=numbered(f"2024-8{mark}"))
    coming = copies(
        [*Activity.objects.all()], count, run_id=lambda n, _: run_of[n].pk, listing_id=lambda n, _: listed[n].pk
    )
    copies([*ActivitySchool.objects.all()], count, activity_id=lambda n, _: coming[n].pk)


def _turns(turns: list[Turn], run: Run) -> None:
    copies(turns, len(turns), run_id=lambda _n, _turn: run.pk)


def asked(world: World, page: str, who: str) -> int:
    """How many queries a page costs, and that it is drawn."""
    with CaptureQueriesContext(connections["default"]) as caught:
        answer = world.browsers[who].get(page)
    assert answer.status_code == 200, (page, who)
    return len(caught)


@pytest.fixture(scope="module")
def counted(world: World) -> dict[int, dict[tuple[str, str], int]]:
    """What every page costs with few more rows and with many more."""
    found: dict[int, dict[tuple[str, str], int]] = {}
    things = {key: value for key, value in world.mine.items() if key.isidentifier()}
    with pytest.MonkeyPatch.context() as patch:
        from django.conf import settings

        patch.setattr(settings, "DEMO", True)
        for count in (FEW, MANY):
            with undone():
                with reading(world.home.keeper):
                    grow(count)
                # Once before: what the process remembers between requests is no part of a page.
                for page, who in OPENED:
                    world.browsers[who].get(page.format(**things))
                found[count] = {(page, who): asked(world, page.format(**things), who) for page, who in OPENED}
    return found


@pytest.mark.parametrize(("address", "who"), OPENED)
def test_many_rows_ask_no_more_queries_than_few(
    counted: dict[int, dict[tuple[str, str], int]], address: str, who: str
) -> None:
    assert counted[MANY][address, who] <= counted[FEW][address, who] <= MOST
