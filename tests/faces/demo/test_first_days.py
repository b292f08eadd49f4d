"""The first days of a demonstration: a bureau is founded, its plan comes into force, its duties open by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.project.demo import lived
from qingfu.project.demo.books import books
from qingfu.project.moment import plan_now
from qingfu.records.duties.queries import board
from qingfu.records.people.queries import bureau_by_slug
from qingfu.records.plans.queries import plans_in_force


@pytest.mark.proves("P05")
def test_the_next_day_puts_the_plan_in_force_and_opens_its_duties(db: None, settings: Settings) -> None:
    settings.DEMO = True
    book = books()[0]
    first = day_of(book.bureau.founded)
    assert list(lived.days_to(first)) == [first]
    clock = Actor.clock(bureau_by_slug(book.bureau.slug).id)
    assert plans_in_force(clock) == ()
    opened = Client().post("/demo/next-day", {"next": "/posts"})
    assert (opened.status_code, opened.headers["Location"]) == (302, "/posts")
    assert day_of(plan_now()) == first + timedelta(days=1)
    (plan,) = plans_in_force(clock)
    assert {row.state for row in board(clock, edition=plan.edition, at=plan_now()).rows} == {"open"}


def test_nobody_is_led_to_another_site(db: None, settings: Settings) -> None:
    settings.DEMO = True
    list(lived.days_to(day_of(books()[0].bureau.founded)))
    assert Client().post("/demo/next-day", {"next": "https://example.org/"}).headers["Location"] == "/"
