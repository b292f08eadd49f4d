"""What a plan has made public: every copy with its days; withdrawing one, and showing it again."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _

from qingfu.records.disclosures import actions
from qingfu.records.disclosures.queries import Trace, trail
from qingfu.records.enactment.actions import disclose
from qingfu.records.plans.queries import InForce, in_force, require_bureau_side, sees_all
from qingfu.web.desk import Desk, page


@page("plan")
def shown(desk: Desk, edition: int) -> HttpResponse:
    """What stands now, what was withdrawn, and what stood before."""
    plan = in_force(desk.actor, edition)
    found = trail(desk.actor, edition=edition)
    sent = desk.request.POST if desk.posted else {}
    return desk.show(
        "plans/shown.html", plan=plan, now=[one for one in found if one.state == "shown"],
        gone=_gone(plan, found), before=[one for one in found if one.state == "replaced"],
        may=sees_all(desk.actor, plan), asked=sent.get("disclosure", ""), reason=sent.get("reason", ""),
    )  # fmt: skip


def _gone(plan: InForce, found: tuple[Trace, ...]) -> list[tuple[Trace, bool]]:
    """What was withdrawn, newest first, and whether it may be shown again: nothing has taken its place."""
    newest: dict[str, int] = {}
    for one in found:
        newest.setdefault(one.key, one.id)
    known = plan.pack.disclosures
    return [(one, one.key in known and newest[one.key] == one.id) for one in found if one.state == "withdrawn"]


@shown.act("withdraw")
def withdraw(desk: Desk, edition: int) -> HttpResponse:
    """Stop showing one copy, with a reason that the public can read."""
    require_bureau_side(desk.actor, in_force(desk.actor, edition))
    sent = desk.request.POST.get("disclosure", "")
    told = actions.withdraw(
        desk.actor, disclosure=int(sent) if sent.isdigit() and len(sent) < 10 else 0,
        reason=desk.request.POST.get("reason", ""), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return desk.go("shown", edition, said=_("“{title}” is no longer shown.").format(title=told.title))


@shown.act("again")
def again(desk: Desk, edition: int) -> HttpResponse:
    """Show a withdrawn thing again, as it stands today."""
    plan = in_force(desk.actor, edition)
    require_bureau_side(desk.actor, plan)
    told = disclose(
        desk.actor, plan=plan, key=desk.request.POST.get("key", ""), client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return desk.go("shown", edition, said=_("“{title}” is shown again.").format(title=told.title))


urlpatterns = [path("plans/<int:edition>/shown", shown, name="shown")]
