"""The first week of a term: seven documents a school shows, made as far as may be of what it has reported (C11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.base.terms import SchoolTerm
from qingfu.base.words import N_
from qingfu.base.workdays import Workdays
from qingfu.packfile.due import dates
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.disclosures.queries import DisclosureView, latest
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import BoardText, DaySchedule, Lesson, Question
from qingfu.records.monitoring.queries.terms import ClassView, TermView, classes, require_school_of, term
from qingfu.records.people.queries import OrganView, organ, person_names
from qingfu.records.plans.queries import InForce, plans_in_force


@dataclass(frozen=True)
class Document:
    """One of the seven: its key, what it is, and the record it is made of (empty: a text the school writes)."""

    key: str
    says: str
    made_of: str = ""


DOCUMENTS = (
    Document("course-plan", N_("Course plan"), "planned"),
    Document("teachers", N_("Which teacher teaches what")),
    Document("timetable", N_("Timetable"), "posted"),
    Document("day-schedule", N_("Day schedule"), "schedules"),
    Document("homework", N_("How the amount of homework is kept in bounds")),
    Document("sports-arts", N_("Sports and arts outside lessons")),
    Document("practice-clubs", N_("Social practice and clubs")),
)


# What a board is called among a school's reports.
BOARD = "board"
# Which documents a word of the pack orders to be shown.
ASKED = {"first-week": tuple(one.key for one in DOCUMENTS), "timetable": ("timetable",)}


@dataclass(frozen=True)
class BoardDocument:
    """A document of a school's board: whether it is there, its text, and how many of how many classes it covers."""

    document: Document
    text: str
    told: int
    of: int

    @property
    def ready(self) -> bool:
        """Whether it can be shown."""
        return bool(self.text) if not self.document.made_of else self.of > 0 and self.told == self.of


@dataclass(frozen=True)
class BoardView:
    """A school's board of a term; `due` is the last day by the plan, `shown` what the public sees now."""

    organ: OrganView
    term: TermView
    documents: tuple[BoardDocument, ...]
    due: date | None
    shown: DisclosureView | None
    orders: tuple[tuple[int, str], ...]

    @property
    def ready(self) -> bool:
        """Whether all documents are there."""
        return all(one.ready for one in self.documents)


def ordering(actor: Actor) -> tuple[tuple[InForce, str, Disclosure], ...]:
    """The plans in force that order documents to be shown when a term begins, and under which key."""
    return tuple(
        (plan, key, ordered)
        for plan in plans_in_force(actor)
        for key, ordered in plan.pack.disclosures.items()
        if ordered.shows in ASKED
    )


def board(actor: Actor, *, organ_id: int, term_id: int) -> BoardView:
    """What a school shows when a term begins. Raises NotFound where no plan orders it, or for another's school."""
    with reading(actor):
        require_school_of(actor, organ_id)
        orders = ordering(actor)
        if not orders:
            raise NotFound(what="first-week")
        view, school = term(actor, term_id), organ(actor, organ_id)
        asked = asked_of(orders)
        known = classes(actor, organ=organ_id, year=view.year)
        return BoardView(
            school, view, _documents(asked, organ_id, view, len(known)),
            min((day for _, _, ordered in orders if (day := _due(ordered, view))), default=None),
            latest(actor, key=f"{orders[0][1]}:{school.code}", plan=orders[0][0]),
            tuple((plan.edition, key) for plan, key, _ in orders),
        )  # fmt: skip


def asked_of(orders: Sequence[tuple[InForce, str, Disclosure]]) -> tuple[Document, ...]:
    """The documents that the plans order, all of them together."""
    named = {key for _, _, ordered in orders for key in ASKED[ordered.shows]}
    return tuple(one for one in DOCUMENTS if one.key in named)


def _due(ordered: Disclosure, view: TermView) -> date | None:
    """The last day by the plan for this term; None where the plan sets none."""
    if ordered.due is None:
        return None
    terms = (SchoolTerm(view.name, view.from_on, view.until_on),)
    found = dates(ordered.due, Workdays.shipped(), terms=terms, within=(view.from_on, view.until_on))
    return next((one.day for one in found if one.day is not None and one.day >= view.from_on), None)


def _documents(asked: Sequence[Document], organ_id: int, view: TermView, of: int) -> tuple[BoardDocument, ...]:
    texts = dict(BoardText.objects.filter(organ=organ_id, term=view.id).values_list("document", "text"))
    lessons = Lesson.objects.filter(organ=organ_id, term=view.id, replaced_by=None)
    told: dict[str, set[int]] = {}
    for record, one in lessons.values_list("record", "school_class").distinct():
        told.setdefault(record, set()).add(one)
    schedules = DaySchedule.objects.filter(organ=organ_id, term=view.id, replaced_by=None)
    told["schedules"] = set(schedules.values_list("school_class", flat=True))
    return tuple(
        BoardDocument(one, texts.get(one.key, ""), len(told.get(one.made_of, ())), of if one.made_of else 0)
        for one in asked
    )


@dataclass(frozen=True)
class QuestionView:
    """What somebody asked a school, and what it answered. Nobody knows who asked."""

    id: int
    organ: int
    organ_name: str
    class_name: str
    text: str
    asked_at: datetime
    state: str
    answer: str
    answered_by: str
    answered_at: datetime | None


def questions(actor: Actor, *, organ_id: int | None = None, state: str = "") -> tuple[QuestionView, ...]:
    """Questions to a school, or on the bureau side to every school, the newest first; at most 200. Raises NotFound."""
    with reading(actor):
        rows = Question.objects.select_related("organ", "school_class").order_by("-id")
        require_school_of(actor, organ_id or 0)
        rows = rows.filter(organ=organ_id) if organ_id is not None else rows
        rows = rows.filter(state=state) if state else rows
        found = list(rows[:200])
        names = person_names(actor, [row.answered_by_id for row in found])
        return tuple(_question(row, names) for row in found)


def _question(row: Question, names: Mapping[int, str]) -> QuestionView:
    return QuestionView(
        row.id, row.organ_id, row.organ.name, row.school_class.name if row.school_class else "", row.text, row.asked_at,
        row.state, row.answer, names.get(row.answered_by_id or 0, ""), row.answered_at,
    )  # fmt: skip


__all__ = [
    "DOCUMENTS", "BoardDocument", "BoardView", "ClassView", "Document", "QuestionView", "asked_of", "board",
    "ordering", "questions",
]  # fmt: skip
