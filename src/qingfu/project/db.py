"""``qingfu db`` and ``qingfu migrate``: the database as a thing to start, stop and bring up to date."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from qingfu.base.words import N_
from qingfu.project import databases, embedded, environment, prepare
from qingfu.project.speech import say, tell

db = typer.Typer(
    no_args_is_help=True, add_completion=False, help=say(N_("Start, stop and look at the embedded database."))
)
migrate = typer.Typer(add_completion=False)


@db.command(help=say(N_("Start the embedded database; nothing happens if it runs.")))
def start() -> None:
    """Start the embedded database."""
    embedded.ensure(environment.data_folder())
    tell(N_("The database runs in {folder}."), folder=environment.data_folder())


@db.command(help=say(N_("Stop the embedded database; nothing is lost.")))
def stop() -> None:
    """Stop the embedded database."""
    stopped = embedded.stop(environment.data_folder())
    tell(N_("The database was stopped.") if stopped else N_("No database was running."))


@db.command(help=say(N_("Say whether the embedded database runs; the exit status is 0 if it does.")))
def status(
    as_json: Annotated[bool, typer.Option("--json", help=say(N_("Print JSON.")))] = False,
) -> None:
    """Say what is known of the embedded database."""
    seen = embedded.status(environment.data_folder())
    if as_json:
        known = {"running": seen.running, "folder": str(seen.folder), "socket": str(seen.socket)}
        sys.stdout.write(json.dumps({**known, "pid": seen.pid, "version": seen.version}) + "\n")
    elif seen.running:
        tell(N_("PostgreSQL {version} runs in {folder}."), version=seen.version, folder=seen.folder)
    else:
        tell(N_("No database is running in {folder}."), folder=seen.folder)
    raise typer.Exit(0 if seen.running else 1)


@db.command(name="migrate", help=say(N_("Bring the tables up to the program.")))
@migrate.command(help=say(N_("Bring the tables up to the program.")))
def bring_up_to_date() -> None:
    """Migrate as the owner."""
    databases.ready()
    prepare.django(as_owner=True)
    prepare.migrate()
    tell(N_("The tables are those of the program."))
