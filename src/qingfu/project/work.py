"""``qingfu jobs``: the process that ticks; ``qingfu serve`` starts it by itself."""

from __future__ import annotations

import typer

from qingfu.base.words import N_
from qingfu.project import databases, prepare
from qingfu.project.speech import say

jobs = typer.Typer(add_completion=False)


@jobs.command(help=say(N_("Run the clock: open duties on their day, seal the journal, remind.")))
def run() -> None:
    """Tick until told to stop."""
    databases.ready()
    prepare.django()
    from qingfu.jobs import clock

    clock.run()
