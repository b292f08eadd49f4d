"""What must be done with Django before serving: migrate, collect the static files, compare the tables.

Run as ``python -m qingfu.project.prepare [migrate]``, in a process of its own, so that the
server's supervisor never carries Django and the web never sees the owner's address.
"""

from __future__ import annotations

import os
import subprocess
import sys

from qingfu.base.errors import SchemaAhead, SchemaBehind
from qingfu.project import databases

SETTINGS = "qingfu.project.settings"
SHOWN = 3


def in_own_process(*, migrate: bool) -> None:
    """Do all of it in a child process; ends this one with the child's status when it fails."""
    words = [sys.executable, "-m", "qingfu.project.prepare", *(["migrate"] if migrate else [])]
    done = subprocess.run(words, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def django(*, as_owner: bool = False) -> None:
    """Set Django up in this process; ``as_owner`` adds the alias ``owner``, for migrations only."""
    if as_owner:
        os.environ["DATABASE_OWNER_URL"] = databases.owner().url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django as framework

    framework.setup()


def migrate() -> None:
    """Bring the tables up to the program; Django must be set up as the owner."""
    from django.core.management import call_command

    from qingfu.project import health

    check_schema(allow_behind=True)
    if health.missing_migrations():
        call_command("migrate", database="owner", interactive=False, verbosity=0)


def collect_static() -> None:
    """Copy the static files to the data folder, compressed and named after their content."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def check_addresses() -> None:
    """Import every page once: a program that cannot is better stopped here than found by its visitors."""
    from django.urls import get_resolver

    get_resolver().check()


def check_schema(*, allow_behind: bool = False) -> None:
    """Raise SchemaBehind or SchemaAhead when the tables are not those of this program."""
    from qingfu.project import health

    if ahead := health.unknown_migrations():
        raise SchemaAhead(unknown=ahead[:SHOWN])
    if not allow_behind and (missing := health.missing_migrations()):
        raise SchemaBehind(missing=missing[:SHOWN])


def run() -> None:
    """All steps, as the command line asks for them."""
    wanted = "migrate" in sys.argv[1:]
    django(as_owner=wanted)
    if wanted:
        migrate()
    check_schema()
    check_addresses()
    collect_static()


if __name__ == "__main__":
    from qingfu.project.main import guarded

    guarded(run)
