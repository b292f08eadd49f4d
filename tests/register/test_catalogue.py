"""Every mechanism that must run is proven: by a situation played on the register, or by a test that carries its id."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from qingfu.packfile.read import load, shipped

TESTS = Path(__file__).resolve().parents[1]
RUNS = [
    *(f"P{number:02d}" for number in (*range(1, 9), *range(12, 20))),
    *(f"A{number:02d}" for number in (*range(4, 18), 19, 20, 24, 29)),
]


def carried(file: Path) -> Iterator[str]:
    """The ids that the marks of a file of tests carry in so many words."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "proves":
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


@pytest.fixture(scope="module")
def proven() -> frozenset[str]:
    played = {proof for name in shipped() for situation in load(name).situations for proof in situation.proves}
    return frozenset(played.union(*(carried(file) for file in TESTS.rglob("test_*.py"))))


@pytest.mark.parametrize("mechanism", RUNS)
def test_a_mechanism_that_must_run_is_proven(proven: frozenset[str], mechanism: str) -> None:
    assert mechanism in proven


def test_marks_are_read_from_the_code_and_not_from_words_about_it(tmp_path: Path) -> None:
    file = tmp_path / "test_it.py"
    file.write_text(
        '# proves("P01")\n@pytest.mark.proves("A05", "P12")\ndef test_it() -> None:\n    "proves(\'P02\')"\n'
    )
    assert sorted(carried(file)) == ["A05", "P12"]
