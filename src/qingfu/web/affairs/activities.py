"""Activities at schools: one's own, those coming to one's school, or all of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.words import N_
from qingfu.records.affairs import queries
from qingfu.records.plans.queries import plans_in_force
from qingfu.web.desk import Desk, page
from qingfu.web.parties import applicant_in

WHEN = {"": N_("Coming and under way"), "all": N_("Past ones too")}
LEADS = {
    "school": N_("Activities that were approved for your school. One that is not here need not be let in."),
    "department": N_("The activities of your listed affairs. Each is checked before it goes to a school."),
    "": N_("Each activity of a listed affair is checked before it goes to a school."),
}


@page("cases")
def activities(desk: Desk) -> HttpResponse:
    """Activities the reader may know of, the next first."""
    asked = desk.request.GET
    when, number = asked.get("when", ""), asked.get("page", "1")
    when = when if when in WHEN else ""
    found = queries.activities(
        desk.actor, from_on=None if when == "all" else desk.today, page=int(number) if number.isdigit() else 1
    )
    role = next((role for role in LEADS if role in desk.actor.roles), "")
    may_apply = any(applicant_in(desk.actor, plan) for plan in plans_in_force(desk.actor))
    return desk.show(
        "affairs/activities.html", page=found, lead=_(LEADS[role]), when=when, role=role, may_apply=may_apply,
        whens=[(key, _(says)) for key, says in WHEN.items()], keeps=desk.is_bureau_side,
    )  # fmt: skip
