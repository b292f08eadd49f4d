"""The database goes away between an act and its answer: the same form is offered again, and it counts once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from django.test import Client

from qingfu.base.chance import new_id
from qingfu.records.duties.queries import board
from qingfu.records.journal.queries import reading
from qingfu.records.models import HandIn
from tests import pg_plugin
from tests.cast import County, moment
from tests.faces.conftest import PASSWORD, open_account

CUT = """
    CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
    CREATE TRIGGER cut BEFORE UPDATE ON django_session FOR EACH ROW EXECUTE FUNCTION cut();
"""
MENDED = "DROP TRIGGER cut ON django_session"


@pytest.fixture
def administrator(real_county: County) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The administrator's connection to the test's own database."""
    name = str(connections.settings["default"]["NAME"])
    with psycopg.connect(pg_plugin.administrator(name).url, autocommit=True) as connection:
        yield connection


def test_what_was_recorded_is_never_said_to_be_lost(
    real_county: County, administrator: psycopg.Connection[tuple[object, ...]]
) -> None:
    open_account(real_county, "principal")
    browser = Client()
    browser.post("/sign-in", {"verb": "sign-in", "name": "principal", "password": PASSWORD})
    rows = board(
        real_county["clerk"], edition=real_county.edition, duty="census", at=moment("2024-07-22"), size=100
    ).rows
    task = next(row.id for row in rows if row.organ.id == real_county.organs["school"])
    form = {"verb": "hand-in", "client-id": str(new_id()), "q.note": "没有问题"}
    # The connection is cut when the session is saved: after the act has committed, before its answer.
    administrator.execute(CUT.encode())
    lost = browser.post(f"/tasks/{task}", form)
    connections.close_all()
    administrator.execute(MENDED.encode())
    page = lost.content.decode()
    assert (lost.status_code, lost.headers["Retry-After"]) == (503, "3")
    assert "QF-DATABASE-AWAY" in page
    offered = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert offered == form
    assert browser.post(f"/tasks/{task}", offered).status_code == 302
    with reading(real_county.keeper):
        assert HandIn.objects.filter(task=task).count() == 1
