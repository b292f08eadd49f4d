"""A program that sends one report twenty times at once, over HTTP: it counts once, and every answer is the receipt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from qingfu.api import keys
from qingfu.api.keys import Pace
from qingfu.base.chance import new_id
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import actions as monitoring
from qingfu.records.monitoring.models import Filing, Homework
from qingfu.records.people import actions as people
from tests.cast import BEGINS, County, moment
from tests.race.together import AT_ONCE, at_once

TERM = "2024年秋季学期"
ROW = {"class": "三年级1班", "day": "2024-10-17", "subject": "语文", "minutes": 25}


@pytest.fixture
def key(real_county: County, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of a school that has a class, on a Friday of its term."""
    # Every database here begins to count its keys anew.
    monkeypatch.setattr(keys, "PACE", Pace(10 * AT_ONCE, timedelta(minutes=1)))
    settings.DEMO = True
    set_clock(to=moment("2024-10-18", 17), at=system_now())
    monitoring.set_term(
        real_county["reviewer"], name=TERM, year=2024, from_on=date(2024, 9, 2), until_on=date(2025, 1, 17), at=BEGINS
    )
    monitoring.file_classes(
        real_county["principal"], organ=real_county.organs["school"], year=2024, at=BEGINS,
        rows=[{"name": "三年级1班", "grade": "P3"}],
    )  # fmt: skip
    return people.make_key(real_county["principal"], name="教务系统", at=BEGINS)


def report(key: str, sent: str, minutes: int) -> Callable[[], object]:
    body = json.dumps({"term": TERM, "rows": [{**ROW, "minutes": minutes}]})
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": sent}

    def go() -> object:
        answer = Client().post("/api/v1/filings/homework", body, content_type="application/json", headers=headers)
        return answer.status_code, answer.content

    return go


def kept(county: County) -> tuple[int, int]:
    """How many reports there are, and how many rows stand."""
    with reading(county.keeper):
        return Filing.objects.exclude(table="classes").count(), Homework.objects.filter(replaced_by=None).count()


@pytest.mark.proves("P12")
def test_one_report_sent_twenty_times_at_once_is_kept_once(real_county: County, key: str) -> None:
    came_back = at_once([report(key, str(new_id()), 25)] * AT_ONCE)
    assert len(set(map(str, came_back))) == 1
    assert kept(real_county) == (1, 1)
    assert str(came_back[0]).startswith("(200")


def test_twenty_reports_about_one_lesson_at_once_leave_one_row_standing(real_county: County, key: str) -> None:
    came_back = at_once([report(key, str(new_id()), minutes) for minutes in range(AT_ONCE)])
    assert [str(told)[:4] for told in came_back] == ["(200"] * AT_ONCE
    assert kept(real_county) == (AT_ONCE, 1)


def test_of_one_id_with_twenty_contents_the_first_to_arrive_stands(real_county: County, key: str) -> None:
    sent = str(new_id())
    came_back = at_once([report(key, sent, minutes) for minutes in range(AT_ONCE)])
    assert sorted(str(told)[:4] for told in came_back) == ["(200", *["(409"] * (AT_ONCE - 1)]
    assert kept(real_county) == (1, 1)
