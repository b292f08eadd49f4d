"""The ends a finding may come to, as forms: the ledger, back to whoever reported it, an exception with a last day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from qingfu.base.days import read_day
from qingfu.base.errors import FieldFault, Invalid, NoSuchDay
from qingfu.base.words import N_
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.queries import FindingRow
from qingfu.records.people.queries import OrganView, organs
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.problems.queries import ProblemRow, ledger
from qingfu.web.desk import Desk, DeskPage
from qingfu.web.monitoring.finding_told import Breaks, breaks
from qingfu.web.monitoring.limits import opened
from qingfu.web.words import clause_number

NONE = N_("Tick at least one finding.")
NO_DAY = N_("Write the last day of the exception.")
NO_TITLE = N_("Write the problem in a sentence.")
MONTH = timedelta(days=30)
MOST_LINES = 30


@dataclass(frozen=True)
class Ends:
    """What may be done now, and what each form begins with."""

    verbs: frozenset[str]
    many: int
    title: str
    kind: str
    kinds: tuple[tuple[str, str], ...]
    lines: tuple[ProblemRow, ...]
    units: tuple[OrganView, ...]
    owner: str
    into: str
    text: str
    reason: str
    refusal: str
    until: str
    last: str


def ends_of(desk: Desk, plan: InForce, row: FindingRow, told: Breaks, verbs: frozenset[str], many: int) -> Ends:
    """The ends of a finding, or of several of one school and limit."""
    kinds = tuple((key, kind.says) for key, kind in plan.pack.problem_kinds.items())
    lines = _open_lines(desk, plan, row) if "open_problem" in verbs else ()
    # What belongs to no single school nobody alone has reported, and the bureau says who is to put it right.
    units = organs(desk.actor) if row.organ is None and "open_problem" in verbs else ()
    verbs = verbs - {"return_to_reporter"} if row.organ is None else verbs
    return Ends(
        verbs, many, desk.typed("title", "" if many > 1 else _title(told)), desk.typed("kind", _kind(plan, told)),
        kinds, lines, units, desk.typed("owner"), desk.typed("into"), desk.typed("text"), desk.typed("reason"),
        desk.typed("refusal"), desk.typed("until", (desk.today + MONTH).isoformat()),
        (desk.today + timedelta(days=366)).isoformat(),
    )  # fmt: skip


def _open_lines(desk: Desk, plan: InForce, row: FindingRow) -> tuple[ProblemRow, ...]:
    """Open lines of the ledger about the same school, which the finding may join."""
    if row.organ is None:
        return ()
    return ledger(desk.actor, edition=plan.edition, state="open", owner=row.organ, size=MOST_LINES, at=desk.at).rows


def _title(told: Breaks) -> str:
    return f"{told.group}，{told.outcome}"


def _title_of(desk: Desk, ids: Sequence[int]) -> str:
    """A title that names the first of what was ticked and counts the rest; in Chinese, as the ledger is kept."""
    with override(settings.LANGUAGE_CODE):
        view = queries.finding(desk.actor, ids[0], at=desk.at)
        told = next(breaks(desk, in_force(desk.actor, view.row.edition), view.term, [view.row]), None)
    if told is None:
        raise Invalid(FieldFault("title", NO_TITLE))
    return f"{_title(told)}，等{len(ids)}处" if len(ids) > 1 else _title(told)


def _kind(plan: InForce, told: Breaks) -> str:
    """The kind of problem that stands under the same clause; else one of the same numbered part."""
    wanted = set(told.clause)
    for key, kind in plan.pack.problem_kinds.items():
        if wanted & set(_clauses(kind.clause)):
            return key
    plain = {clause_number(one) for one in wanted}
    for key, kind in plan.pack.problem_kinds.items():
        if plain & {clause_number(one) for one in _clauses(kind.clause)}:
            return key
    return ""


def _clauses(clause: str | tuple[str, ...]) -> tuple[str, ...]:
    return (clause,) if isinstance(clause, str) else tuple(clause)


def give_ends(page: DeskPage[...]) -> None:
    """Let a page of findings end them."""
    acts: dict[str, Callable[..., HttpResponse]] = {
        "open-problem": open_problem, "return": give_back, "ask-exception": ask_exception, "grant": grant,
        "refuse": refuse, "stand-by": stand_by,
    }  # fmt: skip
    for verb, act in acts.items():
        page.act(verb)(act)


def _ticked(desk: Desk, named: dict[str, object]) -> list[int]:
    """The findings that are meant: those ticked on a list, or the one whose page it is. Raises Invalid, NotFound."""
    if isinstance(one := named.get("finding"), int):
        return [one]
    opened(desk, int(str(named["edition"])), str(named["limit"]))
    found = sorted({int(text) for text in desk.request.POST.getlist("finding") if text.isdigit() and len(text) < 18})
    if not found:
        raise Invalid(FieldFault("findings", NONE))
    return found


def _back(desk: Desk, said: str) -> HttpResponse:
    """Stay where it was done: the list, or the finding's own page."""
    response = desk.go("limits", said=said)
    response.headers["Location"] = desk.request.get_full_path()
    return response


def open_problem(desk: Desk, **named: object) -> HttpResponse:
    """Into the ledger, as a line of its own or joined to an open one."""
    sent, ids = desk.request.POST, _ticked(desk, named)
    into, title = sent.get("into", ""), sent.get("title", "").strip()
    if not into and not title and "finding" in named:
        raise Invalid(FieldFault("title", NO_TITLE))
    line = actions.open_problem(
        desk.actor, findings=ids, title=title or ("" if into else _title_of(desk, ids)), kind=sent.get("kind", ""),
        into=_id(into), owner=_id(sent.get("owner", "")), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    said = ngettext(
        "{n} finding is in the ledger; the school sets measure and deadline there.",
        "{n} findings are in the ledger as one line; the school sets measure and deadline there.", len(ids),
    )  # fmt: skip
    return desk.go("problem", line, said=said.format(n=len(ids)))


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def give_back(desk: Desk, **named: object) -> HttpResponse:
    """The data look wrong: whoever reported them looks again."""
    text = desk.request.POST.get("text", "")
    actions.return_to_reporter(
        desk.actor, findings=_ticked(desk, named), text=text, client_id=desk.client_id, at=desk.at
    )
    return _back(desk, _("Given back; it stands in the school's inbox with your words."))


def stand_by(desk: Desk, **named: object) -> HttpResponse:
    """The school has looked again: it was so."""
    text = desk.request.POST.get("text", "")
    actions.stand_by(desk.actor, findings=_ticked(desk, named), text=text, client_id=desk.client_id, at=desk.at)
    return _back(desk, _("The bureau reads your words and decides."))


def ask_exception(desk: Desk, **named: object) -> HttpResponse:
    """Ask that the limit not be held against the school until a day."""
    actions.ask_exception(
        desk.actor, findings=_ticked(desk, named), reason=desk.request.POST.get("reason", ""), until=_until(desk),
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    return _back(desk, _("Asked for; somebody else of the bureau decides."))


def grant(desk: Desk, **named: object) -> HttpResponse:
    """Grant what somebody else asked for."""
    actions.grant_exception(desk.actor, findings=_ticked(desk, named), client_id=desk.client_id, at=desk.at)
    return _back(desk, _("Granted; it ends by itself after its last day."))


def refuse(desk: Desk, **named: object) -> HttpResponse:
    """Refuse it, with the reason."""
    reason, ids = desk.request.POST.get("refusal", ""), _ticked(desk, named)
    try:
        actions.refuse_exception(desk.actor, findings=ids, reason=reason, client_id=desk.client_id, at=desk.at)
    except Invalid as error:  # the reason of whoever asks has a field of its own on the same page
        named_here = (replace(one, field="refusal") if one.field == "reason" else one for one in error.faults)
        raise Invalid(*named_here) from None
    return _back(desk, _("Refused; the finding is open again."))


def _until(desk: Desk) -> date:
    try:
        return read_day(desk.request.POST.get("until", ""))
    except NoSuchDay:
        raise Invalid(FieldFault("until", NO_DAY)) from None
