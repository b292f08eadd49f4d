"""Before the draw: who the new pupils are, who goes together or apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotAllowed, NotFound, SecondSplit
from qingfu.base.words import N_, Word, translator
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.queries import organ as organ_of
from qingfu.records.placement.actions.locking import locked
from qingfu.records.placement.models import Placement, Pupil, Team, Tie
from qingfu.records.placement.queries.caps import cap_of
from qingfu.records.placement.queries.rights import visible
from qingfu.records.placement.queries.telling import told
from qingfu.records.placement.queries.views import PlacementView
from qingfu.records.plans.queries import plans_in_force
from qingfu.records.problems.actions import find
from qingfu.rules.grades import GRADES
from qingfu.rules.phrases import grades

_chinese = translator("zh-hans")

NO_GRADE = N_("Choose a grade.")
TWICE = N_("These numbers stand on the list twice: {numbers}.")
NO_PUPILS = N_("The list is empty.")
BAD_PUPIL = N_("Number, name, and boy or girl are needed: {number}.")
NO_REASON = N_("Say why, in at most 120 characters; it stays in the school.")
NO_SUCH = N_("Nobody on the list has the number {number}.")
NO_KIND = N_("Choose: together, apart, or not with a team.")
TIED = N_("This pair stands on the list already.")
SAME_PUPIL = N_("That is the same pupil; write the other one.")
NO_CLASSES = N_("Say how many classes there are to be: from 1 to {most}.")
MOST_CLASSES = 500
SPLIT = "二次分班：{year}年{grade}"


@dataclass(frozen=True)
class NewPupil:
    """A line of the roster; `level` in half points."""

    number: str
    name: str
    gender: str
    township: str = ""
    level: int = 0
    special: bool = False


def open_placement(
    actor: Actor, *, year: int, grade: str, client_id: UUID | None = None, at: datetime
) -> PlacementView:  # fmt: skip
    """Begin the placement of a school's new classes. Raises SecondSplit for pupils who were placed before.

    The refused second split stands in the ledger as a problem, found by the register, wherever a plan bans it. A
    placement that was begun and not drawn is no split: it is given back as it stands.
    """
    before = _begun_before(actor, year, grade, client_id)
    if before is not None and before.row.state == "placed":
        _report_split(actor, year, grade, at)
        raise SecondSplit(year=year)
    if before is not None:
        return before
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="placement")) is not None:
            return told(actor, visible(actor, first))
        organ = _school(actor)
        cap = cap_of(actor, grade)
        row = Placement.objects.create(
            bureau_id=actor.bureau, organ_id=organ, edition_id=cap.plan.edition if cap else None, year=year,
            grade=grade, cohort=_cohort(year, grade), stage_cohort=f"{grade[0]}{_cohort(year, grade)}",
            cap=cap.pupils if cap else None, clause=cap.clause if cap else "", person_id=actor.person, opened_at=at,
        )  # fmt: skip
        record(actor, verb="placement.open", subject="placement", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, visible(actor, row.id))


def _school(actor: Actor) -> int:
    if actor.kind != "person" or actor.organ is None or organ_of(actor, actor.organ).kind != "school":
        raise NotAllowed(verb=Word("open_placement"), who=[Word("school")])
    return actor.organ


def _cohort(year: int, grade: str) -> int:
    """The year in which the pupils of a grade began their stage."""
    if grade not in GRADES:
        raise Invalid(FieldFault("grade", NO_GRADE))
    return year - int(grade[1:]) + 1


def _begun_before(actor: Actor, year: int, grade: str, client_id: UUID | None) -> PlacementView | None:
    with deed(actor):
        organ, cohort = _school(actor), _cohort(year, grade)
        if client_id is not None and first_answer(actor, client_id, subject="placement") is not None:
            return None
        row = Placement.objects.filter(organ=organ, stage_cohort=f"{grade[0]}{cohort}").first()
        return None if row is None else told(actor, row)


def _placed_before(actor: Actor, placement: int, pupils: Sequence[NewPupil]) -> tuple[int, str] | None:
    """Year and grade of a placement of the same stage whose pupils these are: by number, or most of them by name.

    One in twenty may be known: who repeats a year, or has the name of another.
    """
    with deed(actor):
        row = locked(actor, placement, "bring_roster")
        drawn = Pupil.objects.filter(
            placement__organ=row.organ_id, placement__state="placed", left_at=None,
            placement__stage_cohort__startswith=row.stage_cohort[0],
        ).exclude(placement=row)  # fmt: skip
        numbers, names = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
        brought = {one.number: one.name for one in pupils}
        said = set(brought.values())
        for year, grade, number, name in drawn.values_list("placement__year", "placement__grade", "number", "name"):
            numbers[year, grade] += number in brought
            names[year, grade] += name in said
    for split in numbers:
        if numbers[split] * 20 > len(brought) or names[split] * 2 > len(brought):
            return split
    return None


def _report_split(actor: Actor, year: int, grade: str, at: datetime) -> None:
    """In a deed of its own: what is refused leaves its trace."""
    with deed(actor):
        for plan in plans_in_force(actor):
            if "second-split" in plan.pack.conduct and actor.organ is not None:
                find(
                    actor, plan=plan, title=SPLIT.format(year=year, grade=grades((grade,), _chinese)),
                    owner=actor.organ, conduct="second-split", source="office", found_on=day_of(at), at=at,
                )  # fmt: skip
        record(actor, verb="placement.refuse_split", subject="organ", subject_id=actor.organ or 0, at=at)


def bring_roster(
    actor: Actor, *, placement: int, pupils: Sequence[NewPupil], classes: int | None = None, permit: str = "",
    client_id: UUID | None = None, at: datetime,
) -> PlacementView:  # fmt: skip
    """The whole list of new pupils, in place of a former one; pairs that name somebody no longer on it go too.

    `classes`: how many; by default as few as the cap allows. More pupils in a class than the cap needs a `permit`.
    SecondSplit where the list is one of pupils who were placed before, whatever year and grade it was opened for.
    """
    if (split := _placed_before(actor, placement, pupils)) is not None:
        _report_split(actor, *split, at)
        raise SecondSplit(year=split[0])
    with deed(actor):
        row = locked(actor, placement, "bring_roster")
        if first_answer(actor, client_id, subject="placement") is not None:
            return told(actor, row)
        judged(pupils)
        _divide(row, len(pupils), classes or (-(-len(pupils) // row.cap) if row.cap else 1), permit)
        _replace(actor, row, pupils)
        record(actor, verb="placement.bring_roster", subject="placement", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)


def choose_classes(
    actor: Actor, *, placement: int, classes: int, permit: str = "", client_id: UUID | None = None, at: datetime
) -> PlacementView:  # fmt: skip
    """How many classes there will be, the list as it stands; above the cap with the `permit` that allows it."""
    with deed(actor):
        row = locked(actor, placement, "choose_classes")
        if first_answer(actor, client_id, subject="placement") is not None:
            return told(actor, row)
        _divide(row, Pupil.objects.filter(placement=row).count(), classes, permit)
        record(
            actor, verb="placement.choose_classes", subject="placement", subject_id=row.id, client_id=client_id, at=at
        )  # fmt: skip
        return told(actor, row)


def _divide(row: Placement, pupils: int, classes: int, permit: str) -> None:
    most = max(1, min(pupils, MOST_CLASSES))
    if not 1 <= classes <= most:
        raise Invalid(FieldFault("classes", NO_CLASSES, {"most": most}))
    row.classes, row.permit = classes, permit.strip()[:200]
    row.save(update_fields=["classes", "permit"])


def judged(pupils: Sequence[NewPupil]) -> None:
    faults = [] if pupils else [FieldFault("roster", NO_PUPILS)]
    twice = [number for number, count in Counter(one.number for one in pupils).items() if count > 1]
    if twice:
        faults.append(FieldFault("roster", TWICE, {"numbers": "、".join(twice[:10])}))
    for one in pupils:
        if not one.number or not one.name or one.gender not in ("m", "f") or one.level < 0:
            faults.append(FieldFault("roster", BAD_PUPIL, {"number": one.number or one.name}))
    if faults:
        raise Invalid(*faults[:20])


def _replace(actor: Actor, row: Placement, pupils: Sequence[NewPupil]) -> None:
    wanted = {one.number: one for one in pupils}
    known = {one.number: one for one in Pupil.objects.filter(placement=row)}
    Pupil.objects.filter(placement=row).exclude(number__in=wanted).delete()
    fields = ["name", "gender", "township", "level", "special"]
    changed = [known[number] for number in wanted if number in known]
    for one in changed:
        for field in fields:
            setattr(one, field, getattr(wanted[one.number], field))
    Pupil.objects.bulk_update(changed, fields, batch_size=1_000)
    Pupil.objects.bulk_create(
        (
            Pupil(bureau_id=actor.bureau, placement=row, **{name: getattr(one, name) for name in ("number", *fields)})
            for number, one in wanted.items()
            if number not in known
        ),
        batch_size=2_000,
    )


def tie(
    actor: Actor, *, placement: int, kind: str, one: str, other: str, reason: str, client_id: UUID | None = None,
    at: datetime,
) -> PlacementView:  # fmt: skip
    """Two pupils (by number) together or apart; or `avoid`: a pupil and a team (by name), as a teacher's child."""
    with deed(actor):
        row = locked(actor, placement, "tie")
        if first_answer(actor, client_id, subject="placement") is not None:
            return told(actor, row)
        if kind not in ("together", "apart", "avoid"):
            raise Invalid(FieldFault("kind", NO_KIND))
        if not reason.strip() or len(reason.strip()) > 120:
            raise Invalid(FieldFault("reason", NO_REASON))
        if kind != "avoid" and one.strip() == other.strip():
            raise Invalid(FieldFault("other", SAME_PUPIL))
        ends = sorted((_pupil(row, one), _pupil(row, other)), key=lambda end: end.number) if kind != "avoid" else []
        team = _team(row, other) if kind == "avoid" else None
        try:
            with transaction.atomic():
                Tie.objects.create(
                    bureau_id=actor.bureau, placement=row, kind=kind, reason=reason.strip(), team=team,
                    one=ends[0] if ends else _pupil(row, one), other=ends[1] if ends else None,
                )  # fmt: skip
        except IntegrityError:
            raise Invalid(FieldFault("other", TIED)) from None
        record(actor, verb="placement.tie", subject="placement", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)


def _pupil(row: Placement, number: str) -> Pupil:
    found = Pupil.objects.filter(placement=row, number=number.strip()).first()
    if found is None:
        raise Invalid(FieldFault("one", NO_SUCH, {"number": number}))
    return found


def _team(row: Placement, name: str) -> Team:
    found = Team.objects.filter(placement=row, name=name.strip()).first()
    if found is None:
        raise Invalid(FieldFault("other", NO_SUCH, {"number": name}))
    return found


def untie(
    actor: Actor, *, placement: int, tie: int, client_id: UUID | None = None, at: datetime
) -> PlacementView:  # fmt: skip
    """Take a pair off the list again, as long as nothing is frozen."""
    with deed(actor):
        row = locked(actor, placement, "untie")
        if first_answer(actor, client_id, subject="placement") is not None:
            return told(actor, row)
        gone, _ = Tie.objects.filter(placement=row, id=tie).delete()
        if not gone:
            raise NotFound(what=str(tie))
        record(actor, verb="placement.untie", subject="placement", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)
