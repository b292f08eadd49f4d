"""The public's own role, on a database of its own: two roles see each other's work only once it is committed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, connections

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.records.disclosures import actions
from qingfu.records.disclosures.queries import disclosure, history, shown
from qingfu.records.journal.queries import reading
from tests import cast
from tests.cast import County, moment
from tests.records.disclosures.publishing import AT, LATER, published


@pytest.fixture
def real(real_db: str) -> Iterator[County]:
    yield cast.county()
    connections.close_all()


def test_the_public_reads_through_a_role_that_sees_disclosures_and_nothing_else(real: County) -> None:
    first = published(real, until=date(2024, 12, 31))
    inner = published(real, key="cases", shows="report", title="典型案例")
    bureau = real.bureau
    assert [view.id for view in shown(bureau, "list", at=AT)] == [first.id]
    assert shown(bureau, "report", at=AT) == ()
    assert disclosure(bureau, first.id, at=AT).content == first.content
    with pytest.raises(NotFound):
        disclosure(bureau, inner.id, at=AT)
    assert shown(bureau + 1, "list", at=AT) == ()
    with pytest.raises(NotFound):
        disclosure(bureau + 1, first.id, at=AT)
    # Not yet, and no longer.
    assert shown(bureau, "list", at=moment("2024-08-19")) == ()
    assert shown(bureau, "list", at=moment("2025-01-01")) == ()

    second = published(real, content={"items": []}, at=LATER)
    assert [view.id for view in shown(bureau, "list", at=LATER)] == [second.id]
    actions.withdraw(real["leader"], disclosure=first.id, reason="登错", at=LATER)
    gone = disclosure(bureau, first.id, at=LATER)
    assert (gone.content, gone.state, gone.withdrawn_reason, gone.by) == ({}, "withdrawn", "登错", "")
    assert [(t.id, t.state) for t in history(bureau, "whitelist", at=LATER)] == [
        (second.id, "shown"),
        (first.id, "withdrawn"),
    ]
    tables = ("problems_problem", "people_person", "journal_entry", "forms_file_content", "plans_edition")
    for table in tables:
        with pytest.raises(DatabaseError), reading(Actor.public(bureau), using="portal"):
            connections["portal"].cursor().execute(f"SELECT count(*) FROM {table}")
