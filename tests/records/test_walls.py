"""Row-level security: the database itself keeps one bureau's rows from another."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction

from qingfu.base.actor import Actor
from qingfu.records.journal.queries import reading
from qingfu.records.models import Organ, Person
from tests.cast import county

# What stands outside the tenants, and why: accounts and links are read before a bureau is chosen.
OUTSIDE = {"people_belonging", "people_one_time_link", "people_api_key"}


def _tables_with_a_bureau() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_app_config("records").get_models()
        if any(field.column == "bureau_id" for field in model._meta.fields) and model._meta.db_table not in OUTSIDE
    )


@pytest.mark.django_db
def test_every_table_with_a_bureau_is_walled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        walled = {name for (name,) in cursor.fetchall()}
    assert set(_tables_with_a_bureau()) <= walled


@pytest.mark.django_db
def test_without_a_bureau_nothing_is_seen() -> None:
    county(enact=False)
    assert Organ.objects.count() == 0


@pytest.mark.django_db
def test_a_bureau_sees_nothing_of_another_in_any_table() -> None:
    home, away = county("hechuan"), county("hebi", enact=False)
    seen: list[str] = []
    full: list[str] = []
    for table in _tables_with_a_bureau():
        # A search across the whole table, as a forgotten filter would make it.
        ask = f"SELECT count(*) FROM {table} WHERE bureau_id = %s"
        for actor, found in ((Actor.clock(away.bureau), seen), (Actor.clock(home.bureau), full)):
            with reading(actor), connection.cursor() as cursor:
                cursor.execute(ask, [home.bureau])
                if cursor.fetchone() != (0,):
                    found.append(table)
    assert seen == []
    assert {"plans_edition", "duties_task", "disclosures_disclosure", "journal_entry"} <= set(full)


@pytest.mark.django_db
def test_a_row_cannot_be_put_into_another_bureau() -> None:
    home, away = county("hechuan", enact=False), county("hebi", enact=False)
    with pytest.raises(DatabaseError, match="row-level security"), reading(Actor.clock(away.bureau)):
        Person.objects.create(bureau_id=home.bureau, name="越界", sort_key="yue jie")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["journal_entry", "journal_seal", "routes_opinion", "routes_act", "forms_answer"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_said_once_cannot_be_changed(table: str, change: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


@pytest.mark.django_db(databases=["default", "portal"])
@pytest.mark.parametrize(
    "table", [*(t for t in _tables_with_a_bureau() if t != "disclosures_disclosure"), "people_account"]
)
def test_the_portal_reads_disclosures_only(table: str) -> None:
    portal = connections["portal"]
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic("portal"),
        portal.cursor() as cursor,
    ):
        cursor.execute(f"SELECT count(*) FROM {table}")


@pytest.mark.django_db(databases=["default", "portal"])
def test_the_role_of_the_web_is_weak() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = current_user"
        )
        assert cursor.fetchone() == (0,)
