"""Several people at once: real transactions on a database of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from qingfu.base.errors import QingfuError, SameFile, WrongState
from qingfu.records.problems import actions
from tests import cast
from tests.cast import County, moment
from tests.records.problems.lines import in_state, kept, seen
from tests.records.stage import ledger_pack

AT = moment("2024-07-25")


@pytest.fixture
def real(real_db: str) -> Iterator[County]:
    made = cast.county(enact=False)
    cast.enact_plan(made, ledger_pack(), cast.SEATS, at=cast.BEGINS)
    yield made
    connections.close_all()


def together(acts: list[Callable[[], object]]) -> list[object]:
    """All acts at the same moment, each on a connection of its own; an error of ours is a result."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            start.wait()
            return act()
        except QingfuError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_of_those_at_once_one_wins_and_no_number_is_given_twice(real: County) -> None:
    def found() -> str:
        return actions.find(
            real["clerk"], plan=real.in_force(), title="同时登记", owner=real.organs["school"], source="hotline",
            found_on=date(2024, 7, 20), at=AT,
        ).number  # fmt: skip

    numbers = together([found] * 8)
    assert sorted(str(number) for number in numbers) == [f"2024-{n:04d}" for n in range(1, 9)]

    held = in_state(real, "reported")
    told = together(
        [
            lambda: actions.strike_off(real["clerk"], problem=held, at=AT),
            lambda: actions.send_back(real["second-clerk"], problem=held, reason="不够", at=AT),
        ]
    )
    assert sum(isinstance(one, WrongState) for one in told) == 1
    assert len(seen(real, held).verifications) == 1

    first, second = in_state(real, "planned"), in_state(real, "planned")
    refs = [kept(real, "principal", 3), kept(real, "principal", 3)]
    told = together(
        [
            lambda: actions.report_done(real["principal"], problem=first, text="a", files=refs[:1], at=AT),
            lambda: actions.report_done(real["principal"], problem=second, text="a", files=refs[1:], at=AT),
        ]
    )
    assert sum(isinstance(one, SameFile) for one in told) == 1
