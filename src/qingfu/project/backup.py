"""``qingfu backup`` and ``qingfu restore``: one file that holds the whole register.

The file is PostgreSQL's own custom format, taken as the owner; row-level security does not
bind the owner, so it is complete. It holds names: it is readable by its maker only.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from qingfu.base.errors import BackupBroken, DatabaseDown, DatabaseOld, SetUp
from qingfu.base.words import N_
from qingfu.project import databases, embedded, evidence, prepare, programs, roles
from qingfu.project.addresses import Address
from qingfu.project.speech import say, tell

backup = typer.Typer(add_completion=False)
restore = typer.Typer(add_completion=False)

TABLES = """
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
NEEDED = 15


class NotEmpty(SetUp):
    """Restoring never overwrites. Facts: database, tables."""

    code = "QF-DATABASE-NOT-EMPTY"
    says = N_("The database is not empty: {database} has {tables} tables. Nothing was changed.")
    do = N_("Restore into an empty one, for example a fresh data folder: QINGFU_DATA=./restored qingfu restore …")


class FileThere(SetUp):
    """A backup never overwrites a file. Facts: file."""

    code = "QF-FILE-THERE"
    says = N_("There is a file already: {file}.")
    do = N_("Choose another name; a backup never overwrites.")


@backup.command(help=say(N_("Write the whole register into one file.")))
def write(file: Annotated[Path, typer.Argument(help=say(N_("The file to make.")))]) -> None:
    """Dump as the owner."""
    if file.exists():
        raise FileThere(file=str(file))
    databases.ready()
    owner = databases.owner()
    ask_version(owner)
    partial = file.with_name(file.name + ".partial")
    with embedded.writing_to(file.absolute().parent):
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        try:
            done = programs.ask("pg_dump", "--format=custom", "--file", partial, address=owner)
            if done.returncode:
                raise BackupBroken(file=str(file), reason=_last(done.stderr))
            partial.rename(file)
        finally:
            partial.unlink(missing_ok=True)
    tell(N_("The backup is written: {file}, {size} kB."), file=file, size=file.stat().st_size // 1024)


@restore.command(help=say(N_("Read a backup into an empty database and check what was read.")))
def read(file: Annotated[Path, typer.Argument(help=say(N_("The file to read.")))]) -> None:
    """Restore as the owner in one transaction, then verify."""
    if not file.is_file():
        raise BackupBroken(file=str(file), reason=say(N_("there is no such file")))
    databases.ready()
    owner = databases.owner()
    ask_version(owner)
    refuse_unless_empty(owner)
    _load(file, owner)
    prepare.django(as_owner=True)
    prepare.check_schema(allow_behind=True)
    for proven in evidence.verified():
        tell(N_("{bureau}: the journal holds, its head is {head}."), bureau=proven.bureau, head=proven.head)
    tell(N_("The backup is restored: {file}. If the program is newer, run: qingfu migrate"), file=file)


def ask_version(address: Address) -> int:
    """The server's major version; raises DatabaseOld below 15, DatabaseDown when nobody answers."""
    try:
        with psycopg.connect(address.url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.OperationalError as fault:
        raise DatabaseDown(where=address.spoken) from fault
    if version < NEEDED:
        raise DatabaseOld(version=version, needed=NEEDED)
    return version


def refuse_unless_empty(address: Address) -> None:
    """Raise NotEmpty if the database has tables of anybody's."""
    with psycopg.connect(address.url, connect_timeout=10) as connection:
        row = connection.execute(TABLES).fetchone()
    if row and row[0]:
        raise NotEmpty(database=address.spoken, tables=row[0])


def _load(file: Path, owner: Address) -> None:
    contents = _contents(file)
    _execute(owner, "before_restore.sql")
    try:
        with tempfile.TemporaryDirectory() as folder:
            wanted = Path(folder) / "contents"
            wanted.write_text(contents, encoding="utf-8")
            words = ("--single-transaction", "--exit-on-error", "--no-owner", "--use-list", wanted, file)
            done = programs.ask("pg_restore", "--dbname", owner.name, *words, address=owner)
    finally:
        _execute(owner, "rights.sql")
    if done.returncode:
        raise BackupBroken(file=str(file), reason=_last(done.stderr))


def _execute(address: Address, script: str) -> None:
    with psycopg.connect(address.url, autocommit=True) as connection:
        connection.execute(roles.script(script))


def _contents(file: Path) -> str:
    """The dump's table of contents without the extensions, which belong to the server's administrator."""
    listed = programs.ask("pg_restore", "--list", file)
    if listed.returncode:
        raise BackupBroken(file=str(file), reason=_last(listed.stderr))
    return "".join(line for line in listed.stdout.splitlines(keepends=True) if " EXTENSION " not in line)


def _last(words: str) -> str:
    lines = words.strip().splitlines()
    return lines[-1] if lines else "…"
