"""The packs that are shipped: sound, complete against their skeletons, and doing what their situations say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qingfu.base.workdays import Workdays
from qingfu.packfile.burden import weigh
from qingfu.packfile.calendar import calendar
from qingfu.packfile.diff import diff
from qingfu.packfile.ics import ics
from qingfu.packfile.play import play
from qingfu.packfile.read import folder_of, from_bytes, load, pack_bytes, read, shipped
from qingfu.packfile.skeleton import read_skeleton
from qingfu.packfile.trace import trace
from qingfu.packfile.words.situation import Situation

WORKDAYS = Workdays.shipped()
TESTS = Path(__file__).resolve().parents[1]

# What must run today, each proven by a situation or by a test that carries its id.
RUNS = [
    *(f"P{number:02d}" for number in (*range(1, 9), *range(12, 20))),
    *(f"A{number:02d}" for number in (*range(4, 18), 19, 20, 24, 29)),
]


def _situations() -> list[tuple[str, Situation]]:
    return [(name, situation) for name in shipped() if (pack := read(name).pack) for situation in pack.situations]


SITUATIONS = _situations()


def test_there_are_packs() -> None:
    assert len(shipped()) >= 2


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_pack_has_no_fault(name: str) -> None:
    assert [fault.text() for fault in read(name).faults] == []


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_pack_is_named_after_its_folder(name: str) -> None:
    assert load(name).plan.id == name


@pytest.mark.parametrize("name", shipped())
def test_no_binding_sentence_of_a_shipped_pack_is_unmapped(name: str) -> None:
    skeleton, faults = read_skeleton(folder_of(name))
    assert faults == []
    assert skeleton is not None
    found = trace(load(name), skeleton)
    assert [(row.section, row.sentence) for row in found.rows if row.fate == "unmapped"] == []
    assert found.idle == ()


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_pack_comes_back_from_its_bytes(name: str) -> None:
    pack = load(name)
    assert from_bytes(pack_bytes(pack)) == pack.model_copy(update={"situations": ()})


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_pack_can_be_dated_and_weighed(name: str) -> None:
    pack = load(name)
    entries = calendar(pack, WORKDAYS)
    assert len({entry.key for entry in entries}) == len(entries)
    assert ics(pack, entries).endswith(b"END:VCALENDAR\r\n")
    found = weigh(pack, WORKDAYS)
    assert (found.minutes > 0) == bool(pack.duties)
    assert len(found.caps) == 2


def test_two_plans_of_one_topic_are_aligned() -> None:
    plans = [load(name) for name in shipped()]
    pairs = [
        (one, other) for one in plans for other in plans if one is not other and one.plan.topic == other.plan.topic
    ]
    assert pairs
    for one, other in pairs:
        kind = "routes" if one.routes and other.routes else "limits"
        assert any(found.kind == kind and found.what == "changed" for found in diff(one, other))


@pytest.mark.parametrize(
    ("name", "situation"),
    [
        pytest.param(name, situation, id=f"{name}-{situation.id}", marks=pytest.mark.proves(*situation.proves))
        for name, situation in SITUATIONS
    ],
)
def test_a_situation_of_a_shipped_pack_holds(name: str, situation: Situation) -> None:
    assert [said.text() for said in play(load(name), situation, WORKDAYS).failures] == []


def _carried_by_tests() -> set[str]:
    carried: set[str] = set()
    for file in TESTS.rglob("test_*.py"):
        for said in re.findall(r"proves\(([^)]*)\)", file.read_text(encoding="utf-8")):
            carried |= set(re.findall(r"\"([PABCD]\d\d)\"", said))
    return carried


@pytest.mark.parametrize("mechanism", RUNS)
def test_every_mechanism_that_must_run_is_proven(mechanism: str) -> None:
    by_situations = {proof for _, situation in SITUATIONS for proof in situation.proves}
    assert mechanism in by_situations | _carried_by_tests()
