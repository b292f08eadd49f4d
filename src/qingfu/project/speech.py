"""What commands say on the terminal, in the language of QINGFU_LANGUAGE."""

from __future__ import annotations

import sys

from qingfu.base.errors import QingfuError
from qingfu.base.words import fill, translator
from qingfu.project import environment


def say(msgid: str, **facts: object) -> str:
    """A sentence in the reader's language, its {named} places filled."""
    return fill(msgid, facts, translator(environment.text("QINGFU_LANGUAGE")))


def tell(msgid: str, **facts: object) -> None:
    """Say a sentence on a line of its own."""
    sys.stdout.write(f"{say(msgid, **facts)}\n")
    sys.stdout.flush()


def complain(error: QingfuError) -> None:
    """Say an error where errors go: its code, what happened, what to do next."""
    spoken = error.text(translator(environment.text("QINGFU_LANGUAGE")))
    sys.stderr.write(f"{error.code}: {spoken}\n")
    sys.stderr.flush()
