"""Files and functions stay small; what is over may only shrink."""

from __future__ import annotations

import tomllib

from tests.house.source import ROOT, code_lines, files, functions

FILE, FUNCTION = 300, 30
# One file is what makes it possible to carry the verifier away and read it from top to bottom.
ALONE = "src/qingfu/base/verify_draw.py"
ALLOWED = tomllib.loads((ROOT / "tests" / "house" / "allowed.toml").read_text(encoding="utf-8"))


def _over() -> dict[str, int]:
    over: dict[str, int] = {}
    for file in files("src/qingfu", "scripts"):
        if (size := code_lines(file, 1, len(file.lines))) > FILE and file.path != ALONE:
            over[file.path] = size
        for name, length in functions(file):
            if length > FUNCTION:
                over[f"{file.path}:{name}"] = max(length, over.get(f"{file.path}:{name}", 0))
    return over


def test_no_file_or_function_outgrows_its_budget_or_its_allowance() -> None:
    grown = {name: size for name, size in _over().items() if size > ALLOWED["lines"].get(name, 0)}
    assert grown == {}, "split them: one verb per file, one step per function"


def test_an_allowance_shrinks_with_what_it_allows() -> None:
    over = _over()
    loose = {name: over.get(name, 0) for name, allowed in ALLOWED["lines"].items() if over.get(name, 0) < allowed}
    assert loose == {}, "lower these allowances in tests/house/allowed.toml, or strike them out"
