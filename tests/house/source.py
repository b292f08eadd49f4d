"""The source tree as the house tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "qingfu"
FACES = ("web", "api", "cli", "jobs")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class File:
    """One Python file: its path from the repository's root, its lines and its tree."""

    path: str
    lines: tuple[str, ...]
    tree: ast.Module


@cache
def files(*folders: str) -> tuple[File, ...]:
    """All handwritten Python files under the folders, migrations apart."""
    found = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return tuple(_read(file) for file in found if "migrations" not in file.parts)


def _read(file: Path) -> File:
    text = file.read_text(encoding="utf-8")
    return File(file.relative_to(ROOT).as_posix(), tuple(text.splitlines()), ast.parse(text))


def docstring_lines(tree: ast.AST) -> set[int]:
    """The numbers of all lines that belong to docstrings."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                found.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return found


def code_lines(file: File, first: int, last: int) -> int:
    """How many lines between two line numbers, both included, are neither blank nor docstring."""
    told = docstring_lines(file.tree)
    return sum(1 for n in range(first, last + 1) if n not in told and file.lines[n - 1].strip())


def functions(file: File) -> Iterator[tuple[str, int]]:
    """Every function of a file with the code lines of its body."""
    for node in ast.walk(file.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, code_lines(file, node.body[0].lineno, node.end_lineno or node.lineno)


def sign(package: str) -> str:
    """The first line of a package's docstring."""
    tree = ast.parse((SOURCE / package / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").split("\n", 1)[0]
