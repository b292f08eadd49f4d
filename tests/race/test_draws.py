"""Twenty clicks at once: one draw has one record, and every draw its own number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qingfu.base.errors import DrawnAlready, Invalid
from qingfu.records.draws import actions, queries
from qingfu.records.draws.models import Draw, DrawRecord
from qingfu.records.journal.queries import reading
from tests.cast import County
from tests.race.together import AT_ONCE, at_once, refused
from tests.records.draws.lots import AT, frozen, matched


@pytest.mark.proves("A09")
def test_a_draw_that_is_run_twenty_times_at_once_is_run_once(real_county: County) -> None:
    held = frozen(real_county, alone=True).id

    def go() -> str:
        try:
            return actions.run(real_county["clerk"], draw=held, at=AT).record_digest
        except DrawnAlready:
            return ""

    done = at_once([go] * AT_ONCE)
    assert sorted(map(bool, done)) == [False] * (AT_ONCE - 1) + [True]
    with reading(real_county.keeper):
        assert DrawRecord.objects.filter(draw=held).count() == 1
    assert queries.draw(real_county["clerk"], held).record_digest == max(str(one) for one in done)


def test_draws_that_are_frozen_at_once_have_numbers_without_a_gap(real_county: County) -> None:
    acts: list[Callable[[], object]] = [lambda: frozen(real_county).number] * AT_ONCE
    numbers = {str(one) for one in at_once(acts)}
    with reading(real_county.keeper):
        assert numbers == set(Draw.objects.values_list("number", flat=True))
    assert sorted(numbers) == [f"{real_county.slug}-2024-{place:03d}" for place in range(1, AT_ONCE + 1)]


@pytest.mark.proves("P21")
def test_two_desks_that_replace_the_same_inspector_at_once_replace_him_once(real_county: County) -> None:
    held = matched(real_county)
    view = queries.matching(real_county["clerk"], held)
    taker = next(one.taker.ticket for one in view.loads if one.rounds[0])
    visits = sum(seat.round == 1 for seat in view.visits(taker))

    def go() -> int:
        after = actions.substitute(
            real_county["clerk"], draw=held, cause="absent", in_round=1, taker=taker, reason="出差", at=AT
        )
        return len(after.changes)

    done = at_once([go] * AT_ONCE)
    assert refused(done, Invalid) == AT_ONCE - 1
    assert len(queries.matching(real_county["clerk"], held).changes) == visits
