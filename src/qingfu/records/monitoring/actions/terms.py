"""Setting a school term, and which classes a school has in a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.chance import new_token
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.monitoring.actions.locking import wait_for
from qingfu.records.monitoring.actions.rights import require_filer, via_of
from qingfu.records.monitoring.models import Asking, Filing, SchoolClass
from qingfu.records.monitoring.queries.cells import cell_of
from qingfu.records.monitoring.queries.terms import ClassView, TermView, classes
from qingfu.records.monitoring.queries.terms import term as term_of
from qingfu.records.plans import actions as plans
from qingfu.rules.grades import GRADES
from qingfu.rules.tables import BY_NAME, CLASSES

MOST_ASKED = 200
NO_NAME = N_("Give it a name.")
TOO_MANY = N_("At most {most}.")
NO_GRADE = N_("There is no such grade: {text}.")
TWICE = N_("There are two classes of this name: {name}.")
NO_CLASSES = N_("Write at least one class.")


def set_term(
    actor: Actor, *, name: str, year: int, from_on: date, until_on: date, asked_a_day: int = 0, term: int | None = None,
    client_id: UUID | None = None, at: datetime,
) -> TermView:  # fmt: skip
    """Set a school term, or change one; raises Invalid where it overlaps another.

    `asked_a_day`: how many classes of each stage report their homework on a school day; 0 asks nobody.
    """
    with deed(actor):
        if not 0 <= asked_a_day <= MOST_ASKED:
            raise Invalid(FieldFault("asked", TOO_MANY, {"most": MOST_ASKED}))
        row = plans.set_term(
            actor, name=name, year=year, from_on=from_on, until_on=until_on, term=term, client_id=client_id, at=at
        )
        asking, made = Asking.objects.get_or_create(
            bureau_id=actor.bureau, term_id=row, defaults={"a_day": asked_a_day, "seed": new_token()}
        )
        if not made and asking.a_day != asked_a_day:
            asking.a_day = asked_a_day
            asking.save(update_fields=["a_day"])
        return term_of(actor, row)


def file_classes(
    actor: Actor, *, organ: int, year: int, rows: Sequence[Mapping[str, object]], whole: bool = False,
    way: str = "form", on_behalf: str = "", client_id: UUID | None = None, at: datetime,
) -> tuple[ClassView, ...]:  # fmt: skip
    """Report the classes of a school in a school year; a class that is there already is changed, not made twice.

    Each row has `name` and `grade`, and what else is known: pupils, place, experimental, permit. With
    `whole`, classes that are not named exist no longer. Raises Invalid with every fault, named by row and column.
    """
    with deed(actor):
        if first_answer(actor, client_id, subject="filing") is not None:
            return classes(actor, organ=organ, year=year)
        require_filer(actor, organ)
        wait_for(actor, CLASSES, organ)
        said = _checked(rows)
        filing = Filing.objects.create(
            bureau_id=actor.bureau, organ_id=organ, table=CLASSES, via=via_of(actor, organ, on_behalf, way),
            on_behalf=on_behalf.strip(), person_id=actor.person, rows=len(said), digest=digest(said), at=at,
        )  # fmt: skip
        for row in said:
            _keep(actor, filing, organ, year, row)
        if whole:
            kept = [row["name"] for row in said]
            SchoolClass.objects.filter(organ=organ, year=year).exclude(name__in=kept).update(closed=True)
        record(
            actor, verb="monitoring.file_classes", subject="filing", subject_id=filing.id, digest=filing.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return classes(actor, organ=organ, year=year)


def _keep(actor: Actor, filing: Filing, organ: int, year: int, row: Mapping[str, object]) -> None:
    facts = {key: value for key, value in row.items() if key != "name"}
    SchoolClass.objects.update_or_create(
        bureau_id=actor.bureau, organ_id=organ, year=year, name=row["name"],
        defaults={**facts, "closed": False, "filing": filing},
    )  # fmt: skip


def _checked(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    faults: list[FieldFault] = [] if rows else [FieldFault("rows", NO_CLASSES)]
    known = BY_NAME[CLASSES]
    said: list[dict[str, object]] = []
    for number, row in enumerate(rows):
        name = str(row.get("name") or "").strip()
        if not name or len(name) > 24:
            faults.append(FieldFault(f"{number}.name", NO_NAME))
        if name in {one["name"] for one in said}:
            faults.append(FieldFault(f"{number}.name", TWICE, {"name": name}))
        if row.get("grade") not in GRADES:
            faults.append(FieldFault(f"{number}.grade", NO_GRADE, {"text": str(row.get("grade") or "")}))
        checked: dict[str, object] = {"name": name, "grade": row.get("grade")}
        for column in known.columns:
            if column.name in ("class", "school", "grade") or column.name not in row:
                continue
            checked[column.name], fault = cell_of(column, row[column.name])
            faults += [FieldFault(f"{number}.{column.name}", fault.says, fault.facts)] if fault else []
        said.append(checked)
    if faults:
        raise Invalid(*faults)
    return said


def promote_classes(
    actor: Actor, *, organ: int, year: int, on_behalf: str = "", client_id: UUID | None = None, at: datetime
) -> tuple[ClassView, ...]:
    """The classes of the year before, a grade up: nobody types them again. Those there already stay as they are."""
    with deed(actor):
        if first_answer(actor, client_id, subject="filing") is not None:
            return classes(actor, organ=organ, year=year)
        require_filer(actor, organ)
        there = {one.name for one in classes(actor, organ=organ, year=year)}
        rows = []
        for one in classes(actor, organ=organ, year=year - 1):
            if (grade := _up(one.grade)) and (name := _renamed(one.name)) not in there:
                rows.append({"name": name, "grade": grade, "place": one.place, "pupils": one.pupils})
        if not rows:
            return classes(actor, organ=organ, year=year)
        return file_classes(actor, organ=organ, year=year, rows=rows, on_behalf=on_behalf, client_id=client_id, at=at)


def _up(grade: str) -> str | None:
    """The next grade of the same stage; whoever leaves a stage leaves the school, or is entered by hand."""
    following = GRADES.index(grade) + 1
    return GRADES[following] if following < len(GRADES) and GRADES[following][0] == grade[0] else None


_NUMERALS = "一二三四五六七八九"


def _renamed(name: str) -> str:
    """三年级2班 becomes 四年级2班; a name that does not begin with its grade stays."""
    place = _NUMERALS.find(name[:1])
    return _NUMERALS[place + 1] + name[1:] if 0 <= place < len(_NUMERALS) - 1 else name
