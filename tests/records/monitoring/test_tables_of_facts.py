"""The register's tables of facts hold what the rule language reads, column for column, and nobody rewrites them."""

from __future__ import annotations

import pytest
from django.db import connection

from qingfu.records.monitoring.models import FACTS
from qingfu.rules.tables import TABLES

BESIDE = {"filing"}


@pytest.mark.django_db
@pytest.mark.parametrize("table", [one.name for one in TABLES])
def test_a_view_has_every_column_of_its_table_and_no_other(table: str) -> None:
    known = next(one for one in TABLES if one.name == table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'facts' AND table_name = %s",
            [table.replace("-", "_")],
        )
        found = {str(row[0]) for row in cursor.fetchall()}
    assert found - BESIDE == {one.name.replace("-", "_") for one in known.columns}


def test_every_table_a_school_reports_has_its_facts() -> None:
    assert set(FACTS) == {one.name for one in TABLES} - {"classes", "sample"}


@pytest.mark.django_db
@pytest.mark.parametrize("model", FACTS.values())
def test_what_was_reported_cannot_be_rewritten_by_the_web(model: type) -> None:
    table = model._meta.db_table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'DELETE'), has_table_privilege(%s, 'UPDATE'),"
            " has_column_privilege(%s, 'replaced_by_id', 'UPDATE')",
            [table, table, table],
        )
        assert cursor.fetchone() == (False, False, True)
