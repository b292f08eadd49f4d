"""How a finding ends: as a problem of the ledger, as a data error put right, as an exception with a last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotFound, SomebodyElse
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.monitoring.models import Finding, FindingNote
from qingfu.records.monitoring.queries.rights import bound_to, roles_of
from qingfu.records.monitoring.states import FINDING
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.problems.actions import find
from qingfu.records.problems.models import Problem
from qingfu.records.problems.queries import ProblemRow

MOST = 500
LONGEST = 366
SAY_WHY = N_("Say why, in a sentence of at most 300 characters.")
SAY_WHAT = N_("Say what seems wrong with the data, in a sentence of at most 300 characters.")
NO_END = N_("Say until which day the exception holds, at most a year from today.")
ONE_SCHOOL = N_("Choose findings of one school, one limit and one term.")
NOTHING = N_("Choose at least one finding.")
WHOSE = N_("These findings belong to no single school: choose the unit that is to put it right.")
NOBODY_REPORTED = N_("These findings rest on what several schools reported; none of them alone can look again.")
OTHERS_LINE = N_("This line of the ledger is closed or belongs to another unit.")


def open_problem(
    actor: Actor, *, findings: Sequence[int], title: str, kind: str = "", into: int | None = None,
    owner: int | None = None, client_id: UUID | None = None, at: datetime,
) -> int:  # fmt: skip
    """Findings of one school and limit become one line of the ledger, or join the open line `into`; returns its id.

    Findings of no single school become a line of the unit `owner`, which the bureau chooses; raises Invalid without.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return _line_of(first)
        rows, plan = _taken(actor, findings, "open_problem")
        whose = rows[0].organ_id or owner
        if whose is None:
            raise Invalid(FieldFault("owner", WHOSE))
        if into is not None:
            line = _open_line(into, plan, whose)
        else:
            line = _found(actor, plan, rows, whose, title, kind, at).id
        _move(actor, rows, "open_problem", title.strip()[:300], at, problem_id=line)
        _record(actor, "open_problem", rows, {"problem": line}, client_id, at)
        return line


def _line_of(finding: int) -> int:
    return Finding.objects.values_list("problem_id", flat=True).get(id=finding) or 0


def _found(
    actor: Actor, plan: InForce, rows: Sequence[Finding], owner: int, title: str, kind: str, at: datetime
) -> ProblemRow:
    days = sorted({row.day for row in rows if row.day})
    happened = days[0].isoformat() if days else ""
    return find(
        actor, plan=plan, title=title, owner=owner, kind=kind, source="office", happened=happened, found_on=day_of(at),
        at=at,
    )  # fmt: skip


def _open_line(line: int, plan: InForce, owner: int) -> int:
    row = Problem.objects.select_for_update().filter(id=line, edition=plan.edition, owner=owner).first()
    if row is None or row.state == "struck-off":
        raise Invalid(FieldFault("into", OTHERS_LINE))
    return row.id


def return_to_reporter(
    actor: Actor, *, findings: Sequence[int], text: str, client_id: UUID | None = None, at: datetime
) -> tuple[int, ...]:
    """The data look wrong: whoever reported them looks again, corrects them or stands by them."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return tuple(findings)
        rows, _ = _taken(actor, findings, "return_to_reporter")
        if rows[0].organ_id is None:
            raise Invalid(FieldFault("findings", NOBODY_REPORTED))
        said = _sentence("text", text, SAY_WHAT)
        _move(actor, rows, "return_to_reporter", said, at)
        return _record(actor, "return_to_reporter", rows, {"text": said}, client_id, at)


def stand_by(
    actor: Actor, *, findings: Sequence[int], text: str, client_id: UUID | None = None, at: datetime
) -> tuple[int, ...]:
    """The school has looked again: the data are right, and why it was so."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return tuple(findings)
        rows, _ = _taken(actor, findings, "stand_by")
        said = _sentence("text", text, SAY_WHY)
        _move(actor, rows, "stand_by", said, at)
        return _record(actor, "stand_by", rows, {"text": said}, client_id, at)


def ask_exception(
    actor: Actor, *, findings: Sequence[int], reason: str, until: date | None, client_id: UUID | None = None,
    at: datetime,
) -> tuple[int, ...]:  # fmt: skip
    """Ask that a limit not be held against a school until a day; somebody else on the bureau side decides."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return tuple(findings)
        rows, _ = _taken(actor, findings, "ask_exception")
        why, today = _sentence("reason", reason, SAY_WHY), day_of(at)
        if until is None or not 0 <= (until - today).days <= LONGEST:
            raise Invalid(FieldFault("until", NO_END))
        _move(actor, rows, "ask_exception", why, at, asked_by_id=actor.person, reason=why, until=until)
        return _record(actor, "ask_exception", rows, {"reason": why, "until": until}, client_id, at)


def grant_exception(
    actor: Actor, *, findings: Sequence[int], client_id: UUID | None = None, at: datetime
) -> tuple[int, ...]:
    """Grant an exception that somebody else asked for. Raises SomebodyElse."""
    return _decide(actor, findings, "grant", "", client_id, at)


def refuse_exception(
    actor: Actor, *, findings: Sequence[int], reason: str, client_id: UUID | None = None, at: datetime
) -> tuple[int, ...]:
    """Refuse an exception that somebody else asked for; the finding is open again. Raises SomebodyElse."""
    return _decide(actor, findings, "refuse", _sentence("reason", reason, SAY_WHY), client_id, at)


def _decide(
    actor: Actor, findings: Sequence[int], verb: str, text: str, client_id: UUID | None, at: datetime
) -> tuple[int, ...]:
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return tuple(findings)
        rows, _ = _taken(actor, findings, verb)
        if bound_to(actor, rows, at=at):
            raise SomebodyElse(verb=verb, who=[])
        decided: dict[str, object] = (
            {"granted_by_id": actor.person} if verb == "grant" else {"reason": "", "until": None}
        )
        _move(actor, rows, verb, text, at, **decided)
        return _record(actor, f"{verb}_exception", rows, {"text": text}, client_id, at)


def _taken(actor: Actor, findings: Sequence[int], verb: str) -> tuple[list[Finding], InForce]:
    """The rows, locked in the order of their ids, whose verb the actor may do; raises what stands against it."""
    if not findings or len(findings) > MOST:
        raise Invalid(FieldFault("findings", NOTHING))
    rows = list(Finding.objects.select_for_update(of=("self",)).filter(id__in=list(findings)).order_by("id"))
    if len(rows) != len(set(findings)):
        raise NotFound(what="、".join(map(str, findings[:3])))
    if len({(row.edition_id, row.organ_id, row.limit, row.term_id) for row in rows}) > 1:
        raise Invalid(FieldFault("findings", ONE_SCHOOL))
    plan = in_force(actor, rows[0].edition_id)
    for row in rows:
        roles = roles_of(actor, plan, row.organ_id)
        if not roles:
            raise NotFound(what=str(row.id))
        FINDING.move(row.state, verb, roles)
    return rows, plan


def _move(actor: Actor, rows: Sequence[Finding], verb: str, text: str, at: datetime, **facts: object) -> None:
    plan = in_force(actor, rows[0].edition_id)
    for row in rows:
        row.state = FINDING.move(row.state, verb, roles_of(actor, plan, row.organ_id))
        for name, value in facts.items():
            setattr(row, name, value)
    Finding.objects.bulk_update(rows, ["state", *(_column(name) for name in facts)])
    FindingNote.objects.bulk_create(
        FindingNote(bureau_id=actor.bureau, finding=row, verb=verb, text=text, person_id=actor.person, at=at)
        for row in rows
    )


def _column(name: str) -> str:
    return name.removesuffix("_id")


def _record(
    actor: Actor, verb: str, rows: Sequence[Finding], said: dict[str, object], client_id: UUID | None, at: datetime
) -> tuple[int, ...]:
    ids = tuple(row.id for row in rows)
    record(
        actor, verb=f"monitoring.{verb}", subject="finding", subject_id=ids[0],
        digest=digest({**said, "findings": list(ids)}), client_id=client_id, at=at,
    )  # fmt: skip
    return ids


def _sentence(field: str, text: str, says: str) -> str:
    said = text.strip()
    if not said or len(said) > 300:
        raise Invalid(FieldFault(field, says))
    return said
