"""A pack binds a matching of inspectors and schools to its clause; what belongs to a matching stands nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from qingfu.packfile.rooms import runs
from qingfu.packfile.trace import by_clause
from tests.unit.packfile import tiny

INSPECTORS = """draws:
  inspectors:
    clause: 第六条
    says: "责任督学随机到校"
    kind: match
    from: "责任督学"
    pool: schools
    takers: staff
    rounds: {value: 3, unit: month, certainty: given}
    apart-by: [town]
"""


@pytest.mark.proves("P21", "D10")
def test_a_matching_of_a_plan_runs(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path, also={"draws.yaml": INSPECTORS})
    one = pack.draws["inspectors"]
    assert (one.takers, one.apart_by, one.rounds and one.rounds.value) == ("staff", ("town",), 3)
    assert runs(pack, "draws", "inspectors")
    assert ("draws.inspectors", True) in {
        (runner.name, runner.built) for said in by_clause(pack) for runner in said.runners
    }


@pytest.mark.parametrize(("before", "after"), [("kind: match", "kind: sample"), ("pool: schools", "pool: experts")])
def test_words_of_a_matching_stand_in_a_matching_of_schools_only(tmp_path: Path, before: str, after: str) -> None:
    read = tiny.reading(tmp_path, also={"draws.yaml": INSPECTORS.replace(before, after)})
    assert [fault.file for fault in read.faults] == ["draws.yaml"]
