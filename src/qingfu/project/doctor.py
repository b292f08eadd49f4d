"""``qingfu doctor``: says what is wrong, and the line that mends it."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from qingfu.base.errors import DatabaseDown, DiskFull, QingfuError, SettingMissing, SetUp
from qingfu.base.words import N_, translator
from qingfu.project import backup, databases, embedded, environment, evidence, prepare, programs, serve
from qingfu.project.speech import say

doctor = typer.Typer(add_completion=False)

PYTHON = (3, 11)
FREE_MEGABYTES = 500
OPEN_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
      AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
    ORDER BY 1
"""

Check = Callable[[], str]


class WallsDown(SetUp):
    """Policies exist but row-level security is switched off. Facts: tables."""

    code = "QF-WALLS-DOWN"
    says = N_("Row-level security is switched off for: {tables}.")
    do = N_("As the owner: ALTER TABLE … ENABLE ROW LEVEL SECURITY; then find out who switched it off.")


class SearchBlind(SetUp):
    """The database splits no Chinese text into trigrams."""

    code = "QF-SEARCH-BLIND"
    says = N_("The database cannot search Chinese text: its LC_CTYPE is not UTF-8.")
    do = N_("Make the database anew with LC_CTYPE 'C.UTF-8' and restore a backup into it.")


class NoDatabaseYet(DatabaseDown):
    """Nothing was ever started here. Facts: folder."""

    code = "QF-NO-DATABASE"
    says = N_("There is no database in {folder} yet.")
    do = N_("Found a bureau: qingfu init --slug … --name … --officer … — or, to look around first: qingfu demo")


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    about: str
    well: bool
    says: str
    mend: str = ""
    code: str = ""


@doctor.command(help=say(N_("Say what is wrong, and the line that mends it; the exit status is 0 if all is well.")))
def run(as_json: Annotated[bool, typer.Option("--json", help=say(N_("Print JSON.")))] = False) -> None:
    """Run every check."""
    findings = list(examine())
    if as_json:
        sys.stdout.write(json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=1) + "\n")
    else:
        for each in findings:
            sys.stdout.write(f"{'✓' if each.well else '✗'} {each.about}: {each.says}\n")
            if each.mend:
                sys.stdout.write(f"  → {each.mend} [{each.code}]\n")
    raise typer.Exit(0 if all(each.well for each in findings) else 1)


def examine() -> Iterator[Finding]:
    """All findings in order; what needs a database is left out when there is none."""
    translate = translator(environment.text("QINGFU_LANGUAGE"))
    for about, check in (*MACHINE, *DATABASE, *REGISTER):
        try:
            yield Finding(say(about), well=True, says=check())
        except QingfuError as fault:
            yield Finding(say(about), False, fault.what(translate), fault.next_step(translate), fault.code)
            if isinstance(fault, (DatabaseDown, SettingMissing)):
                return


def _python() -> str:
    if sys.version_info < PYTHON:
        raise SetUp(problem=f"Python {platform.python_version()}", mend="apt-get install python3.11 python3.11-venv")
    return platform.python_version()


def _folder() -> str:
    data = environment.data_folder()
    with embedded.writing_to(data), tempfile.TemporaryFile(dir=_nearest(data)):
        return str(data)


def _nearest(folder: Path) -> Path:
    """The folder itself, or the first one above it that exists: looking makes nothing."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _disk() -> str:
    data = environment.data_folder()
    free = shutil.disk_usage(_nearest(data)).free // 1_000_000
    if free < FREE_MEGABYTES:
        raise DiskFull(folder=str(data), free=f"{free} MB")
    return say(N_("{free} MB are free"), free=free)


def _programs() -> str:
    if not databases.is_embedded():
        return say(N_("not needed, DATABASE_URL names a server"))
    who = programs.account()
    programs.check_reachable(who, data=_nearest(environment.data_folder()))
    return say(N_("run as user {user}"), user=who.spoken)


def _catalogue() -> str:
    if translator("zh-hans")(SearchBlind.says) == SearchBlind.says:
        raise SetUp(problem="locale/zh_Hans", mend="python scripts/catalogue.py")
    return "zh-Hans, en"


def _mode() -> str:
    if environment.flag("QINGFU_DEMO"):
        return say(N_("demonstration: its clock can be moved"))
    return say(N_("real: plan time is the system's time"))


def _database() -> str:
    cluster = embedded.Places(environment.data_folder()).cluster
    if databases.is_embedded() and not cluster.exists():
        raise NoDatabaseYet(folder=str(cluster.parent))
    databases.ready()
    return f"PostgreSQL {backup.ask_version(databases.web())}"


def _roles() -> str:
    serve.check_roles()
    if os.environ.get("DATABASE_OWNER_URL"):
        return say(N_("weak; unset DATABASE_OWNER_URL where web and jobs run"))
    return say(N_("web and portal are weak"))


def _walls() -> str:
    down = [str(row[0]) for row in _ask(OPEN_TABLES)]
    if down:
        raise WallsDown(tables=down)
    return say(N_("on"))


def _search() -> str:
    if not _ask("SELECT 1 WHERE show_trgm('补课') <> '{}'"):
        raise SearchBlind
    return say(N_("Chinese text can be searched"))


def _tables() -> str:
    prepare.django()
    prepare.check_schema()
    return say(N_("those of the program"))


def _journal() -> str:
    return "; ".join(f"{each.bureau} {each.head}" for each in evidence.verified()) or say(N_("no bureau yet"))


def _ask(query: str) -> list[tuple[object, ...]]:
    address = databases.web()
    try:
        with psycopg.connect(address.url, connect_timeout=10) as connection:
            return connection.execute(query.encode()).fetchall()
    except psycopg.OperationalError as fault:
        raise DatabaseDown(where=address.spoken) from fault


MACHINE: tuple[tuple[str, Check], ...] = (
    (N_("Python"), _python),
    (N_("Data folder"), _folder),
    (N_("Disk"), _disk),
    (N_("Database programs"), _programs),
    (N_("Languages"), _catalogue),
    (N_("Mode"), _mode),
)
DATABASE: tuple[tuple[str, Check], ...] = (
    (N_("Database"), _database),
    (N_("Roles"), _roles),
    (N_("Row-level security"), _walls),
    (N_("Search"), _search),
)
REGISTER: tuple[tuple[str, Check], ...] = (
    (N_("Tables"), _tables),
    (N_("Journal"), _journal),
)
