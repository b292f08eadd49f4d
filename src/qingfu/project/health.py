"""Whether the database answers and its tables are those of this program; ``/healthz`` says it in one word."""

from __future__ import annotations

from functools import cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from qingfu.project.middleware import plain

Migration = tuple[str, str]


@cache
def _known() -> frozenset[Migration]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _applied() -> frozenset[Migration]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return frozenset()
        cursor.execute("SELECT app, name FROM django_migrations")
        return frozenset((str(app), str(name)) for app, name in cursor.fetchall())


def missing_migrations() -> list[str]:
    """Migrations of this program that the database lacks, as app.name, sorted."""
    return sorted(".".join(each) for each in _known() - _applied())


def unknown_migrations() -> list[str]:
    """Migrations that the database has and this program does not know, of apps it knows."""
    apps = {app for app, _ in _known()}
    return sorted(f"{app}.{name}" for app, name in _applied() - _known() if app in apps)


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 with one word otherwise."""
    try:
        missing = missing_migrations()
    except (DatabaseError, InterfaceError, PoolTimeout):
        return plain("database", 503)
    return plain("migrations", 503) if missing else plain("ok", 200)
