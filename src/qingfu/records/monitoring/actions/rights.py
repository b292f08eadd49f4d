"""Who may report for a school, and who may act for the bureau in this room."""

from __future__ import annotations

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.records.people.queries import organ as organ_of
from qingfu.records.plans.queries import is_office

ON_BEHALF = N_("Say who signed the paper you are typing in.")
NOT_A_SCHOOL = N_("Choose a school.")


def require_filer(actor: Actor, organ: int) -> None:
    """The school itself, or the bureau's office in its place; raises NotFound for another's school."""
    own = actor.kind == "person" and actor.organ == organ
    if not own and not is_office(actor):
        raise NotFound(what=str(organ))
    if organ_of(actor, organ).kind != "school":
        raise Invalid(FieldFault("organ", NOT_A_SCHOOL))


def via_of(actor: Actor, organ: int, on_behalf: str, way: str = "form") -> str:
    """How it came: the school's own way, or typed in by the office from a paper somebody signed."""
    if actor.organ == organ:
        return way
    if not on_behalf.strip():
        raise Invalid(FieldFault("on-behalf", ON_BEHALF))
    return "paper"
