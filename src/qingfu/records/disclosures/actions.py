"""Publishing a frozen copy, and withdrawing one. A withdrawn copy keeps its row, its digest and its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import connections

from qingfu.base.actor import Actor
from qingfu.base.canon import canonical, digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotAllowed, NotFound
from qingfu.base.words import N_, Word
from qingfu.packfile.words.moves import Disclosure as Shown
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.disclosures.queries import DisclosureView, disclosure_view
from qingfu.records.disclosures.states import DISCLOSURE, state_of
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.models import Person
from qingfu.records.plans.queries import InForce, in_force, parties_of, sees_all

# Parts of a content that name a person; a disclosure that hides anything shows none of them.
PERSONAL = frozenset(
    {
        "person", "persons", "person_name", "by", "by_name", "responsible", "responsible_name", "found_by", "phone",
        "mobile", "contact", "applicant_person", "expert", "experts", "teacher", "teachers", "pupil", "pupils",
        "reporter", "id_number",
    }
)  # fmt: skip
# What the register shows because whoever holds it says so, not because a plan orders it.
OWN = frozenset({"draw"})
_MOBILE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
_NO_REASON = N_("Say why it is no longer shown.")
_NO_TITLE = N_("Give it a title.")
_ENDS_FIRST = N_("It would end before it begins.")
_TOO_LONG = N_("This is too long: at most {most} characters.")


def publish(
    actor: Actor, *, plan: InForce, key: str, shows: str, title: str, content: Mapping[str, object],
    audience: Sequence[str] | None = None, places: Sequence[str] | None = None, until: date | None = None,
    client_id: UUID | None = None, at: datetime,
) -> DisclosureView:  # fmt: skip
    """Freeze `content` and show it from today, in place of what stood under the same key of the same plan.

    `key` is a disclosure of the pack, or one of its parts as `whitelist:2024`; audience, places and what is hidden
    come from there. What is not for the public, and what is in `OWN`, has another key and names both itself.
    `until` is the last day. Content is maps, lists, text, whole numbers, days.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return disclosure_view(Disclosure.objects.get(id=first))
        said = _said(plan, key, audience)
        roles = _roles(actor, plan, key)
        _judge(title, until, day_of(at))
        if not roles:
            raise NotAllowed(verb=Word("publish"), who=[Word("publisher")])
        _replace(actor, plan, key, roles, at)
        names = _names() if said and said.hides else None
        frozen = canonical(_hidden(content, names))
        row = Disclosure.objects.create(
            bureau_id=actor.bureau, edition_id=plan.edition, key=key, shows=shows,
            title=str(_hidden(title.strip(), names)),
            audience=list(audience if audience is not None else said.audience if said else ()),
            places=list(places if places is not None else said.at if said else ()), content=frozen,
            digest=sha256(frozen).hexdigest(), published_at=at, from_on=day_of(at), until_on=until,
            by_id=actor.person,
        )  # fmt: skip
        record(
            actor, verb="disclosures.publish", subject="disclosure", subject_id=row.id, digest=row.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return disclosure_view(row)


def _said(plan: InForce, key: str, audience: Sequence[str] | None) -> Shown | None:
    said = plan.pack.disclosures.get(key.partition(":")[0])
    free = audience is not None and ("public" not in audience or key.partition(":")[0] in OWN)
    unlisted = said is None and not free
    if unlisted or len(key) > 80:
        raise NotFound(what=key)
    return said


def _roles(actor: Actor, plan: InForce, key: str) -> frozenset[str]:
    """A publisher is the bureau side, the clock, who puts plans in force, and the party whose step or judgement
    makes this disclosure."""
    pack, mine = plan.pack, parties_of(actor, plan)
    made = f"disclosures.{key.partition(':')[0]}"
    said = pack.disclosures.get(key.partition(":")[0])
    steps = [step for route in pack.routes.values() for step in route.steps]
    by = {step.by for step in steps if step.discloses == made or (said is None and step.to is not None)}
    if said is not None and said.shows == "list":
        by |= {evaluation.by for evaluation in pack.evaluations.values()}
    person = actor.kind == "person"
    may = sees_all(actor, plan) or (person and ("administrator" in actor.roles or bool(mine & by)))
    return frozenset({"publisher"}) if may else frozenset()


def _judge(title: str, until: date | None, today: date) -> None:
    if not title.strip():
        raise Invalid(FieldFault("title", _NO_TITLE))
    if len(title.strip()) > 200:
        raise Invalid(FieldFault("title", _TOO_LONG, {"most": 200}))
    if until is not None and until < today:
        raise Invalid(FieldFault("until", _ENDS_FIRST))


def _replace(actor: Actor, plan: InForce, key: str, roles: frozenset[str], at: datetime) -> None:
    """Whatever stands under the key now stops standing; two publishers at once wait for each other."""
    with connections["default"].cursor() as cursor:
        lock = f"disclosures:{actor.bureau}:{plan.edition}:{key}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    former = Disclosure.objects.filter(edition=plan.edition, key=key, replaced_at=None, withdrawn_at=None)
    for row in former.select_for_update():
        DISCLOSURE.move("shown", "replace", roles)
        row.replaced_at = at
        row.save(update_fields=["replaced_at"])


def _names() -> re.Pattern[str]:
    """The names of everybody in the register, longest first."""
    names = {name for name in Person.objects.values_list("name", flat=True) if len(name) > 1}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(re.escape(name) for name in ordered) if ordered else r"(?!)")


def _hidden(value: object, names: re.Pattern[str] | None) -> object:
    """The content without what names a person: such parts are left out, names become 周○○, mobile numbers ○."""
    if names is None:
        return value
    if isinstance(value, Mapping):
        kept = {key: part for key, part in value.items() if str(key).replace("-", "_") not in PERSONAL}
        return {key: _hidden(part, names) for key, part in kept.items()}
    if isinstance(value, (list, tuple)):
        return [_hidden(part, names) for part in value]
    if isinstance(value, str):
        masked = names.sub(lambda found: found[0][0] + "○" * (len(found[0]) - 1), value)
        return _MOBILE.sub("○" * 11, masked)
    return value


def withdraw(
    actor: Actor, *, disclosure: int, reason: str, client_id: UUID | None = None, at: datetime
) -> DisclosureView:
    """Stop showing a copy, with a reason the public can read; that it was shown, and its digest, stay."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return disclosure_view(Disclosure.objects.get(id=first))
        row = Disclosure.objects.select_for_update(of=("self",)).filter(id=disclosure).first()
        if row is None:
            raise NotFound(what=str(disclosure))
        roles = _roles(actor, in_force(actor, row.edition_id), row.key)
        DISCLOSURE.move(state_of(replaced_at=row.replaced_at, withdrawn_at=row.withdrawn_at), "withdraw", roles)
        why = reason.strip()
        if not why or len(why) > 300:
            raise Invalid(FieldFault("reason", _TOO_LONG, {"most": 300}) if why else FieldFault("reason", _NO_REASON))
        row.withdrawn_at, row.withdrawn_reason = at, why
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record(
            actor, verb="disclosures.withdraw", subject="disclosure", subject_id=row.id, digest=digest({"reason": why}),
            client_id=client_id, at=at,
        )  # fmt: skip
        return disclosure_view(row)
