"""The offline commands as somebody at a terminal uses them: words in, status and text or JSON out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from qingfu.cli.offline import app


def run(*words: str | Path) -> tuple[int, str]:
    """Exit status and what was printed."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout


def run_json(*words: str | Path) -> tuple[int, dict[str, Any]]:
    """Exit status and the document of `--json`, which says itself whether all is well."""
    code, said = run(*words, "--json")
    document: dict[str, Any] = json.loads(said)
    assert document["ok"] == (code == 0)
    return code, document
