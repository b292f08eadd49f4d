"""A one-time link on a bad line: the answer got lost, the form is sent again, and the unit still gets its receipt."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from qingfu.base.chance import new_id
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from qingfu.records.duties.actions import send_link
from qingfu.records.duties.queries import board
from qingfu.records.journal.queries import reading
from qingfu.records.models import HandIn
from tests.cast import County, moment

DAY = moment("2024-07-22")
DIGEST = re.compile(r"\b[0-9a-f]{12,64}\b")


@pytest.fixture
def address(real_county: County, settings: object) -> str:
    """The link of a school's census, on a database with real commits: the hall reads through the portal's role."""
    settings.DEMO = True  # type: ignore[attr-defined]  # pytest-django's settings
    set_clock(to=DAY, at=system_now())
    rows = board(real_county["clerk"], edition=real_county.edition, duty="census", at=DAY, size=100).rows
    task = next(row.id for row in rows if row.organ.id == real_county.organs["school"])
    return f"/l/{real_county.slug}/{send_link(real_county['clerk'], task=task, at=DAY)}"


def sent(address: str, key: str, note: str = "没有问题") -> tuple[int, str]:
    """The form, sent through the link by a browser that knows nothing of an earlier one."""
    says = {"verb": "hand-in", "signed": "周校长", "q.note": note, "client-id": key}
    answer = Client().post(address, says)
    return answer.status_code, answer.content.decode()


def test_the_same_form_through_a_spent_link_shows_the_receipt_again(real_county: County, address: str) -> None:
    key = str(new_id())
    first, again = sent(address, key), sent(address, key)
    assert [first[0], again[0]] == [200, 200]
    assert DIGEST.findall(first[1]) == DIGEST.findall(again[1])
    assert DIGEST.findall(first[1])
    with reading(real_county.keeper):
        assert HandIn.objects.count() == 1


def test_another_form_through_a_spent_link_is_told_that_the_link_is_spent(real_county: County, address: str) -> None:
    key = str(new_id())
    sent(address, key)
    for other, note in ((str(new_id()), "没有问题"), (key, "有一个问题")):
        status, text = sent(address, other, note)
        assert (status, "QF-LINK-SPENT" in text) == (403, True)
    with reading(real_county.keeper):
        assert HandIn.objects.count() == 1
    assert Client().get(address).status_code == 403
