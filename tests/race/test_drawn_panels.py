"""Twenty clicks at once: one draw for a panel, and every member seated once."""

from __future__ import annotations

import pytest

from qingfu.base.errors import Invalid
from qingfu.records.enactment import actions as enactment
from qingfu.records.enactment.models import PanelDraw, PanelSeat
from qingfu.records.journal.queries import reading
from qingfu.records.routes.models import Panelist
from tests.cast import County
from tests.race.together import AT_ONCE, at_once
from tests.records.enactment.panels import case, drawn, lot
from tests.records.routes.walk import MONDAY


@pytest.mark.proves("A09")
def test_a_panel_that_is_seated_twenty_times_at_once_is_seated_once(real_county: County) -> None:
    run = case(real_county)
    held = drawn(real_county, run)

    def go() -> object:
        return enactment.seat_panel(real_county["clerk"], run=run, draw=held, uncalled=True, at=MONDAY).id

    assert at_once([go] * AT_ONCE) == [run] * AT_ONCE
    with reading(real_county.keeper):
        assert PanelSeat.objects.count() == 4
        assert Panelist.objects.filter(turn__run=run).count() == 4


@pytest.mark.proves("A09")
def test_of_twenty_who_freeze_a_draw_for_one_panel_one_does(real_county: County) -> None:
    run = case(real_county)
    listed = lot(real_county, run)

    def go() -> object:
        return enactment.freeze_for_panel(real_county["clerk"], run=run, frozen=listed, at=MONDAY).id

    told = at_once([go] * AT_ONCE)
    assert sum(isinstance(one, Invalid) for one in told) == AT_ONCE - 1
    with reading(real_county.keeper):
        assert PanelDraw.objects.filter(run=run).count() == 1
