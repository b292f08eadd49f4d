"""Demo: a bureau that can be tried, lived through day by day; it exists only where settings.DEMO says so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.words import N_
from qingfu.project import databases, environment, prepare, secret_key, serve
from qingfu.project.speech import say

demo = typer.Typer(add_completion=False)


@demo.command(help=say(N_("Start a demonstration with invented data.")))
def run(
    on: Annotated[str, typer.Option(help=say(N_("The day on which it begins, as 2024-08-10.")))] = "",
    port: Annotated[int, typer.Option(help=say(N_("The port to serve on; PORT sets it too.")))] = 0,
    data: Annotated[Path | None, typer.Option(help=say(N_("The folder of everything that is kept.")))] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help=say(N_("Forget what was done and begin again.")))] = False,
) -> None:
    """Seed what is missing, set the plan's clock, serve on this machine only."""
    if data is not None:
        os.environ["QINGFU_DATA"] = str(data.expanduser().absolute())
    os.environ["QINGFU_DEMO"] = "1"
    serving = serve.Serving(port=port or environment.number("PORT"), demo=True)
    serve.check_port(serving.host, serving.port)
    databases.ready()
    secret_key.ensure(environment.data_folder())
    # Imported here: the command line's other commands must not pay for it.
    from qingfu.project.demo import seeding

    if fresh:
        seeding.empty()
    prepare.in_own_process(migrate=databases.is_embedded() or bool(environment.text("DATABASE_OWNER_URL")))
    serve.begin(seeding.seeded(serving, on))
