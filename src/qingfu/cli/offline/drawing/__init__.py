"""`qingfu draw`: a draw held with files in a folder, without a server.

Every act writes one file, and none is rewritten. Whoever has a copy of the folder can go on on another machine; keys
lie outside it, one with each member.
"""

from __future__ import annotations

import typer

from qingfu.base.words import Translate
from qingfu.cli.offline.drawing import joining, opening, running, substituting, verifying


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the commands, with their help in the given translation."""
    for commands in (joining, opening, running, verifying, substituting):
        commands.add(app, translate)
