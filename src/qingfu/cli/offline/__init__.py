"""Offline: the commands that need no database and no Django — packs, limits on files, draws, and an exported journal.

`pack`, `limits`, `draw` and `journal` are Typer applications; the roof mounts them by these names, `app` is all of
them. Each is put together when it is asked for: judging a county costs less than importing what the others need.
"""

from __future__ import annotations

import os
from functools import cache

import typer

from qingfu.base.words import N_, translator

_HELP = {
    "pack": N_("Check and try packs: plans as data."),
    "limits": N_("Judge files of school data by the limits of a pack."),
    "draw": N_("Draw by lot so that everybody can check it: with files, without a server."),
    "journal": N_("Verify an exported journal against its printed head, offline."),
}


def __getattr__(name: str) -> typer.Typer:
    if name == "app":
        return _all()
    if name in _HELP:
        return _group(name)
    raise AttributeError(name)


@cache
def _group(name: str) -> typer.Typer:
    # Help is said before any option is read, so only the environment can choose its language.
    translate = translator(os.environ.get("QINGFU_LANGUAGE", "zh-hans"))
    made = typer.Typer(no_args_is_help=True, add_completion=False, help=translate(_HELP[name]))
    if name == "pack":
        from qingfu.cli.offline import checking, comparing, dates, schemas, weighing

        for commands in (checking, comparing, dates, weighing, schemas):
            commands.add(made, translate)
    elif name == "limits":
        from qingfu.cli.offline import judging

        judging.add(made, translate)
    elif name == "draw":
        from qingfu.cli.offline import drawing

        drawing.add(made, translate)
    else:
        from qingfu.cli.offline import chains

        chains.add(made, translate)
    made.callback()(_named)
    return made


def _named() -> None:
    """A group with one command must still be named."""


@cache
def _all() -> typer.Typer:
    made = typer.Typer(no_args_is_help=True, add_completion=False)
    for name in _HELP:
        made.add_typer(_group(name), name=name)
    return made
