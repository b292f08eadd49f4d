"""A page that asks how its draw stands: when a step was taken meanwhile, the whole of it is to be loaded anew."""

from __future__ import annotations

from django.http import HttpResponse

from qingfu.records.draws.queries import DrawView
from qingfu.web.desk import Desk


def standing(shown: DrawView) -> str:
    """The step that is now, and whether somebody of the circle is still waited for."""
    waits = {"dealing": any(not one.dealt for one in shown.members), "sealed": bool(shown.missing)}
    return f"{shown.state}-waits" if waits.get(shown.state) else shown.state


def moved_on(desk: Desk, shown: DrawView) -> HttpResponse | None:
    """The answer to a page that shows another step than the draw is at; None where it is right, or does not ask."""
    asked = desk.request.GET.get("at")
    if not desk.request.headers.get("HX-Request") or asked in (None, standing(shown)):
        return None
    # Not a refresh: a page that answered a button would send its verb again.
    return HttpResponse(headers={"HX-Redirect": desk.request.path})
