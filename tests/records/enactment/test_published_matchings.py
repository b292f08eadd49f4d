"""Who went instead in a published matching stands before the public at once, by ticket, and can be computed again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from qingfu.base.chance import new_id
from qingfu.base.draw.substitutes import Gone, standing
from qingfu.base.draw.substitutes import matched as read_matching
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.draws import actions, queries
from qingfu.records.enactment.actions import publish_draw, substitute
from qingfu.records.journal.actions import deed
from tests.cast import County
from tests.records.draws.lots import AT, frozen, inspectors, matched
from tests.records.stage import found, stage

__all__ = ["found", "stage"]


def shown(county: County) -> list[dict[str, Any]]:
    """Everything that was ever published of draws, the latest last."""
    with deed(county["clerk"]):
        rows = Disclosure.objects.filter(shows="draw").order_by("id")
        return [json.loads(bytes(row.content)) for row in rows]


def absent(county: County, draw: int, client_id: UUID | None = None) -> None:
    view = queries.matching(county["clerk"], draw)
    taker = next(one.taker.ticket for one in view.loads if one.rounds[0])
    substitute(
        county["clerk"], draw=draw, cause="absent", in_round=1, taker=taker, reason="住院", client_id=client_id, at=AT
    )


@pytest.mark.proves("P21", "D10")
def test_who_goes_instead_is_public_at_once_and_anybody_computes_the_same(found: County) -> None:
    held = matched(found)
    publish_draw(found["clerk"], draw=held, at=AT)
    form = new_id()
    absent(found, held, form)
    first, last = shown(found)
    assert first["changes"] == []
    gone = [Gone(one["cause"], int(one["round"]), one["ticket"]) for one in last["changes"]]
    assert gone
    after = standing(read_matching(last["record"].encode()), gone)
    told = [(one["source"], one["goal"]) for one in last["changes"]]
    assert told == [(one.taker, one.substitute or "") for one in after.changes]
    assert "住院" not in json.dumps(last, ensure_ascii=False)
    substitute(
        found["clerk"], draw=held, cause="absent", in_round=1, taker=told[0][0], reason="住院", client_id=form, at=AT
    )
    assert len(shown(found)) == 2


def test_a_matching_that_was_withheld_stays_so(found: County) -> None:
    absent(found, matched(found))
    assert shown(found) == []


def test_where_only_the_anchor_was_shown_the_record_does_not_follow_by_itself(found: County) -> None:
    """Where inspectors go unannounced, the organiser says when it is read."""
    held = frozen(found, inspectors(), alone=True).id
    publish_draw(found["clerk"], draw=held, at=AT - timedelta(minutes=1))
    actions.run(found["clerk"], draw=held, at=AT)
    absent(found, held)
    assert [one["record"] for one in shown(found)] == [""]
