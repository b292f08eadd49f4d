"""A draw for the panel of a case: the form filled in, who may not judge left out, and frozen for this case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.draws import queries
from qingfu.records.draws.actions import Frozen
from qingfu.records.draws.queries import DrawView, Pool
from qingfu.records.enactment import actions as enactment
from qingfu.records.enactment.queries import drawn_for
from qingfu.records.routes.queries import PanelWanted, panel_wanted
from qingfu.web.desk import Desk
from qingfu.web.ids import id_in


def wanted(desk: Desk, case: str) -> PanelWanted | None:
    """The panel of the case that a form names; None where it names none. Raises as `panel_wanted`."""
    if not case:
        return None
    if (run := id_in(case)) is None:
        raise NotFound(what=case)
    return panel_wanted(desk.actor, run, on=desk.today)


def begun_for(desk: Desk) -> tuple[dict[str, str], tuple[str, ...]] | None:
    """The form for a case, or in place of a void draw that was held for one; None for any other draw."""
    case, replaces = (desk.request.GET.get(name, "") for name in ("case", "replaces"))
    void = id_in(replaces)
    if not case and void is not None:
        held = drawn_for(desk.actor, void)
        case = str(held.run) if held is not None and held.stands else ""
    want = wanted(desk, case)
    if want is None:
        return None
    said = {
        "case": str(want.run), "title": _("Experts drawn for case {number}").format(number=want.number),
        "clause": want.clause, "pool": "experts", "organ": str(want.committee or ""), "circle": "witnesses",
        "replaces": "" if void is None else replaces,
    }  # fmt: skip
    if not want.kinds:
        return said | {"how": "take", "take": str(want.opinions)}, ()
    return said | {"how": "share", "percent": str(_percent(desk, want))}, ("kind",)


def _percent(desk: Desk, want: PanelWanted) -> int:
    """The smallest part of every kind, rounded up, that gives as many members as the plan asks for opinions."""
    whole = queries.pool(desk.actor, kind="experts", on=desk.today, organ=want.committee)
    sizes: dict[str, int] = {}
    for one in whole.candidates:
        if one.person not in want.barred:
            kind = one.marks.get("kind", "")
            sizes[kind] = sizes.get(kind, 0) + 1
    enough = (part for part in range(1, 101) if sum(-(-n * part // 100) for n in sizes.values()) >= want.opinions)
    return next(enough, 100)


def barred_places(desk: Desk, case: str, pool: Pool) -> dict[int, str]:
    """Who on the list may not judge the case, by place, with the reason that stands in the notice."""
    want = wanted(desk, case)
    if want is None:
        return {}
    reasons = ((place, want.barred.get(one.person or 0)) for place, one in enumerate(pool.candidates, start=1))
    return {place: _(reason) for place, reason in reasons if reason}


def freeze_for(desk: Desk, case: str, said: Frozen, *, alone: bool) -> DrawView:
    """Post the notice as the draw of this case."""
    want = wanted(desk, case)
    return enactment.freeze_for_panel(
        desk.actor, run=want.run if want else 0, frozen=said, alone=alone, client_id=desk.client_id, at=desk.at
    )
