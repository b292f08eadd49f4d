"""``qingfu desk``: mounts the operator's commands; Django is set up first, the database when one is called."""

from __future__ import annotations

from qingfu.base.words import translator
from qingfu.project import databases, environment, prepare

prepare.django()

# Only now: the commands read the register.
from qingfu.cli.desk import build  # noqa: E402

desk = build(translator(environment.text("QINGFU_LANGUAGE")), databases.ready)
