"""What the database itself refuses: asked of the migrated database, as the weak roles."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, connections

from qingfu.project import addresses, roles
from tests import pg_plugin

# Read before a bureau is chosen: who may enter where. Everything else that has a bureau stays in it.
OUTSIDE = {"people_belonging", "people_one_time_link", "people_onetimelink", "people_api_key"}


def _with_bureau() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_app_config("records").get_models()
        if any(field.column == "bureau_id" or field.name == "bureau" for field in model._meta.concrete_fields)
    }


def _ask(query: str, *, using: str = "default") -> list[tuple[object, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(query)
        return [tuple(row) for row in cursor.fetchall()]


@pytest.mark.django_db
def test_every_table_that_holds_a_bureaus_rows_has_row_level_security_and_a_policy() -> None:
    walled = {
        str(row[0])
        for row in _ask(
            "SELECT c.relname FROM pg_class c WHERE c.relrowsecurity"
            " AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)"
        )
    }
    kept = _with_bureau()
    assert kept
    assert kept - OUTSIDE - walled == set()


@pytest.mark.django_db
def test_every_unique_constraint_of_such_a_table_starts_with_the_bureau() -> None:
    rows = _ask(
        "SELECT t.relname, i.relname, a.attname FROM pg_index x"
        " JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid"
        " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]"
        " WHERE x.indisunique AND NOT x.indisprimary"
    )
    kept = _with_bureau()
    # The key of a one-time link is its digest, read before any bureau is known.
    found = [
        f"{i}: {column}"
        for table, i, column in rows
        if table in kept - OUTSIDE and column not in ("bureau_id", "bureau")
    ]
    assert found == []


@pytest.mark.django_db
def test_tests_ask_as_the_weak_role() -> None:
    assert _ask("SELECT current_user") == [(addresses.WEB,)]
    roles.check_weak(pg_plugin.address(addresses.WEB))
    roles.check_weak(pg_plugin.address(addresses.PORTAL))


@pytest.mark.django_db
def test_chinese_text_is_split_into_trigrams() -> None:
    assert _ask("SELECT show_trgm('补课') <> '{}'") == [(True,)]


@pytest.mark.django_db(databases=["default", "portal"])
def test_the_portal_may_read_what_was_granted_by_name_and_write_nothing() -> None:
    granted = _ask(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        f" WHERE grantee = '{addresses.PORTAL}' ORDER BY 1, 2",
        using="portal",
    )
    assert {privilege for _, privilege in granted} <= {"SELECT"}
    assert {str(table) for table, _ in granted} <= {"disclosures_disclosure", "people_bureau", "almanac_offset"}


@pytest.mark.django_db
def test_the_web_role_cannot_switch_a_wall_off() -> None:
    from django.db import ProgrammingError, transaction

    table = sorted(_with_bureau() - OUTSIDE)[0]
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
