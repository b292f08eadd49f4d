"""Walls that imports cannot show: names in strings, the ORM in a face, words without a meaning."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.house.source import FACES, ROOT, SOURCE, File, docstring_lines, files

DOTTED = re.compile(r"qingfu(\.\w+)+")
# A model that came back through a query could still be written to.
ORM = {"objects", "save", "delete", "update"}
EMPTY_WORDS = {"utils", "helpers", "common", "misc", "manager", "new", "v2"}
# Nothing of the place where somebody happened to work belongs into the repository.
PLACES = re.compile(r"(?<![\w.])/(work|root|home/\w+)/|files\.pythonhosted|registry\.npmjs")


def _strings(file: File) -> Iterator[tuple[int, str]]:
    told = docstring_lines(file.tree)
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.lineno not in told:
            yield node.lineno, node.value


def test_no_dotted_name_of_ours_stands_in_a_string_outside_project() -> None:
    found = [
        f"{file.path}:{line} {text}"
        for file in files("src/qingfu")
        if not file.path.startswith("src/qingfu/project/") and not file.path.endswith("/apps.py")
        for line, text in _strings(file)
        if DOTTED.fullmatch(text)
    ]
    assert found == []


def test_no_face_calls_the_orm() -> None:
    found = [
        f"{file.path}:{node.lineno} .{node.attr}"
        for face in FACES
        for file in files(f"src/qingfu/{face}")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Attribute) and node.attr in ORM
    ]
    assert found == [], "faces ask, records decide"


def test_no_module_has_a_name_without_a_meaning() -> None:
    found = [file.path for file in files("src/qingfu", "scripts") if EMPTY_WORDS & set(re.split(r"[/._]", file.path))]
    assert found == []


def test_the_lock_names_no_registry_and_no_file_names_a_place_of_work() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        file = ROOT / name
        if file.suffix in {".mo", ".png", ".gz"} or "vendor" in file.parts or not file.is_file():
            continue
        if PLACES.search(file.read_text(encoding="utf-8", errors="replace")) and file.name != "test_walls.py":
            found.append(name)
    assert found == []


def test_the_verifier_of_draws_runs_alone() -> None:
    verifier = SOURCE / "base" / "verify_draw.py"
    if not verifier.exists():
        pytest.skip("base/verify_draw.py is not built yet")
    done = subprocess.run([sys.executable, "-I", "-S", str(verifier), "--help"], capture_output=True, check=False)
    assert done.returncode == 0


def test_offline_commands_load_neither_django_nor_a_database_driver() -> None:
    code = (
        "import sys; from qingfu.project import main\n"
        "from typer.testing import CliRunner\n"
        "CliRunner().invoke(main.app, ['pack', '--help'])\n"
        "sys.exit(','.join(sorted({'django', 'psycopg'} & set(sys.modules))) or 0)"
    )
    if not (SOURCE / "cli" / "offline").exists():
        pytest.skip("cli/offline is not built yet")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
