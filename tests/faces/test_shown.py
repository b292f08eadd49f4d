"""What a plan has made public, on the desk: withdrawn with a reason, and shown again."""

from __future__ import annotations

from qingfu.records.disclosures.queries import trail
from qingfu.records.enactment.actions import disclose
from qingfu.records.plans.queries import in_force
from tests.cast import County, moment
from tests.faces.plan_stage import OnDay, Seat, found, on, seat, sent, stage

__all__ = ["found", "on", "seat", "stage"]

REASON = "电话号码有误"


def channels(county: County) -> int:
    """The copy of where to tell us that stands now."""
    plan = in_force(county["clerk"], county.edition)
    key = next(key for key, one in plan.pack.disclosures.items() if one.shows == "channels")
    if not trail(county["clerk"], edition=county.edition, key=key):
        disclose(county["clerk"], plan=plan, key=key, at=moment("2024-07-20"))
    return trail(county["clerk"], edition=county.edition, key=key)[0].id


def test_a_copy_is_withdrawn_with_a_reason_and_shown_again(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    copy, clerk, address = channels(found), seat("clerk"), f"/plans/{found.edition}/shown"
    refused = clerk.post(address, sent("withdraw", disclosure=str(copy), reason=" "))
    assert refused.status_code == 422
    assert 'href="#reason"' in refused.content.decode()
    assert clerk.post(address, sent("withdraw", disclosure=str(copy), reason=REASON)).status_code == 302
    page = clerk.get(address)
    assert copy not in [one.id for one in page.context["now"]]
    (gone,) = [one for one, last in page.context["gone"] if last]
    assert (gone.id, gone.withdrawn_reason) == (copy, REASON)
    assert REASON in page.content.decode()
    assert clerk.post(address, sent("again", key=gone.key)).status_code == 302
    again = clerk.get(address).context
    assert gone.key in [one.key for one in again["now"]]
    assert [last for one, last in again["gone"] if one.id == copy] == [False], "something has taken its place"


def test_a_unit_sees_what_is_public_and_takes_nothing_down(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    copy, principal, address = channels(found), seat("principal"), f"/plans/{found.edition}/shown"
    page = principal.get(address)
    assert copy in [one.id for one in page.context["now"]]
    assert 'value="withdraw"' not in page.content.decode()
    assert principal.post(address, sent("withdraw", disclosure=str(copy), reason=REASON)).status_code == 403
    assert principal.post(address, sent("again", key="channels")).status_code == 403
