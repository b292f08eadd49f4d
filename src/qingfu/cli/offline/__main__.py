"""`python -m qingfu.cli.offline`: the offline commands without the rest of the program."""

from __future__ import annotations

from qingfu.cli.offline import app

app()
