"""Adopting a pack, filling its blanks, seating its parties, putting it in force, moving a date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connections

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.errors import AlreadyThere, FieldFault, Invalid, NotAllowed, NotFound, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile import blanks, read
from qingfu.packfile.hurdles import refuse_unready
from qingfu.packfile.words.pack import Pack
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.journal.queries import forget
from qingfu.records.people.models import Organ
from qingfu.records.people.queries import require_keeper
from qingfu.records.plans.models import Edition, Filling, OfficialText, Reschedule, Seat, Term
from qingfu.records.plans.queries import InForce, in_force, is_office, require_bureau_side, unseated
from qingfu.records.plans.states import EDITION

LONGEST_TERM = timedelta(days=250)
NO_NAME = N_("Give it a name.")
BACKWARDS = N_("It would end before it begins.")
TOO_LONG = N_("A school term of more than {days} days cannot be.")
OVERLAPS = N_("It overlaps another term: {name}.")


def adopt_pack(actor: Actor, *, pack: Pack, client_id: UUID | None = None, at: datetime) -> InForce:
    """Take a pack into the bureau as a draft edition: its canonical bytes are frozen from here on."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="edition")) is not None:
            return in_force(actor, first)
        require_keeper(actor)
        if Edition.objects.filter(pack=pack.plan.id).exclude(state="ended").exists():
            raise AlreadyThere(what=pack.plan.title)
        content = read.pack_bytes(pack)
        row = Edition.objects.create(
            bureau_id=actor.bureau, pack=pack.plan.id, title=pack.plan.title, digest=read.pack_digest(pack),
            content=content,
        )  # fmt: skip
        record(
            actor, verb="plans.adopt_pack", subject="edition", subject_id=row.id, digest=row.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return in_force(actor, row.id)


def fill_blank(
    actor: Actor, *, edition: int, path: str, value: str, client_id: UUID | None = None, at: datetime
) -> InForce:
    """Fill (or, while the edition is a draft, fill again) a blank; the value is checked as the pack's own would be."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="edition")) is not None:
            return in_force(actor, first)
        require_keeper(actor)
        row = _locked(edition)
        if row.state != "draft":
            raise WrongState(verb=Word("fill_blank"), state=Word(row.state), possible=[])
        blanks.filled(read.from_bytes(bytes(row.content)), {path: value})
        Filling.objects.update_or_create(
            bureau_id=actor.bureau, edition=row, path=path,
            defaults={"value": value, "by_id": actor.person, "at": at},
        )  # fmt: skip
        record(actor, verb="plans.fill_blank", subject="edition", subject_id=row.id, client_id=client_id, at=at)
        return in_force(actor, edition)


def seat_party(
    actor: Actor, *, edition: int, party: str, organ: int, client_id: UUID | None = None, at: datetime
) -> InForce:
    """Say which organ fills a party: the office sits in a different unit in every plan (P02)."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="edition")) is not None:
            return in_force(actor, first)
        require_keeper(actor)
        row = _locked(edition)
        if party not in in_force(actor, edition).pack.parties:
            raise NotFound(what=party)
        if not Organ.objects.filter(id=organ).exists():
            raise NotFound(what=str(organ))
        Seat.objects.update_or_create(bureau_id=actor.bureau, edition=row, party=party, defaults={"organ_id": organ})
        record(actor, verb="plans.seat_party", subject="edition", subject_id=row.id, client_id=client_id, at=at)
        return in_force(actor, edition)


def enter_official_text(
    actor: Actor, *, edition: int, clause: str, text: str, client_id: UUID | None = None, at: datetime
) -> None:
    """Set the exact official words of a clause beside the pack's own wording."""
    with deed(actor):
        if first_answer(actor, client_id, subject="edition") is not None:
            return
        require_keeper(actor)
        plan = in_force(actor, edition)
        if plan.pack.clause(clause) is None:
            raise NotFound(what=clause)
        OfficialText.objects.update_or_create(
            bureau_id=actor.bureau, edition_id=edition, clause=clause, defaults={"text": text}
        )
        record(
            actor, verb="plans.enter_official_text", subject="edition", subject_id=edition, client_id=client_id, at=at
        )


def put_in_force(actor: Actor, *, edition: int, on: date, client_id: UUID | None = None, at: datetime) -> InForce:
    """Put an edition in force; refused while a blank is open, a party unseated, or a hurdle stands."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="edition")) is not None:
            return in_force(actor, first)
        row = _locked(edition)
        state = EDITION.move(row.state, "put_in_force", actor.roles)
        plan = in_force(actor, edition)
        refuse_unready(plan.pack)
        empty = unseated(plan)
        if empty:
            raise Invalid(*(FieldFault(f"seats.{key}", N_("No organ fills this party yet."), {}) for key in empty))
        row.state, row.in_force_on = state, on
        row.save(update_fields=["state", "in_force_on"])
        record(
            actor, verb="plans.put_in_force", subject="edition", subject_id=row.id, digest=row.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return in_force(actor, edition)


def set_term(
    actor: Actor, *, name: str, year: int, from_on: date, until_on: date, term: int | None = None,
    client_id: UUID | None = None, at: datetime,
) -> int:  # fmt: skip
    """Set a school term of the bureau, or change one; every plan counts by it from now on. Returns its id.

    Raises Invalid where it overlaps another. The keeper of the register and the bureau side of any plan may.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="term")) is not None:
            return first
        if not is_office(actor):
            raise NotAllowed(verb=Word("act for the bureau"), who=[Word("administrator")])
        row = Term(bureau_id=actor.bureau) if term is None else Term.objects.filter(id=term).first()
        if row is None:
            raise NotFound(what=str(term))
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"terms:{actor.bureau}"])
        _judge_term(row, name.strip(), from_on, until_on)
        row.name, row.year, row.from_on, row.until_on = name.strip(), year, from_on, until_on
        row.save()
        record(
            actor, verb="plans.set_term", subject="term", subject_id=row.id, client_id=client_id, at=at,
            digest=digest({"name": row.name, "from": from_on, "until": until_on}),
        )  # fmt: skip
        forget("edition")  # every plan counts by the terms
        return row.id


def _judge_term(row: Term, name: str, from_on: date, until_on: date) -> None:
    faults = []
    if not name or len(name) > 40:
        faults.append(FieldFault("name", NO_NAME))
    if until_on <= from_on:
        faults.append(FieldFault("until", BACKWARDS))
    if until_on - from_on > LONGEST_TERM:
        faults.append(FieldFault("until", TOO_LONG, {"days": LONGEST_TERM.days}))
    others = Term.objects.exclude(id=row.id).filter(from_on__lte=until_on, until_on__gte=from_on)
    if (other := others.first()) is not None:
        faults.append(FieldFault("from", OVERLAPS, {"name": other.name}))
    if faults:
        raise Invalid(*faults)


def end_edition(actor: Actor, *, edition: int, on: date, client_id: UUID | None = None, at: datetime) -> None:
    """An edition ends; what it began stays on record."""
    with deed(actor):
        if first_answer(actor, client_id, subject="edition") is not None:
            return
        row = _locked(edition)
        row.state = EDITION.move(row.state, "end", actor.roles)
        row.ended_on = on
        row.save(update_fields=["state", "ended_on"])
        record(actor, verb="plans.end_edition", subject="edition", subject_id=row.id, client_id=client_id, at=at)


def move_date(
    actor: Actor, *, plan: InForce, target: str, was: date | None, to: date, reason: str,
    client_id: UUID | None = None, at: datetime,
) -> None:  # fmt: skip
    """Record that a leader moved a date: `target` is an object of the pack, as `duties.problem-list`."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return
        require_bureau_side(actor, plan)
        if actor.person is None:
            raise NotAllowed(verb=Word("move_date"), who=[])
        if not reason.strip():
            raise Invalid(FieldFault("reason", N_("Say why the date is moved."), {}))
        Reschedule.objects.create(
            bureau_id=actor.bureau, edition_id=plan.edition, target=target, was=was, now=to, reason=reason.strip(),
            by_id=actor.person, at=at,
        )  # fmt: skip
        record(
            actor, verb="plans.move_date", subject="edition", subject_id=plan.edition, client_id=client_id, at=at
        )  # fmt: skip


def _locked(edition: int) -> Edition:
    row = Edition.objects.select_for_update().filter(id=edition).first()
    if row is None:
        raise NotFound(what=str(edition))
    return row
