"""A draw that a plan orders is held at least as the plan orders it; more is free."""

from __future__ import annotations

import dataclasses

import pytest

from qingfu.base.draw.notice import Match, Method, Pick, Share
from qingfu.base.errors import Invalid
from qingfu.packfile.words.moves import Draw as Ordered
from qingfu.packfile.words.word import Quantity
from qingfu.records.draws import actions
from qingfu.records.draws.actions import Candidate, Frozen
from qingfu.records.plans.queries import InForce
from tests.cast import County
from tests.records.draws.lots import AT, experts, inspectors, parents
from tests.records.stage import found, stage, undone

__all__ = ["found", "stage"]

ORDERS: dict[str, dict[str, object]] = {
    "three-percent": {
        "kind": "sample", "pool": "roster", "at_least_percent": Quantity(value=3, unit="%"), "strata": ("school",),
    },
    "five": {"kind": "sample", "pool": "experts", "take": Quantity(value=5)},
    "many": {"kind": "sample", "take": Quantity(value=500)},
    "months": {"kind": "match", "rounds": Quantity(value=3, unit="month"), "apart_by": ("town",)},
}  # fmt: skip
GRADED = tuple(dataclasses.replace(one, marks={**one.marks, "grade": "一年级"}) for one in parents())


def ordering(county: County) -> InForce:
    """The plan in force as if it ordered these draws."""
    assert county.plan is not None
    clause = county.plan.pack.clauses[0].id
    draws = {key: Ordered(clause=(clause,), says=key, from_="名单", **said) for key, said in ORDERS.items()}
    return dataclasses.replace(county.plan, pack=county.plan.pack.model_copy(update={"draws": draws}))


def froze(county: County, key: str, method: Method, candidates: tuple[Candidate, ...], pool: str = "") -> str:
    said = Frozen(key, method, candidates, key=key, pool=pool)
    if isinstance(method, Match):
        said = dataclasses.replace(inspectors(method=method), key=key)
    with undone():
        return actions.freeze(county["clerk"], plan=ordering(county), frozen=said, alone=True, at=AT).key


@pytest.mark.proves("D04", "D10")
def test_fewer_than_the_plan_orders_are_not_drawn(found: County) -> None:
    three = Share(("school",), 3, 100)
    less: tuple[tuple[str, Method, tuple[Candidate, ...], str, str], ...] = (
        ("three-percent", Share(("school",), 2, 100), parents(), "roster", "percent"),
        ("three-percent", Pick(120), parents(), "roster", "percent"),
        ("three-percent", Share(("grade",), 3, 100), GRADED, "roster", "by"),
        ("three-percent", three, parents(), "staff", "pool"),
        ("five", Pick(4), experts(), "experts", "take"),
        ("many", Pick(19), experts(), "", "take"),
        ("months", Match(2, (), ("town",)), (), "", "rounds"),
        ("months", Match(3, ()), (), "", "apart"),
    )
    for key, method, listed, pool, field in less:
        with pytest.raises(Invalid) as refused:
            froze(found, key, method, listed, pool)
        assert [fault.field for fault in refused.value.faults] == [field], (key, method)


@pytest.mark.proves("D04")
def test_as_many_as_the_plan_orders_or_more_are_drawn(found: County) -> None:
    enough: tuple[tuple[str, Method, tuple[Candidate, ...], str], ...] = (
        ("three-percent", Share(("school",), 3, 100), parents(), "roster"),
        ("three-percent", Share(("grade", "school"), 1, 20), GRADED, "roster"),
        ("five", Pick(6), experts(), "experts"),
        # A list that is shorter than what is ordered is drawn as a whole.
        ("many", Pick(20), experts(), ""),
        ("months", Match(3, (), ("town",)), (), ""),
        ("no order of the plan", Pick(1), experts(), ""),
    )
    for key, method, listed, pool in enough:
        assert froze(found, key, method, listed, pool) == key
