"""``qingfu desk`` and ``qingfu filings``: mounts the operator's commands; Django is set up first, then the database."""

from __future__ import annotations

from qingfu.base.words import translator
from qingfu.project import databases, environment, prepare

prepare.django()

# Only now: the commands read the register.
from qingfu.cli.desk import build  # noqa: E402
from qingfu.cli.filings import build as build_filings  # noqa: E402

LANGUAGE = environment.text("QINGFU_LANGUAGE")

desk = build(translator(LANGUAGE), databases.ready)
filings = build_filings(LANGUAGE, databases.ready)
