"""The one-time link: a school without an account hands in on a telephone, once, and gets a receipt."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.duties.actions import send_link
from qingfu.records.duties.queries import task
from qingfu.records.enactment.actions import open_the_day
from qingfu.records.problems.queries import ledger
from tests.cast import County, county, moment
from tests.faces.plan_stage import sent, task_of

DAY = "2024-07-25"


@pytest.fixture
def school(real_db: str, settings: Settings) -> tuple[County, str]:
    """A county that is really there (the public pages read through the portal), and a fresh link for its school."""
    home = county()
    settings.DEMO = True
    set_clock(to=moment(DAY), at=system_now())
    open_the_day(bureau=home.bureau, at=moment(DAY, 6))
    token = send_link(home["clerk"], task=task_of(home, "school").id, at=moment(DAY))
    return home, f"/l/hechuan/{token}"


@pytest.mark.proves("P12")
def test_a_school_without_an_account_hands_in_once_and_gets_a_receipt(school: tuple[County, str]) -> None:
    home, link = school
    unit = Client()
    page = unit.get(link).content.decode()
    assert "清溪镇中心小学" in page
    assert "摸排2023年以来社会事务进校园情况" in page
    form = sent("hand-in", signed="王秀英") | {
        "q.problems.row": "0", "q.problems.0.problem": "临时要求点赞转发", "q.problems.0.kind": "heavy-trace",
        "q.problems.0.owner": str(home.organs["school"]),
    }  # fmt: skip
    receipt = unit.post(link, form)
    assert receipt.status_code == 200
    view = task(home["clerk"], task_of(home, "school").id, at=moment(DAY))
    assert (view.row.state, view.hand_ins[-1].via, view.hand_ins[-1].on_behalf) == ("handed-in", "link", "王秀英")
    assert view.hand_ins[-1].digest in receipt.content.decode()
    # Sent again over a bad connection: the first answer, nothing twice.
    again = unit.post(link, form)
    assert again.status_code == 200
    assert view.hand_ins[-1].digest in again.content.decode()
    assert ledger(home["clerk"], edition=home.edition, at=moment(DAY)).total == 1
    # A second hand-in is refused, and the page says whom to ask.
    assert unit.get(link).status_code == 403
    assert unit.post(link, sent("hand-in", signed="王秀英")).status_code == 403


def test_without_a_name_nothing_is_handed_in_and_the_link_stays_good(school: tuple[County, str]) -> None:
    home, link = school
    answer = Client().post(link, sent("hand-in", signed=" ") | {"q.note": "无"})
    assert answer.status_code == 422
    assert 'href="#signed"' in answer.content.decode()
    assert task_of(home, "school").state == "open"
    assert Client().get(link).status_code == 200


def test_a_link_that_is_wrong_or_of_another_bureau_opens_nothing(school: tuple[County, str]) -> None:
    _home, link = school
    county(slug="elsewhere", enact=False)
    assert Client().get("/l/hechuan/nothing").status_code == 403
    assert Client().get(link.replace("hechuan", "elsewhere")).status_code == 403
    assert Client().get(link.replace("hechuan", "nowhere")).status_code == 404


def test_after_fourteen_days_the_link_has_run_out(school: tuple[County, str]) -> None:
    _home, link = school
    set_clock(to=moment("2024-08-09"), at=system_now())
    assert Client().get(link).status_code == 403


def test_the_address_is_kept_by_nobody_on_the_way(school: tuple[County, str]) -> None:
    answer = Client().get(school[1])
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
