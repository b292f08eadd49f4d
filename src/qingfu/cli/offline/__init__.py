"""Offline: the commands that need no database and no Django — packs, limits on files, and an exported journal.

`pack`, `limits` and `journal` are Typer applications; the roof mounts them by these names.
"""

from __future__ import annotations

import os

import typer

from qingfu.base.words import N_, translator
from qingfu.cli.offline import chains, checking, comparing, dates, judging, schemas, weighing

# Help is said before any option is read, so only the environment can choose its language.
_translate = translator(os.environ.get("QINGFU_LANGUAGE", "zh-hans"))

pack = typer.Typer(
    no_args_is_help=True, add_completion=False, help=_translate(N_("Check and try packs: plans as data."))
)
limits = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=_translate(N_("Judge files of school data by the limits of a pack.")),
)
journal = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=_translate(N_("Verify an exported journal against its printed head, offline.")),
)
for group in (checking, comparing, dates, weighing, schemas):
    group.add(pack, _translate)
judging.add(limits, _translate)
chains.add(journal, _translate)


@pack.callback()
@limits.callback()
@journal.callback()
def _group() -> None:
    """A group with one command must still be named."""


app = typer.Typer(no_args_is_help=True, add_completion=False)
app.add_typer(pack, name="pack")
app.add_typer(limits, name="limits")
app.add_typer(journal, name="journal")
