"""The key that signs sessions: given by the environment, else kept in the data folder."""

from __future__ import annotations

import os
from pathlib import Path

from qingfu.base.chance import new_token
from qingfu.project import environment
from qingfu.project.embedded import writing_to

NAME = "session.key"


def read() -> str:
    """The key; without one anywhere, a key for this process only, so that reading settings writes nothing."""
    if given := environment.text("QINGFU_SECRET_KEY"):
        return given
    try:
        return (environment.data_folder() / NAME).read_text(encoding="ascii").strip()
    except OSError:
        return new_token()


def ensure(data: Path) -> None:
    """Make the key in the data folder, readable by its owner only, unless there is one."""
    path = data / NAME
    with writing_to(data):
        if path.exists():
            return
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path.with_suffix(".new"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(new_token())
        path.with_suffix(".new").replace(path)
